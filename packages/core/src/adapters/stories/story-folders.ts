import { readdir, readFile, stat } from "node:fs/promises";
import { join, relative, resolve, sep } from "node:path";
import type { LeftOut, SourceFile } from "#intent";
import type { StoryFolders } from "#operations";
import { unreadableSource } from "./errors.ts";

/** Folders that never hold a specification and cost seconds to walk. */
const SKIPPED = new Set(["node_modules", ".git", ".proofline", "dist", "vendor"]);
const MOST_FILES = 5_000;
const LARGEST = 1_000_000;

/** The user's folders, as far as stories are read from them. */
export const storyFolders = (root: string): StoryFolders => ({
  list: async (folder) => {
    const names = await readdir(join(root, folder), { withFileTypes: true }).catch(() => []);
    return names.filter((entry) => entry.isFile() && entry.name.endsWith(".md")).map(({ name }) => `${folder}/${name}`).sort();
  },
  collect: async (path) => {
    const start = resolve(root, path);
    const facts = await stat(start).catch((error: unknown) => {
      throw unreadableSource({ path, says: error instanceof Error ? error.message : String(error) }, error);
    });
    const found = facts.isFile() ? [start] : await walk(start);
    const left: LeftOut[] = [];
    const files: SourceFile[] = [];
    for (const file of found) {
      const shown = nameOf(file, root);
      if (files.length >= MOST_FILES) left.push({ path: shown, why: `more than ${MOST_FILES.toLocaleString("en")} files: import the rest by itself` });
      else if ((await stat(file)).size > LARGEST) left.push({ path: shown, why: "larger than a megabyte" });
      else files.push({ path: shown, text: await readFile(file, "utf8") });
    }
    return { files, left };
  },
});

function nameOf(file: string, root: string): string {
  const shown = relative(root, file);
  return (shown.startsWith("..") ? file : shown).split(sep).join("/");
}

/** Specification files below a folder; links are not followed. */
async function walk(folder: string): Promise<string[]> {
  const entries = (await readdir(folder, { withFileTypes: true }).catch(() => [])).sort((a, b) => (a.name < b.name ? -1 : 1));
  const found: string[] = [];
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !SKIPPED.has(entry.name)) found.push(...(await walk(path)));
    else if (entry.isFile() && /\.(?:md|feature)$/.test(entry.name)) found.push(path);
  }
  return found;
}
