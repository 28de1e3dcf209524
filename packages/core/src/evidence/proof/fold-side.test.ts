import { describe, expect, it } from "vitest";
import type { TestCase, TestRun } from "../evidence.ts";
import { foldSide } from "./fold-side.ts";
import { newNames } from "./new-names.ts";
import { pairTests } from "./pair-tests.ts";

const FILE = "test/a.test.ts";
const one = (name: string, outcome: TestCase["outcome"], more: Partial<TestCase> = {}): TestCase => ({
  id: { file: FILE, suite: [], name },
  outcome,
  ...(outcome === "failed" && { failure: { kind: "assertion", message: "expected" } }),
  ...more,
});
const run = (cases: readonly TestCase[], more: Partial<TestRun> = {}): TestRun => ({ kind: "test-run", source: "ran", subject: "t", digest: "sha256:0", origin: "vitest", tool: "vitest", cases, unloaded: [], complete: true, ...more });
const context = { names: newNames([], []), isTestSide: () => true, lineAt: () => undefined };
const pair = (head: readonly TestRun[], base: readonly TestRun[]) => pairTests(foldSide(head), foldSide(base), context);

describe("both sides, test by test", () => {
  it("calls a test green or red only when every run agrees", () => {
    const side = foldSide([run([one("a", "passed"), one("b", "failed"), one("c", "passed")]), run([one("a", "passed"), one("b", "failed"), one("c", "failed")])]);
    expect([...side.tests.values()].map((test) => test.outcome)).toEqual(["green", "red", "unstable"]);
  });

  it("takes a pass that needed the runner's own retry for unstable", () => {
    expect([...foldSide([run([one("a", "passed", { retries: 1 })])]).tests.values()].map((test) => test.outcome)).toEqual(["unstable"]);
  });

  it("gives a test of a file that did not load the file's reason", () => {
    const base = run([], { unloaded: [{ file: FILE, failure: { kind: "missing-package", message: "Cannot find package 'left-pad'", missing: "left-pad" } }] });
    expect(pair([run([one("a", "passed")])], [base])).toMatchObject([{ head: "green", base: "red", why: "missing-package" }]);
  });

  it("does not take a test that was not found for a red one", () => {
    expect(pair([run([one("a", "passed")])], [run([one("other", "passed")])])).toMatchObject([{ head: "green", base: "absent", why: "nothing-collected" }]);
  });

  it("does not take a test a broken-off run never reached for a red one", () => {
    const base = run([one("first", "failed")], { complete: false, because: "tape ended (exit code 1) without its closing report: tests may be missing" });
    expect(pair([run([one("first", "passed"), one("second", "passed")])], [base])).toMatchObject([
      { base: "red", why: "assertion" },
      { base: "absent", why: "crash" },
    ]);
  });

  it("calls it a timeout when the broken side was stopped because it did not come to an end", () => {
    const base = run([], { complete: false, cutBy: "budget", because: "vitest was stopped when its time was spent" });
    expect(pair([run([one("a", "passed")])], [base])).toMatchObject([{ base: "red", why: "timeout" }]);
    const quoting = run([], { complete: false, cutBy: "crash", because: "vitest ended: a test printed that its time was spent" });
    expect(pair([run([one("a", "passed")])], [quoting])).toMatchObject([{ base: "absent", why: "crash" }]);
  });

  it("keeps a head file that does not load in sight", () => {
    const head = run([], { unloaded: [{ file: FILE, failure: { kind: "load", message: "SyntaxError" } }] });
    expect(pair([head], [run([])])).toMatchObject([{ head: "red" }]);
  });
});
