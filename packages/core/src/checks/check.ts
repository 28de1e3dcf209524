import type { CheckId, Effect, GateName, Json, Observation, Side } from "#kernel";
import type { Change } from "#change";
import type { Evidence } from "#evidence";
import type { Intent } from "#intent";

/** Where a text is read: the merge base, the head, or the tip of the target branch (whose rules judge). */
export type TextSide = Side | "target";

/** A file a check wants to read, on one side of the change. */
export interface FileRequest {
  readonly side: TextSide;
  readonly path: string;
}

/** What every check may know before anything was run. */
export interface StaticFacts {
  readonly change: Change;
  /** As the target branch states it. */
  readonly intent: Intent;
  readonly gate: GateName;
  /** The check's own options, defaults filled in, validated. */
  readonly options: Readonly<Record<string, Json>>;
}

/** What a check looks at. */
export interface Facts extends StaticFacts {
  readonly evidence: readonly Evidence[];
  /** Text of a file this check asked for in `reads`; undefined when it is absent, binary or too large on that side. */
  text(side: TextSide, path: string): string | undefined;
  /** Kinds of evidence that could not be had and why (`--no-run`, budget spent, no runner found). */
  readonly unavailable: ReadonlyMap<EvidenceNeed, string>;
  /** True when a single human committed here in 90 days: proof replaces approval. Absent when nobody asked. */
  readonly solo?: boolean;
}

/** Evidence that costs something to get. `test-run` means tests executed or reported for this head. */
export type EvidenceNeed = "test-run" | "coverage" | "approvals";

/** One documented option of a check. */
export interface OptionSpec {
  readonly type: "number" | "boolean" | "string" | "strings";
  readonly default: Json;
  readonly says: string;
}

/** A question asked of every change. */
export interface Check {
  readonly id: CheckId;
  /** Answered yes when all is well. It is the heading of the generated page. */
  readonly asks: string;
  /** Why anyone should care, in one or two sentences. */
  readonly why: string;
  readonly since: string;
  /** Effect of a broken answer when policy says nothing. */
  readonly effect: Effect;
  /** Gates that owe an answer; elsewhere the check is "later" and is not asked. */
  readonly gates: readonly GateName[];
  /** What it can't answer without. When that is unavailable, the check is listed in `missing`. */
  readonly needs?: readonly EvidenceNeed[];
  readonly options?: Readonly<Record<string, OptionSpec>>;
  /** Files it wants to see. Pure; called before anything was run. */
  reads?(facts: StaticFacts): Iterable<FileRequest>;
  /** Pure: same facts, same answer. No clock, no network, no model. Yield nothing when not applicable. */
  look(facts: Facts): Iterable<Observation>;
}

/** Types a check at its definition. */
export const defineCheck = (check: Check): Check => check;

/** Every gate, in the order a change meets them. */
export const ALL_GATES: readonly GateName[] = ["turn", "local", "pull-request", "merge-queue", "release"];
/** Gates where other people are involved. */
export const SHARED_GATES: readonly GateName[] = ["pull-request", "merge-queue", "release"];
