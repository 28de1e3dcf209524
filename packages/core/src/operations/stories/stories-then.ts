import { isStoryFile, type Story, type StoryProblem } from "#intent";
import { badMoment } from "./errors.ts";
import type { PastPorts } from "./history-ports.ts";

/** Stories as they stood at a commit. */
export interface StoriesThen {
  readonly schema: "proofline/stories-at/1";
  readonly commit: string;
  /** What was asked for. */
  readonly at: string;
  readonly stories: readonly Story[];
  readonly problems: readonly StoryProblem[];
}

/** Stories as they stood at a day, a time or a revision; of a day its end. Raises a named error for a moment before the first commit, and for what is none. */
export const storiesThen =
  ({ repository, library, yaml }: PastPorts) =>
  async (at: string, from = "HEAD"): Promise<StoriesThen> => {
    const commit = await commitAt(at, from, repository);
    const files = (await repository.listFiles(commit, [library.STORIES_FOLDER])).filter(({ path }) => isStoryFile(path));
    const texts = await repository.readBlobs(files.map(({ blob }) => blob));
    const read = files.map(({ path, blob }) => library.readStory(path, texts.get(blob)?.text ?? "", yaml));
    return { schema: "proofline/stories-at/1", commit, at, stories: read.flatMap(({ story }) => story ?? []), problems: read.flatMap(({ problems }) => problems) };
  };

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})$/;

async function commitAt(at: string, from: string, repository: PastPorts["repository"]): Promise<string> {
  if (!DAY.test(at) && !TIME.test(at)) return revisionAt(at, repository);
  const time = Date.parse(DAY.test(at) ? `${at}T23:59:59Z` : at);
  // JavaScript takes the 31st of February for the 2nd of March.
  if (!Number.isFinite(time) || new Date(`${at.slice(0, 10)}T12:00:00Z`).toISOString().slice(0, 10) !== at.slice(0, 10)) throw badMoment({ asked: at, why: "there is no such day or time" });
  const found = await repository.commitBefore(from, time / 1000);
  if (found === undefined) throw badMoment({ asked: at, why: `nothing was committed by then on ${from}` });
  return found;
}

/** The commit a revision names; an unknown one raises the error it raises everywhere. */
const revisionAt = async (rev: string, repository: PastPorts["repository"]): Promise<string> => (await repository.resolve({ base: rev, head: { kind: "commit", rev } })).head;
