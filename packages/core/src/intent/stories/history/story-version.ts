import type { CriterionState, SectionName } from "../story.ts";

/** One criterion as it stood in one commit. */
export interface CriterionVersion {
  readonly id: string;
  readonly state: CriterionState;
  readonly sentence: string;
  /** Its whole text, normalised: what the revision is a hash of. */
  readonly text: string;
  readonly revision: string;
  readonly approved?: string;
  /** Files named by `[@test](path)`. */
  readonly tests: readonly string[];
}

/** One story as it stood in one commit. */
export interface StoryVersion {
  readonly file: string;
  readonly id: string;
  readonly title: string;
  readonly criteria: readonly CriterionVersion[];
  /** What the other sections say, normalised; those without a word are absent. */
  readonly sections: ReadonlyMap<SectionName, string>;
}
