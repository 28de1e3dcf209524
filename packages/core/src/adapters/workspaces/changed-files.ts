import { execFile } from "node:child_process";
import { LEFT_OUT } from "./module-copy.ts";

/**
 * True when a file below these folders was written after the stamp file was, or when that can't be told. Tools' own caches
 * don't count. The system's find reads 10,000 entries in some 40 ms. `forged`: written by code that may have set the time back;
 * then the time of the change itself counts, which nobody sets but which linking a file elsewhere moves too.
 */
export function changedSince(stamp: string, folders: readonly string[], forged = false): Promise<boolean> {
  if (folders.length === 0) return Promise.resolve(false);
  if (process.platform === "win32") return Promise.resolve(true);
  const caches = [...LEFT_OUT].flatMap((name, index) => [...(index > 0 ? ["-o"] : []), "-name", name]);
  const args = [...folders, "(", ...caches, ")", "-prune", "-o", "-type", "f", forged ? "-newercm" : "-newer", stamp, "-print", "-quit"];
  return new Promise((done) => {
    execFile("find", args, { maxBuffer: 1024 * 1024 }, (error, stdout) => done(error !== null || stdout.trim() !== ""));
  });
}
