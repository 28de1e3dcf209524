import { compileGlobs, type Json } from "#kernel";
import type { Intent } from "#intent";
import { floorAt, raiseFloor, type FloorRecord, type LedgerRecord } from "#ledger";
import type { Answers } from "./ask-checks.ts";

/**
 * Floors only go up: where a surface has one, the value recorded for the base (or its nearest ancestor) counts when it is higher than
 * the configured one. Nothing is recorded for a surface nobody set a floor for.
 */
export function withRecordedFloors(intent: Intent, records: readonly LedgerRecord[], commits: readonly string[]): Intent {
  const surfaces = intent.surfaces.map((surface) => {
    const recorded = surface.floor && floorAt(records, surface.name, commits);
    if (!recorded) return surface;
    const lines = highest(surface.floor?.lines, recorded.lines);
    const branches = highest(surface.floor?.branches, recorded.branches);
    return { ...surface, floor: { ...(lines !== undefined && { lines }), ...(branches !== undefined && { branches }) } };
  });
  return { ...intent, surfaces };
}

/** True when a change touches a surface with a floor: only then is coverage owed, and what a floor costs is paid. */
export const touchesFloor = ({ surfaces }: Intent, files: readonly { readonly path: string }[]): boolean =>
  surfaces.some((surface) => {
    if (!surface.floor) return false;
    const inside = compileGlobs(surface.paths);
    return files.some((file) => inside(file.path));
  });

/** What was measured on this head, to be the floor of what comes after it. */
export function measuredFloors(answers: Answers, records: readonly LedgerRecord[], commit: string, ancestors: readonly string[]): FloorRecord[] {
  const bySurface = new Map<string, FloorRecord>();
  for (const { answer, details } of answers.get("coverage/surface-floor") ?? []) {
    if (answer !== "holds" || !details) continue;
    const surface = String(details["surface"]);
    const known = bySurface.get(surface) ?? { kind: "floor", surface, commit };
    const kind = String(details["kind"]);
    const measured = numberOf(details["measured"]);
    bySurface.set(surface, { ...known, [kind]: measured, measured: { ...known.measured, [kind]: measured } });
  }
  return [...bySurface.values()].map((measured) => raiseFloor(floorAt(records, measured.surface, ancestors), measured));
}

const numberOf = (value: Json | undefined): number => (typeof value === "number" ? value : 0);
const highest = (a: number | undefined, b: number | undefined): number | undefined => (a === undefined ? b : b === undefined ? a : Math.max(a, b));
