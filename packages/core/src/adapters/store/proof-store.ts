import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { randomUUID } from "node:crypto";

export interface ProofStoreOptions {
  /** Where records are kept, usually `.proofline/proofs`. */
  readonly folder: string;
}

/** Records kept; the oldest go first, each with its signature. */
const MOST_RECORDS = 200;
const MOST_BYTES = 64 * 1024 * 1024;
/** A record larger than this is not worth its place. */
const LARGEST = 8 * 1024 * 1024;

/** Keeps proof records as files called by the digest of their bytes. Writing the same record again is writing nothing. */
export function proofStore({ folder }: ProofStoreOptions) {
  return {
    /** Keeps `text` under `hex`, with a signed line beside it where there is one. Whole or not at all. */
    keep: async (hex: string, text: string, signed?: string): Promise<void> => {
      if (text.length > LARGEST) return;
      await writeWhole(join(folder, `${hex}.json`), text);
      if (signed !== undefined) await writeWhole(join(folder, `${hex}.jsonl`), signed);
      await dropOldest(folder);
    },
    /** The record whose name starts with these digits, when only one does. */
    find: async (digits: string): Promise<{ readonly text: string; readonly hex: string } | undefined> => {
      const names = (await readdir(folder).catch(() => [])).filter((name) => NAME.test(name) && name.endsWith(".json") && name.startsWith(digits));
      const [name] = names;
      if (name === undefined || names.length > 1) return undefined;
      const text = await readFile(join(folder, name), "utf8").catch(() => undefined);
      return text === undefined ? undefined : { text, hex: name.slice(0, 64) };
    },
  };
}

const NAME = /^[0-9a-f]{64}\.jsonl?$/;

async function writeWhole(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const now = new Date();
  // The name says the content: what is there already only becomes younger, unless somebody wrote into it.
  if ((await readFile(path, "utf8").catch(() => undefined)) === text) return utimes(path, now, now);
  const aside = `${path}.${process.pid}-${randomUUID()}`;
  try {
    await writeFile(aside, text, { mode: 0o600 });
    await rename(aside, path);
  } finally {
    await rm(aside, { force: true });
  }
}

const HOUR_MS = 3_600_000;

async function dropOldest(folder: string): Promise<void> {
  const names = await readdir(folder);
  const files = (await Promise.all(names.map((name) => stat(join(folder, name)).then(({ mtimeMs, size }) => ({ name, at: mtimeMs, size }), () => undefined)))).flatMap((one) => one ?? []);
  // Written aside by a process that was killed.
  const halves = files.filter(({ name, at }) => !NAME.test(name) && /^[0-9a-f]{64}\.jsonl?\.\d+-/.test(name) && at < Date.now() - HOUR_MS);
  const byAge = files.filter(({ name }) => NAME.test(name)).toSorted((a, b) => b.at - a.at);
  const records = [...new Set(byAge.map(({ name }) => name.slice(0, 64)))];
  let bytes = 0;
  const kept = new Set(records.slice(0, MOST_RECORDS).filter((hex) => (bytes += sizeOf(hex, byAge)) <= MOST_BYTES));
  const old = byAge.filter(({ name }) => !kept.has(name.slice(0, 64)));
  await Promise.all([...halves, ...old].map(({ name }) => rm(join(folder, name), { force: true })));
}

const sizeOf = (hex: string, files: readonly { readonly name: string; readonly size: number }[]): number => files.reduce((sum, { name, size }) => (name.startsWith(hex) ? sum + size : sum), 0);
