import { digestOf } from "#kernel";
import type { Change, ChangedFile, Repository } from "#change";
import type { StoryFacts, StoryTrace, Trace } from "#evidence";
import { isStoryFile, type LintFinding } from "#intent";
import { findLinks } from "./find-links.ts";
import { storiesAt } from "./stories-at.ts";
import type { LinkMemory, TraceReaders } from "./trace-ports.ts";

export interface ChangeTracePorts {
  readonly repository: Pick<Repository, "listFiles" | "readBlobs">;
  readonly links: LinkMemory;
  readers(): Promise<TraceReaders>;
}

/** What a change does to promises and their proofs. Reads nothing where it touches no story, no link and takes no test file away; nothing is told where nothing came of it. */
export async function traceChange(change: Change, ports: ChangeTracePorts): Promise<readonly StoryTrace[]> {
  if (!change.files.some(concernsStories)) return [];
  const readers = await ports.readers();
  const before = await sideOf(change.mergeBaseTree, readers, ports);
  const after = await sideOf(change.headTree, readers, ports);
  const touched = new Set(change.files.flatMap(({ path, basePath }) => [path, basePath ?? path]));
  const found = readers.trace.concernedBy({ before: before.trace, after: after.trace, touched });
  const weak = await weakWords(change, before, after, { readers, ports });
  if (found.concerned.length + found.loose.length + weak.length === 0) return [];
  const subject = change.headKind === "commit" ? change.head : change.headTree;
  const says = { concerned: found.concerned.map(({ story, criterion, news }) => [story.id, criterion.id, criterion.revision, criterion.proof, news]), loose: found.loose.map(({ file, names, state }) => [file, names, state]), weak: weak.map(({ file, rule, line }) => [file, rule, line]) };
  return [{ kind: "story-trace", source: "ran", subject, digest: digestOf({ subject, ...says }), origin: "stories and tests of both sides", ...found, weak }];
}

/** A story, a line of a test that names one, or a test file that is gone. */
function concernsStories({ path, basePath, kind, status, hunks, tooLarge, unread }: ChangedFile): boolean {
  if (isStoryFile(path) || (basePath !== undefined && isStoryFile(basePath))) return true;
  if (kind !== "test" && !path.endsWith(".rs")) return false;
  return status === "deleted" || status === "renamed" || tooLarge === true || unread === true || hunks.some(({ lines }) => lines.some(({ text }) => text.includes("ST-")));
}

interface TracedSide {
  readonly stories: readonly StoryFacts[];
  readonly trace: Trace;
  readonly blobs: ReadonlyMap<string, string>;
}

/** Without results: what a run says of a test is for other checks to say. */
async function sideOf(tree: string, readers: TraceReaders, { repository, links: memory }: ChangeTracePorts): Promise<TracedSide> {
  const { links, entries } = await findLinks(tree, { repository, memory, ...readers });
  const { stories } = await storiesAt(entries, { repository, memory, ...readers });
  const blobs = new Map(entries.map(({ path, blob }) => [path, blob]));
  return { stories, blobs, trace: readers.trace.traceStories(stories, [{ name: "here", here: true, home: true, links, paths: new Set(blobs.keys()), results: readers.trace.indexResults([]) }]) };
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
