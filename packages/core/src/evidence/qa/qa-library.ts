import type * as library from "./library.ts";

/** Everything that makes checklists. */
export type QaLibrary = typeof library;

/** Loads it. */
export const qaLibrary = (): Promise<QaLibrary> => import("./library.ts");
