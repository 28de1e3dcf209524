import type { ResolvedChange, Repository, TreeEntry } from "#change";
import type { LockedFile, StoryFacts, TracedStory } from "#evidence";
import { isStoryFile, type FileState, type Signable, type Story, type StoryProblem, type StoryVersion } from "#intent";
import { compileGlobs } from "#kernel";
import { findLinks } from "../find-links.ts";
import type { LinkMemory, TraceReaders } from "../trace-ports.ts";
import { proofFiles } from "./proof-files.ts";

/** One story with everything that can be signed for. */
export interface Standing extends Signable {
  readonly read: Story;
  readonly version: StoryVersion;
  readonly problems: readonly StoryProblem[];
  /** What lint says against it; asked when it is read. */
  readonly warnings: number;
  readonly traced: TracedStory;
  /** Its proofs as they would be locked now. */
  readonly lines: readonly LockedFile[];
}

export interface StandingPorts {
  readonly repository: Pick<Repository, "listFiles" | "readBlobs">;
  readonly links: LinkMemory;
}

/** The stories of a tree with their proofs, technical specs and code; only those somebody wants, since following what tests use takes time. */
export async function standingAt(tree: ResolvedChange["headTree"], readers: TraceReaders, { repository, links: memory }: StandingPorts, wants: (about: Pick<Standing, "read" | "traced">) => boolean = () => true): Promise<{ readonly standings: readonly Standing[]; readonly entries: readonly TreeEntry[] }> {
  const { links, entries } = await findLinks(tree, { repository, memory, ...readers });
  const files = entries.filter(({ path }) => isStoryFile(path));
  const texts = await repository.readBlobs(files.map(({ blob }) => blob));
  const readVersion = readers.stories.versionReader(readers.yaml);
  const read = files.flatMap(({ path, blob }) => {
    const text = texts.get(blob)?.text ?? "";
    const { story, problems } = readers.stories.readStory(path, text, readers.yaml);
    const version = readVersion(path, text);
    return story === undefined || version === undefined ? [] : [{ story, problems, version }];
  });
  const facts: readonly StoryFacts[] = read.map(({ story }) => story);
  const trace = readers.trace.traceStories(facts, [{ name: "here", here: true, home: true, links, paths: new Set(entries.map(({ path }) => path)), results: readers.trace.indexResults([]) }]);
  const standings: Standing[] = [];
  for (const { story, problems, version } of read) {
    const traced = trace.stories.find(({ file }) => file === story.file);
    if (traced === undefined || !wants({ read: story, traced })) continue;
    const lines = await proofFiles(proofsOf(traced), entries, { repository });
    standings.push({
      read: story,
      story: version,
      version,
      problems,
      get warnings() {
        return readers.stories.lintStory(story).filter(({ level }) => level === "warning").length;
      },
      traced,
      lines,
      proofs: lines.map(({ file, blob }) => ({ path: file, blob })),
      technicalSpecs: below(entries, `${readers.stories.TECHNICAL_SPECS}/${story.id}/`),
      targets: targetsOf(story.targets, entries),
    });
  }
  return { standings, entries };
}

/** Living criteria by name, with the files here that prove them. */
export const proofsOf = ({ id, criteria }: TracedStory): ReadonlyMap<string, readonly string[]> =>
  new Map(criteria.filter(({ state }) => state !== "retired").map((criterion) => [`${id}#${criterion.id}`, [...new Set(criterion.links.flatMap(({ file, repository, state }) => (repository === undefined && state !== "orphaned" ? [file] : [])))]]));

const below = (entries: readonly TreeEntry[], folder: string): readonly FileState[] => entries.filter(({ path }) => path.startsWith(folder)).map(({ path, blob }) => ({ path, blob }));

function targetsOf(globs: readonly string[], entries: readonly TreeEntry[]): readonly FileState[] {
  if (globs.length === 0) return [];
  const inside = compileGlobs(globs);
  return entries.filter(({ path }) => !path.startsWith("proofline/") && inside(path)).map(({ path, blob }) => ({ path, blob }));
}
