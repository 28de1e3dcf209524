import type { ChangeType } from "#change";
import type { Proof, ProofOutcome, SideOutcome, TestFailure, TestId, WhyRed } from "#evidence";

/** What `prove` prints: one proof, with all it takes to make it again. */
export interface ProofRecord {
  readonly schema: "proofline/proof/1";
  readonly outcome: ProofOutcome;
  readonly because: string;
  readonly weak?: "absent-before";
  readonly type: ChangeType;
  readonly broken: string;
  readonly fixed: string;
  /** The trees that were run. */
  readonly brokenTree: string;
  readonly fixedTree: string;
  readonly selection: readonly string[];
  readonly tests: readonly RecordedTest[];
  /** Runs of the deciding files, a side. */
  readonly repeats: number;
  /** True when the broken side ran with the fixed side's manifests, lock file and settings. */
  readonly headSurroundings: boolean;
  readonly isolation: string;
  readonly notes: readonly string[];
  /** The command that makes it again. */
  readonly replay: string;
  /** Over everything but times and words: two records that say the same have the same. */
  readonly digest: string;
  readonly tookMs: number;
}

export interface RecordedTest {
  readonly id: TestId;
  readonly head: SideOutcome;
  readonly base: SideOutcome;
  readonly red?: WhyRed;
  readonly failure?: TestFailure;
}

/** A proof as it is printed and kept. */
export function recordOf(proof: Proof, about: Pick<ProofRecord, "fixed" | "fixedTree" | "notes" | "replay" | "tookMs">): ProofRecord {
  return {
    schema: "proofline/proof/1",
    outcome: proof.outcome,
    because: proof.because,
    ...(proof.weak && { weak: proof.weak }),
    type: proof.changeType,
    broken: proof.broken,
    brokenTree: proof.brokenTree,
    selection: proof.selection,
    tests: proof.tests.map(({ id, head, base, why, failure }) => ({ id, head, base, ...(why && { red: why }), ...(failure && { failure }) })),
    repeats: proof.repeats,
    headSurroundings: proof.headSurroundings,
    isolation: proof.isolation,
    digest: proof.digest,
    ...about,
  };
}
