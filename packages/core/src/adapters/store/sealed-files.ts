import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { lstat, mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

export interface SealedFilesOptions {
  /** Where they are kept, below `.proofline/cache`. */
  readonly folder: string;
  /** File of this person's own secret; what it did not seal is not read. Made when first needed, outside of any repository. */
  readonly keyFile: string;
  /** Files kept; the oldest go first. */
  readonly most: number;
  /** Characters; a longer text is not kept. */
  readonly largest: number;
}

export interface SealedFiles {
  /** The text kept under this name; undefined when there is none, or it is not as this person's Proofline left it. */
  read(name: string): Promise<string | undefined>;
  /** Keeps a text under a name of any length and content. */
  write(name: string, text: string): Promise<void>;
}

/**
 * Keeps texts as sealed files. A file that was written elsewhere, or touched since, counts as absent: anybody could put one into a checkout. Failing to read
 * or write is no error of anybody's command: it does the work instead. Safe with several processes: a file is there whole or not at all.
 */
export function sealedFiles({ folder, keyFile, most, largest }: SealedFilesOptions): SealedFiles {
  let secret: Promise<Buffer | undefined> | undefined;
  const key = (): Promise<Buffer | undefined> => (secret ??= openKey(keyFile));
  const pathOf = (name: string): string => join(folder, createHash("sha256").update(name).digest("hex"));
  return {
    read: async (name) => {
      const sealed = await readFile(pathOf(name), "utf8").catch(() => undefined);
      const own = sealed === undefined ? undefined : await key();
      if (sealed === undefined || own === undefined) return undefined;
      const text = sealed.slice(SEAL);
      return isSealed(sealed.slice(0, SEAL), name, text, own) ? text : undefined;
    },
    write: async (name, text) => {
      const own = text.length > largest || !(await isOwnPlace(folder)) ? undefined : await key();
      if (own === undefined) return;
      await write(pathOf(name), seal(name, text, own) + text).catch(() => undefined);
      await keepNewest(folder, most).catch(() => undefined);
    },
  };
}

/** A value kept as JSON. Its seal says that it is as this program wrote it, so its shape is not checked again. */
export async function keptAs<T>(files: Pick<SealedFiles, "read">, name: string): Promise<T | undefined> {
  const text = await files.read(name);
  return text === undefined ? undefined : (JSON.parse(text) as T);
}

/**
 * False where the folder, or one of the two it lies in, is a link: `.proofline/cache/…` may have come with the branch that is looked at, and lead to any
 * folder of this person's.
 */
async function isOwnPlace(folder: string): Promise<boolean> {
  for (const at of [folder, dirname(folder), dirname(dirname(folder))]) if ((await lstat(at).catch(() => undefined))?.isSymbolicLink()) return false;
  return true;
}

/** What is written here, and what a write that was cut short leaves: nothing else in the folder is ours to take away. */
const OWN_NAME = /^[0-9a-f]{64}(?:\.\d+)?$/;
const IGNORE = ".gitignore";
/** Length of a seal in hexadecimal digits. */
const SEAL = 64;

const seal = (name: string, text: string, key: Buffer): string => createHmac("sha256", key).update(`${name.length}\n${name}\n${text}`).digest("hex");

const isSealed = (found: string, name: string, text: string, key: Buffer): boolean => /^[0-9a-f]{64}$/.test(found) && timingSafeEqual(Buffer.from(found), Buffer.from(seal(name, text, key)));

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

async function write(path: string, content: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  // Nothing of this is ever part of a working tree that is judged, also where a kill came before the ledger's own.
  await writeFile(join(dirname(path), IGNORE), "*\n", { flag: "wx" }).catch(() => undefined);
  const aside = `${path}.${process.pid}`;
  try {
    await writeFile(aside, content);
    await rename(aside, path);
  } finally {
    await rm(aside, { force: true });
  }
}

async function keepNewest(folder: string, most: number): Promise<void> {
  const names = (await readdir(folder)).filter((name) => OWN_NAME.test(name));
  if (names.length <= most) return;
  const aged = await Promise.all(names.map(async (name) => ({ name, at: (await stat(join(folder, name))).mtimeMs })));
  const old = aged.toSorted((a, b) => a.at - b.at).slice(0, names.length - Math.floor(most * 0.9));
  await Promise.all(old.map(({ name }) => rm(join(folder, name), { force: true })));
}
