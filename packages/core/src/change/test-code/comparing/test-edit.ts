/** What was done to a test, or to what governs tests. */
export type EditKind =
  | "test-skipped"
  | "test-focused"
  | "test-removed"
  | "tests-removed-with-file"
  | "test-emptied"
  | "rows-removed"
  | "test-conditional"
  | "failure-expected"
  | "assertion-removed"
  | "assertion-loosened"
  | "assertion-nuance"
  | "assertion-unreachable"
  | "assertion-conditional"
  | "failure-swallowed"
  | "expectation-changed"
  | "plan-lowered"
  | "unit-replaced"
  | "snapshot-changed"
  | "snapshot-emptied"
  | "timeout-raised"
  | "retries-raised"
  | "outcome-forced"
  | "threshold-lowered"
  | "tests-excluded"
  | "failure-ignored";

export type EditEffect = "block" | "ask" | "note";

/** One line, or more, of a file on one side. */
export interface EditPlace {
  readonly file: string;
  readonly line: number;
  readonly endLine?: number;
  readonly side: "base" | "head";
}

/** One edit, in a reviewer's words. */
export interface TestEdit {
  readonly kind: EditKind;
  readonly effect: EditEffect;
  /** Title of the test with its suites, or the setting it is about. */
  readonly test: string;
  /** What happened, as the end of a sentence about the test: `no longer checks x.a`. */
  readonly because: string;
  /** Most telling first. */
  readonly places: readonly EditPlace[];
  readonly before?: string;
  readonly after?: string;
  /** What it speaks of, without line numbers. */
  readonly subject: string;
}

/**
 * What each kind does by default. `block` only for what is exact: a test that is switched off, a floor that was lowered. Whether what is gone or changed was
 * still needed is a question that reading can't answer; a run that finds a fault nobody notices any more does. An edit may say less than its kind (a skip
 * with its ticket), never more.
 */
export const EFFECT: Readonly<Record<EditKind, EditEffect>> = {
  "test-skipped": "block",
  "test-focused": "block",
  "test-removed": "ask",
  "tests-removed-with-file": "ask",
  "test-emptied": "ask",
  "threshold-lowered": "block",
  "rows-removed": "ask",
  "test-conditional": "ask",
  "failure-expected": "ask",
  "assertion-removed": "ask",
  "assertion-loosened": "ask",
  "assertion-nuance": "note",
  "assertion-unreachable": "ask",
  "assertion-conditional": "ask",
  "failure-swallowed": "ask",
  "expectation-changed": "ask",
  "plan-lowered": "ask",
  "unit-replaced": "ask",
  "snapshot-changed": "ask",
  "snapshot-emptied": "ask",
  "timeout-raised": "ask",
  "retries-raised": "ask",
  "outcome-forced": "ask",
  "tests-excluded": "ask",
  "failure-ignored": "ask",
};

/**
 * Kinds whose rules also look at tests the change left alone: another test may do what a removed one did, a table may hold what a lost check compared, a
 * neighbour may have the same stand-in, wait or forced outcome already, and be what a focus keeps from running. All others follow from the edited test and from what stands outside of tests.
 */
const LOOKS_ROUND: ReadonlySet<string> = new Set<EditKind>(["test-removed", "tests-removed-with-file", "test-emptied", "assertion-removed", "rows-removed", "test-focused", "unit-replaced", "outcome-forced", "timeout-raised", "retries-raised"]);

/** True for a kind of edit that tests which did not change can explain; also for a kind nobody knows. */
export const looksRound = (kind: string): boolean => LOOKS_ROUND.has(kind) || !Object.hasOwn(EFFECT, kind);

const RANK: Readonly<Record<EditEffect, number>> = { note: 0, ask: 1, block: 2 };

/** The weaker of what the kind does by default and what the case deserves. */
export const atMost = (kind: EditKind, effect: EditEffect): EditEffect => (RANK[effect] < RANK[EFFECT[kind]] ? effect : EFFECT[kind]);

export const strongest = (effects: readonly EditEffect[]): EditEffect => effects.reduce((one, other) => (RANK[other] > RANK[one] ? other : one), "note");
