import { createHash } from "node:crypto";
import { mkdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { copyEntries } from "./module-copy.ts";
import { isFolder } from "./safe-folder.ts";
import type { WorkingCopy } from "./working-copy.ts";

/** Files of a build that are worth keeping; what makes more than this is not kept. */
const MOST_FILES = 20_000;

/** What builds made of trees, kept until a session ends. */
export interface BuiltOutputs {
  /** Puts into a working copy what was kept for the same tree under this name; false when nothing was. */
  restore(tree: string, name: string, copy: WorkingCopy): Promise<boolean>;
  /**
   * Keeps everything in a working copy that is not tracked, packages left out. Nothing is kept of a build that changed tracked files or packages as well
   * (`untouched` tells of these): putting back the rest would not be the same.
   */
  keep(tree: string, name: string, copy: WorkingCopy, untouched: () => Promise<boolean>): Promise<void>;
}

/** Keeps them below a folder of the session. */
export function openBuiltOutputs(folder: string): BuiltOutputs {
  const known = new Map<string, readonly string[]>();
  const at = (tree: string, name: string): string => join(folder, createHash("sha256").update(`${tree}\0${name}`).digest("hex").slice(0, 24));
  return {
    restore: async (tree, name, copy) => {
      const kept = at(tree, name);
      const paths = known.get(kept);
      if (paths === undefined) return false;
      await copyInto(kept, paths, copy.root);
      return true;
    },
    keep: async (tree, name, copy, untouched) => {
      const made = await copy.made();
      if (made.changed || made.files > MOST_FILES || !(await untouched())) return;
      const kept = at(tree, name);
      await rm(kept, { recursive: true, force: true });
      await copyInto(copy.root, made.paths, kept);
      known.set(kept, made.paths);
    },
  };
}

async function copyInto(from: string, paths: readonly string[], to: string): Promise<void> {
  const byFolder = new Map<string, string[]>();
  for (const path of paths) byFolder.set(dirname(path), [...(byFolder.get(dirname(path)) ?? []), path.slice(path.lastIndexOf("/") + 1)]);
  for (const [folder, names] of byFolder) {
    await mkdir(join(to, folder), { recursive: true });
    if (await isFolder(join(from, folder))) await copyEntries(join(from, folder), names, join(to, folder));
  }
}
