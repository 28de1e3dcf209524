import { expect, test } from "vitest";
import type { TestRun } from "#evidence";
import type { Facts } from "../../check.ts";
import { noneRan } from "./none-ran.ts";

const run = (over: Partial<TestRun>): TestRun => ({ kind: "test-run", source: "ran", subject: "head", digest: "sha256:0", origin: "vitest", tool: "vitest", cases: [], unloaded: [], complete: true, ...over });

const said = (...evidence: readonly TestRun[]): string[] => {
  const files = [{ path: "src/price.ts", kind: "source", behaviour: true, status: "modified" }];
  return [...noneRan.look({ change: { head: "head", headTree: "tree", mergeBase: "base", mergeBaseTree: "basetree", files }, evidence } as unknown as Facts)].map((one) => `${one.answer}: ${one.because}`);
};

test("a runner that found no test in the files it was given is named, with their number", () => {
  expect(said(run({ selection: ["a.test.ts", "b.test.ts"] }))).toEqual(["broken: No test ran: vitest found none in the 2 files it was given."]);
  expect(said(run({ selection: ["a.test.ts"] }))).toEqual(["broken: No test ran: vitest found none in the 1 file it was given."]);
});

test("without a run, or with an empty suite, it speaks of the change alone", () => {
  expect(said()).toEqual(["broken: One source file changed behaviour and no test ran on it."]);
  expect(said(run({}))).toEqual(["broken: One source file changed behaviour and no test ran on it."]);
});

test("where nothing could start its reason is named", () => {
  const unready = run({ complete: false, cutBy: "setup", because: "The packages could not be installed. No network.\nmore", unloaded: [{ file: "a.test.ts", failure: { kind: "environment", message: "…" } }] });
  expect(said(unready, { ...unready, subject: "base" })).toEqual(["broken: No test could start, nor on the merge base: The packages could not be installed. No network."]);
});

test("where a runner broke off before its first test, that is the reason, and what to mend", () => {
  const broken = run({ complete: false, cutBy: "crash", because: "vitest met an error outside of any test: new 8.2.0 needs Node >=22, this is 20.20.0: TypeError: x", selection: ["a.test.ts"] });
  expect(said(broken)).toEqual(["broken: No test ran: vitest met an error outside of any test: new 8.2.0 needs Node >=22, this is 20.20.0: TypeError: x."]);
  const some = run({ ...broken, cases: [{ id: { suite: [], name: "adds" }, outcome: "skipped" }] });
  expect(said(some)).toEqual(["broken: All 1 collected tests were skipped."]);
});

test("one test that ran is enough", () => {
  expect(said(run({ selection: ["a.test.ts"], cases: [{ id: { suite: [], name: "adds" }, outcome: "passed" }] }))).toEqual(["holds: 1 tests ran on this head."]);
});
