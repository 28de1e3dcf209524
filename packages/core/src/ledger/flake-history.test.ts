import { describe, expect, it } from "vitest";
import { testKey, type TestRun } from "#evidence";
import { flakeEntries, flakesIn } from "./flake-history.ts";
import type { FlakeRecord, LedgerRecord } from "./record.ts";

const NOW = "2026-03-01T00:00:00.000Z";
const record = (entry: Partial<FlakeRecord>, at = "2026-02-20T00:00:00.000Z"): LedgerRecord => ({
  schema: "proofline/ledger/1",
  sequence: 1,
  at,
  previous: "",
  hash: "",
  entry: { kind: "flake", test: "a", title: "adds", file: "a.test.ts", subject: "t1", passed: 1, failed: 1, ...entry },
});
const known = (...records: readonly LedgerRecord[]) => [...flakesIn(records, NOW).values()];

describe("tests known to be flaky", () => {
  it("adds up trees and runs", () => {
    expect(known(record({}), record({ subject: "t2", failed: 2 }), record({ subject: "t3", passed: 5, failed: 0 }))).toEqual([{ title: "adds", file: "a.test.ts", sightings: 2, passed: 7, failed: 3 }]);
  });

  it("counts one tree once, however often it was judged", () => {
    expect(known(record({}), record({}))).toMatchObject([{ sightings: 1 }]);
  });

  it("forgets after 30 days", () => {
    expect(known(record({}, "2026-01-20T00:00:00.000Z"))).toEqual([]);
  });

  it("lets go of a test that passed 20 runs in a row, and takes it back when it does it again", () => {
    const mended = [record({}), record({ subject: "t2", passed: 20, failed: 0 })];
    expect(known(...mended)).toEqual([]);
    expect(known(...mended, record({ subject: "t3" }))).toMatchObject([{ sightings: 2 }]);
  });

  it("records sightings, and later runs of those known only", () => {
    const run = (outcomes: Readonly<Record<string, "passed" | "failed">>, more: Partial<TestRun> = {}): TestRun => ({
      kind: "test-run",
      source: "ran",
      subject: "t",
      digest: "sha256:0",
      origin: "vitest",
      tool: "vitest",
      unloaded: [],
      complete: true,
      cases: Object.entries(outcomes).map(([name, outcome]) => ({ id: { suite: [], name }, outcome })),
      ...more,
    });
    const flakes = flakesIn([record({ test: testKey({ suite: [], name: "a" }) })], NOW);
    const titles = (...runs: readonly TestRun[]) => flakeEntries(runs, flakes).map((entry) => entry.title);
    expect(titles(run({ a: "passed", b: "passed", c: "passed" }), run({ c: "failed" }))).toEqual(["c", "a"]);
    expect(titles(run({ a: "passed", c: "passed" }, { remembered: true }))).toEqual([]);
    expect(titles(run({ c: "passed" }, { remembered: true }), run({ c: "failed" }))).toEqual(["c"]);
  });
});
