import type { TreeEntry } from "#change";
import { impossibleTree, missingObject } from "../errors.ts";
import { isEmptyTree } from "../objects/revisions.ts";
import { bytesOfPath } from "../objects/path-text.ts";
import { lastWords } from "../process/failure.ts";
import type { Git } from "../process/git.ts";
import { freshIndex, indexInfo, writeTree } from "./scratch-index.ts";

/** What to put at a path; null takes the path away. */
export type TreeEdits = ReadonlyMap<string, Pick<TreeEntry, "blob" | "mode"> | null>;

/** A new tree: `base` with these paths set or removed. Git refuses paths that leave the tree. */
export async function composeTree(git: Git, base: string, edits: TreeEdits): Promise<string> {
  const index = await indexOfTree(git, base);
  if (edits.size > 0) {
    const entries = [...edits].map(([path, entry]) => [bytesOfPath(path), entry] as const);
    const input = indexInfo(entries, "0".repeat(base.length));
    const { code, err } = await git.run(["update-index", "-z", "--index-info"], { env: git.writing(index), input });
    if (code !== 0 || /ignoring|invalid path/i.test(err)) throw impossibleTree({ says: lastWords(err) });
  }
  return writeTree(git, index);
}

/** An index of our own that holds exactly a tree. */
export async function indexOfTree(git: Git, tree: string): Promise<string> {
  const index = freshIndex(git);
  const env = git.writing(index);
  if (isEmptyTree(tree)) return index;
  const { code } = await git.run(["read-tree", tree], { env });
  if (code !== 0) throw missingObject({ id: tree });
  return index;
}

/** A text as a blob in a place of our own. */
export const storeText = async (git: Git, text: string): Promise<string> => (await git.ask(["hash-object", "-w", "--stdin"], { env: git.writing(freshIndex(git)), input: Buffer.from(text) })).toString("latin1").trim();
