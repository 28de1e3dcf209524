import type * as library from "./library.ts";

/** Everything that reads links and joins them with stories and results. */
export type TraceLibrary = typeof library;

/** Loads it: only who asks about proofs of stories pays for it. */
export const traceLibrary = (): Promise<TraceLibrary> => import("./library.ts");
