import type { CheckId, Effect } from "#kernel";
import { effectRank } from "./strictness.ts";

/** What became of one alarm of a check: it stood, or somebody overruled it. */
export type Outcome = "stood" | "overruled";

/** The last alarms that count. The denominator is fixed, so a young check is not judged by three labels. */
export const NOISE_WINDOW = 50;
const TOLERATED = 0.2;

/** The gate guards itself: overruling its guard often enough must not switch it off. */
const NEVER_DEMOTED: ReadonlySet<CheckId> = new Set(["gate/changed"]);

/** How often a check was overruled in its window. */
export interface Noise {
  readonly overruled: number;
  readonly of: number;
  /** True when it was overruled more than 20 % of the last 50 times. */
  readonly tooNoisy: boolean;
}

/** Counts overrules among the last 50 alarms, oldest first. */
export function noiseOf(outcomes: readonly Outcome[]): Noise {
  const window = outcomes.slice(-NOISE_WINDOW);
  const overruled = window.filter((outcome) => outcome === "overruled").length;
  return { overruled, of: window.length, tooNoisy: overruled > NOISE_WINDOW * TOLERATED };
}

/** The effect a check still has after its noise: a check overruled too often drops to a note. The caller says so aloud. */
export function effectiveEffect(check: { readonly id: CheckId; readonly effect: Effect; readonly pinned?: boolean }, lastOutcomes: readonly Outcome[]): Effect {
  if (check.pinned === true || NEVER_DEMOTED.has(check.id) || !noiseOf(lastOutcomes).tooNoisy) return check.effect;
  return effectRank(check.effect) > effectRank("note") ? "note" : check.effect;
}
