import type { Change } from "#change";
import type { JourneyTrace, TestRun } from "#evidence";

/** Says how the journeys of a change's head stand. Asked only where a repository has journeys. */
export interface JourneyTracer {
  /** `runs`: what is known of this head by now. */
  trace(change: Change, runs: readonly TestRun[]): Promise<readonly JourneyTrace[]>;
}
