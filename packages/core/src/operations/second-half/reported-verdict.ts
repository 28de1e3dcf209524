import type { CheckId, Decision, Effect, Place, Scope } from "#kernel";

/** A finding a stranger's run reported. No waiver, addressee or detail of it counts. */
export interface ReportedFinding {
  readonly check: CheckId;
  readonly answer: "holds" | "broken" | "unknown";
  readonly effect: Effect;
  readonly because: string;
  readonly fix?: string;
  readonly fingerprint: string;
  readonly places: readonly Place[];
}

/** What is kept of a verdict that untrusted code may have written: every text is defused, every piece of evidence is `reported`. */
export interface ReportedVerdict {
  readonly source: "reported";
  readonly decision: Decision;
  readonly scope: Scope;
  readonly head: string;
  readonly findings: readonly ReportedFinding[];
  readonly evidence: readonly { readonly kind: string; readonly source: "reported"; readonly digest: string; readonly says: string }[];
  readonly missing: readonly string[];
  readonly blindSpots: readonly string[];
  /** SHA-256 of the bytes it was read from. */
  readonly digest: string;
}
