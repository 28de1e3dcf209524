import type { Decision, GateName, Mode, Scope } from "#kernel";
import { commitSubject, STATEMENT_TYPE, SUMMARY, type Descriptor, type DigestSet, type Statement } from "./statement.ts";

/** Who verifies: the identity consumers pair with the signing key. */
export const VERIFIER = "urn:proofline:verifier:1";
/** The verdict in our own words: the standard knows only PASSED and FAILED. */
export const VERDICT_EXTENSION = "urn:proofline:verdict:1";
/** SLSA reserves this prefix for properties an organisation asserts about source. */
const PROPERTY = "ORG_SOURCE_PROOFLINE_";

/** SLSA verification summary v1 of a source revision. */
export interface Summary {
  readonly verifier: { readonly id: string; readonly version: Readonly<Record<string, string>> };
  readonly timeVerified: string;
  readonly resourceUri: string;
  readonly policy: { readonly uri: string; readonly digest: DigestSet };
  readonly inputAttestations: readonly Descriptor[];
  readonly verificationResult: "PASSED" | "FAILED";
  readonly verifiedLevels: readonly string[];
  readonly slsaVersion: string;
  readonly [VERDICT_EXTENSION]: {
    readonly decision: Decision;
    readonly gate: GateName;
    readonly mode: Mode;
    readonly scope: Scope;
    readonly base: string;
    readonly mergeBase: string;
    /** `sha256:<hex>` of the verdict document. */
    readonly verdict: string;
    /** What a verdict that ships still lacks for a pass; absent for a pass, and where the decision itself says it. */
    readonly short?: readonly string[];
  };
}

/** What the summary says about a verdict. */
export interface SummaryFacts {
  readonly commit: string;
  readonly tree?: string;
  /** Refs that pointed at the commit, fully qualified. */
  readonly refs?: readonly string[];
  /** Page where a person finds the revision. */
  readonly page?: string;
  /** `git+https://host/owner/name`. */
  readonly repository: string;
  readonly decision: Decision;
  readonly gate: GateName;
  readonly mode: Mode;
  readonly scope: Scope;
  readonly base: string;
  readonly mergeBase: string;
  readonly verdictDigest: string;
  readonly policy: { readonly uri: string; readonly digest: string };
  readonly version: string;
  /** ISO 8601, UTC. */
  readonly at: string;
  /** Envelope digests (`sha256:<hex>`) of every statement the verdict rests on. */
  readonly inputs: readonly { readonly digest: string; readonly uri?: string }[];
  /** How strong the test evidence is; absent when there is none. */
  readonly tests?: "ran" | "reported";
}

/** What of a verdict decides whether it passes. */
export type Weight = Pick<SummaryFacts, "decision" | "mode" | "scope">;

/** What a verdict lacks for a pass, in words; empty for a pass. Who reads nothing but PASSED must not take a glance for the whole look. */
export function shortOfPass({ decision, mode, scope }: Weight): readonly string[] {
  return [
    ...(decision === "ship" ? [] : [`the decision is ${decision}`]),
    ...(scope === "full" ? [] : [scope === "static" ? "nothing was run (scope static)" : "not everything was looked at (scope partial)"]),
    ...(mode === "enforce" ? [] : [`the gate did not enforce (mode ${mode})`]),
  ];
}

/**
 * Summarises a verdict as a SLSA Source VSA. Only a full verdict of an enforced gate that ships passes; everything else is FAILED, with
 * the decision and what is missing in our own words beside it. No SLSA source level is claimed: that is for the host of the repository
 * to say.
 */
export function summaryStatement(facts: SummaryFacts): Statement<Summary> {
  const short = shortOfPass(facts);
  const passed = short.length === 0;
  const subject = {
    ...commitSubject(facts.commit, facts.tree),
    ...(facts.page === undefined ? {} : { uri: facts.page }),
    ...(facts.refs === undefined ? {} : { annotations: { sourceRefs: facts.refs } }),
  };
  const predicate: Summary = {
    verifier: { id: VERIFIER, version: { proofline: facts.version } },
    timeVerified: facts.at,
    resourceUri: facts.repository,
    policy: { uri: facts.policy.uri, digest: { sha256: bareHex(facts.policy.digest) } },
    inputAttestations: facts.inputs.map(({ digest, uri }) => ({ ...(uri === undefined ? {} : { uri }), digest: { sha256: bareHex(digest) } })),
    verificationResult: passed ? "PASSED" : "FAILED",
    verifiedLevels: passed ? ["SLSA_SOURCE_LEVEL_UNEVALUATED", ...propertiesOf(facts)] : ["FAILED"],
    slsaVersion: "1.2",
    [VERDICT_EXTENSION]: {
      decision: facts.decision,
      gate: facts.gate,
      mode: facts.mode,
      scope: facts.scope,
      base: facts.base,
      mergeBase: facts.mergeBase,
      verdict: facts.verdictDigest,
      ...(facts.decision === "ship" && !passed && { short }),
    },
  };
  return { _type: STATEMENT_TYPE, subject: [subject], predicateType: SUMMARY, predicate };
}

/** What a consumer may demand in `verifiedLevels`. They stand only beside a pass, which is enforced and full. */
function propertiesOf({ gate, tests }: SummaryFacts): string[] {
  return [
    `${PROPERTY}GATE_${gate.toUpperCase().replaceAll("-", "_")}`,
    `${PROPERTY}ENFORCED`,
    `${PROPERTY}SCOPE_FULL`,
    ...(tests === undefined ? [] : [`${PROPERTY}TESTS_${tests.toUpperCase()}`]),
  ];
}

const bareHex = (digest: string): string => digest.replace(/^sha256:/, "");
