import { mkdir, open, readFile, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isProoflineError } from "#kernel";
import { chainEntries, readLedger, type LedgerStore, type LedgerTail } from "#ledger";
import { ledgerUnwritable } from "./errors.ts";
import { withFileLock } from "./file-lock.ts";

/** The ledger of one checkout: JSON Lines in `.proofline/ledger.jsonl`, ignored by Git through a `.gitignore` of its own. */
export function ledgerFile(folder: string): LedgerStore {
  const file = join(folder, "ledger.jsonl");
  let seen: Seen | undefined;
  return {
    read: async () => {
      const text = await textOf(file);
      const reading = readLedger(text);
      seen = reading.torn === "" ? { bytes: Buffer.byteLength(text), tail: reading.tail } : undefined;
      return reading;
    },
    append: async (entries, at) => {
      if (entries.length === 0) return;
      try {
        await prepare(folder);
        await withFileLock(file, async () => {
          const tail = await tailOf(file, seen);
          seen = undefined;
          await appendTo(file, chainEntries(tail, entries, at).lines);
        });
      } catch (error) {
        if (isProoflineError(error)) throw error;
        throw ledgerUnwritable({ file: "ledger.jsonl", says: error instanceof Error ? error.message : String(error) }, error);
      }
    },
  };
}

/** Where the ledger ended when this process read it, every line whole. */
interface Seen {
  readonly bytes: number;
  readonly tail: LedgerTail;
}

/** The end to chain to. A ledger of the size it was read with has grown by nobody since: it is not read and checked a second time. */
async function tailOf(file: string, seen: Seen | undefined): Promise<LedgerTail> {
  if (seen && (await sizeOf(file)) === seen.bytes) return seen.tail;
  const text = await textOf(file);
  const { tail, wholeUntil } = readLedger(text);
  // A line torn by a killed writer was never acknowledged; it must not swallow the next one.
  if (wholeUntil < text.length) await truncate(file, Buffer.byteLength(text.slice(0, wholeUntil)));
  return tail;
}

async function appendTo(file: string, lines: string): Promise<void> {
  const handle = await open(file, "a", 0o600);
  try {
    await handle.writeFile(lines);
    await handle.datasync();
  } finally {
    await handle.close();
  }
}

async function prepare(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, ".gitignore"), "*\n", { flag: "wx" }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
  });
}

const sizeOf = (file: string): Promise<number> =>
  stat(file).then(
    ({ size }) => size,
    () => 0,
  );

async function textOf(file: string): Promise<string> {
  return readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
}
