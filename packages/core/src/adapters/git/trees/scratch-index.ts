import { copyFile, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import { unresolvedConflicts } from "../errors.ts";
import { pathText } from "../objects/path-text.ts";
import { failureOf } from "../process/failure.ts";
import type { Git } from "../process/git.ts";

let made = 0;

/** Path of an index of our own that does not exist yet. */
export const freshIndex = (git: Git): string => join(git.folder.path(), `index-${(made += 1)}`);

/** A copy of the user's index. A checkout without one (nothing was ever staged) gives an empty one. */
export async function copyOfIndex(git: Git): Promise<string> {
  const copy = freshIndex(git);
  try {
    const { atimeMs, mtimeMs } = await stat(git.place.index);
    await copyFile(git.place.index, copy);
    // Git trusts a file's times only where they are older than the index: a younger copy would hide edits made right after `git add`.
    await utimes(copy, Math.floor(atimeMs) / 1000, Math.floor(mtimeMs) / 1000);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw failureOf("read index", String(error), git.place.root);
  }
  return copy;
}

/** Writes what an index of ours holds as a tree. Blobs a partial clone lacks are no obstacle: reading tells of them. */
export async function writeTree(git: Git, index: string): Promise<string> {
  return (await git.ask(["write-tree", "--missing-ok"], { env: git.writing(index) })).toString("latin1").trim();
}

/** Refuses an index with conflicts: neither side of them is the change. */
export async function refuseConflicts(git: Git): Promise<void> {
  const out = await git.ask(["ls-files", "--unmerged", "-z"], { env: { GIT_INDEX_FILE: git.place.index } });
  const paths = new Set<string>();
  for (let at = 0; at < out.length;) {
    const tab = out.indexOf(9, at);
    const end = out.indexOf(0, at);
    if (tab < 0 || end < 0) break;
    paths.add(pathText(out.subarray(tab + 1, end)));
    at = end + 1;
  }
  if (paths.size > 0) throw unresolvedConflicts({ paths: [...paths] });
}

/** Entries for `update-index --index-info`: null removes. Removals come first, so that a file may take the place of a folder. */
export function indexInfo(entries: readonly (readonly [path: Buffer, entry: { readonly mode: string; readonly blob: string } | null])[], zero: string): Buffer {
  const removed = entries.filter(([, entry]) => entry === null);
  const set = entries.filter(([, entry]) => entry !== null);
  return Buffer.concat(
    [...removed, ...set].flatMap(([path, entry]) => [
      Buffer.from(entry ? `${entry.mode.padStart(6, "0")} ${entry.blob}\t` : `0 ${zero}\t`),
      path,
      Buffer.from([0]),
    ]),
  );
}
