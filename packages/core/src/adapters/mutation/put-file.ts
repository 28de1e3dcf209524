import { randomUUID } from "node:crypto";
import { constants } from "node:fs";
import { lstat, open, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

/**
 * Writes a file into a folder that code of the tree can write to as well, whole or not at all: a link which that code put in the place of the file, or of
 * the folder, is never written through. False where nothing was written for that reason.
 */
export async function putFile(folder: string, name: string, text: string): Promise<boolean> {
  if (!(await isFolder(folder))) return false;
  const aside = join(folder, `${name}.${randomUUID()}`);
  await writeFile(aside, text, { flag: "wx" });
  await rm(join(folder, name), { recursive: true, force: true });
  await rename(aside, join(folder, name));
  return true;
}

/** Adds a line to such a file. Neither a link nor a pipe is written to. */
export async function appendLine(folder: string, name: string, line: string): Promise<void> {
  if (!(await isFolder(folder))) return;
  const handle = await open(join(folder, name), constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0), 0o600).catch(() => undefined);
  if (!handle) return;
  try {
    if ((await handle.stat()).isFile()) await handle.writeFile(`${line}\n`);
  } finally {
    await handle.close();
  }
}

const isFolder = (path: string): Promise<boolean> => lstat(path).then((found) => found.isDirectory(), () => false);
