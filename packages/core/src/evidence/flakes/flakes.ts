import type { TestRun } from "../evidence.ts";
import { testKey } from "../proof/fold-side.ts";

/** What one test did in all runs of our own on one tree. */
export interface TestTally {
  /** Identity, as `testKey` writes it. */
  readonly test: string;
  readonly title: string;
  readonly file?: string;
  /** The tree or commit it ran on. */
  readonly subject: string;
  readonly passed: number;
  readonly failed: number;
}

/** What is known of a test that passed and failed on the same code. */
export interface FlakeHistory {
  readonly title: string;
  readonly file?: string;
  /** Trees on which it did both. */
  readonly sightings: number;
  /** Runs since it was first seen to do so. */
  readonly passed: number;
  readonly failed: number;
}

/** Tests known to be flaky, by `testKey`. */
export type Flakes = ReadonlyMap<string, FlakeHistory>;

/** Counts every test of our own runs, tree by tree. A pass that needed the runner's own retries failed that often before. */
export function tallyTests(runs: readonly TestRun[]): readonly TestTally[] {
  const tallies = new Map<string, TestTally>();
  for (const run of runs) {
    if (run.source !== "ran") continue;
    for (const test of run.cases) {
      if (test.outcome !== "passed" && test.outcome !== "failed") continue;
      const key = testKey(test.id);
      const at = `${run.subject}\n${key}`;
      const { passed = 0, failed = 0 } = tallies.get(at) ?? {};
      const passes = test.outcome === "passed" ? 1 : 0;
      const about = { test: key, title: [...test.id.suite, test.id.name].join(" › "), ...(test.id.file !== undefined && { file: test.id.file }), subject: run.subject };
      tallies.set(at, { ...about, passed: passed + passes, failed: failed + 1 - passes + (test.retries ?? 0) });
    }
  }
  return [...tallies.values()];
}

/** True when the same code gave both answers. */
export const isUnstable = ({ passed, failed }: Pick<TestTally, "passed" | "failed">): boolean => passed > 0 && failed > 0;

/** 95 % of the normal distribution lie within this many standard deviations. */
const Z = 1.96;

/**
 * How often a test fails for no reason of the code: the share of its runs that failed, with Wilson's 95 % interval
 * (E. B. Wilson, JASA 22, 1927), which stays honest where runs are few. Shares between 0 and 1.
 */
export function flakeRate({ passed, failed }: Pick<FlakeHistory, "passed" | "failed">): { readonly rate: number; readonly low: number; readonly high: number } {
  const runs = passed + failed;
  if (runs === 0) return { rate: 0, low: 0, high: 1 };
  const rate = failed / runs;
  const centre = (rate + (Z * Z) / (2 * runs)) / (1 + (Z * Z) / runs);
  const reach = (Z / (1 + (Z * Z) / runs)) * Math.sqrt((rate * (1 - rate)) / runs + (Z * Z) / (4 * runs * runs));
  return { rate, low: Math.max(0, Math.min(rate, centre - reach)), high: Math.min(1, Math.max(rate, centre + reach)) };
}
