import fc from "fast-check";
import { expect, test } from "vitest";
import { floorAt, raiseFloor } from "./floors.ts";
import { COUNTED, keepWhatDecides } from "./keep-what-decides.ts";
import { mergeRecords, writeLedger } from "./merge-ledgers.ts";
import { outcomesByCheck } from "./outcomes.ts";
import { readLedger } from "./read-ledger.ts";
import { chainEntries, chainEntry, EMPTY_TAIL, type FloorRecord, type LedgerEntry, type VerdictRecord } from "./record.ts";

const AT = "2026-11-21T10:00:00Z";
const floor = (commit: string, lines: number): FloorRecord => ({ kind: "floor", surface: "checkout", commit, lines });
const verdict = (...fingerprints: readonly string[]): VerdictRecord => ({
  kind: "verdict", decision: "ask", scope: "full", gate: "pull-request", mode: "enforce", base: "b", head: "h", policyDigest: "sha256:0",
  findings: fingerprints.map((fingerprint) => ({ check: "tests/weakened", fingerprint, answer: "broken", effect: "ask", alarm: true })),
}); // prettier-ignore
const overruled = (fingerprint: string): LedgerEntry => ({ kind: "overruled", check: "tests/weakened", fingerprint, by: "@ann", reason: "fine" });
const recordsOf = (entries: readonly LedgerEntry[]) => readLedger(chainEntries(EMPTY_TAIL, entries, AT).lines).records;

const entry = fc.oneof(
  fc.record({ surface: fc.string(), commit: fc.string(), lines: fc.double({ noNaN: true, noDefaultInfinity: true }) }).map((part): LedgerEntry => ({ kind: "floor", ...part })),
  fc.string({ unit: "grapheme" }).map(overruled),
  fc.record({ test: fc.string(), title: fc.string(), subject: fc.string(), passed: fc.nat(), failed: fc.nat() }).map((part): LedgerEntry => ({ kind: "flake", ...part })),
);

test("what was chained is read back whole, and a cut anywhere loses only the line that was being written", () => {
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 6 }), fc.nat(), (entries, cut) => {
      const { lines, tail } = chainEntries(EMPTY_TAIL, entries, AT);
      const whole = readLedger(lines);
      expect(whole).toMatchObject({ tail, problems: [], torn: "", wholeUntil: lines.length });
      expect(whole.records.map((record) => record.entry)).toEqual(JSON.parse(JSON.stringify(entries)));

      const torn = readLedger(lines.slice(0, cut % (lines.length + 1)));
      expect(torn.problems).toEqual([]);
      expect(torn.records).toEqual(whole.records.slice(0, torn.records.length));
      expect(lines.slice(0, torn.wholeUntil).split("\n").length - 1).toBe(torn.records.length);
      const repaired = lines.slice(0, torn.wholeUntil) + chainEntry(torn.tail, overruled("next"), AT).line;
      expect(readLedger(repaired)).toMatchObject({ problems: [], torn: "" });
    }),
  );
});

test("an altered, a removed and a swapped record are each named by line", () => {
  const lines = chainEntries(EMPTY_TAIL, [floor("a", 1), floor("b", 2), floor("c", 3)], AT)
    .lines.split("\n")
    .slice(0, -1);
  const [first = "", second = "", third = ""] = lines;
  const text = (...kept: readonly string[]): string => kept.map((line) => `${line}\n`).join("");
  expect(readLedger(text(first, second.replace('"lines":2', '"lines":9'), third)).problems).toEqual([
    { line: 2, because: "its hash does not fit what it says: it was altered" },
    { line: 3, because: expect.stringContaining("does not follow record 1") as string },
  ]);
  expect(readLedger(text(first, third)).problems).toMatchObject([{ line: 2 }]);
  expect(readLedger(text(second, first, third)).problems.length).toBeGreaterThan(0);
  expect(readLedger(text(first, "not json", second, third)).problems).toEqual([{ line: 2, because: "it is not JSON" }]);
  expect(readLedger(text("null", "{}", "[]")).problems).toHaveLength(3);
});

test("a record exchanged for another of the same place is named", () => {
  const written = (...entries: readonly LedgerEntry[]): string[] => chainEntries(EMPTY_TAIL, entries, AT).lines.split("\n").slice(0, -1);
  const [first = "", , third = ""] = written(floor("a", 1), floor("b", 2), floor("c", 3));
  const [, exchanged = ""] = written(floor("a", 1), floor("b", 99));
  expect(readLedger(`${first}\n${exchanged}\n${third}\n`).problems).toMatchObject([{ line: 3 }]);
});

test("a kind of record from a newer version keeps the chain and is passed over", () => {
  const newer = chainEntries(EMPTY_TAIL, [floor("a", 1), { kind: "deploy" } as unknown as LedgerEntry, floor("b", 2)], AT);
  expect(readLedger(newer.lines)).toMatchObject({ problems: [], tail: newer.tail, records: [{ entry: { commit: "a" } }, { entry: { commit: "b" } }] });
});

