import type { CommitFacts } from "#change";
import type { Git } from "../process/git.ts";

/** What Git is asked for to tell a commit by `commitOf`. */
export const COMMIT_FIELDS = ["%H", "%P", "%an", "%ae", "%cn", "%ce", "%at", "%ct", "%(trailers:only,unfold)", "%B"];
const FORMAT = `--format=${COMMIT_FIELDS.join("%x00")}`;

/** `git log` with the facts of each commit. What can't be read whole (a damaged history) gives the commits before the damage. */
export async function commitLog(git: Git, args: readonly string[]): Promise<readonly CommitFacts[]> {
  const { out } = await git.run(["log", "-z", FORMAT, ...args, "--"]);
  const fields = out.toString("utf8").split("\0");
  const commits: CommitFacts[] = [];
  for (let at = 0; at + COMMIT_FIELDS.length < fields.length; at += COMMIT_FIELDS.length) commits.push(commitOf(fields.slice(at, at + COMMIT_FIELDS.length)));
  return commits;
}

/** A commit by its fields, in their order. */
export function commitOf([
  id = "",
  parents = "",
  author = "",
  authorMail = "",
  committer = "",
  committerMail = "",
  authored = "",
  committed = "",
  trailers = "",
  message = "",
]: readonly string[]): CommitFacts {
  return {
    id,
    parents: parents === "" ? [] : parents.split(" "),
    author: { name: author, email: authorMail },
    committer: { name: committer, email: committerMail },
    authoredAt: Number(authored),
    committedAt: Number(committed),
    message: message.trimEnd(),
    trailers: trailers.split("\n").flatMap((line) => {
      const colon = line.indexOf(":");
      return colon > 0 ? [{ key: line.slice(0, colon).trim(), value: line.slice(colon + 1).trim() }] : [];
    }),
  };
}
