import { compileGlobs, digestOf } from "#kernel";
import type { Change, ChangedFile, Repository } from "#change";
import { lockedChanges, PROOF_LOCK, readProofLock, type KeptPlan, type LockedChange, type LockedFile, type OwedSign, type StorySigns } from "#evidence";
import { isStoryFile, owedRoles, type BehaviourNews, type Intent, type OwedRole, type Story } from "#intent";
import type { ListedKeys, VerifySignature, VettedSignoff } from "#verdict";
import type { DeclaredAgent } from "../config/config.ts";
import type { PastFiles } from "./history-ports.ts";
import { peopleOf } from "./signing/authors.ts";
import { entitledTo, signoffsIn, vetAll, type Entitling, type Vetting, type VettingPorts } from "./signing/vetted.ts";
import { standingAt, type Standing } from "./signing/standing.ts";
import type { LinkMemory, TraceReaders } from "./trace-ports.ts";

/** Who may sign here, as the target branch says. */
export interface SignContext {
  readonly listed: ListedKeys;
  readonly intent: Intent;
  readonly agents: readonly DeclaredAgent[];
  /** True where one human works here. */
  solo(): Promise<boolean>;
  verifier(): Promise<VerifySignature>;
  readonly now: string;
}

export interface SignChangePorts {
  readonly repository: Pick<Repository, "listFiles" | "readBlobs" | "readFiles" | "contributors"> & Pick<PastFiles, "fileLog">;
  readonly links: LinkMemory;
  readers(): Promise<TraceReaders>;
}

/**
 * What a change does to signatures, locked proofs and plans. One file is read where it touches no story and nothing is locked or listed; signatures are owed only where
 * somebody could give them: where keys are listed, and more than one person works.
 */
export async function signChange(change: Change, context: SignContext, ports: SignChangePorts): Promise<readonly StorySigns[]> {
  const { repository } = ports;
  const lockText = (await repository.readFiles(change.base, [PROOF_LOCK])).get(PROOF_LOCK)?.text ?? "";
  const stories = change.files.filter(({ path, basePath }) => isStoryFile(path) || isStoryFile(basePath ?? path));
  const signs = context.listed.keys.length > 0 && mayOwe(change, stories.length > 0) && !(await context.solo());
  if (lockText === "" && stories.length === 0 && !signs) return [];
  const news = stories.length === 0 ? [] : await newsOf(stories, ports);
  const locked = lockText === "" ? [] : await lockNews(change, readProofLock(lockText).locked, news, ports);
  const plans = news.filter(({ kinds, criterion }) => criterion !== undefined && kinds.includes("promised") && !kinds.includes("revived"));
  const readers = await ports.readers();
  const before = signs ? await storiesBefore(stories, readers, repository) : new Map<string, Story>();
  const { standings, entries } = plans.length > 0 || signs ? await standingAt(change.headTree, readers, ports, (about) => plans.some(({ story }) => story === about.read.id) || (signs && rolesFor(about, change, news, before).length > 0)) : { standings: [], entries: [] };
  const kept = plans.flatMap((plan) => keptPlan(plan, standings));
  const owed = signs ? await owedSigns({ change, news, before, standings, documents: (await signoffsIn(entries, repository)).documents, readers }, context, ports) : [];
  if (locked.length + kept.length + owed.length === 0) return [];
  const subject = change.headKind === "commit" ? change.head : change.headTree;
  const says = { owed: owed.map(({ story, role, state }) => [story, role, state]), locked: locked.map(({ file, how }) => [file, how]), kept: kept.map(({ story, criterion, revision }) => [story, criterion, revision]) };
  return [{ kind: "story-signs", source: "ran", subject, digest: digestOf({ subject, ...says }), origin: "stories, sign-offs and locked proofs of both sides", owed, locked, kept }];
}

/** Code of low risk owes nobody, whatever story it belongs to: then no story has to be read. */
const mayOwe = ({ files, risk }: Change, stories: boolean): boolean => stories || files.some(({ kind, path }) => kind === "test" || path.endsWith(".rs")) || (risk.level !== "low" && files.some(({ behaviour }) => behaviour));

