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

/**
 * Summarises a verdict as a SLSA Source VSA. Only `ship` passes; what was asked stays FAILED until somebody answered. No SLSA source
 * level is claimed: that is for the host of the repository to say.
 */
export function summaryStatement(facts: SummaryFacts): Statement<Summary> {
  const passed = facts.decision === "ship";
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
    },
  };
  return { _type: STATEMENT_TYPE, subject: [subject], predicateType: SUMMARY, predicate };
}

/** What a consumer may demand in `verifiedLevels`. */
function propertiesOf({ gate, mode, scope, tests }: SummaryFacts): string[] {
  return [
    `${PROPERTY}GATE_${gate.toUpperCase().replaceAll("-", "_")}`,
    ...(mode === "enforce" ? [`${PROPERTY}ENFORCED`] : []),
    `${PROPERTY}SCOPE_${scope.toUpperCase()}`,
    ...(tests === undefined ? [] : [`${PROPERTY}TESTS_${tests.toUpperCase()}`]),
  ];
}

const bareHex = (digest: string): string => digest.replace(/^sha256:/, "");
