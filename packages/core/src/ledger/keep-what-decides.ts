import type { GateName } from "#kernel";
import type { LedgerEntry } from "./record.ts";

/** How many records of each sort still speak in a decision; older ones stay in the ledger, but nobody counts them any more. */
export const COUNTED = { verdictsPerGate: 600, labels: 1_000, floors: 1_000, flakes: 2_000, others: 1_000 } as const;

/** Anything that carries what was recorded. */
interface Carrier {
  readonly entry: LedgerEntry;
}

/**
 * The records that later decisions look at: the newest verdicts of each gate with the findings that rang, the newest waivers used and
 * overrules, the newest floors and sightings of flaky tests. Bounded, in the order they came in, and the same whether a ledger is read at once or in parts.
 */
export function keepWhatDecides<R extends Carrier>(records: readonly R[]): readonly R[] {
  const room = new Map<string, number>();
  const kept: R[] = [];
  for (const record of records.toReversed()) {
    const sort = sortOf(record.entry);
    const left = room.get(sort.name) ?? sort.most;
    room.set(sort.name, left - 1);
    if (left > 0) kept.push(withoutNotes(record));
  }
  return kept.reverse();
}

function sortOf(entry: LedgerEntry): { readonly name: GateName | "label" | "floor" | "flake" | "other"; readonly most: number } {
  if (entry.kind === "verdict") return { name: entry.gate, most: COUNTED.verdictsPerGate };
  if (entry.kind === "floor") return { name: "floor", most: COUNTED.floors };
  if (entry.kind === "flake") return { name: "flake", most: COUNTED.flakes };
  return entry.kind === "waiver-used" || entry.kind === "overruled" ? { name: "label", most: COUNTED.labels } : { name: "other", most: COUNTED.others };
}

/** A finding that weighed nothing is most of a verdict's bytes and counts in nothing that comes later. */
export function withoutNotes<R extends Carrier>(record: R): R {
  const { entry } = record;
  if (entry.kind !== "verdict" || entry.findings.every((finding) => finding.alarm)) return record;
  return { ...record, entry: { ...entry, findings: entry.findings.filter((finding) => finding.alarm) } };
}