test("a finding judged many times is one alarm, and overruling it counts once", () => {
  const outcomes = outcomesByCheck(recordsOf([verdict("x", "y"), verdict("x"), verdict("x"), overruled("x"), verdict("z")]));
  expect(outcomes.get("tests/weakened")).toEqual(["stood", "overruled", "stood"]);
});

test("only the last 50 alarms of a check are kept", () => {
  const outcomes = outcomesByCheck(recordsOf(Array.from({ length: 60 }, (_, index) => verdict(`f${index}`))));
  expect(outcomes.get("tests/weakened")).toHaveLength(50);
});

test("the floor is that of the nearest commit, the highest one written there, and never falls", () => {
  const records = recordsOf([floor("old", 70), floor("base", 81), floor("base", 80)]);
  expect(floorAt(records, "checkout", ["tip", "base", "old"])).toMatchObject({ commit: "base", lines: 81 });
  expect(floorAt(records, "other", ["base"])).toBeUndefined();
  expect(raiseFloor(floor("base", 81), { ...floor("head", 75), branches: 50 })).toEqual({ ...floor("head", 81), branches: 50 });
});

test("a part read after a known beginning counts lines from the ledger's start", () => {
  const { lines, tail } = chainEntries(EMPTY_TAIL, [floor("a", 1)], AT);
  const more = chainEntries(tail, [floor("b", 2)], AT);
  expect(readLedger(more.lines, { tail, lines: 1 })).toMatchObject({ problems: [], tail: more.tail, records: [{ entry: { commit: "b" } }] });
  expect(readLedger(more.lines, { tail: EMPTY_TAIL, lines: 7 }).problems).toMatchObject([{ line: 8 }]);
  expect(lines).not.toBe(more.lines);
});

test.each([
  { kind: "verdict", decision: "ship", gate: "local", mode: "enforce", head: "h" },
  { kind: "verdict", decision: "ship", gate: "local", mode: "enforce", head: "h", findings: [{}] },
  { kind: "floor", surface: "checkout", commit: "a", lines: "90" },
  { kind: "overruled", check: "a/b" },
  { kind: "flake", test: "a", title: "a", subject: "t", passed: 1, failed: "2" },
])("a record without what its kind needs is named, never counted: %j", (entry) => {
  const reading = readLedger(chainEntries(EMPTY_TAIL, [entry as unknown as LedgerEntry], AT).lines);
  expect([reading.records, reading.problems.length]).toEqual([[], 1]);
});

const dated = fc.record({ at: fc.constantFrom("2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z", "2026-01-03T00:00:00Z"), entry: fc.oneof(entry, fc.constantFrom("x", "y").map((name) => verdict(name))) });
const some = fc.array(dated, { maxLength: 8 });

test("merging is idempotent, takes any order and loses nothing", () => {
  fc.assert(
    fc.property(some, some, some, (a, b, c) => {
      const all = mergeRecords(a, b, c);
      expect(mergeRecords(mergeRecords(c, a), b)).toEqual(all);
      expect(mergeRecords(mergeRecords(b, c), mergeRecords(a, a))).toEqual(all);
      expect(mergeRecords(all, all)).toEqual(all);
      for (const { at, entry: one } of [...a, ...b, ...c]) expect(all).toContainEqual({ at, entry: one });
      const { text, records } = writeLedger(all);
      const reading = readLedger(text);
      expect(reading.problems).toEqual([]);
      expect(JSON.stringify(reading.records)).toBe(JSON.stringify(records));
      expect(writeLedger(mergeRecords(c, b, a)).text).toBe(text);
    }),
  );
});

test("a verdict travels without the findings that weighed nothing, and is still the same record afterwards", () => {
  const note = { check: "change/size", fingerprint: "n", answer: "broken", effect: "note", alarm: false } as const;
  const full = { at: AT, entry: { ...verdict("x"), findings: [...verdict("x").findings, note] } };
  expect(mergeRecords([full], mergeRecords([full]))).toEqual([{ at: AT, entry: verdict("x") }]);
});

test("what is kept is bounded per sort: the newest count, and reading in parts keeps the same", () => {
  const floors = Array.from({ length: COUNTED.floors + 5 }, (_, n) => ({ entry: floor(`c${n}`, n) as LedgerEntry }));
  const records = [{ entry: verdict("old") as LedgerEntry }, ...floors];
  const kept = keepWhatDecides(records);
  expect(kept).toHaveLength(COUNTED.floors + 1);
  expect(kept.slice(0, 2)).toEqual([{ entry: verdict("old") }, { entry: floor("c5", 5) }]);
  expect(keepWhatDecides([...keepWhatDecides(records.slice(0, 700)), ...records.slice(700)])).toEqual(kept);
});
