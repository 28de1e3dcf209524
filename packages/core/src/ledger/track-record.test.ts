import { expect, test } from "vitest";
import type { Mode } from "#kernel";
import { readLedger } from "./read-ledger.ts";
import { chainEntry, EMPTY_TAIL, type LedgerEntry, type LedgerRecord, type VerdictRecord } from "./record.ts";
import { checkRecord, gateRecord, practisedMode } from "./track-record.ts";

const DAY = 86_400_000;
const START = Date.parse("2026-11-01T00:00:00Z");
const at = (days: number): string => new Date(START + days * DAY).toISOString();

const verdict = (n: number, more: Partial<VerdictRecord> = {}): VerdictRecord => ({
  kind: "verdict", decision: n % 10 === 0 ? "ask" : "ship", scope: "full", gate: "pull-request", mode: "observe", base: `base${n}`, head: `head${n}`, policyDigest: "sha256:0",
  findings: n % 10 === 0 ? [{ check: "tests/weakened", fingerprint: `f${n}`, answer: "broken", effect: "ask", alarm: true }] : [], ...more,
}); // prettier-ignore
const overruled = (n: number): LedgerEntry => ({ kind: "overruled", check: "tests/weakened", fingerprint: `f${n}`, by: "@ann", reason: "fine" });

/** A ledger as it is read back, each entry with its day. */
function ledger(dated: readonly (readonly [number, LedgerEntry])[]): readonly LedgerRecord[] {
  let tail = EMPTY_TAIL;
  let text = "";
  for (const [day, entry] of dated) {
    const next = chainEntry(tail, entry, at(day));
    tail = next.tail;
    text += next.line;
  }
  return readLedger(text).records;
}

const verdicts = (count: number, days = 13, more: Partial<VerdictRecord> = {}): readonly (readonly [number, LedgerEntry])[] =>
  Array.from({ length: count }, (_, n) => [(n / count) * days, verdict(n, more)] as const);

test.each([
  ["50 changes in exactly 14 days", 50, 14, 0, true, []],
  ["49 changes", 49, 14, 0, false, ["49 of 50 changes"]],
  ["one second less than 14 days", 50, 14 - 1 / 86_400, 0, false, ["13 of 14 days"]],
  ["one overruled of 50, which is 2 %", 50, 14, 1, false, ["1 of 50 changes overruled, at most 1 % may be"]],
  ["one overruled of 99", 99, 14, 1, false, ["1 of 99 changes overruled, at most 1 % may be"]],
  ["one overruled of 100, which is 1 %", 100, 14, 1, true, []],
  ["two overruled of 199", 199, 14, 2, false, ["2 of 199 changes overruled, at most 1 % may be"]],
  ["two overruled of 200", 200, 14, 2, true, []],
  ["nothing at all", 0, 14, 0, false, ["0 of 14 days", "0 of 50 changes"]],
] as const)("%s", (_, changes, days, labels, earned, lacks) => {
  const records = ledger([...verdicts(changes), ...Array.from({ length: labels }, (_, n) => [13, overruled(n * 10)] as const)]);
  expect(gateRecord(records, "pull-request", at(days))).toMatchObject({ changes, overruled: labels, earned, lacks });
});

test("a change judged again counts once, with its last decision, and overruled once is overruled", () => {
  const records = ledger([...verdicts(50), [13, verdict(10, { decision: "ship", head: "pushed again", findings: [] })], [13, overruled(10)]]);
  expect(gateRecord(records, "pull-request", at(14))).toMatchObject({ changes: 50, overruled: 1, decisions: { ship: 46, ask: 4, hold: 0 } });
});

test("where jobs of the target branch judge what landed, each landing counts and nothing else", () => {
  const landed = Array.from({ length: 60 }, (_, n) => [n / 6, verdict(n, { landed: true, base: "one tip" })] as const);
  expect(gateRecord(ledger([...verdicts(40), ...landed]), "pull-request", at(20))).toMatchObject({ changes: 60, earned: true });
});

test("the days and changes start anew when the gate was applied in another mode", () => {
  const mixed = (mode: Mode) => ledger([...verdicts(60, 20), [21, verdict(60, { mode })], [22, verdict(61)]]);
  expect(gateRecord(mixed("enforce"), "pull-request", at(40))).toMatchObject({ changes: 1, days: 18, earned: false });
  expect(gateRecord(mixed("observe"), "pull-request", at(40))).toMatchObject({ changes: 62, earned: true });
  expect([practisedMode(mixed("enforce"), "pull-request"), practisedMode(mixed("enforce"), "release")]).toEqual(["observe", undefined]);
});

test("another gate's verdicts and another check's overrules count for neither", () => {
  const records = ledger([...verdicts(50), ...verdicts(50, 13, { gate: "local" }), [13, overruled(10)]]);
  expect(gateRecord(records, "merge-queue", at(14))).toMatchObject({ changes: 0 });
  expect(checkRecord(records, "tests/weakened", ["pull-request"], at(14))).toMatchObject({ changes: 50, overruled: 1, earned: false });
  expect(checkRecord(records, "security/secret", ["pull-request"], at(14))).toMatchObject({ changes: 50, overruled: 0, earned: true });
});
