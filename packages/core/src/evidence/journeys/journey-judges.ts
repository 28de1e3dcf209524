import type * as library from "./library.ts";

/** Everything that chooses journeys and joins them with results. */
export type JourneyJudges = typeof library;

/** Loads it: only who asks about journeys pays for it. */
export const journeyJudges = (): Promise<JourneyJudges> => import("./library.ts");
