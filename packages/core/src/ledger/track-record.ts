import type { CheckId, Decision, GateName, Mode } from "#kernel";
import type { LedgerRecord } from "./record.ts";

/** What it takes before a stricter mode is proposed. */
export const EARNED = { days: 14, changes: 50, overruled: 0.01 } as const;

const DAY_MS = 86_400_000;

/** How often a gate or a check spoke, and how often it was overruled. */
export interface TrackRecord {
  /** Changes it was asked about. What was judged against one target tip counts once, what has landed counts each. */
  readonly changes: number;
  /** Of these, how many have a finding that somebody overruled. */
  readonly overruled: number;
  /** What the last verdict on each of them was. */
  readonly decisions: Readonly<Record<Decision, number>>;
  /** ISO timestamp of the first; absent when there is none. */
  readonly since?: string;
  /** Whole days since then. */
  readonly days: number;
  readonly earned: boolean;
  /** What is still lacking, in words; empty when it is earned. */
  readonly lacks: readonly string[];
}

/** The mode a gate was last applied in, which a flag of the pipeline may have set; undefined where it never spoke. */
export function practisedMode(records: readonly LedgerRecord[], gate: GateName): Mode | undefined {
  for (const { entry } of records.toReversed()) if (entry.kind === "verdict" && entry.gate === gate) return entry.mode;
  return undefined;
}

/** The record of a gate since it was last applied in another mode than now. */
export function gateRecord(records: readonly LedgerRecord[], gate: GateName, now: string): TrackRecord {
  const mode = practisedMode(records, gate);
  const spoken = records.filter(({ entry }) => entry.kind === "verdict" && entry.gate === gate);
  const start = spoken.findLastIndex(({ entry }) => entry.kind === "verdict" && entry.mode !== mode) + 1;
  return trackRecord(spoken.slice(start), overruledIn(records), () => true, now);
}

/** The record of one check at the gates that ask it. */
export function checkRecord(records: readonly LedgerRecord[], check: CheckId, gates: readonly GateName[], now: string): TrackRecord {
  const spoken = records.filter(({ entry }) => entry.kind === "verdict" && gates.includes(entry.gate));
  return trackRecord(spoken, overruledIn(records), (candidate) => candidate === check, now);
}

const overruledIn = (records: readonly LedgerRecord[]): ReadonlySet<string> =>
  new Set(records.flatMap(({ entry }) => (entry.kind === "overruled" || entry.kind === "waiver-used" ? [entry.fingerprint] : [])));

interface JudgedOnce {
  readonly decision: Decision;
  readonly overruled: boolean;
}

function trackRecord(spoken: readonly LedgerRecord[], overruled: ReadonlySet<string>, counts: (check: CheckId) => boolean, now: string): TrackRecord {
  const verdicts = spoken.flatMap(({ at, entry }) => (entry.kind === "verdict" ? [{ at, entry }] : []));
  // Where jobs of the target branch judge what landed, they alone are counted: the same change was judged before, under other ids.
  const landed = verdicts.filter(({ entry }) => entry.landed === true);
  const counted = landed.length > 0 ? landed : verdicts;
  const changes = new Map<string, JudgedOnce>();
  for (const { entry } of counted) {
    const key = landed.length > 0 ? entry.head : entry.base;
    const rang = entry.findings.some((finding) => finding.alarm && counts(finding.check) && overruled.has(finding.fingerprint));
    changes.set(key, { decision: entry.decision, overruled: rang || changes.get(key)?.overruled === true });
  }
  const since = counted[0]?.at;
  const days = since === undefined ? 0 : Math.max(0, Math.floor((Date.parse(now) - Date.parse(since)) / DAY_MS));
  return measured([...changes.values()], days, since);
}

function measured(changes: readonly JudgedOnce[], days: number, since: string | undefined): TrackRecord {
  const decisions: Record<Decision, number> = { ship: 0, hold: 0, ask: 0 };
  for (const { decision } of changes) decisions[decision] += 1;
  const overruled = changes.filter((change) => change.overruled).length;
  const lacks = [
    ...(days < EARNED.days ? [`${days} of ${EARNED.days} days`] : []),
    ...(changes.length < EARNED.changes ? [`${changes.length} of ${EARNED.changes} changes`] : []),
    ...(overruled > changes.length * EARNED.overruled ? [`${overruled} of ${changes.length} changes overruled, at most 1 % may be`] : []),
  ];
  return { changes: changes.length, overruled, decisions, ...(since !== undefined && { since }), days, earned: lacks.length === 0, lacks };
}

