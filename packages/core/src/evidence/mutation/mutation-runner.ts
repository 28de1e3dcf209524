import type { RunRequest, TestSetup } from "../ports.ts";
import type { JudgedMutant } from "./mutation.ts";

/** Lines of one file, 1-based, both ends included. */
export interface LineSpan {
  readonly from: number;
  readonly to: number;
}

/** Which lines to break, and with which tests. */
export interface MutationRequest {
  /** Commit or tree id; it is laid out in a clone of our own. */
  readonly tree: string;
  /** Source files by repository path, with the lines that may be broken. */
  readonly lines: ReadonlyMap<string, readonly LineSpan[]>;
  /** Test files by repository path, or every test there is. */
  readonly selection: readonly string[] | "all";
  readonly budgetMs: number;
  readonly isolation?: NonNullable<RunRequest["isolation"]>;
  /** Break what nobody would test or tell apart as well: for comparing with other tools. */
  readonly everything?: boolean;
  /** Only what is noticed is wanted: what nobody notices at first is not looked at again, and stays unknown. */
  readonly kills?: true;
  /** What an earlier run settled: not tried again. */
  readonly known?: readonly JudgedMutant[];
  readonly signal: AbortSignal;
  onProgress?(says: string): void;
}

/** What came of it. */
export interface MutationOutcome {
  readonly mutants: readonly JudgedMutant[];
  readonly complete: boolean;
  readonly because?: string;
  readonly notes: readonly string[];
  readonly isolation: string;
}

/** Puts faults into code and runs the tests that reach them. Implemented by adapters/mutation. Never throws for what a test or a fault does. */
export interface MutationRunner {
  mutate(setups: readonly TestSetup[], request: MutationRequest): Promise<MutationOutcome>;
}
