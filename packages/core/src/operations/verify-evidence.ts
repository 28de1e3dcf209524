import { digestOf } from "#kernel";
import type { Repository } from "#change";
import { verifyBundle, type VerifySignature } from "#verdict";
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
  readonly decision?: string;
  readonly result?: string;
  readonly statements: readonly { readonly kind: string; readonly says: string }[];
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
    const summary = bundle.summary?.predicate;
    return {
      commit: resolved.head,
      signedBy: [...new Set(bundle.statements.map((statement) => statement.key.principal))],
      ...(summary && { result: summary.verificationResult }),
      statements: bundle.statements.map((statement) => ({ kind: statement.kind, says: statement.kind === "test-result" ? `tests ${statement.predicate.result}` : `verdict ${statement.predicate.verificationResult}` })),
    };
  };
