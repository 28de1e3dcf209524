import type { Change } from "#change";
import type { Proof, TestExecutor, TestSetup } from "#evidence";
import type { ProofRecords } from "../ports/proof-records.ts";
import { takeOver, type HandedProof } from "../prove-change/handed-proofs.ts";
import { planProof } from "../prove-change/plan-proof.ts";
import { inputsOf } from "../prove-change/proof-inputs.ts";
import { PROOF_REPEAT } from "./gather-proof.ts";
import type { EvidencePorts } from "./gathering.ts";

export interface TakingProof {
  readonly change: Change;
  readonly handed: readonly HandedProof[];
  readonly declaredSetups: readonly Partial<TestSetup>[];
}

type Ports = Pick<EvidencePorts, "repository"> & { readonly executor: Pick<TestExecutor, "detect">; readonly records?: ProofRecords };

/** Evidence from proofs that were handed in: one may take the place of the runs this change owes, the others stay `reported`. Nothing is run. */
export async function takeProof({ change, handed, declaredSetups }: TakingProof, { repository, executor, records }: Ports): Promise<{ readonly evidence: readonly Proof[]; readonly taken: boolean }> {
  if (handed.length === 0 || records === undefined) return { evidence: [], taken: false };
  const [plan, setups] = await Promise.all([planProof(change, repository), executor.detect(change.headTree, declaredSetups)]);
  const inputs = await inputsOf({ change, asked: [], repeat: PROOF_REPEAT, setups, surroundings: records.surroundings() }, repository);
  const { taken, reported } = takeOver(handed, { fixed: change.headKind === "commit" ? change.head : change.headTree, type: change.type, selection: plan.files, inputs });
  return { evidence: [...reported, ...(taken ? [taken] : [])], taken: taken !== undefined };
}
