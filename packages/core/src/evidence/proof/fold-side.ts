import type { CutBy, TestCase, TestFailure, TestId, TestRun } from "../evidence.ts";
import type { SideOutcome } from "./proof.ts";

/** One test in all runs of one side. */
export interface SideTest {
  readonly id: TestId;
  readonly outcome: SideOutcome;
  /** Of the first run in which it was red. */
  readonly failure?: TestFailure;
  /** How many runs saw it. */
  readonly runs: number;
}

/** All tests of one side by identity, and the files that never loaded. */
export interface Side {
  readonly tests: ReadonlyMap<string, SideTest>;
  readonly unloaded: ReadonlyMap<string, TestFailure>;
  /** A run ended early; its tests may be missing for that reason. */
  readonly cut?: { readonly by: CutBy; readonly says: string };
}

/** Identity of a test as one string: file, suites and name. */
export const testKey = (id: TestId): string => JSON.stringify([id.file ?? "", id.suite, id.name]);

/** Folds the runs of one side: a test is green or red only when every run that reached it agrees. */
export function foldSide(runs: readonly TestRun[]): Side {
  const cases = new Map<string, TestCase[]>();
  const unloaded = new Map<string, TestFailure>();
  for (const run of runs) {
    for (const test of run.cases) {
      const key = testKey(test.id);
      cases.set(key, [...(cases.get(key) ?? []), test]);
    }
    for (const unit of run.unloaded) if (!unloaded.has(unit.file)) unloaded.set(unit.file, unit.failure);
  }
  const tests = new Map([...cases].map(([key, seen]) => [key, foldCases(seen)]));
  const cut = runs.find((run) => !run.complete && run.unloaded.length === 0);
  return { tests, unloaded, ...(cut && { cut: { by: cut.cutBy ?? "crash", says: cut.because ?? "the run ended early" } }) };
}

function foldCases(seen: readonly TestCase[]): SideTest {
  const [first] = seen as [TestCase, ...TestCase[]];
  const failure = seen.find((test) => test.outcome === "failed")?.failure;
  return { id: first.id, outcome: outcomeOf(seen), runs: seen.length, ...(failure && { failure }) };
}

function outcomeOf(seen: readonly TestCase[]): SideOutcome {
  // A runner's own retry that ended green was red before: no stable green.
  const green = seen.filter((test) => test.outcome === "passed" && !test.retries).length;
  const red = seen.filter((test) => test.outcome === "failed").length;
  if (green === seen.length) return "green";
  if (red === seen.length) return "red";
  return seen.every((test) => test.outcome === "skipped" || test.outcome === "todo") ? "skipped" : "unstable";
}
