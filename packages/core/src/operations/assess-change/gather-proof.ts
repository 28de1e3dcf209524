import type { Change, Repository } from "#change";
import { evidenceOf, neverStarted, saysHang, type Evidence, type Flakes, type Proof, type RunRequest, type TestExecutor, type TestSetup } from "#evidence";
import type { Clock } from "../ports/clock.ts";
import type { ProgressSink } from "../ports/progress.ts";
import type { ProofRecords } from "../ports/proof-records.ts";
import { owesProof, planProof } from "../prove-change/plan-proof.ts";
import { inputsOf } from "../prove-change/proof-inputs.ts";
import { keepable } from "../prove-change/proof-record.ts";
import { redContext } from "../prove-change/red-context.ts";
import { runProof } from "../prove-change/run-proof.ts";
import { whyCut } from "./evidence-words.ts";

export interface ProofGathering {
  readonly change: Change;
  readonly declaredSetups: readonly Partial<TestSetup>[];
  readonly flakes: Flakes;
  /** What is left of the budget. */
  readonly budgetMs: number;
  /** What was observed so far: runs of our own on the head are not made again. */
  readonly evidence: readonly Evidence[];
  readonly isolation?: RunRequest["isolation"];
  /** False where `.proofline/` is committed: nothing is then kept there. */
  readonly keep: boolean;
}

export interface ProofPorts {
  readonly repository: Pick<Repository, "composeTree" | "listFiles" | "readFiles">;
  readonly executor: TestExecutor;
  readonly clock: Clock;
  readonly progress: ProgressSink;
  readonly signal: AbortSignal;
  /** Where proofs are kept; absent where nothing is to be left behind. */
  readonly records?: ProofRecords;
}

export interface GatheredProof {
  readonly evidence: readonly Evidence[];
  /** Why an owed proof is not there. */
  readonly why?: string;
}

/** Runs a side at a gate: once, and what decides once more. */
export const PROOF_REPEAT = 2;
/** With less than this left a run would only be cut short. */
const LEAST_MS = 1000;

/** The proof a change owes, made with what is left of the budget. Nothing where none is owed. */
export async function gatherProof(about: ProofGathering, ports: ProofPorts): Promise<GatheredProof> {
  const { change, budgetMs } = about;
  if (!owesProof(change)) return { evidence: [] };
  const plan = await planProof(change, ports.repository);
  if (plan.files.length === 0) return { evidence: [] };
  if (budgetMs < LEAST_MS) return { evidence: [], why: "the budget ended before the changed tests ran on the code before the change" };
  const setups = await ports.executor.detect(change.headTree, about.declaredSetups);
  if (setups.every((setup) => setup.declare !== undefined)) return { evidence: [], why: "no runner that is started here has these tests" };
  const onHead = evidenceOf(about.evidence, "test-run").filter((run) => run.source === "ran" && run.subject === change.headTree);
  const [unready] = onHead;
  if (unready && onHead.every(neverStarted)) return { evidence: [], why: whyCut(unready) };
  ports.progress.says("running the changed tests on the code before the change");
  const { proof, headRuns, cut } = await runProof(
    {
      plan,
      type: change.type,
      aboutHang: saysHang(change.commits.map((commit) => commit.message)),
      broken: change.mergeBase,
      headTree: change.headTree,
      subject: change.headKind === "commit" ? change.head : change.headTree,
      headRuns: onHead,
      declaredSetups: about.declaredSetups,
      red: await redContext(change, plan.files, ports.repository),
      flakes: about.flakes,
      repeat: PROOF_REPEAT,
      budgetMs,
      signal: ports.signal,
      ...(about.isolation && { isolation: about.isolation }),
      onProgress: (progress) => ports.progress.says(progress.says),
      ticks: () => ports.clock.ticks(),
    },
    ports,
  );
  const made = proof && (await kept(proof, { about, setups }, ports));
  return { evidence: [...headRuns, ...(made ? [made] : [])], ...(!proof && { why: `${cut ?? "the runs said nothing"} before the changed tests had run on both sides` }) };
}

/** Says of a proof what it was made from, and keeps it: a later run may take it over, anybody may make it again. */
async function kept(proof: Proof, { about: { change, keep }, setups }: { readonly about: ProofGathering; readonly setups: readonly TestSetup[] }, { repository, records }: ProofPorts): Promise<Proof> {
  if (records === undefined) return proof;
  const made = { ...proof, inputs: await inputsOf({ change, asked: [], repeat: PROOF_REPEAT, setups, surroundings: records.surroundings() }, repository) };
  const record = keepable(made);
  if (record && keep) await records.keep({ record, headKind: change.headKind });
  return made;
}
