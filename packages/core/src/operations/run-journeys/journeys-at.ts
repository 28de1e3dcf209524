import type { Repository, TreeEntry } from "#change";
import type { StoryScope } from "#evidence";
import { isJourneyFile, type Journey, type StoryProblem } from "#intent";
import type { JourneyReaders } from "./journey-ports.ts";

/** Journeys of a tree, and the stories they lead through. */
export interface JourneysAt {
  readonly journeys: readonly Journey[];
  readonly stories: readonly StoryScope[];
  readonly problems: readonly StoryProblem[];
}

/** Journeys of one repository; more are somebody's joke. */
const MOST = 2_000;

/** Reads the journeys of a tree, and of the stories they name what tells their code. */
export async function journeysAt(entries: readonly TreeEntry[], readers: Pick<JourneyReaders, "journeys" | "stories" | "yaml">, repository: Pick<Repository, "readBlobs">): Promise<JourneysAt> {
  const files = entries.filter(({ path }) => isJourneyFile(path)).slice(0, MOST);
  if (files.length === 0) return { journeys: [], stories: [], problems: [] };
  const texts = await repository.readBlobs(files.map(({ blob }) => blob));
  const read = files.map(({ path, blob }) => readers.journeys.readJourney(path, texts.get(blob)?.text ?? "", readers.yaml));
  const journeys = read.flatMap(({ journey }) => journey ?? []);
  return { journeys, ...(await scopes(journeys, entries, readers, repository)), problems: [...read.flatMap(({ problems }) => problems), ...twins(journeys)] };
}

async function scopes(journeys: readonly Journey[], entries: readonly TreeEntry[], { stories: { readStory, storyFile }, yaml }: Pick<JourneyReaders, "stories" | "yaml">, repository: Pick<Repository, "readBlobs">): Promise<{ readonly stories: readonly StoryScope[] }> {
  const named = new Set(journeys.flatMap(({ stories }) => stories.map(({ story }) => storyFile(story))));
  const there = entries.filter(({ path }) => named.has(path));
  const texts = await repository.readBlobs(there.map(({ blob }) => blob));
  const stories = there.flatMap(({ path, blob }) => readStory(path, texts.get(blob)?.text ?? "", yaml).story ?? []);
  return { stories: stories.map(({ id, file, area, targets }) => ({ id, file, targets, ...(area !== undefined && { area }) })) };
}

/** One id in two files: a Markdown and a YAML one. */
function twins(journeys: readonly Journey[]): readonly StoryProblem[] {
  const first = new Map<string, Journey>();
  return journeys.flatMap((journey) => {
    const before = first.get(journey.id);
    if (before === undefined) {
      first.set(journey.id, journey);
      return [];
    }
    return [{ code: "id-twice", file: journey.file, line: journey.line, says: `${journey.id} stands in ${before.file} as well.`, fix: "Keep one of the files." }];
  });
}
