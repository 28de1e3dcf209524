import type { CommitFacts } from "#change";
import type { Git } from "../process/git.ts";
import { commitLog } from "./commit-log.ts";

/** So many of the last first-parent commits tell how a repository works … */
const SAMPLE = 50;
/** … and with fewer merges than this among them, changes land as plain commits. */
const FEW_MERGES = 5;

/** What landed on the first-parent line, newest first: merges, or commits where merges are rare. */
export async function landings(git: Git, at: string, count: number): Promise<readonly CommitFacts[]> {
  const line = await commitLog(git, ["--first-parent", `--max-count=${Math.max(SAMPLE, count)}`, at]);
  const isMerge = (commit: CommitFacts): boolean => commit.parents.length > 1;
  if (line.slice(0, SAMPLE).filter(isMerge).length < FEW_MERGES) return line.slice(0, count);
  const merges = line.filter(isMerge);
  return merges.length >= count ? merges.slice(0, count) : commitLog(git, ["--first-parent", "--merges", `--max-count=${count}`, at]);
}
