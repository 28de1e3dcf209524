import type { Mutant } from "#change";
import type { EvidenceBase, TestId } from "../observed.ts";

/**
 * What became of a fault on a changed line. `killed`: a test that is green without it turns red with it. `survived`: every test that reaches it stays
 * green, seen twice. `uncovered`: no test reaches it. `unknown`: nobody can tell; `because` says why (a time-out, a crash, the end of the budget, a
 * test that wavers). `left-out`: not tried, since what it changes nobody would test or tell apart.
 */
export type MutantFate = "killed" | "survived" | "uncovered" | "unknown" | "left-out";

/** A mutant and what the tests that reach it said. */
export interface JudgedMutant {
  readonly mutant: Mutant;
  readonly fate: MutantFate;
  /** Why it is unknown or was left out. */
  readonly because?: string;
  /** A test that turned red. */
  readonly killedBy?: TestId;
  /** Tests that reach it, the most particular first: those that reach the least beside it. At most five. */
  readonly reachedBy: readonly TestId[];
  /** How many tests reach it. */
  readonly reaching: number;
  /** It acts while modules load, before any test. */
  readonly static?: true;
}

/** Mutants on the changed lines of one exact tree, run against the tests that reach them. */
export interface Mutation extends EvidenceBase {
  readonly kind: "mutation";
  readonly mutants: readonly JudgedMutant[];
  /** False when the budget ended or something kept tests from running; `because` says what. */
  readonly complete: boolean;
  readonly because?: string;
  /** What a reader should know: red tests left out, files that could not be read. */
  readonly notes: readonly string[];
  readonly isolation: string;
  readonly durationMs: number;
  /** Answered from an earlier run of the same thing. */
  readonly remembered?: true;
}

/** How often each fate occurs. */
export function countFates(mutants: readonly Pick<JudgedMutant, "fate">[]): Readonly<Record<MutantFate, number>> {
  const counts: Record<MutantFate, number> = { killed: 0, survived: 0, uncovered: 0, unknown: 0, "left-out": 0 };
  for (const { fate } of mutants) counts[fate] += 1;
  return counts;
}
