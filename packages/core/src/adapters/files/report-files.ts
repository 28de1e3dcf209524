import { opendir, readdir, readFile, stat } from "node:fs/promises";
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import picomatch from "picomatch";
import type { ReportFile } from "#evidence";
import type { ReportFiles } from "#operations";
import { unreadableReport } from "./errors.ts";
import { joinResults } from "./join-results.ts";

/** Folders that never hold a report and cost seconds to walk. */
const SKIPPED = new Set(["node_modules", ".git", ".proofline"]);

/** Finds reports on disk. A plain path is taken as it is; a glob is walked from its fixed part. */
export const reportFiles: ReportFiles = {
  async find(globs, root) {
    const found = new Map<string, ReportFile>();
    const unmatched: string[] = [];
    for (const glob of globs) {
      const paths = await expand(glob, root);
      if (paths.length === 0) unmatched.push(glob);
      for (const path of paths) found.set(path, await load(path, root));
    }
    return { files: joinResults([...found.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, file]) => file)), unmatched };
  },
};

async function load(path: string, root: string): Promise<ReportFile> {
  const shown = relative(root, path);
  const name = shown.startsWith("..") ? path : shown.split(sep).join("/");
  try {
    const [bytes, facts] = await Promise.all([readFile(path), stat(path)]);
    return { path: name, bytes, modifiedAt: facts.mtimeMs };
  } catch (error) {
    throw unreadableReport({ path: name, says: error instanceof Error ? error.message : String(error) }, error);
  }
}

async function expand(glob: string, root: string): Promise<string[]> {
  const literal = isAbsolute(glob) ? glob : resolve(root, glob);
  if (await isFile(literal)) return [literal];
  const { base, glob: rest } = picomatch.scan(glob);
  if (rest === "") return [];
  const folder = resolve(root, base);
  const matches = picomatch(rest, { dot: true });
  await openable(folder, glob);
  const paths: string[] = [];
  for await (const path of walk(folder)) {
    if (matches(relative(folder, path).split(sep).join("/"))) paths.push(path);
  }
  return paths.sort();
}

/** A folder that was named and may not be opened is an error: its reports would be missing in silence. One below it is passed over, as one nobody named. */
async function openable(folder: string, glob: string): Promise<void> {
  try {
    await (await opendir(folder)).close();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "EACCES" || code === "EPERM") throw unreadableReport({ path: glob, says: message }, error);
  }
}

async function* walk(folder: string): AsyncGenerator<string> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!SKIPPED.has(entry.name)) yield* walk(path);
    } else if (entry.isFile() || (entry.isSymbolicLink() && (await isFile(path)))) yield path;
  }
}

const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (facts) => facts.isFile(),
    () => false,
  );
