import { mkdir, open, readFile, realpath, rename, rm, rmdir, stat, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import type { CheckoutFiles } from "#operations";
import { outsideCheckout, unwritable } from "./errors.ts";

/** The user's checkout, as far as Proofline may write to it. */
export function checkoutFiles(root: string): CheckoutFiles {
  return {
    read: async (path) => {
      const file = await inside(root, path);
      return readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
        if (error.code === "ENOENT" || error.code === "EISDIR" || error.code === "ENOTDIR") return undefined;
        throw unwritable({ path, says: error.message }, error);
      });
    },
    write: (path, text) => guarded(path, async () => writeWhole(await inside(root, path), text)),
    append: (path, line) =>
      guarded(path, async () => {
        const file = await inside(root, path);
        await mkdir(dirname(file), { recursive: true });
        const handle = await open(file, "a");
        try {
          await handle.writeFile(line);
          await handle.datasync();
        } finally {
          await handle.close();
        }
      }),
    remove: (path) =>
      guarded(path, async () => {
        const file = await inside(root, path);
        await rm(file, { force: true });
        await removeEmptyFolders(dirname(file), resolve(root));
      }),
  };
}

async function writeWhole(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const partial = `${file}.partial-${process.pid}`;
  try {
    await writeFile(partial, text);
    await rename(partial, file);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

async function guarded(path: string, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (error instanceof Error && "code" in error && !("fix" in error)) throw unwritable({ path, says: error.message }, error);
    throw error;
  }
}

/** The absolute path, once it is sure that neither dots nor a link lead out of the root. */
async function inside(root: string, path: string): Promise<string> {
  const file = resolve(root, path);
  const real = await realpath(resolve(root));
  let existing = file;
  while (existing !== dirname(existing) && !(await stat(existing).then(() => true, () => false))) existing = dirname(existing);
  const landed = join(await realpath(existing), relative(existing, file));
  if (landed !== real && !landed.startsWith(real + sep)) throw outsideCheckout({ path });
  return file;
}

async function removeEmptyFolders(folder: string, root: string): Promise<void> {
  let current = folder;
  while (current !== root && current.startsWith(root + sep)) {
    const removed = await rmdir(current).then(() => true, () => false);
    if (!removed) return;
    current = dirname(current);
  }
}
