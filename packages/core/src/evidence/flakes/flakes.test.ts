import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TestCase, TestRun } from "../evidence.ts";
import { flakeRate, isUnstable, tallyTests } from "./flakes.ts";

const one = (outcome: TestCase["outcome"], retries?: number): TestCase => ({ id: { file: "a.test.ts", suite: ["sums"], name: "adds" }, outcome, ...(retries !== undefined && { retries }) });
const run = (subject: string, cases: readonly TestCase[], source: TestRun["source"] = "ran"): TestRun => ({ kind: "test-run", source, subject, digest: "sha256:0", origin: "vitest", tool: "vitest", cases, unloaded: [], complete: true });

describe("what tests did, tree by tree", () => {
  it("sees a test that passed and failed on the same tree", () => {
    const [tally] = tallyTests([run("t1", [one("passed")]), run("t1", [one("failed")])]);
    expect(tally).toMatchObject({ title: "sums › adds", file: "a.test.ts", subject: "t1", passed: 1, failed: 1 });
    expect(tally && isUnstable(tally)).toBe(true);
  });

  it("does not mix trees: red on one and green on another is a change of code", () => {
    expect(tallyTests([run("t1", [one("passed")]), run("t2", [one("failed")])]).some(isUnstable)).toBe(false);
  });

  it("counts the runner's own retries as failures", () => {
    expect(tallyTests([run("t1", [one("passed", 2)])])).toMatchObject([{ passed: 1, failed: 2 }]);
  });

  it("takes no report's word: two jobs of a matrix are two surroundings", () => {
    expect(tallyTests([run("t1", [one("passed")], "reported"), run("t1", [one("failed")], "reported")])).toEqual([]);
  });

  it("leaves out what did not run", () => {
    expect(tallyTests([run("t1", [one("skipped"), one("todo")])])).toEqual([]);
  });
});

describe("the rate of a flaky test", () => {
  it("agrees with Wilson's published values", () => {
    const { low, high } = flakeRate({ passed: 9, failed: 1 });
    expect([low.toFixed(3), high.toFixed(3)]).toEqual(["0.018", "0.404"]);
  });

  it("lies within its interval, which shrinks with more runs", () => {
    fc.assert(
      fc.property(fc.nat(500), fc.nat(500), (passed, failed) => {
        const { rate, low, high } = flakeRate({ passed, failed });
        const more = flakeRate({ passed: passed * 4, failed: failed * 4 });
        return 0 <= low && low <= rate && rate <= high && high <= 1 && (passed + failed === 0 || more.high - more.low <= high - low + 1e-12);
      }),
    );
  });
});
