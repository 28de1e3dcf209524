import { attributesOf, type AttributeRule, type Intent } from "#intent";
import { agentSigns, writtenByAgent } from "./agents.ts";
import { areasOfFiles, type AreasOfFile } from "./areas.ts";
import type { Change, ChangedFile, ChangeType, FileKind, Risk } from "./change.ts";
import { changesBehaviour } from "./code/behaviour.ts";
import { changedCode, type HunkCode, type TextOf } from "./code/changed-code.ts";
import { testsInside } from "./code/inline-tests.ts";
import { languageOf } from "./code/language.ts";
import { touchedSymbols } from "./code/touched-symbols.ts";
import type { Diff, DiffFile } from "./diff.ts";
import { fileKind, type MarkedKind } from "./kinds/file-kind.ts";
import { newLines } from "./moved-lines.ts";
import { packageOf } from "./packages/package-of.ts";
import type { CommitFacts, ResolvedChange } from "./ports.ts";
import { changeTypeOf } from "./type/change-type.ts";

export interface ChangeInput {
  readonly resolved: ResolvedChange;
  readonly diff: Diff;
  /** Newest first; empty for a working tree or a patch. */
  readonly commits: readonly CommitFacts[];
  readonly intent: Pick<Intent, "areas">;
  /** Folders of workspace packages, from `workspacePackages`. Empty means one package. */
  readonly packageDirs: readonly string[];
  /** `--type`. */
  readonly declaredType?: ChangeType;
  /** Texts of changed files, where they were read. */
  readonly textOf?: TextOf;
  /** From `.gitattributes` and the configuration. */
  readonly attributes?: readonly AttributeRule[];
  /** Accounts and addresses of agents beyond the known ones. */
  readonly agents?: readonly string[];
  /** A value, or what scores the described files and the type. */
  readonly risk: Risk | ((files: readonly ChangedFile[], type: ChangeType) => Risk);
}

/** Puts a change in people's terms. Pure: the same input gives the same change. */
export function describeChange(input: ChangeInput): Change {
  const { resolved, diff, commits, risk } = input;
  const files = describeFiles(input);
  const found = changeTypeOf({ ...(input.declaredType && { declared: input.declaredType }), commits, files });
  const touched = new Set(files.flatMap((file) => file.areas));
  const times = commits.map((commit) => commit.committedAt);
  return {
    base: resolved.base,
    baseName: resolved.baseName,
    head: resolved.head,
    headName: resolved.headName,
    headKind: resolved.headKind,
    headTree: resolved.headTree,
    mergeBase: resolved.mergeBase,
    mergeBaseTree: resolved.mergeBaseTree,
    ...(resolved.headKind === "commit" && times.length > 0 && { headTime: times.reduce((latest, time) => Math.max(latest, time)) }),
    files,
    added: files.reduce((total, file) => total + file.added, 0),
    deleted: files.reduce((total, file) => total + file.deleted, 0),
    areas: input.intent.areas.map((area) => area.name).filter((name) => touched.has(name)),
    ...found,
    commits,
    byAgent: writtenByAgent(agentSigns(commits, input.agents)),
    risk: typeof risk === "function" ? risk(files, found.type) : risk,
    gaps: [...resolved.gaps, ...diff.gaps],
  };
}

/** The changed files in people's terms, in the order of the diff. */
export function describeFiles(input: Pick<ChangeInput, "diff" | "intent" | "packageDirs" | "textOf" | "attributes">): readonly ChangedFile[] {
  const kinds = input.diff.files.map((file) => kindOf(file, input));
  const fresh = newLines(input.diff.files.map((file, index) => (HAND_WRITTEN.has(kinds[index] ?? "source") ? file : { ...file, hunks: [] })));
  const areasOf = areasOfFiles(input.intent.areas);
  return input.diff.files.map((file, index) => describeFile(file, kinds[index] ?? "source", fresh[index] ?? [], areasOf, input));
}

/** Only what people write can be moved, or be new code: a lock file's thousands of lines are neither. */
const HAND_WRITTEN: ReadonlySet<FileKind> = new Set(["source", "test", "fixture", "config", "migration", "ci"]);
/** More changed text than this is no edit; reading it line by line would cost more than it tells. */
const TEXT_LIMIT = 2_000_000;

function describeFile(
  file: DiffFile,
  kind: FileKind,
  fresh: readonly number[],
  areasOf: AreasOfFile,
  { packageDirs, textOf }: Pick<ChangeInput, "packageDirs" | "textOf">,
): ChangedFile {
  const language = HAND_WRITTEN.has(kind) && sizeOf(file) <= TEXT_LIMIT ? languageOf(file.path) : undefined;
  const code: readonly HunkCode[] = language ? changedCode(file, language, textOf) : [];
  const tests = kind === "source" && language ? testsInside(file, textOf) : undefined;
  let symbols: ChangedFile["symbols"] | undefined;
  return {
    ...file,
    kind,
    areas: areasOf({ path: file.path, ...(file.basePath !== undefined && { basePath: file.basePath }), kind }, code),
    packageDir: packageOf(file.path, packageDirs),
    // Few ask for them, and a thousand files take a while.
    get symbols() {
      return (symbols ??= language ? touchedSymbols(file, textOf) : []);
    },
    behaviour: tests?.only !== true && changesBehaviour(file, kind, language, code),
    ...(tests?.brings === true && { testsInside: true as const }),
    newLines: fresh,
  };
}

const sizeOf = (file: DiffFile): number => file.hunks.reduce((total, hunk) => total + hunk.lines.reduce((sum, line) => sum + line.text.length, 0), 0);

function kindOf(file: DiffFile, { attributes = [], textOf }: Pick<ChangeInput, "attributes" | "textOf">): FileKind {
  return fileKind(file.path, firstLines(file, textOf), markedAs(attributesOf(file.path, attributes)));
}

/** False for what no check reads closely: what a program wrote, what others wrote, prose, and what Git shows no lines of. */
export function isInSight(path: string, attributes: readonly AttributeRule[], firstLines: readonly string[] = []): boolean {
  const said = attributesOf(path, attributes);
  return said.hidden !== true && HAND_WRITTEN.has(fileKind(path, firstLines, markedAs(said)));
}

/** The first lines of the head text, or of an added file's only hunk. */
function firstLines(file: DiffFile, textOf: TextOf | undefined): readonly string[] {
  const text = textOf?.("head", file.path) ?? textOf?.("base", file.basePath ?? file.path);
  if (text !== undefined) return text.slice(0, 20_000).split("\n", 20);
  const [hunk] = file.hunks;
  if (!hunk || (hunk.headStart !== 1 && hunk.baseStart !== 1)) return [];
  return hunk.lines.slice(0, 20).map((line) => line.text);
}

function markedAs(said: ReturnType<typeof attributesOf>): MarkedKind | undefined {
  if (said.generated === true) return "generated";
  if (said.vendored === true) return "vendored";
  if (said.documentation === true) return "docs";
  return said.generated === false || said.vendored === false ? "own" : undefined;
}
