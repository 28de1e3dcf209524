import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { TestRun } from "#evidence";

export interface RunStoreOptions {
  /** Where runs are kept, usually `.proofline/cache/runs`. */
  readonly folder: string;
  /** File of this person's own secret; what it did not seal is not read. Made when first needed, outside of any repository. */
  readonly keyFile: string;
}

/** Runs kept; the oldest go first. */
const MOST_RUNS = 300;
/** A run with more text than this is not worth its place. */
const LARGEST = 8 * 1024 * 1024;

/**
 * Keeps runs as sealed files. A file that was written elsewhere, or touched since, counts as absent: anybody could put one into a checkout. Failing to
 * read or write is no error of anybody's command: it runs the tests instead.
 */
export function runStore({ folder, keyFile }: RunStoreOptions) {
  let secret: Promise<Buffer | undefined> | undefined;
  const key = (): Promise<Buffer | undefined> => (secret ??= openKey(keyFile));
  const pathOf = (name: string): string => join(folder, `${name}.json`);
  return {
    read: async (name: string): Promise<readonly TestRun[] | undefined> => {
      const sealed = await readFile(pathOf(name), "utf8").catch(() => undefined);
      const own = sealed === undefined ? undefined : await key();
      if (sealed === undefined || own === undefined) return undefined;
      const text = sealed.slice(SEAL);
      return isSealed(sealed.slice(0, SEAL), name, text, own) ? (JSON.parse(text) as TestRun[]) : undefined;
    },
    write: async (name: string, runs: readonly TestRun[]): Promise<void> => {
      const text = JSON.stringify(runs);
      const own = text.length > LARGEST ? undefined : await key();
      if (own === undefined) return;
      await write(pathOf(name), seal(name, text, own) + text).catch(() => undefined);
      await keepNewest(folder).catch(() => undefined);
    },
  };
}

/** Length of a seal in hexadecimal digits. */
const SEAL = 64;

const seal = (name: string, text: string, key: Buffer): string => createHmac("sha256", key).update(`${name}\n${text}`).digest("hex");

const isSealed = (found: string, name: string, text: string, key: Buffer): boolean => found.length === SEAL && timingSafeEqual(Buffer.from(found), Buffer.from(seal(name, text, key)));

async function openKey(file: string): Promise<Buffer | undefined> {
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(file, randomBytes(32), { flag: "wx", mode: 0o600 }).catch((error: NodeJS.ErrnoException) => (error.code === "EEXIST" ? undefined : Promise.reject(error)));
    const key = await readFile(file);
    return key.length === 32 ? key : undefined;
  } catch {
    return undefined;
  }
}

/** Whole or not at all, also for a reader in another process. */
async function write(path: string, content: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const aside = `${path}.${process.pid}`;
  try {
    await writeFile(aside, content);
    await rename(aside, path);
  } finally {
    await rm(aside, { force: true });
  }
}

async function keepNewest(folder: string): Promise<void> {
  const names = await readdir(folder);
  if (names.length <= MOST_RUNS) return;
  const aged = await Promise.all(names.map(async (name) => ({ name, at: (await stat(join(folder, name))).mtimeMs })));
  const old = aged.toSorted((a, b) => a.at - b.at).slice(0, names.length - Math.floor(MOST_RUNS * 0.9));
  await Promise.all(old.map(({ name }) => rm(join(folder, name), { force: true })));
}
