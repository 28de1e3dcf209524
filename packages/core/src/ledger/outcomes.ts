import type { CheckId } from "#kernel";
import { NOISE_WINDOW, type Outcome } from "#verdict";
import type { LedgerRecord } from "./record.ts";

/**
 * The last alarms of each check, oldest first: each finding counts once, however often it was judged, and is `overruled` once a
 * waiver was used on it or somebody labelled it so. Verdicts on what has landed are left out: of all alarms they only know those that
 * were overruled, for the others were heeded before, and every check would look noisy.
 */
export function outcomesByCheck(records: readonly LedgerRecord[]): ReadonlyMap<CheckId, readonly Outcome[]> {
  const overruled = new Set(records.flatMap(({ entry }) => (entry.kind === "overruled" || entry.kind === "waiver-used" ? [entry.fingerprint] : [])));
  const alarms = new Map<CheckId, Map<string, Outcome>>();
  const note = (check: CheckId, fingerprint: string): void => {
    const seen = alarms.get(check) ?? new Map<string, Outcome>();
    // Seen again moves it to the end: what counts is when it last rang.
    seen.delete(fingerprint);
    alarms.set(check, seen.set(fingerprint, overruled.has(fingerprint) ? "overruled" : "stood"));
  };
  for (const { entry } of records) {
    if ("landed" in entry && entry.landed === true) continue;
    if (entry.kind === "verdict") for (const finding of entry.findings) if (finding.alarm) note(finding.check, finding.fingerprint);
    if (entry.kind === "overruled" || entry.kind === "waiver-used") note(entry.check, entry.fingerprint);
  }
  return new Map([...alarms].map(([check, seen]) => [check, [...seen.values()].slice(-NOISE_WINDOW)]));
}
