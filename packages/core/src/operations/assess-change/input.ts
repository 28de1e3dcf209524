import type { GateName, Mode } from "#kernel";
import type { ChangeRequest, ChangeType } from "#change";

/** What to judge, and how. Everything has a sensible default. */
export interface AssessInput {
  /** Revision of the target tip; the default branch when absent. */
  readonly base?: string;
  /** What is judged; the working tree when it has changes and nothing is said, else HEAD. */
  readonly head?: ChangeRequest["head"];
  readonly gate?: GateName;
  readonly mode?: Mode;
  readonly type?: ChangeType;
  /** Ask only these checks. */
  readonly only?: readonly string[];
  /** False: run nothing. */
  readonly run: boolean;
  /** True: the whole suite rather than the affected tests. */
  readonly all: boolean;
  /** Run the code of a head that is not the user's own. */
  readonly trust: boolean;
  readonly budgetMs?: number;
  /** Globs of reports to read. */
  readonly evidence: readonly string[];
}

/** What an operation is asked with when nobody says anything. */
export const DEFAULT_INPUT: AssessInput = { run: true, all: false, trust: false, evidence: [] };
