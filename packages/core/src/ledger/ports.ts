import type { LedgerReading } from "./read-ledger.ts";
import type { LedgerEntry } from "./record.ts";

/**
 * Keeps one ledger. An adapter holds the lock between reading the tail and writing, so that two processes never chain to the same
 * record, and sets a torn end aside before it appends.
 */
export interface LedgerStore {
  /** The records decisions count, without reading again what an earlier read found whole. */
  read(): Promise<LedgerReading>;
  /** The same, with every line read and its hash checked. */
  readWhole?(): Promise<LedgerReading>;
  /** Chains and writes the entries in one go. Returned means durable: it survives kill -9 and a power cut. */
  append(entries: readonly LedgerEntry[], at: string): Promise<void>;
}
