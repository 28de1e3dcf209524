import type { CriterionRef } from "#intent";

/** How a test says what it proves. */
export type LinkWay = "tag" | "annotation" | "comment" | "gherkin-tag" | "label" | "story";

/** One test, suite or file that claims to prove something. */
export interface ProofPlace {
  readonly file: string;
  /** A whole file proves by all of its tests; a suite by all in it. */
  readonly scope: "test" | "suite" | "file";
  /** Titles of its suites and its own, outermost first; empty for a file. */
  readonly titles: readonly string[];
  /** 1-based line of the declaration; 1 for a file. */
  readonly line: number;
}

/** A claim that a test proves a criterion, as it stands in the test or in the story. */
export interface ProofLink extends ProofPlace {
  readonly ref: CriterionRef;
  readonly by: LinkWay;
  /** Line of the claim itself, in the test's file (in the story's for `story`). */
  readonly at: number;
  /** The test says of itself that it does not run. */
  readonly skipped?: true;
  /** Another test of the file has the same titles: a result can't tell them apart. */
  readonly twin?: true;
}

/** Where an outcome was read. */
export interface ResultRecord {
  readonly source: "ran" | "reported";
  readonly origin: string;
  readonly tool: string;
  readonly subject: string;
  readonly digest: string;
}
