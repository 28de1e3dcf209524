import { digestOf, type Decision, type GateName, type Mode, type Scope } from "#kernel";
import type { Repository } from "#change";
import type { ProofOutcome } from "#evidence";
import { PROOF_EXTENSION, shortOfPass, VERDICT_EXTENSION, verifyBundle, type VerifiedBundle, type VerifySignature } from "#verdict";
import { readRules } from "./assess-change/read-rules.ts";
import type { PolicySource } from "./config/policy-source.ts";
import type { Clock } from "./ports/clock.ts";

export interface VerifyInput {
  /** Text of the evidence file and what to call it. */
  readonly text: string;
  readonly where: string;
  /** Commit the evidence has to speak of; HEAD when absent. */
  readonly commit?: string;
  /** Branch whose keys and policy count; the default branch when absent. */
  readonly base?: string;
}

/** What a signed file says, once everything about it held. */
export interface VerifiedEvidence {
  readonly commit: string;
  readonly signedBy: readonly string[];
  /** True for a full verdict of an enforced gate that ships: nothing less may be taken for a pass. */
  readonly passed: boolean;
  /** What it lacks for a pass, in words. */
  readonly short: readonly string[];
  readonly decision?: Decision;
  readonly scope?: Scope;
  readonly mode?: Mode;
  readonly gate?: GateName;
  readonly result?: "PASSED" | "FAILED";
  readonly statements: readonly { readonly kind: string; readonly says: string }[];
  /** What the proofs in it came to. */
  readonly proofs: readonly ProofOutcome[];
}

export interface VerifyPorts {
  readonly repository: Pick<Repository, "resolve" | "readFiles" | "listFiles">;
  readonly verify: VerifySignature;
  readonly clock: Clock;
  readonly source?: PolicySource;
}

/** Verifies signed evidence offline: the key from the target branch, the commit, and the policy that is in force there. */
export const verifyEvidence =
  ({ repository, verify, clock, source }: VerifyPorts) =>
  async ({ text, where, commit, base }: VerifyInput): Promise<VerifiedEvidence> => {
    const resolved = await repository.resolve({ ...(base !== undefined && { base }), head: { kind: "commit", rev: commit ?? "HEAD" } });
    const rules = await readRules(resolved, repository, source);
    const bundle = await verifyBundle({
      text,
      where,
      keysFromTargetBranch: rules.keys.keys,
      verifySignature: verify,
      expected: { commit: resolved.head, policyDigest: digestOf([rules.config.digest, rules.policy.digest]), now: new Date(clock.now()).toISOString() },
    });
    return {
      commit: resolved.head,
      signedBy: [...new Set(bundle.statements.map((statement) => statement.key.principal))],
      ...summarised(bundle.summary?.predicate),
      statements: bundle.statements.map((statement) => ({ kind: statement.kind, says: saidBy(statement) })),
      proofs: bundle.statements.flatMap((statement) => (statement.kind === "test-result" ? (statement.predicate[PROOF_EXTENSION]?.outcome ?? []) : [])),
    };
  };

function saidBy(statement: VerifiedBundle["statements"][number]): string {
  if (statement.kind === "summary") return `verdict ${statement.predicate.verificationResult}`;
  const proof = statement.predicate[PROOF_EXTENSION];
  return proof ? `${proof.outcome} against ${proof.broken.slice(0, 10)}: ${proof.because}` : `tests ${statement.predicate.result}`;
}

/** What the summary amounts to. A result that its own decision, scope and mode don't bear is no pass, whoever wrote it. */
function summarised(summary: NonNullable<VerifiedBundle["summary"]>["predicate"] | undefined): Pick<VerifiedEvidence, "passed" | "short" | "decision" | "scope" | "mode" | "gate" | "result"> {
  if (summary === undefined) return { passed: false, short: ["no verdict is in it"] };
  const result = summary.verificationResult;
  const said = summary[VERDICT_EXTENSION];
  if (said === undefined) return { passed: false, short: ["it does not say what was decided, and how far was looked"], result };
  const lacks = shortOfPass(said);
  const short = lacks.length === 0 && result !== "PASSED" ? ["its result is FAILED"] : lacks;
  return { passed: short.length === 0, short, decision: said.decision, scope: said.scope, mode: said.mode, gate: said.gate, result };
}
