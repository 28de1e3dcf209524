import { execFile } from "node:child_process";
import { readdir } from "node:fs/promises";
import { LEFT_OUT } from "./module-copy.ts";
import { isFolder } from "./safe-folder.ts";

/**
 * True when something below these folders was written, added or taken away after the stamp file was written, or when that can't be told; what was
 * taken away right in one of the folders is not seen: see `namesIn`. Tools' own caches don't count. The system's find reads 10,000 entries in some 40 ms. `forged`: written by code that may have set the time back;
 * then the time of the change itself counts, which nobody sets but which linking a file elsewhere moves too.
 */
export function changedSince(stamp: string, folders: readonly string[], forged = false): Promise<boolean> {
  if (folders.length === 0) return Promise.resolve(false);
  if (process.platform === "win32") return Promise.resolve(true);
  const caches = [...LEFT_OUT].flatMap((name, index) => [...(index > 0 ? ["-o"] : []), "-name", name]);
  const args = [...folders, "-mindepth", "1", "(", ...caches, ")", "-prune", "-o", forged ? "-newercm" : "-newer", stamp, "-print", "-quit"];
  return new Promise((done) => {
    execFile("find", args, { maxBuffer: 1024 * 1024 }, (error, stdout) => done(error !== null || stdout.trim() !== ""));
  });
}

/** What lies in these folders, by name, tools' own caches left out: a package that was taken away changes nothing else that could be seen. */
export async function namesIn(folders: readonly string[]): Promise<string> {
  const names = await Promise.all(folders.map(async (folder) => ((await isFolder(folder)) ? (await readdir(folder)).filter((name) => !LEFT_OUT.has(name)).sort() : undefined)));
  return JSON.stringify(names);
}
