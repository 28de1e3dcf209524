import type * as library from "./library.ts";

/** Everything that reads journeys. */
export type JourneyLibrary = typeof library;

/** Loads it: only who asks about journeys pays for it. */
export const journeyLibrary = (): Promise<JourneyLibrary> => import("./library.ts");
