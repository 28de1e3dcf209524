import type { Criterion, CriterionState, Story } from "#intent";
import type { LinkWay, ProofPlace, ResultRecord } from "./proof-link.ts";

/**
 * What a link is worth now. `verified`: its test is green on this very tree, with the record of the run. `outdated`: the text changed since the link was
 * approved. `orphaned`: it leads to nothing. `duplicate`: the same test says the same twice. `ambiguous`: it can't be told what is meant. `not-run`: no
 * result on this tree.
 */
export type LinkState = "verified" | "failing" | "skipped" | "flaky" | "outdated" | "orphaned" | "duplicate" | "ambiguous" | "not-run";

/** What all links of a criterion together come to; `unproven` where there is none. */
export type ProofState = Exclude<LinkState, "orphaned" | "duplicate"> | "unproven";

/** What tracing needs of a criterion. */
export type CriterionFacts = Pick<Criterion, "id" | "state" | "sentence" | "line" | "revision" | "approved" | "tests">;

/** What tracing needs of a story. */
export interface StoryFacts extends Pick<Story, "id" | "title" | "file" | "owner" | "area"> {
  readonly criteria: readonly CriterionFacts[];
}

/** A link, judged. */
export interface TracedLink extends ProofPlace {
  readonly state: LinkState;
  /** Why it is not verified. */
  readonly because?: string;
  readonly by: LinkWay;
  /** Line of the claim itself. */
  readonly at: number;
  /** Repository of the workspace the test stands in; absent for this one. */
  readonly repository?: string;
  /** What it names, as written. */
  readonly names: string;
  /** Where its outcome was read. */
  readonly record?: ResultRecord;
}

/** One behaviour with its proofs. */
export interface TracedCriterion {
  readonly id: string;
  readonly state: CriterionState;
  readonly sentence: string;
  readonly line: number;
  readonly revision: string;
  /** First characters of the revision its links were approved at; absent where nobody did. */
  readonly approved?: string;
  readonly proof: ProofState;
  readonly because?: string;
  readonly links: readonly TracedLink[];
}

/** One story with its behaviours. */
export interface TracedStory {
  readonly id: string;
  readonly title: string;
  readonly file: string;
  readonly owner?: string;
  readonly area?: string;
  readonly criteria: readonly TracedCriterion[];
}

/** Promises by what their proofs come to. */
export type TraceCounts = Readonly<Record<ProofState, number>>;

/** Stories joined with the tests that prove them. */
export interface Trace {
  readonly stories: readonly TracedStory[];
  /** Links that count for no criterion: orphaned, duplicate, or of a story that stands twice. */
  readonly loose: readonly TracedLink[];
  readonly promised: TraceCounts;
}

/** Every state, best first. */
export const PROOF_STATES: readonly ProofState[] = ["verified", "not-run", "flaky", "outdated", "failing", "skipped", "ambiguous", "unproven"];
