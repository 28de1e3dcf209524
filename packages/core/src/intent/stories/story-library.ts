import type * as library from "./library.ts";

/** Everything that reads, edits, lints and imports stories. */
export type StoryLibrary = typeof library;

/** Loads it: only who asks about stories pays for it. */
export const storyLibrary = (): Promise<StoryLibrary> => import("./library.ts");
