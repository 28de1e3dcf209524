import { lstat, opendir, readdir, stat, statfs } from "node:fs/promises";
import { join } from "node:path";

/** Free bytes on the file system of a folder; undefined where the system does not tell. */
export async function freeBytes(folder: string): Promise<number | undefined> {
  const found = await statfs(folder).catch(() => undefined);
  return found && found.bfree * found.bsize;
}

export interface Written {
  readonly folders: readonly string[];
  /** Milliseconds since the epoch. */
  readonly since: number;
  /** Processes whose open, already deleted files count too: such a file lies in no folder and still fills the disk. */
  readonly pids: readonly number[];
  /** Looking stops once this much was found. */
  readonly enough: number;
}

/** Bytes on disk in files that were made or changed since a time. The change time can't be set by the program that writes. */
export async function writtenBytes(about: Written): Promise<number> {
  const count = { bytes: 0, enough: about.enough, since: about.since - 1000 };
  for (const folder of about.folders) await walk(folder, count, 0);
  await deletedFiles(about.pids, count);
  return count.bytes;
}

interface Count {
  bytes: number;
  readonly enough: number;
  readonly since: number;
}

const DEEPEST = 256;

async function walk(folder: string, count: Count, depth: number): Promise<void> {
  const entries = depth > DEEPEST ? undefined : await opendir(folder).catch(() => undefined);
  if (!entries) return;
  try {
    for await (const entry of entries) {
      if (count.bytes >= count.enough) return;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) await walk(path, count, depth + 1);
      else if (entry.isFile()) {
        const found = await lstat(path).catch(() => undefined);
        if (found && found.ctimeMs >= count.since) count.bytes += found.blocks * 512;
      }
    }
  } catch {
    // a folder that was removed while it was read holds nothing any more
  }
}

async function deletedFiles(pids: readonly number[], count: Count): Promise<void> {
  const seen = new Set<string>();
  for (const pid of pids) {
    for (const name of await readdir(`/proc/${pid}/fd`).catch(() => [])) {
      if (count.bytes >= count.enough) return;
      const found = await stat(`/proc/${pid}/fd/${name}`).catch(() => undefined); // may be a pipe: only looked at, never opened
      if (!found?.isFile() || found.nlink > 0 || seen.has(`${found.dev}:${found.ino}`)) continue;
      seen.add(`${found.dev}:${found.ino}`);
      count.bytes += found.blocks * 512;
    }
  }
}
