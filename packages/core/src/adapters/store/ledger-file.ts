import { appendFile, mkdir, open, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isProoflineError } from "#kernel";
import { chainEntries, type LedgerReading, type LedgerStore, type LedgerTail } from "#ledger";
import { ledgerUnwritable } from "./errors.ts";
import { isLocked, withFileLock } from "./file-lock.ts";
import { keepIndex, readIndexed, type IndexedReading } from "./ledger-index.ts";

/** What may lie behind the index before it is made anew: about a hundred verdicts. */
const INDEX_EVERY_BYTES = 128 * 1024;

/** The ledger of one checkout: JSON Lines in `.proofline/ledger.jsonl`, ignored by Git through a `.gitignore` of its own. */
export function ledgerFile(folder: string): LedgerStore {
  const files: Files = { ledger: join(folder, "ledger.jsonl"), index: join(folder, "ledger.index.json"), torn: join(folder, "ledger.torn") };
  let seen: IndexedReading | undefined;
  const read = async (index: string | undefined): Promise<LedgerReading> => {
    seen = await readIndexed(files.ledger, index);
    // A line that is being written at this moment is not torn.
    return seen.reading.torn !== "" && (await isLocked(files.ledger)) ? { ...seen.reading, torn: "" } : seen.reading;
  };
  return {
    read: () => read(files.index),
    readWhole: () => read(undefined),
    append: async (entries, at) => {
      if (entries.length === 0) return;
      try {
        await prepare(folder);
        await withFileLock(files.ledger, async () => {
          const tail = await tailOf(files, seen);
          seen = undefined;
          await appendTo(files.ledger, chainEntries(tail, entries, at).lines);
        });
      } catch (error) {
        if (isProoflineError(error)) throw error;
        throw ledgerUnwritable({ file: "ledger.jsonl", says: error instanceof Error ? error.message : String(error) }, error);
      }
    },
  };
}

interface Files {
  readonly ledger: string;
  readonly index: string;
  readonly torn: string;
}

/** The end to chain to. A ledger of the size it was read with has grown by nobody since: it is not read and checked a second time. */
async function tailOf({ ledger, index, torn }: Files, seen: IndexedReading | undefined): Promise<LedgerTail> {
  const unchanged = seen && seen.reading.torn === "" && (await sizeOf(ledger)) === seen.bytes;
  const known = unchanged ? seen : await readIndexed(ledger, index);
  if (known.reading.torn !== "") {
    // Never acknowledged, and it must not swallow the next line; what is left of it is kept for whoever wants to look.
    await appendFile(torn, `${known.reading.torn}\n`, { mode: 0o600 });
    await truncate(ledger, known.bytes);
  }
  if (known.read > INDEX_EVERY_BYTES) await keepIndex(index, known);
  return known.reading.tail;
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
