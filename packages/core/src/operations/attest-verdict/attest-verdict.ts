import { digestOf } from "#kernel";
import { evidenceOf, type Evidence } from "#evidence";
import { sealEvidence, testResultStatement } from "#verdict";
import { headIsNoCommit } from "./errors.ts";
import type { Clock } from "../ports/clock.ts";
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
  openKey(file: string): Promise<Signer & { readonly keyId: string }>;
  /** `git+https://host/owner/name`, or a name of the repository's own where it has no remote. */
  repositoryUri(): Promise<string>;
}

/** Signs a verdict and its test runs: in-toto statements and a SLSA source summary in DSSE, one envelope per line. Verifiable offline. */
export const attestVerdict =
  (ports: AttestPorts) =>
  async ({ verdict, evidence }: Assessed, { keyFile, version }: AttestRequest): Promise<string> => {
    if (verdict.change.headKind !== "commit") throw headIsNoCommit({ kind: verdict.change.headKind });
    const runs = evidenceOf(evidence, "test-run");
    const statements = runs.map((run) => testResultStatement(run, { commit: verdict.change.head, configuration: [] }));
    const bundle = await sealEvidence(
      statements,
      {
        commit: verdict.change.head,
        repository: await ports.repositoryUri(),
        decision: verdict.decision,
        gate: verdict.gate,
        mode: verdict.mode,
        scope: verdict.scope,
        base: verdict.change.base,
        mergeBase: verdict.change.mergeBase,
        verdictDigest: digestOf(verdict),
        policy: { uri: `git:${verdict.policy.readFrom}:${verdict.policy.origin}`, digest: verdict.policy.digest },
        version,
        at: new Date(ports.clock.now()).toISOString(),
        ...(runs.length > 0 && { tests: runs.some((run) => run.source === "ran") ? ("ran" as const) : ("reported" as const) }),
      },
      await ports.openKey(keyFile),
    );
    return bundle.text;
  };
