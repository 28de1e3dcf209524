import { lstat, realpath } from "node:fs/promises";
import { isAbsolute, join, relative } from "node:path";
import { escapingPath } from "./errors.ts";

/** Absolute path of a folder of the tree, refused when a symbolic link in the tree leads out of it. */
export async function safeFolder(root: string, dir: string): Promise<string> {
  const path = join(root, dir);
  const real = await realpath(path);
  const inside = relative(root, real);
  if (inside.startsWith("..") || isAbsolute(inside)) throw escapingPath({ path: dir });
  return path;
}

/** True for a real folder (not a link to one). */
export async function isFolder(path: string): Promise<boolean> {
  return lstat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
