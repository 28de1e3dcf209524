/** How binding a criterion is: only a promised one gates; a planned one is not true yet; a retired one no longer. */
export type CriterionState = "planned" | "promised" | "retired";

/** Every state, in the order of a criterion's life. */
export const CRITERION_STATES: readonly CriterionState[] = ["planned", "promised", "retired"];

/** The sections of a story, in the order they are written. */
export const SECTIONS = ["Intent", "Behaviour", "Constraints", "Quality gates", "Access", "Unchanged", "Open questions", "Notes"] as const;
export type SectionName = (typeof SECTIONS)[number];

/** One behaviour the product must keep, as a person wrote it. */
export interface Criterion {
  /** `AC-1`; with its story's id the identity tests point at: `ST-guest-checkout#AC-1`. */
  readonly id: string;
  readonly state: CriterionState;
  /** The sentence, its line breaks joined by spaces; empty when none was written. */
  readonly sentence: string;
  /** Given, When and Then below the sentence, outside of any scenario. */
  readonly steps: readonly Step[];
  readonly scenarios: readonly Scenario[];
  /** Files named by `[@test](path)`. */
  readonly tests: readonly string[];
  /** SHA-256 of the normalised text: changes when the meaning may have, not with spaces, line breaks, emphasis, state or test links. */
  readonly revision: string;
  /** First characters of the revision its proofs were approved for: `<!-- approved: 3f2a91c0d4e5 -->` in its block. Absent where nobody said. */
  readonly approved?: string;
  /** Line of the heading, from 1. */
  readonly line: number;
  /** Line of the sentence; the heading's where there is none. */
  readonly sentenceLine: number;
  /** Where the whole block stands in the file's text, as offsets. */
  readonly span: Span;
}

export interface Step {
  readonly keyword: "given" | "when" | "then" | "and" | "but";
  readonly text: string;
  readonly line: number;
}

/** A named example of a criterion: a `#### Scenario:` heading with its steps, or a fenced `gherkin` block. */
export interface Scenario {
  readonly name: string;
  readonly steps: readonly Step[];
  readonly line: number;
}

/** One entry of a list: its text without the bullet, and an id such as `C-1` where it has one. */
export interface Entry {
  readonly id?: string;
  readonly text: string;
  readonly line: number;
}

/** One cell of the access table. */
export interface AccessCell {
  readonly role: string;
  readonly action: string;
  readonly allowed: boolean;
  readonly line: number;
}

export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A promise to a customer, read from one file. */
export interface Story {
  readonly file: string;
  readonly id: string;
  readonly title: string;
  readonly owner?: string;
  readonly area?: string;
  /** Globs of the code it speaks of. */
  readonly targets: readonly string[];
  readonly intent: string;
  readonly criteria: readonly Criterion[];
  readonly constraints: readonly Entry[];
  readonly qualityGates: readonly Entry[];
  readonly access: readonly AccessCell[];
  /** What must stay as it is. */
  readonly unchanged: readonly Entry[];
  /** Questions nobody has answered: entries of the section, and every `[NEEDS CLARIFICATION: …]` anywhere. They block approval. */
  readonly openQuestions: readonly Entry[];
  readonly notes: string;
  /** Terms the story defines itself: `- **Term**: meaning`, anywhere in it. */
  readonly terms: readonly string[];
  /** Where the sections stand, for edits that touch nothing else. */
  readonly sections: ReadonlyMap<SectionName, Span>;
}

/** Something in a file that keeps it from being read as meant. */
export interface StoryProblem {
  readonly code: string;
  readonly file: string;
  readonly line: number;
  readonly says: string;
  readonly fix: string;
}

/** What reading gave. The story is missing only where the file can't be told apart from any other page. */
export interface StoryReading {
  readonly story?: Story;
  readonly problems: readonly StoryProblem[];
}
