import type * as library from "./library.ts";

/** Everything that writes technical specs. */
export type TechnicalSpecLibrary = typeof library;

/** Loads it: only who plans pays for it. */
export const technicalSpecLibrary = (): Promise<TechnicalSpecLibrary> => import("./library.ts");
