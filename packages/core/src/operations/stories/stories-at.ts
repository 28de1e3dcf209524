import type { Repository, TreeEntry } from "#change";
import type { StoryFacts } from "#evidence";
import { isStoryFile, type Story, type StoryProblem } from "#intent";
import type { LinkMemory, ReadStory, TraceReaders } from "./trace-ports.ts";

/** Stories of a tree, and what keeps others from being read. */
export interface StoriesAt {
  readonly stories: readonly StoryFacts[];
  readonly problems: readonly StoryProblem[];
}

export interface StoriesPorts extends Pick<TraceReaders, "stories" | "yaml"> {
  readonly repository: Pick<Repository, "readBlobs">;
  readonly memory: LinkMemory;
}

/** Reads the stories among a tree's files; only those that were never seen are parsed. */
export async function storiesAt(entries: readonly TreeEntry[], { repository, memory, stories, yaml }: StoriesPorts): Promise<StoriesAt> {
  const files = entries.filter(({ path }) => isStoryFile(path));
  if (files.length === 0) return { stories: [], problems: [] };
  const known = await memory.stories();
  const unknown = files.filter((entry) => !known.has(keyOf(entry)));
  const texts = unknown.length === 0 ? new Map<string, { readonly text?: string }>() : await repository.readBlobs([...new Set(unknown.map(({ blob }) => blob))]);
  const fresh = new Map(unknown.map((entry) => [keyOf(entry), lean(stories.readStory(entry.path, texts.get(entry.blob)?.text ?? "", yaml))] as const));
  const read = files.flatMap((entry) => known.get(keyOf(entry)) ?? fresh.get(keyOf(entry)) ?? []);
  if (fresh.size > 0) await memory.keepStories(new Map([...known].slice(-2 * files.length).concat([...fresh])));
  return { stories: read.flatMap(({ story }) => story ?? []), problems: read.flatMap(({ problems }) => problems) };
}

const keyOf = ({ path, blob }: TreeEntry): string => `${blob} ${path}`;

function lean({ story, problems }: { readonly story?: Story; readonly problems: readonly StoryProblem[] }): ReadStory {
  if (story === undefined) return { problems };
  const { id, title, file, owner, area, criteria } = story;
  return {
    story: {
      id,
      title,
      file,
      ...(owner !== undefined && { owner }),
      ...(area !== undefined && { area }),
      criteria: criteria.map((one) => ({ id: one.id, state: one.state, sentence: one.sentence, line: one.line, revision: one.revision, ...(one.approved !== undefined && { approved: one.approved }), tests: one.tests })),
    },
    problems,
  };
}
