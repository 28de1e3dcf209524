import type { CriterionRef } from "../stories/criterion-ref.ts";
import type { CriterionState, StoryProblem } from "../stories/story.ts";

/** How much of the journeys a run takes, from the least to everything. */
export const LAYERS = ["smoke", "feature", "partial", "full"] as const;

/** `smoke`: the few that matter most. `feature`: those a change reaches. `partial`: as many as fit a budget. `full`: all. */
export type JourneyLayer = (typeof LAYERS)[number];

/** A test that walks a journey: a file, or one test of it by its title. */
export interface JourneyTest {
  readonly file: string;
  readonly title?: string;
}

/** A way through the product that somebody of one kind takes from its start to what they came for. */
export interface Journey {
  readonly file: string;
  /** `JN-buy-as-guest`. */
  readonly id: string;
  readonly title: string;
  /** The kind of user who walks it. */
  readonly user: string;
  /** 1 to 100: how much is lost while it is broken. The greatest is run first. */
  readonly impact: number;
  /** Why so much: money, how often, who is locked out. */
  readonly why: string;
  /** Only a promised one is asked for. */
  readonly state: CriterionState;
  readonly owner?: string;
  readonly area?: string;
  /** Globs of the code it runs through, beside its area and its stories. */
  readonly targets: readonly string[];
  /** Layers it belongs to beside `full`; absent where its impact and the change decide. */
  readonly layers?: readonly JourneyLayer[];
  /** Stories, or criteria of them, it leads through. */
  readonly stories: readonly CriterionRef[];
  readonly tests: readonly JourneyTest[];
  /** What the user does, one entry each. */
  readonly steps: readonly string[];
  /** Line of its id. */
  readonly line: number;
}

/** What reading gave; no journey where the file has no id. */
export interface JourneyReading {
  readonly journey?: Journey;
  readonly problems: readonly StoryProblem[];
}