async function newsOf(files: readonly ChangedFile[], { repository, readers }: SignChangePorts): Promise<readonly BehaviourNews[]> {
  const { stories, yaml } = await readers();
  const read = stories.versionReader(yaml);
  const texts = await repository.readBlobs(files.flatMap(({ baseBlob, headBlob }) => [baseBlob, headBlob].filter((blob) => blob !== undefined)));
  const side = (blobOf: (file: ChangedFile) => readonly [string, string | undefined]) =>
    files.flatMap((file) => {
      const [path, blob] = blobOf(file);
      const text = blob === undefined ? undefined : texts.get(blob)?.text;
      return text === undefined ? [] : (read(path, text) ?? []);
    });
  return stories.compareVersions(side((file) => [file.basePath ?? file.path, file.status === "added" ? undefined : file.baseBlob]), side((file) => [file.path, file.status === "deleted" ? undefined : file.headBlob]));
}

/** Stories the change touches as they read before it, by the file they stand in now. */
async function storiesBefore(files: readonly ChangedFile[], { stories, yaml }: TraceReaders, repository: SignChangePorts["repository"]): Promise<ReadonlyMap<string, Story>> {
  const texts = await repository.readBlobs(files.flatMap(({ baseBlob }) => baseBlob ?? []));
  const found = files.flatMap(({ path, basePath, baseBlob, status }) => {
    const text = status === "added" || baseBlob === undefined ? undefined : texts.get(baseBlob)?.text;
    const story = text === undefined ? undefined : stories.readStory(basePath ?? path, text, yaml).story;
    return story === undefined ? [] : [[path, story] as const];
  });
  return new Map(found);
}

/**
 * Criteria whose proofs nobody has to keep: their own story says that they are out of force, which lapses its owner's signature. Beside code it is not enough to withdraw or rename a
 * promise, or to delete its story: that would free a proof for a word.
 */
function releasedBy(news: readonly BehaviourNews[], implementing: boolean): ReadonlySet<string> {
  const dropped = new Set(news.flatMap(({ story, kinds }) => (kinds.includes("dropped") ? [story] : [])));
  const isOut = ({ story, kinds }: BehaviourNews): boolean => kinds.some((kind) => OUT.has(kind)) && !dropped.has(story);
  return new Set(news.flatMap((one) => (isOut(one) || (!implementing && (one.from !== undefined || one.kinds.some((kind) => kind === "withdrawn" || kind === "removed"))) ? [one.from ?? `${one.story}#${one.criterion}`] : [])));
}

const OUT: ReadonlySet<string> = new Set(["retired", "removed"]);

async function lockNews(change: Change, before: readonly LockedFile[], news: readonly BehaviourNews[], { repository }: SignChangePorts): Promise<readonly LockedChange[]> {
  const touched = new Map(change.files.flatMap((file) => [[file.path, file] as const, ...(file.basePath === undefined || file.status === "copied" ? [] : [[file.basePath, file] as const])]));
  if (!before.some(({ file }) => touched.has(file)) && !touched.has(PROOF_LOCK)) return [];
  const after = readProofLock((await repository.readFiles(change.headTree, [PROOF_LOCK])).get(PROOF_LOCK)?.text ?? "").locked;
  const unchanged = new Map(before.map(({ file, blob }) => [file, blob]));
  const implementing = change.files.some(({ kind, behaviour, path }) => (kind === "source" || kind === "migration") && behaviour && !path.startsWith("proofline/"));
  return lockedChanges({
    before,
    after,
    blobBefore: (path) => {
      const file = touched.get(path);
      return file === undefined ? unchanged.get(path) : (file.basePath ?? file.path) === path ? file.baseBlob : undefined;
    },
    blobAfter: (path) => {
      const file = touched.get(path);
      return file === undefined ? unchanged.get(path) : file.path === path ? file.headBlob : undefined;
    },
    implements: implementing,
    released: releasedBy(news, implementing),
  });
}

