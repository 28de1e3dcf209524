import { createHash } from "node:crypto";
import { lstat, mkdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { copyEntries } from "./module-copy.ts";
import { isFolder } from "./safe-folder.ts";
import type { WorkingCopy } from "./working-copy.ts";

/** Files of a build that are worth keeping; what makes more than this is not kept. */
const MOST_FILES = 20_000;

/** What builds made of trees, kept until a session ends. */
export interface BuiltOutputs {
  /** Puts into a working copy what was kept for the same tree under this name; false when nothing was, or code that ran there put links in its way. */
  restore(tree: string, name: string, copy: WorkingCopy): Promise<boolean>;
  /** What lies in a working copy before a build, untracked: tests may have run there already. */
  before(copy: WorkingCopy): Promise<Before>;
  /**
   * Keeps what is in a working copy, not tracked and not there before, packages left out. Nothing is kept of a build that changed tracked files or packages
   * as well (`untouched` tells of these): putting back the rest would not be the same.
   */
  keep(tree: string, name: string, copy: WorkingCopy, about: { readonly before: Before; untouched(): Promise<boolean> }): Promise<void>;
}

/** Untracked files by path, each with what changes when it is written. */
export type Before = ReadonlyMap<string, string>;

/** Keeps them below a folder of the session. */
export function openBuiltOutputs(folder: string): BuiltOutputs {
  const known = new Map<string, readonly string[]>();
  const at = (tree: string, name: string): string => join(folder, createHash("sha256").update(`${tree}\0${name}`).digest("hex").slice(0, 24));
  return {
    restore: async (tree, name, copy) => {
      const kept = at(tree, name);
      const paths = known.get(kept);
      if (paths === undefined || !(await areOwn(copy.root, paths))) return false;
      for (const path of paths) await rm(join(copy.root, path), { recursive: true, force: true });
      await copyInto(kept, paths, copy.root);
      return true;
    },
    before: async (copy) => marksOf(copy.root, (await copy.made()).files),
    keep: async (tree, name, copy, { before, untouched }) => {
      const made = await copy.made();
      if (made.changed || made.files.length > MOST_FILES || !(await untouched())) return;
      const paths = before.size === 0 ? made.paths : await freshOf(copy.root, made.files, before);
      const kept = at(tree, name);
      await rm(kept, { recursive: true, force: true });
      await copyInto(copy.root, paths, kept);
      known.set(kept, paths);
    },
  };
}

async function marksOf(root: string, files: readonly string[]): Promise<Before> {
  const marks = new Map<string, string>();
  for (const file of files.slice(0, MOST_FILES)) {
    const found = await lstat(join(root, file)).catch(() => undefined);
    if (found !== undefined) marks.set(file, `${found.ino} ${found.size} ${found.mtimeMs}`);
  }
  return marks;
}

/** Files that were written since. */
async function freshOf(root: string, files: readonly string[], before: Before): Promise<readonly string[]> {
  const now = await marksOf(root, files);
  return [...now].flatMap(([file, mark]) => (before.get(file) === mark ? [] : [file]));
}

async function copyInto(from: string, paths: readonly string[], to: string): Promise<void> {
  const byFolder = new Map<string, string[]>();
  for (const path of paths) {
    const names = byFolder.get(dirname(path)) ?? [];
    names.push(path.slice(path.lastIndexOf("/") + 1));
    byFolder.set(dirname(path), names);
  }
  for (const [folder, names] of byFolder) {
    await mkdir(join(to, folder), { recursive: true });
    if (await isFolder(join(from, folder))) await copyEntries(join(from, folder), names, join(to, folder));
  }
}

/** A build that ran before may have put a link where a folder was: what is copied there would land wherever it leads. */
async function areOwn(root: string, paths: readonly string[]): Promise<boolean> {
  const folders = new Set<string>();
  for (const path of paths) for (let folder = dirname(path); folder !== "." && !folders.has(folder); folder = dirname(folder)) folders.add(folder);
  for (const folder of folders) {
    const found = await lstat(join(root, folder)).catch(() => undefined);
    if (found !== undefined && !found.isDirectory()) return false;
  }
  return true;
}
