import type { ChangeRequest } from "#change";
import type { TraceCounts, TracedLink, TracedStory } from "#evidence";
import type { StoryProblem } from "#intent";

export interface TraceInput {
  /** Stories or criteria to show; all when empty. */
  readonly names: readonly string[];
  /** The working tree when it has changes and nothing is said, else HEAD. */
  readonly head?: ChangeRequest["head"];
  /** Globs of reports to read. */
  readonly evidence: readonly string[];
  /** Run the tests that are linked first. */
  readonly run: boolean;
  readonly budgetMs: number;
  /** Run the code of a head that is not the user's own. */
  readonly trust: boolean;
}

/** A repository whose tests were looked at. */
export interface TracedRepository {
  readonly name: string;
  /** Path or URL as the configuration has it; `.` for this one. */
  readonly at: string;
  /** The commit that was looked at; of uncommitted work, the one it stands on. Absent before the first. */
  readonly commit?: string;
  readonly tree: string;
  /** True where uncommitted changes were looked at as well. */
  readonly uncommitted: boolean;
  /** True where the stories stand: the trace is judged against this commit of it. */
  readonly stories: boolean;
  readonly testFiles: number;
  readonly links: number;
  readonly notes: readonly string[];
}

/** One source of outcomes. */
export interface TraceSource {
  readonly source: "ran" | "reported";
  readonly tool: string;
  readonly origin: string;
  readonly digest: string;
  readonly tests: number;
}

/** Stories, their proofs, and what those proofs are worth on one commit. */
export interface TraceReport {
  readonly schema: "proofline/trace/1";
  readonly repositories: readonly TracedRepository[];
  readonly results: readonly TraceSource[];
  /** Promises by what their proofs come to. */
  readonly promised: TraceCounts;
  readonly stories: readonly TracedStory[];
  /** Links that count for nothing. */
  readonly loose: readonly TracedLink[];
  /** What could not be read of stories. */
  readonly problems: readonly StoryProblem[];
  readonly notes: readonly string[];
}