function keptPlan({ story, criterion = "" }: BehaviourNews, standings: readonly Standing[]): readonly KeptPlan[] {
  const standing = standings.find(({ read }) => read.id === story);
  const found = standing?.traced.criteria.find(({ id }) => id === criterion);
  if (standing === undefined || found === undefined) return [];
  const tests = found.links.flatMap(({ file, titles, repository, state }) => (repository === undefined && state !== "orphaned" ? [{ file, titles }] : []));
  return [{ story, criterion, ...(standing.read.owner !== undefined && { owner: standing.read.owner }), file: standing.read.file, line: found.line, revision: found.revision, tests }];
}

interface Owing {
  readonly change: Change;
  readonly news: readonly BehaviourNews[];
  readonly before: ReadonlyMap<string, Story>;
  readonly standings: readonly Standing[];
  readonly documents: Awaited<ReturnType<typeof signoffsIn>>["documents"];
  readonly readers: TraceReaders;
}

async function owedSigns({ change, news, before, standings, documents, readers }: Owing, context: SignContext, ports: SignChangePorts): Promise<readonly OwedSign[]> {
  const about: Vetting = { rules: { keys: context.listed, intent: context.intent, config: { agents: context.agents } }, at: change.headKind === "commit" ? change.head : "HEAD", base: change.base, now: context.now, alsoAuthors: peopleOf(change.commits).flatMap(({ name, email }) => [name, email]).filter((one) => one !== ""), entitling: (standing) => entitlingBefore(standing, before) };
  const vetting: VettingPorts = { repository: ports.repository, readers, verifier: context.verifier, agents: context.agents.flatMap((agent) => [...agent.accounts, ...agent.emails]) };
  const owed: OwedSign[] = [];
  for (const standing of standings) {
    const roles = rolesFor(standing, change, news, before);
    if (roles.length === 0) continue;
    const vetted = await vetAll(standing, documents, about, vetting);
    owed.push(...roles.map((role) => withStanding(role, standing, vetted, about)));
  }
  return owed;
}

/** Owner and targets as they stood before the change; those of a new story are its own. */
function entitlingBefore({ read, targets }: Standing, before: ReadonlyMap<string, Story>): Entitling {
  const was = before.get(read.file);
  if (was === undefined) return { read, targets };
  const inside = compileGlobs(was.targets);
  return { read: was, targets: targets.filter(({ path }) => inside(path)) };
}

function rolesFor(standing: Pick<Standing, "read" | "traced">, change: Change, news: readonly BehaviourNews[], before: ReadonlyMap<string, Story>): readonly OwedRole[] {
  // What the change takes out of the targets is still what it was signed for.
  const inside = compileGlobs([...standing.read.targets, ...(before.get(standing.read.file)?.targets ?? [])]);
  const touched = new Set(change.files.flatMap(({ path, basePath }) => [path, basePath ?? path]));
  const promised = standing.traced.criteria.filter(({ state }) => state === "promised");
  return owedRoles({
    story: standing.read.id,
    news: news.filter(({ story }) => story === standing.read.id),
    proofsTouched: promised.filter(({ links }) => links.some(({ file, repository }) => repository === undefined && touched.has(file))).map(({ id }) => id),
    code: change.files.filter(({ path, behaviour, kind }) => behaviour && kind !== "test" && kind !== "docs" && !path.startsWith("proofline/") && inside(path)).map(({ path }) => path),
    risk: change.risk,
    byAgent: change.byAgent,
  });
}

function withStanding(role: OwedRole, standing: Standing, vetted: readonly VettedSignoff[], { rules, entitling }: Vetting): OwedSign {
  const own = vetted.filter(({ statement }) => statement.role === role.role);
  const best = own.find(({ state }) => state === "signed" || state === "self") ?? own.find(({ state }) => state === "lapsed") ?? own[0];
  const state = best === undefined ? "missing" : best.state === "signed" || best.state === "self" ? "signed" : best.state === "lapsed" ? "lapsed" : "refused";
  return { ...role, file: standing.read.file, state, ...(best !== undefined && { by: best.statement.by }), ...(best?.because !== undefined && { why: best.because }), entitled: entitledTo(role.role, entitling?.(standing) ?? standing, rules) };
}
