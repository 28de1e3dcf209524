import type { TreeEntry } from "#change";
import { missingObject } from "../errors.ts";
import type { Git } from "../process/git.ts";
import { isEmptyTree } from "./revisions.ts";
import { pathText } from "./path-text.ts";
import { isFolder, type Trees } from "./trees.ts";

/** Every file of a tree, in Git's order; below some folders only, if named. Folders that are not there cost no process. */
export async function listFiles(git: Git, trees: Trees, tree: string, under?: readonly string[]): Promise<readonly TreeEntry[]> {
  if (!under) return listTree(git, tree, "");
  const lists = await Promise.all([...new Set(under.map((folder) => folder.replace(/\/+$/, "")))].map((folder) => listFolder(git, trees, tree, folder)));
  const files = new Map(lists.flat().map((file) => [file.path, file]));
  return [...files.values()];
}

async function listFolder(git: Git, trees: Trees, tree: string, folder: string): Promise<readonly TreeEntry[]> {
  if (folder === "" || folder === ".") return listTree(git, tree, "");
  const entry = await trees.entry(tree, folder);
  if (entry === undefined) return [];
  if (entry === "missing") throw missingObject({ id: `${tree}:${folder}` });
  return isFolder(entry) ? listTree(git, entry.blob, `${folder}/`) : [entry];
}

async function listTree(git: Git, tree: string, prefix: string): Promise<readonly TreeEntry[]> {
  if (isEmptyTree(tree)) return [];
  const { code, out } = await git.run(["ls-tree", "-r", "-z", "--full-tree", tree]);
  if (code !== 0) throw missingObject({ id: tree });
  const files: TreeEntry[] = [];
  for (let at = 0; at < out.length;) {
    const tab = out.indexOf(9, at);
    const end = out.indexOf(0, tab);
    if (tab < 0 || end < 0) break;
    const [mode = "", , blob = ""] = out.toString("latin1", at, tab).split(" ");
    files.push({ path: prefix + pathText(out.subarray(tab + 1, end)), mode, blob });
    at = end + 1;
  }
  return files;
}
