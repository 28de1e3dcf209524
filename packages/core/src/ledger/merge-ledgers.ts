import { canonicalJson, sha256Hex } from "#kernel";
import { keepWhatDecides, withoutNotes } from "./keep-what-decides.ts";
import { chainEntry, EMPTY_TAIL, type LedgerRecord } from "./record.ts";

/** What a record says and when, without its place in a chain. */
export type DatedEntry = Pick<LedgerRecord, "at" | "entry">;

/**
 * One list out of several: each record once, in the order of their times, and only what decisions count. Neither the order of the lists
 * nor how often one is given changes the outcome, so that runners which never met agree.
 */
export function mergeRecords(...lists: readonly (readonly DatedEntry[])[]): readonly DatedEntry[] {
  const byIdentity = new Map(lists.flat().map((record) => {
    const { at, entry } = withoutNotes(record);
    return [sha256Hex(canonicalJson([at, entry])), { at, entry }] as const;
  }));
  const sorted = [...byIdentity].toSorted(([a, one], [b, other]) => compare(one.at, other.at) || compare(a, b));
  return keepWhatDecides(sorted.map(([, record]) => record));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** A ledger of its own out of these records, chained from its beginning: the same records give the same text. */
export function writeLedger(records: readonly DatedEntry[]): { readonly text: string; readonly records: readonly LedgerRecord[] } {
  let tail = EMPTY_TAIL;
  const lines: string[] = [];
  const chained = records.map(({ at, entry }): LedgerRecord => {
    const previous = tail.hash;
    const next = chainEntry(tail, entry, at);
    tail = next.tail;
    lines.push(next.line);
    return { schema: "proofline/ledger/1", sequence: tail.sequence, at, previous, entry, hash: tail.hash };
  });
  return { text: lines.join(""), records: chained };
}
