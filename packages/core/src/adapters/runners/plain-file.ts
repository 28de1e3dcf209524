import { constants } from "node:fs";
import { open, type FileHandle } from "node:fs/promises";

/** Opens a file that tests may have replaced: a link is not followed, and a pipe, which would be waited for without end, is refused. */
export async function openPlain(path: string): Promise<FileHandle | undefined> {
  const handle = await open(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0)).catch(() => undefined);
  if (!handle) return undefined;
  if (await handle.stat().then((found) => found.isFile())) return handle;
  await handle.close();
  return undefined;
}

/** Bytes of a plain file up to a size; undefined when it is missing, larger or something else. */
export async function readPlain(path: string, limit: number): Promise<{ readonly bytes: Buffer; readonly modifiedAt: number } | undefined> {
  const handle = await openPlain(path);
  if (!handle) return undefined;
  try {
    const { size, mtimeMs } = await handle.stat();
    return size > limit ? undefined : { bytes: await handle.readFile(), modifiedAt: mtimeMs };
  } finally {
    await handle.close();
  }
}
