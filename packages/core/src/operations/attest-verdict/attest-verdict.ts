import { digestOf } from "#kernel";
import type { Repository } from "#change";
import { evidenceOf, type Evidence, type Proof } from "#evidence";
import { proofStatement, sealEvidence, testResultStatement, type Descriptor } from "#verdict";
import { headIsNoCommit } from "./errors.ts";
import type { Clock } from "../ports/clock.ts";
import { keepable } from "../prove-change/proof-record.ts";
import type { VerdictDocument } from "../verdict-document.ts";
import type { Signer } from "../waive-finding/waive-finding.ts";

/** A verdict together with the evidence it rests on. */
export interface Assessed {
  readonly verdict: VerdictDocument;
  readonly evidence: readonly Evidence[];
}

export interface AttestRequest {
  readonly keyFile: string;
  /** Version of Proofline that judged. */
  readonly version: string;
}

export interface AttestPorts {
  readonly clock: Clock;
  readonly repository: Pick<Repository, "resolve">;
  openKey(file: string): Promise<Signer & { readonly keyId: string }>;
  /** `git+https://host/owner/name`, or a name of the repository's own where it has no remote. */
  repositoryUri(): Promise<string>;
}

/**
 * Signs a verdict and the test runs of its head: in-toto statements and a SLSA source summary in DSSE, one envelope per line. Verifiable
 * offline.
 */
export const attestVerdict =
  (ports: AttestPorts) =>
  async ({ verdict, evidence }: Assessed, { keyFile, version }: AttestRequest): Promise<string> => {
    const { change } = verdict;
    if (change.headKind !== "commit") throw headIsNoCommit({ kind: change.headKind });
    const { headTree } = await ports.repository.resolve({ base: change.base, head: { kind: "commit", rev: change.head } });
    // What ran on the merge base explains a red, but says nothing about this commit.
    const runs = evidenceOf(evidence, "test-run").filter((run) => run.subject === change.head || run.subject === headTree);
    const policy = { uri: `git:${verdict.policy.readFrom}:${verdict.policy.origin}`, digest: verdict.policy.digest };
    const about = { commit: change.head, tree: headTree, configuration: [configurationOf(verdict, policy)] };
    const bundle = await sealEvidence(
      [...runs.map((run) => testResultStatement(run, about)), ...evidenceOf(evidence, "proof").filter((proof) => proof.source === "ran").map((proof) => proofStatement(proof, { ...about, ...recordIn(proof) }))],
      {
        commit: change.head,
        tree: headTree,
        repository: await ports.repositoryUri(),
        decision: verdict.decision,
        gate: verdict.gate,
        mode: verdict.mode,
        scope: verdict.scope,
        base: change.base,
        mergeBase: change.mergeBase,
        verdictDigest: digestOf(verdict),
        policy,
        version,
        at: new Date(ports.clock.now()).toISOString(),
        ...(runs.length > 0 && { tests: runs.some((run) => run.source === "ran") ? ("ran" as const) : ("reported" as const) }),
      },
      await ports.openKey(keyFile),
    );
    return bundle.text;
  };

/** The whole proof goes along, so that a later run may take it over. */
function recordIn(proof: Proof): { readonly record?: object } {
  const record = keepable(proof);
  return record ? { record } : {};
}

/** What the run was configured by: the policy, and at which gate, how strictly and how far it was asked. */
const configurationOf = ({ gate, mode, scope }: VerdictDocument, { uri, digest }: { readonly uri: string; readonly digest: string }): Descriptor => ({
  name: "policy",
  uri,
  digest: { sha256: digest.replace(/^sha256:/, "") },
  annotations: { gate, mode, scope },
});
