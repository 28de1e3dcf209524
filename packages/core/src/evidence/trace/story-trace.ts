import type { LintFinding } from "#intent";
import type { EvidenceBase } from "../observed.ts";
import type { TracedCriterion, TracedLink, TracedStory } from "./trace.ts";

/** A promise a change makes or breaks, with its proofs on the head. */
export interface ConcernedPromise {
  readonly story: Omit<TracedStory, "criteria">;
  readonly criterion: TracedCriterion;
  /**
   * `promised`: this change promises it. `lost`: it had a proof before. `reworded`: its text changed and no proof was looked at. `stale`: a link was made for
   * another text. `kept`: what this change promises or rewords is proven and approved.
   */
  readonly news: "promised" | "lost" | "reworded" | "stale" | "kept";
}

/** What a change does to stories and their proofs, read from the files of both sides. Nothing was run for it. */
export interface StoryTrace extends EvidenceBase {
  readonly kind: "story-trace";
  readonly concerned: readonly ConcernedPromise[];
  /** Links this change left leading to nothing, or to more than one thing. */
  readonly loose: readonly TracedLink[];
  /** Other repositories whose stories or tests were read for it, at these commits; absent where none were. */
  readonly repositories?: readonly { readonly name: string; readonly commit: string; readonly stories: boolean }[];
  /** Those that could not be read: what their tests prove is not known. */
  readonly unread?: readonly { readonly name: string; readonly because: string; readonly stories: boolean }[];
  /** What lint says of the words this change wrote. */
  readonly weak: readonly LintFinding[];
}
