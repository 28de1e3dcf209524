import { open, readFile, rename, rm, writeFile, type FileHandle } from "node:fs/promises";
import { keepWhatDecides, readLedger, type LedgerProblem, type LedgerReading, type LedgerRecord, type LedgerTail } from "#ledger";

/**
 * What is known of a ledger up to some byte: what decisions count of it, so that a check reads only what was appended since. A copy that
 * may be thrown away at any time; the ledger itself is never rewritten.
 */
interface LedgerIndex {
  readonly schema: "proofline/ledger-index/1";
  readonly bytes: number;
  readonly lines: number;
  /** Bytes of the last line before `bytes`: it has to be there still, and to say what `tail` says. */
  readonly lastLine: number;
  readonly tail: LedgerTail;
  readonly problems: readonly LedgerProblem[];
  readonly records: readonly LedgerRecord[];
}

/** A ledger as it was read, with what the next index is made from. */
export interface IndexedReading {
  readonly reading: LedgerReading;
  /** Bytes and lines that are whole. */
  readonly bytes: number;
  readonly lines: number;
  readonly lastLine: number;
  /** Bytes that had to be read and checked this time. */
  readonly read: number;
}

const MOST_PROBLEMS = 100;

/** Reads a ledger from where its index ends, or whole where there is no index that fits. */
export async function readIndexed(file: string, indexFile: string | undefined): Promise<IndexedReading> {
  const handle = await open(file, "r").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (!handle) return { reading: readLedger(""), bytes: 0, lines: 0, lastLine: 0, read: 0 };
  try {
    const { size } = await handle.stat();
    const index = indexFile === undefined ? undefined : await fittingIndex(indexFile, handle, size);
    return readFrom(index, await bytesAt(handle, index?.bytes ?? 0, size));
  } finally {
    await handle.close();
  }
}

function readFrom(index: LedgerIndex | undefined, rest: Buffer): IndexedReading {
  const reading = readLedger(rest.toString("utf8"), index === undefined ? undefined : { tail: index.tail, lines: index.lines });
  const whole = rest.lastIndexOf(10) + 1;
  const lastLine = whole === 0 ? (index?.lastLine ?? 0) : whole - (whole < 2 ? 0 : rest.lastIndexOf(10, whole - 2) + 1);
  return {
    reading: {
      ...reading,
      records: keepWhatDecides([...(index?.records ?? []), ...reading.records]),
      problems: [...(index?.problems ?? []), ...reading.problems],
    },
    bytes: (index?.bytes ?? 0) + whole,
    lines: (index?.lines ?? 0) + count(rest, whole),
    lastLine,
    read: rest.length,
  };
}

/** Keeps what was read for the next time, whole or not at all. What can't be kept costs time, nothing else. */
export async function keepIndex(indexFile: string, { reading, bytes, lines, lastLine }: IndexedReading): Promise<void> {
  const index: LedgerIndex = { schema: "proofline/ledger-index/1", bytes, lines, lastLine, tail: reading.tail, problems: reading.problems.slice(0, MOST_PROBLEMS), records: reading.records };
  const part = `${indexFile}.${process.pid}.part`;
  try {
    await writeFile(part, JSON.stringify(index), { mode: 0o600 });
    await rename(part, indexFile);
  } catch {
    await rm(part, { force: true }).catch(() => undefined);
  }
}

/** The index, if the ledger still is the one it was made of: as long at least, and with the same record at its end. */
async function fittingIndex(indexFile: string, handle: FileHandle, size: number): Promise<LedgerIndex | undefined> {
  const text = await readFile(indexFile, "utf8").catch(() => undefined);
  const index = text === undefined ? undefined : parse(text);
  if (!index || index.bytes > size || index.lastLine < 1 || index.lastLine > index.bytes) return undefined;
  const last = readLedger((await bytesAt(handle, index.bytes - index.lastLine, index.bytes)).toString("utf8"));
  return last.tail.hash === index.tail.hash && last.tail.sequence === index.tail.sequence ? index : undefined;
}

function parse(text: string): LedgerIndex | undefined {
  try {
    const value = JSON.parse(text) as LedgerIndex;
    return value.schema === "proofline/ledger-index/1" && Number.isSafeInteger(value.bytes) && Array.isArray(value.records) && Array.isArray(value.problems) ? value : undefined;
  } catch {
    return undefined;
  }
}

async function bytesAt(handle: FileHandle, from: number, to: number): Promise<Buffer> {
  const buffer = Buffer.alloc(Math.max(0, to - from));
  let filled = 0;
  while (filled < buffer.length) {
    const { bytesRead } = await handle.read(buffer, filled, buffer.length - filled, from + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}

function count(bytes: Buffer, until: number): number {
  let lines = 0;
  for (let at = bytes.indexOf(10); at !== -1 && at < until; at = bytes.indexOf(10, at + 1)) lines += 1;
  return lines;
}
