import type { Change, ChangedFile, ChangeType } from "../change.ts";
import type { CommitFacts } from "../ports.ts";
import { saidBy, saysAddition, type SaidType } from "./message-type.ts";

export interface TypeInput {
  /** What `--type` says; it wins over everything. */
  readonly declared?: ChangeType;
  /** Newest first. */
  readonly commits: readonly CommitFacts[];
  readonly files: readonly Pick<ChangedFile, "kind" | "behaviour" | "added" | "deleted" | "status">[];
}

/** A prefix may well say `fix` of a manifest: what it exports is behaviour. */
const SETTINGS: ReadonlySet<ChangedFile["kind"]> = new Set(["config"]);

export type TypeFound = Pick<Change, "type" | "typeFrom">;

const TYPES: readonly ChangeType[] = ["fix", "feature", "refactor", "docs", "chore"];
const CALM: ReadonlySet<ChangeType> = new Set(["docs", "chore"]);
/** Kinds that no user of the product ever runs. */
const BESIDE: ReadonlySet<ChangedFile["kind"]> = new Set(["test", "snapshot", "fixture", "lock", "ci", "config", "docs", "asset", "generated", "vendored"]);

/** The type of a change: said by a flag or a `Change-Type:` trailer, by conventional prefixes, or inferred from wording and files. */
export function changeTypeOf({ declared, commits, files }: TypeInput): TypeFound {
  const trailer = declared ?? commits.map(trailerType).find((type) => type !== undefined);
  if (trailer !== undefined) return { type: trailer, typeFrom: "declared" };
  const titles = saidByTitles(commits);
  // Code that runs differently is no documentation, whatever a title calls it.
  const said = titles?.type === "docs" && files.some(({ kind, behaviour }) => behaviour && (kind === "source" || kind === "migration")) ? undefined : titles;
  const beside = typeBeside(files);
  if (said?.by === "prefix")
    return { type: typeBeside(files, SETTINGS) ? (CALM.has(said.type) ? said.type : (beside ?? said.type)) : said.type, typeFrom: said.loosely ? "inferred" : "prefix" };
  if (beside) return { type: said?.type === "docs" ? "docs" : beside, typeFrom: "inferred" };
  return { type: said?.type ?? inferred(commits, files), typeFrom: "inferred" };
}

function trailerType(commit: CommitFacts): ChangeType | undefined {
  const value = commit.trailers.find((trailer) => trailer.key.toLowerCase() === "change-type")?.value.trim().toLowerCase(); // prettier-ignore
  return TYPES.find((type) => type === value || (type === "feature" && value === "feat"));
}

/** The title under which a change lands decides; without one that speaks, the strongest of its commits. */
function saidByTitles(commits: readonly CommitFacts[]): SaidType | undefined {
  const [newest] = commits;
  if (newest && mergesUpkeep(newest)) return { type: "chore", by: "words" };
  const landing = newest && newest.parents.length > 1 ? pullRequestTitle(newest.message) : undefined;
  const landed = landing === undefined ? undefined : saidBy(landing);
  if (landed) return landed;
  if (landing !== undefined && saysAddition(landing)) return { type: "feature", by: "words" };
  const said = commits.filter((commit) => commit.parents.length < 2).map(saidByCommit);
  const known = said.filter((one) => one !== undefined);
  const prefixed = known.filter((one) => one.by === "prefix");
  return strongest(prefixed, prefixed.length < said.length) ?? strongest(known, said.includes(undefined));
}

/** A squashed pull request lists its commits below its title; where each of them is upkeep by its prefix, a title's loose wording does not make it a fix. */
function saidByCommit({ message }: CommitFacts): SaidType | undefined {
  const title = saidBy(subjectOf(message));
  if (title?.by === "prefix") return title;
  const squashed = message.split("\n", 200).filter((line) => line.startsWith("* ")).map((line) => saidBy(line.slice(2))); // prettier-ignore
  const upkeep = squashed.length > 1 && squashed.every((one) => one?.by === "prefix" && CALM.has(one.type));
  return upkeep ? strongest(squashed.filter((one) => one !== undefined)) : title;
}

/** Feature beats fix, because a new thing is mended while it grows; both beat the rest. */
const STRENGTH: readonly ChangeType[] = ["feature", "fix", "refactor", "chore", "docs"];

const LIGHT: ReadonlySet<ChangeType> = new Set(["refactor", "chore", "docs"]);

/** Where some commits said nothing, light words of others don't speak for the whole. */
function strongest(said: readonly SaidType[], othersSilent = false): SaidType | undefined {
  const type = STRENGTH.find((candidate) => said.some((one) => one.type === candidate));
  const found = said.find((one) => one.type === type);
  return othersSilent && found && LIGHT.has(found.type) ? undefined : found;
}

/** `Merge pull request #12 from x/fix-foo`, then a blank line and the title; GitLab writes the title after `Merge branch … into …`. */
function pullRequestTitle(message: string): string | undefined {
  const [subject = "", ...body] = message.split("\n", 40);
  if (!/^Merge (?:pull request|branch|remote-tracking|PR\b|request)|^Merged (?:in|PR)\b/i.test(subject))
    return subject.replace(/^Merged? (?:#\d+:?|PR) ?/i, "");
  return body.find((line) => line.trim() !== "" && !/^(?:See merge request|Conflicts:|#)/.test(line))?.trim();
}

/** `Merge branch '3.0.x'`: a maintenance line brought up to the main one; each of its changes was judged when it landed there. */
const mergesUpkeep = ({ parents, message }: CommitFacts): boolean =>
  parents.length > 1 &&
  /^Merge (?:remote-tracking )?branch(?:es)? '(?:[\w.-]+\/)?(?:stable|main|master|develop|v?\d+(?:[.-](?:\d+|x|stable))*|(?:release|maint|maintenance|support|backport)[\w./-]*)'(?: of \S+)?$/.test(
    subjectOf(message),
  );

const subjectOf = (message: string): string => message.split("\n", 1)[0] ?? "";

/** The type a change has whatever its message says, when it touches nothing of the product. */
function typeBeside(files: TypeInput["files"], except: ReadonlySet<ChangedFile["kind"]> = new Set()): ChangeType | undefined {
  if (files.length === 0 || files.some((file) => !BESIDE.has(file.kind) || except.has(file.kind))) return undefined;
  return files.every((file) => file.kind === "docs" || file.kind === "asset") ? "docs" : "chore";
}

function inferred(commits: readonly CommitFacts[], files: TypeInput["files"]): ChangeType {
  if (files.length === 0) return "chore";
  const source = files.filter((file) => file.kind === "source" || file.kind === "migration");
  if (!source.some((file) => file.behaviour)) return "refactor";
  // Tests that move with the code say that what it does has changed.
  if (files.some((file) => file.kind === "test" && file.added > 0)) return "feature";
  if (commits.some((commit) => saysAddition(subjectOf(commit.message)))) return "feature";
  const grown = source.reduce((total, file) => total + file.added - file.deleted, 0);
  return grown > 0 || source.some((file) => file.status === "added") ? "feature" : "refactor";
}
