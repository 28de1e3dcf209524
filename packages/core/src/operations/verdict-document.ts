import type { CheckId, Decision, Effect, Finding, GateName, Json, Mode, Place, Question, Scope } from "#kernel";
import type { ChangeType, HeadKind } from "#change";
import type { EvidenceKind, EvidenceSource } from "#evidence";

/** A finding as the document prints it. `not-applicable` is left out; `holds` carries no places. */
export interface DocumentFinding {
  readonly check: CheckId;
  readonly answer: "holds" | "broken" | "unknown";
  readonly effect: Effect;
  readonly mode: Mode;
  readonly because: string;
  readonly fix?: string;
  readonly fingerprint: string;
  readonly places: readonly Place[];
  readonly ask?: Question;
  readonly excerpt?: readonly string[];
  readonly waived?: NonNullable<Finding["waived"]>;
  readonly details: Readonly<Record<string, Json>>;
}

/** `proofline/verdict/1`: the one answer every surface renders. Additive changes only; its JSON Schema is published. */
export interface VerdictDocument {
  readonly schema: "proofline/verdict/1";
  readonly decision: Decision;
  readonly scope: Scope;
  /** The checks that alone were asked (`--only`); absent when the gate's checks were. Such a verdict is no gate's answer. */
  readonly only?: readonly CheckId[];
  readonly mode: Mode;
  /** What the enforced findings alone decide: exit codes and required checks go by it. */
  readonly enforced: Decision;
  readonly gate: GateName;
  readonly change: {
    readonly base: string;
    readonly baseName: string;
    readonly head: string;
    readonly headName: string;
    readonly headKind: HeadKind;
    readonly mergeBase: string;
    readonly type: ChangeType;
    readonly typeFrom: "declared" | "prefix" | "inferred";
    readonly files: number;
    readonly added: number;
    readonly deleted: number;
    readonly areas: readonly string[];
    readonly packages: readonly string[];
    readonly byAgent: boolean;
  };
  readonly risk: {
    readonly score: number;
    readonly percentile: number | null;
    readonly level: "low" | "medium" | "high";
    readonly reasons: readonly string[];
  };
  readonly findings: readonly DocumentFinding[];
  readonly evidence: readonly {
    readonly kind: EvidenceKind;
    readonly source: EvidenceSource;
    readonly subject: string;
    readonly digest: string;
    readonly origin: string;
    /** One line in words, e.g. `41 passed, 1 failed`. */
    readonly says: string;
  }[];
  /** What was owed and not looked at, with the reason. */
  readonly missing: readonly string[];
  /** What Proofline could not see in this change. */
  readonly blindSpots: readonly string[];
  /** What must not go unsaid: refused waivers, demoted checks, modes to come. */
  readonly warnings: readonly string[];
  /** Checks that this change will owe an answer to at a later gate. */
  readonly later: readonly string[];
  /** Checks that policy turned off. */
  readonly off: readonly string[];
  readonly isolation: string;
  /** What test runs cost, added up. */
  readonly testMs: number;
  readonly tookMs: number;
  readonly policy: { readonly digest: string; readonly readFrom: string; readonly origin: string };
}
