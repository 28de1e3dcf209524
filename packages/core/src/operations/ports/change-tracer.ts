import type { Change } from "#change";
import type { StoryTrace, TestRun } from "#evidence";

/** Looks at what a change does to stories and to the tests that prove them. Asked only where a repository has stories. */
export interface ChangeTracer {
  /** Nothing where the change touches neither. */
  trace(change: Change): Promise<readonly StoryTrace[]>;
  /** Keeps what tests of a tree did, for `spec trace`. */
  keep(tree: string, runs: readonly TestRun[]): Promise<void>;
}
