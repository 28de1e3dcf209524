import { gitText } from "./git-lines.ts";

export interface HistoryFile {
  readonly path: string;
  readonly added: number;
  readonly deleted: number;
}

/** One non-merge commit with what `git log --numstat` says of it. */
export interface HistoryCommit {
  readonly id: string;
  readonly parent: string;
  readonly time: number;
  readonly message: string;
  readonly files: readonly HistoryFile[];
}

const RECORD = "\u0001";
const FIELD = "\u0002";

/** Parses the output of {@link readHistory}'s Git call. With `-z` a rename is written as an empty path, then old and new name. */
export const parseHistory = (text: string): readonly HistoryCommit[] =>
  text
    .split(RECORD)
    .slice(1)
    .flatMap((record) => {
      const [id = "", parents = "", time = "0", message = "", numstat = ""] = record.split(FIELD);
      const parent = parents.split(" ")[0] ?? "";
      return parent === "" ? [] : [{ id, parent, time: Number(time), message, files: parseNumstat(numstat) }];
    });

const parseNumstat = (numstat: string): readonly HistoryFile[] => {
  const parts = numstat.split("\0");
  const files: HistoryFile[] = [];
  for (let index = 0; index < parts.length; index += 1) {
    const [added = "", deleted = "", path] = (parts[index] ?? "").trimStart().split("\t");
    if (path === undefined) continue;
    const renamed = path === "";
    const name = renamed ? (parts[index + 2] ?? "") : path;
    if (renamed) index += 2;
    if (name !== "") files.push({ path: name, added: Number(added) || 0, deleted: Number(deleted) || 0 });
  }
  return files;
};

export interface History {
  readonly commits: readonly HistoryCommit[];
  /** Commits whose contents are not all in this clone. */
  readonly unread: number;
}

/** Every non-merge commit with a parent reachable from `revision`, oldest first. Undefined when Git knows no such revision. */
export const readHistory = async (clone: string, revision: string): Promise<History | undefined> => {
  const ids = await gitText(clone, ["rev-list", "--no-merges", "--min-parents=1", "--reverse", "--topo-order", revision]);
  if (ids === undefined) return undefined;
  const list = ids.split("\n").filter((id) => id !== "");
  const commits: HistoryCommit[] = [];
  for (let start = 0; start < list.length; start += 500) commits.push(...(await readCommits(clone, list.slice(start, start + 500))));
  return { commits, unread: list.length - commits.length };
};

/** Git stops at the first missing blob, so a failing batch is halved until the commit that lacks one stands alone. */
const readCommits = async (clone: string, ids: readonly string[]): Promise<readonly HistoryCommit[]> => {
  const format = `${RECORD}%H${FIELD}%P${FIELD}%ct${FIELD}%B${FIELD}`;
  const text = await gitText(clone, ["log", "--no-walk=unsorted", "--numstat", "-z", "-M", `--format=${format}`, ...ids]);
  if (text !== undefined) return parseHistory(text);
  if (ids.length <= 1) return [];
  const half = ids.length >> 1;
  return [...(await readCommits(clone, ids.slice(0, half))), ...(await readCommits(clone, ids.slice(half)))];
};
