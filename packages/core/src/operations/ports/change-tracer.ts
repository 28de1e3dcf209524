import type { Change } from "#change";
import type { StorySigns, StoryTrace, TestRun } from "#evidence";
import type { WorkspaceConfig } from "../config/config.ts";
import type { SignContext } from "../stories/sign-change.ts";

/** Looks at what a change does to stories and to the tests that prove them. Asked only where a repository has stories. */
export interface ChangeTracer {
  /** Nothing where the change touches neither. Other repositories are those of the workspace that is handed in: the target branch's. */
  trace(change: Change, workspace?: WorkspaceConfig): Promise<readonly StoryTrace[]>;
  /** What it does to signatures, locked proofs and plans. */
  signs(change: Change, context: SignContext): Promise<readonly StorySigns[]>;
  /** Keeps what tests of a tree did, for `spec trace`. */
  keep(tree: string, runs: readonly TestRun[]): Promise<void>;
}
