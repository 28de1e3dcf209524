import type { TestSetup } from "#evidence";

const CONFIG = /(?:^|\/)playwright\.config\.[cm]?[jt]s$/;

/** How the chosen test files are run: by Playwright where its settings stand in their folder or above it. Files of nobody are left to the other runners. */
export function playwrightSetups(files: readonly string[], paths: readonly string[]): { readonly setups: readonly TestSetup[]; readonly others: readonly string[] } {
  const configs = new Map(paths.filter((path) => CONFIG.test(path)).map((path) => [folderOf(path), path]));
  const dirs = new Set<string>();
  const others: string[] = [];
  for (const file of files) {
    const dir = above(file).find((folder) => configs.has(folder));
    if (dir === undefined) others.push(file);
    else dirs.add(dir);
  }
  return { setups: [...dirs].map((dir): TestSetup => ({ runner: "playwright", packageDir: dir, because: `${configs.get(dir)} belongs to Playwright`, start: {} })), others };
}

/** The folders of a file, the innermost first, the top as `.`. */
function above(file: string): readonly string[] {
  const folders: string[] = [];
  for (let folder = folderOf(file); folder !== "."; folder = folderOf(folder)) folders.push(folder);
  return [...folders, "."];
}

const folderOf = (path: string): string => (path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : ".");
