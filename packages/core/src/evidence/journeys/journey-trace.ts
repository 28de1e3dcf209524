import type { EvidenceBase } from "../observed.ts";
import type { ResultRecord } from "../trace/proof-link.ts";

/** What is known of a journey on one tree. `unproven`: no test walks it. `not-run`: its tests have no result on this tree. */
export type JourneyState = "verified" | "failing" | "flaky" | "skipped" | "not-run" | "unproven";

/** How a journey stands on one tree. */
export interface JourneyStanding {
  readonly id: string;
  readonly title: string;
  readonly user: string;
  readonly impact: number;
  readonly file: string;
  /** Line of its id. */
  readonly line: number;
  readonly owner?: string;
  readonly state: JourneyState;
  /** Why it is not verified, in words. */
  readonly because?: string;
  /** Its test files. */
  readonly tests: readonly string[];
  /** Why the change reaches it, in words; absent where it does not. */
  readonly reached?: string;
  readonly record?: ResultRecord;
}

/** A journey that was promised where the change begins and is not on its head, beside code it runs through. */
export interface WithdrawnJourney extends Pick<JourneyStanding, "id" | "title" | "user" | "file" | "owner"> {
  /** True where its file is gone. */
  readonly gone: boolean;
  /** Why the change reaches it, its own file apart. */
  readonly reached: string;
}

/** The promised journeys of a change's head, with what is known of them there. */
export interface JourneyTrace extends EvidenceBase {
  readonly kind: "journey-trace";
  readonly journeys: readonly JourneyStanding[];
  readonly withdrawn?: readonly WithdrawnJourney[];
}
