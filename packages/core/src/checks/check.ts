import type { CheckId, Effect, GateName, Json, Observation, Side } from "#kernel";
import type { Change, SyntaxTree } from "#change";
import type { Evidence, Flakes } from "#evidence";
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

/** The tree of a file on one side; undefined when it was not asked for, is absent, or nobody can read it. */
export type TreeOf = (side: TextSide, path: string) => SyntaxTree | undefined;

/** What a check looks at. */
export interface Facts extends StaticFacts {
  readonly evidence: readonly Evidence[];
  /** Text of a file this check asked for in `reads`; undefined when it is absent, binary or too large on that side. */
  text(side: TextSide, path: string): string | undefined;
  /** Tree of a file this check asked for in `parses`. Absent where nothing was parsed. */
  readonly tree?: TreeOf;
  /** Paths of each of the last changes before this one, newest first, where the check `recalls` them; fewer where history is short. */
  readonly earlier?: readonly (readonly string[])[];
  /** Kinds of evidence that could not be had and why (`--no-run`, budget spent, no runner found). */
  readonly unavailable: ReadonlyMap<EvidenceNeed, string>;
  /** Files that the change's own attributes would take out of the checks' sight; the target's still count here. */
  readonly outOfSight?: readonly string[];
  /** Tests known to be flaky from earlier commands; absent when nothing was recorded. */
  readonly flakes?: Flakes;
  /** True when a single human committed here in 90 days: proof replaces approval. Absent when nobody asked. */
  readonly solo?: boolean;
}

/** Evidence that costs something to get. `test-run` means tests executed or reported for this head, `proof` its tests run on the base's source as well. */
export type EvidenceNeed = "test-run" | "coverage" | "approvals" | "proof";

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
  /** True when it wants to know what earlier changes touched together (`Facts.earlier`): reading history costs, so only who would ask for it says yes. Pure. */
  recalls?(facts: StaticFacts): boolean;
  /** Files it wants to see. Pure; called before anything was run. */
  reads?(facts: StaticFacts): Iterable<FileRequest>;
  /**
   * Files it wants to see as syntax trees. Asked again with what was read until it wants nothing new, at most three times: which
   * helpers a test calls is known only once the test was read. Parsers are loaded when the first check wants something. Pure.
   */
  parses?(facts: StaticFacts, tree: TreeOf): Iterable<FileRequest>;
  /**
   * True for something found in changed tests that tests which did not change could explain: then they are read as well, and it is asked once more. Absent:
   * true for whatever is broken. Pure.
   */
  doubts?(seen: Observation): boolean;
  /** Pure: same facts, same answer. No clock, no network, no model. Yield nothing when not applicable. */
  look(facts: Facts): Iterable<Observation>;
}

/** Types a check at its definition. */
export const defineCheck = (check: Check): Check => check;

/** Every gate, in the order a change meets them. */
export const ALL_GATES: readonly GateName[] = ["turn", "local", "pull-request", "merge-queue", "release"];
/** Gates where other people are involved. */
export const SHARED_GATES: readonly GateName[] = ["pull-request", "merge-queue", "release"];
