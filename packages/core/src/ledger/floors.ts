import type { FloorRecord, LedgerRecord } from "./record.ts";

/**
 * The floor recorded for a surface at one of these commits, nearest commit first (the base, then its ancestors). Of several records of
 * one commit the highest figures count: in which order runners brought them does not matter, and a later, lower one lowers nothing.
 */
export function floorAt(records: readonly LedgerRecord[], surface: string, commits: readonly string[]): FloorRecord | undefined {
  const byCommit = new Map<string, FloorRecord>();
  for (const { entry } of records) if (entry.kind === "floor" && entry.surface === surface) byCommit.set(entry.commit, raiseFloor(byCommit.get(entry.commit), entry));
  return commits.map((commit) => byCommit.get(commit)).find((floor) => floor !== undefined);
}

/** Never lower than before: the floor after a commit, from what held and what was measured. */
export function raiseFloor(before: FloorRecord | undefined, measured: FloorRecord): FloorRecord {
  const lines = highest(before?.lines, measured.lines);
  const branches = highest(before?.branches, measured.branches);
  return { ...measured, ...(lines === undefined ? {} : { lines }), ...(branches === undefined ? {} : { branches }) };
}

function highest(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined ? b : b === undefined ? a : Math.max(a, b);
}
