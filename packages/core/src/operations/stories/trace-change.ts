import { digestOf } from "#kernel";
import type { Change, ChangedFile, Repository } from "#change";
import type { SourceLinks, StoryFacts, StoryTrace, Trace } from "#evidence";
import { isStoryFile, type LintFinding } from "#intent";
import type { WorkspaceConfig } from "../config/config.ts";
import { NOWHERE_ELSE, packageName, readHome, readMembers, type Elsewhere } from "./elsewhere.ts";
import { findLinks } from "./find-links.ts";
import { storiesAt } from "./stories-at.ts";
import type { LinkMemory, SiblingSource, TraceReaders } from "./trace-ports.ts";

export interface ChangeTracePorts {
  /** Opens other repositories of the workspace; absent where none is looked at. */
  readonly siblings?: SiblingSource;
  readonly repository: Pick<Repository, "listFiles" | "readBlobs">;
  readonly links: LinkMemory;
  readers(): Promise<TraceReaders>;
}

/**
 * What a change does to promises and their proofs. Reads nothing where it touches no story, no link and takes no test file away; nothing is told where nothing came of it.
 * Other repositories of the workspace, as the target branch names them, are opened only where the answer hangs on them; what can't be opened is told.
 */
export async function traceChange(change: Change, ports: ChangeTracePorts, workspace?: WorkspaceConfig): Promise<readonly StoryTrace[]> {
  if (!change.files.some(concernsStories)) return [];
  const readers = await ports.readers();
  const [base, head] = [await sideOf(change.mergeBaseTree, readers, ports), await sideOf(change.headTree, readers, ports)];
  const touched = new Set(change.files.flatMap(({ path, basePath }) => [path, basePath ?? path]));
  const judge = (elsewhere: Elsewhere): Found => readers.trace.concernedBy({ before: traced(base, elsewhere, readers), after: traced(head, elsewhere, readers), touched });
  const { found, elsewhere } = await judgedWith({ judge, change, head, workspace, readers }, ports);
  const weak = await weakWords(change, base, head, { readers, ports });
  if (found.concerned.length + found.loose.length + weak.length + elsewhere.repositories.length + elsewhere.unread.length === 0) return [];
  const subject = change.headKind === "commit" ? change.head : change.headTree;
  const says = { concerned: found.concerned.map(({ story, criterion, news }) => [story.id, criterion.id, criterion.revision, criterion.proof, news]), loose: found.loose.map(({ file, names, state }) => [file, names, state]), weak: weak.map(({ file, rule, line }) => [file, rule, line]) };
  const { repositories, unread } = elsewhere;
  const named = { ...(repositories.length > 0 && { repositories }), ...(unread.length > 0 && { unread }) };
  return [{ kind: "story-trace", source: "ran", subject, digest: digestOf({ subject, ...says, ...named }), origin: "stories and tests of both sides", ...found, weak, ...named }];
}

type Found = ReturnType<TraceReaders["trace"]["concernedBy"]>;

interface Judging {
  judge(elsewhere: Elsewhere): Found;
  readonly change: Change;
  readonly head: TracedSide;
  readonly workspace: WorkspaceConfig | undefined;
  readonly readers: TraceReaders;
}

/** True where the answer is that nothing here proves a promise, or that a story names a file that is not here: in another repository it may be. */
const hangsOnOthers = ({ concerned, loose }: Found): boolean => concerned.some(({ news }) => news === "promised" || news === "lost") || loose.some(({ by }) => by === "story");

