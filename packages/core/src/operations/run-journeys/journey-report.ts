import type { ChangeRequest } from "#change";
import type { Attachment, JourneyState, TestFailure } from "#evidence";
import type { JourneyLayer, StoryProblem } from "#intent";

export interface RunJourneysInput {
  /** Journeys to run, by id with or without `JN-`; they are run whatever the layer says. */
  readonly names: readonly string[];
  readonly layer: JourneyLayer;
  /** What the change is measured against, for `feature` and `partial`. */
  readonly base?: string;
  /** The working tree when it has changes and nothing is said, else HEAD. */
  readonly head?: ChangeRequest["head"];
  readonly budgetMs: number;
  /** Run the code of a head that is not the user's own. */
  readonly trust: boolean;
}

/** One test as it walked a journey. */
export interface WalkedTest {
  readonly file: string;
  readonly title: string;
  readonly outcome: "passed" | "failed" | "skipped" | "todo";
  readonly ms?: number;
  readonly retries?: number;
  readonly failure?: Pick<TestFailure, "kind" | "message" | "place">;
  /** Traces, screenshots and videos, by their path in the checkout. */
  readonly evidence: readonly Attachment[];
}

/** One journey that was to be walked. */
export interface WalkedJourney {
  readonly id: string;
  readonly title: string;
  readonly user: string;
  readonly impact: number;
  readonly why: string;
  readonly file: string;
  /** Why it was chosen. */
  readonly chosen: string;
  readonly state: JourneyState;
  readonly because?: string;
  /** Of its tests together. */
  readonly ms?: number;
  readonly stories: readonly string[];
  readonly tests: readonly WalkedTest[];
}

/** What `spec run` found on one tree. */
export interface JourneyReport {
  readonly schema: "proofline/journeys/1";
  readonly layer: JourneyLayer;
  /** Absent before the first commit. */
  readonly commit?: string;
  readonly tree: string;
  readonly uncommitted: boolean;
  /** The commit the change was measured from, where that mattered. */
  readonly base?: string;
  readonly journeys: readonly WalkedJourney[];
  /** Journeys that were not to be run, and why. */
  readonly left: readonly { readonly id: string; readonly because: string }[];
  /** What could not be read of journeys. */
  readonly problems: readonly StoryProblem[];
  /** Folder with the evidence, relative to the top of the checkout. */
  readonly evidence?: string;
  readonly isolation?: string;
  readonly notes: readonly string[];
  readonly tookMs: number;
}
