import { mkdir, open, readFile, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isProoflineError } from "#kernel";
import { chainEntries, readLedger, type LedgerEntry, type LedgerStore } from "#ledger";
import { ledgerUnwritable } from "./errors.ts";
import { withFileLock } from "./file-lock.ts";

/** The ledger of one checkout: JSON Lines in `.proofline/ledger.jsonl`, ignored by Git through a `.gitignore` of its own. */
export function ledgerFile(folder: string): LedgerStore {
  const file = join(folder, "ledger.jsonl");
  return {
    read: async () => readLedger(await textOf(file)),
    append: async (entries, at) => {
      if (entries.length === 0) return;
      try {
        await prepare(folder);
        await withFileLock(file, () => appendTo(file, entries, at));
      } catch (error) {
        if (isProoflineError(error)) throw error;
        throw ledgerUnwritable({ file: "ledger.jsonl", says: error instanceof Error ? error.message : String(error) }, error);
      }
    },
  };
}

async function appendTo(file: string, entries: readonly LedgerEntry[], at: string): Promise<void> {
  const text = await textOf(file);
  const { tail, wholeUntil } = readLedger(text);
  // A line torn by a killed writer was never acknowledged; it must not swallow the next one.
  if (wholeUntil < text.length) await truncate(file, Buffer.byteLength(text.slice(0, wholeUntil)));
  const { lines } = chainEntries(tail, entries, at);
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

async function textOf(file: string): Promise<string> {
  return readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw error;
  });
}