async function judgedWith({ judge, change, head, workspace, readers }: Judging, { siblings, links }: ChangeTracePorts): Promise<{ readonly found: Found; readonly elsewhere: Elsewhere }> {
  const alone = { found: judge(NOWHERE_ELSE), elsewhere: NOWHERE_ELSE };
  if (workspace === undefined || siblings === undefined) return alone;
  const ports = { siblings, links };
  if (workspace.stories === undefined) {
    if (workspace.repositories.length === 0 || !hangsOnOthers(alone.found)) return alone;
    const elsewhere = await readMembers(workspace.repositories, readers, ports);
    return { found: judge(elsewhere), elsewhere };
  }
  // Links of this repository lead to stories of another one: without those nothing can be told of them, and nothing is.
  const { others, ...home } = await readHome(workspace.stories, change, head.name, readers, ports);
  if (home.stories === undefined) return { found: { concerned: [], loose: [] }, elsewhere: home };
  const first = judge(home);
  if (!hangsOnOthers(first)) return { found: first, elsewhere: home };
  const rest = await others();
  const all: Elsewhere = { stories: home.stories, sources: [...home.sources, ...rest.sources], repositories: [...home.repositories, ...rest.repositories], unread: rest.unread };
  return { found: judge(all), elsewhere: all };
}

/** One side with what other repositories add. Where the stories stand elsewhere, those are the only ones. */
function traced({ stories, links, blobs }: TracedSide, { stories: theirs, sources }: Elsewhere, { trace }: TraceReaders): Trace {
  const whole = trace.traceStories(theirs ?? stories, [{ name: "here", here: true, home: theirs === undefined, links, paths: new Set(blobs.keys()), results: trace.indexResults([]) }, ...sources]);
  return theirs === undefined ? { ...whole, loose: whole.loose.filter(({ repository }) => repository === undefined) } : { ...whole, loose: whole.loose.filter(({ repository, by }) => repository === undefined && by !== "story") };
}

/** A story, a line of a test that names one, or a test file that is gone. */
function concernsStories({ path, basePath, kind, status, hunks, tooLarge, unread }: ChangedFile): boolean {
  if (isStoryFile(path) || (basePath !== undefined && isStoryFile(basePath))) return true;
  if (kind !== "test" && !path.endsWith(".rs")) return false;
  return status === "deleted" || status === "renamed" || tooLarge === true || unread === true || hunks.some(({ lines }) => lines.some(({ text }) => text.includes("ST-")));
}

interface TracedSide {
  readonly stories: readonly StoryFacts[];
  readonly links: SourceLinks["links"];
  /** What the repository calls itself. */
  readonly name: string | undefined;
  readonly blobs: ReadonlyMap<string, string>;
}

/** Links without results: what a run says of a test is for other checks to say. */
async function sideOf(tree: string, readers: TraceReaders, { repository, links: memory }: ChangeTracePorts): Promise<TracedSide> {
  const { links, entries } = await findLinks(tree, { repository, memory, ...readers });
  const { stories } = await storiesAt(entries, { repository, memory, ...readers });
  const blobs = new Map(entries.map(({ path, blob }) => [path, blob]));
  return { stories, blobs, links, name: await packageName({ repository }, entries) };
}

/** What lint says of words this change wrote; hints about what a story leaves out are for `spec lint`. */
async function weakWords({ files }: Change, before: TracedSide, after: TracedSide, { readers: { stories, yaml }, ports }: { readonly readers: TraceReaders; readonly ports: ChangeTracePorts }): Promise<readonly LintFinding[]> {
  const written = files.filter(({ path, status }) => isStoryFile(path) && status !== "deleted");
  const texts = await ports.repository.readBlobs(written.flatMap(({ path }) => after.blobs.get(path) ?? []));
  const old = new Set(before.stories.flatMap(({ id, criteria }) => criteria.map((criterion) => `${id}#${criterion.id} ${criterion.revision}`)));
  return written.flatMap(({ path, newLines }) => {
    const { story } = stories.readStory(path, texts.get(after.blobs.get(path) ?? "")?.text ?? "", yaml);
    if (story === undefined) return [];
    const lines = new Set(newLines);
    const revisions = new Map(story.criteria.map(({ id, revision }) => [id, revision]));
    const isNew = ({ criterion, line }: LintFinding): boolean => (criterion === undefined ? lines.has(line) : !old.has(`${story.id}#${criterion} ${revisions.get(criterion)}`));
    return stories.lintStory(story).filter((finding) => finding.level === "warning" && isNew(finding));
  });
}
