import type { CheckId } from "#kernel";
import type { Mutant } from "#change";
import type { EvidenceBase, TestFailure } from "../observed.ts";

/**
 * What runs say about a suspicion. `weaker`: a fault the old test caught goes unnoticed now, by the edited test at least. `as-strong`: everything it caught is still caught.
 * `behaviour-changed`: the old test is red on the changed code, so its edit goes with the behaviour. `cannot-fail`: no fault in what the test calls
 * turns it red. `can-fail`: one did. `undecided`: the runs did not tell.
 */
export type ExecutedFact = "weaker" | "as-strong" | "behaviour-changed" | "cannot-fail" | "can-fail" | "undecided";

/** One fault, tried against the tests as they were and as they are. */
export interface Trial {
  readonly mutant: Mutant;
  /** Did the suspected test, as it was, turn red by an assertion or an error? For a new test: as it is. */
  readonly caughtBefore: boolean;
  /** It turned red at a line the edit took away or changed, and not somewhere else in the test. Absent when nobody can tell. */
  readonly atEdit?: boolean;
  /** The fault bends what a function gives that the suspected code names: nearer to what it looks at no fault can be. */
  readonly bends?: boolean;
  /** It was caught by an assertion, and not only by an error out of the code. */
  readonly byAssertion?: boolean;
  /** What catches it now. Absent when that was not asked, or not answered. */
  readonly now?: CaughtNow;
  /** True when what decides was seen twice. */
  readonly repeated?: boolean;
}

/** Which tests notice a fault after the change. */
export interface CaughtNow {
  /** The edited test itself, or another one that did not notice this fault before: what was moved is not lost. */
  readonly edited: boolean;
  /** Tests that noticed it before as well, and those of other files that reach the same code. */
  readonly others: boolean;
}

/** A suspicion about tests, and what running them showed. */
export interface SuspicionOutcome {
  readonly check: CheckId;
  /** The subject of the observation it answers. */
  readonly subject: string;
  readonly fact: ExecutedFact;
  /** A whole sentence for a reviewer. */
  readonly because: string;
  /** Faults tried, those the test caught as it was, and those of them that are caught now. */
  readonly tried: number;
  readonly caughtBefore: number;
  readonly caughtNow: number;
  /** For `weaker`: the fault that goes unnoticed, by every test or by the edited one. */
  readonly lost?: Mutant;
  /** For `weaker`: no test that reaches the code notices the fault any more. */
  readonly unnoticed?: true;
  /** For `behaviour-changed`: how the old test is red. */
  readonly failure?: TestFailure;
  /** The old test that noticed the lost fault, where no check had suspected its edit. */
  readonly unsuspected?: { readonly file: string; readonly title: string; readonly line: number };
  /** Many faults at once, put before the whole old test file and then before the tests of now. */
  readonly suites?: ComparedSuites;
}

/** Faults that were tried, those a test of the old file noticed, those of them no test notices now, and those nobody could tell about. */
export interface ComparedSuites {
  readonly tried: number;
  readonly caught: number;
  readonly lost: number;
  readonly open: number;
  /** Why it is not whole; absent when it is. */
  readonly because?: string;
}

/** Suspicions about a change's tests, looked into by running them as they were and as they are. */
export interface Confirmation extends EvidenceBase {
  readonly kind: "confirmation";
  readonly outcomes: readonly SuspicionOutcome[];
  /** Every fault that was run, once. */
  readonly mutants: readonly Mutant[];
  /** Old test files that were put beside the tests of now by many faults at once, whatever came of it. */
  readonly suites?: readonly (ComparedSuites & { readonly file: string })[];
  readonly isolation: string;
}
