import type { ChangeType } from "#change";
import type { EvidenceBase, TestFailure, TestId } from "../observed.ts";

/** What the changed tests show. `not owed`: a change of this type needs no proof. */
export type ProofOutcome = "proven" | "refuted" | "not proven" | "not owed";

/**
 * Why a test is red on the broken side. `assertion`: an expectation failed. `expected-error`: the tested code threw. `absent-before`: what it needs
 * is a file or a name that the change itself adds. The rest says nothing about behaviour.
 */
export type WhyRed =
  | "assertion"
  | "expected-error"
  | "absent-before"
  | "load-error"
  | "missing-package"
  | "environment"
  | "timeout"
  | "crash"
  | "nothing-collected"
  | "unknown";

/** What a test did in all runs of one side; `unstable` passed and failed on the same tree. */
export type SideOutcome = "green" | "red" | "unstable" | "skipped" | "absent";

/** One test on both sides. */
export interface ProofTest {
  readonly id: TestId;
  readonly head: SideOutcome;
  readonly base: SideOutcome;
  /** Set where the broken side is red, or where the test could not be reached there. */
  readonly why?: WhyRed;
  /** The failure behind `why`, of the first run. */
  readonly failure?: TestFailure;
}

/** The head's tests, run on the head and on the base's source. */
export interface Proof extends EvidenceBase {
  readonly kind: "proof";
  readonly changeType: ChangeType;
  readonly outcome: ProofOutcome;
  /** One sentence a reviewer can check. */
  readonly because: string;
  /** Proven, but only by what was missing before: how strong the test is, only mutants on the head can say. */
  readonly weak?: "absent-before";
  /** Every test of the selection, deciding ones first. */
  readonly tests: readonly ProofTest[];
  readonly selection: readonly string[];
  /** Commit or tree the change starts from. */
  readonly broken: string;
  /** The tree that was run for the broken side. */
  readonly brokenTree: string;
  /** True when the broken side had to run with the head's manifests, lock file and settings. */
  readonly headSurroundings: boolean;
  /** Runs made of the deciding files, a side. */
  readonly repeats: number;
  readonly isolation: string;
}
