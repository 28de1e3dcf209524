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

/** What of a machine decides how tests turn out, where neither tree nor packages say it. */
export interface RunSurroundings {
  /** As `v20.20.2`. */
  readonly node: string;
  /** As `linux x64`. */
  readonly system: string;
  /** Time zone, as `Europe/Berlin`. */
  readonly zone: string;
  readonly language: string;
}

/** What a proof was made from. Where a later run has the same, it may take the proof over. */
export interface ProofInputs {
  /** The broken side's own tree, before the head's tests were laid over it. */
  readonly baseTree: string;
  readonly headTree: string;
  /** `FILE` or `FILE::NAME` as asked; empty for the tests the change touches. */
  readonly asked: readonly string[];
  /** Runs a side that were asked for. */
  readonly repeat: number;
  /** `sha256:<hex>` of how the tests are started. */
  readonly setups: string;
  /** True when a lock file in the head's tree says which packages there are. */
  readonly pinned: boolean;
  /** True when the tests use what only the machine they ran on has: declared ports and variables, or a declared command. */
  readonly outside: boolean;
  readonly surroundings: RunSurroundings;
  /** Raised when runs are read or judged in another way: older proofs are then made again. */
  readonly reading: number;
}

/** One run a proof rests on. */
export interface ProofRun {
  readonly side: "head" | "base";
  readonly tree: string;
  readonly tool: string;
  /** `sha256:<hex>` of what it said, test by test. */
  readonly digest: string;
  /** Node, system, version of the runner, and how the packages came there. */
  readonly environment: Readonly<Record<string, string>>;
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
  /** Every run it rests on; absent where nothing was run. */
  readonly runs?: readonly ProofRun[];
  /** Absent where nobody asked to keep it. */
  readonly inputs?: ProofInputs;
}
