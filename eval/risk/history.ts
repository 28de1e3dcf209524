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

/** Every non-merge commit with a parent reachable from `revision`, oldest first. */
export const readHistory = async (clone: string, revision: string): Promise<readonly HistoryCommit[]> => {
  const format = `${RECORD}%H${FIELD}%P${FIELD}%ct${FIELD}%B${FIELD}`;
  const text = await gitText(clone, ["log", "--no-merges", "--reverse", "--topo-order", "--numstat", "-z", "-M", `--format=${format}`, revision]);
  return text === undefined ? [] : parseHistory(text);
};
