import { canonicalJson, digestOf } from "#kernel";
import type { ChangeType } from "#change";
import type { Proof, ProofInputs, ProofOutcome, ProofRun, SideOutcome, TestFailure, TestId, WhyRed } from "#evidence";

/** What `prove` prints and what is kept: one proof, with all it takes to make it again. */
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
  /** Every run it rests on, with the digest of what that run said. Absent where nothing was run. */
  readonly runs?: readonly ProofRun[];
  /** What it was made from; a later run with the same may take it over. Absent where nothing was run. */
  readonly inputs?: ProofInputs;
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
export function recordOf(proof: Proof, about: Pick<ProofRecord, "fixedTree" | "notes" | "replay" | "tookMs">): ProofRecord {
  return {
    schema: "proofline/proof/1",
    outcome: proof.outcome,
    because: proof.because,
    ...(proof.weak && { weak: proof.weak }),
    type: proof.changeType,
    broken: proof.broken,
    fixed: proof.subject,
    brokenTree: proof.brokenTree,
    selection: proof.selection,
    tests: proof.tests.map(({ id, head, base, why, failure }) => ({ id, head, base, ...(why && { red: why }), ...(failure && { failure }) })),
    repeats: proof.repeats,
    headSurroundings: proof.headSurroundings,
    isolation: proof.isolation,
    ...(proof.runs && { runs: proof.runs }),
    ...(proof.inputs && { inputs: proof.inputs }),
    digest: proof.digest,
    ...about,
  };
}

/** A proof as `check` keeps it: like `recordOf`, with what only the proof itself knows. Undefined where it does not say what it was made from. */
export function keepable(proof: Proof): ProofRecord | undefined {
  const { inputs } = proof;
  if (inputs === undefined || proof.runs === undefined) return undefined;
  return recordOf(proof, { fixedTree: inputs.headTree, notes: proof.notes ?? [], replay: replayCommand({ ...inputs, broken: proof.broken, fixed: proof.subject, type: proof.changeType }), tookMs: 0 });
}

/** The proof a record tells of, as evidence. */
export function proofOfRecord(record: ProofRecord, about: Pick<Proof, "source" | "origin"> & { readonly notes?: readonly string[] }): Proof {
  return {
    kind: "proof",
    ...about,
    subject: record.fixed,
    digest: record.digest,
    outcome: record.outcome,
    because: record.because,
    ...(record.weak && { weak: record.weak }),
    changeType: record.type,
    broken: record.broken,
    brokenTree: record.brokenTree,
    selection: record.selection,
    tests: record.tests.map(({ id, head, base, red, failure }) => ({ id, head, base, ...(red && { why: red }), ...(failure && { failure }) })),
    repeats: record.repeats,
    headSurroundings: record.headSurroundings,
    isolation: record.isolation,
    ...(record.runs && { runs: record.runs }),
    ...(record.inputs && { inputs: record.inputs }),
  };
}

/** `sha256:<hex>` of a record's bytes: the name it is kept under. */
export const addressOf = (record: unknown): string => digestOf(record);

/** A record's bytes: canonical JSON (RFC 8785), so that whoever has `sha256sum` can check its name. */
export const recordText = (record: ProofRecord): string => canonicalJson(record);

/** The command that makes a proof again. */
export function replayCommand({ asked, broken, fixed, type, repeat }: Pick<ProofInputs, "asked" | "repeat"> & Pick<ProofRecord, "broken" | "fixed" | "type">): string {
  const named = asked.map((test) => ` --test ${/^[\w./:@+-]+$/.test(test) ? test : `'${test.replace(/'/g, `'\\''`)}'`}`).join("");
  return `proofline prove${named} --broken ${broken} --fixed ${fixed}${type === "fix" ? "" : ` --type ${type}`}${repeat === 3 ? "" : ` --repeat ${repeat}`}`;
}
