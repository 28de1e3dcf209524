import type { TestSetup } from "../ports.ts";

/** How a program started on a bench ended. */
export interface Ended {
  readonly code: number | null;
  readonly ended: "exit" | "budget" | "aborted" | "limit" | "lingered";
  readonly limit?: string;
  /** What it printed, the middle left out when long. */
  readonly output: string;
}

/** One start of a runner whose reporter writes to the folder that `PROOFLINE_RESULTS` names. */
export interface ReportedStart {
  /** Absolute path of the test file it is about; the tree's folder for a whole suite. */
  readonly file: string;
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Files the reporter shall keep to: what `selected.json` in that folder has to hold. */
  readonly selected?: readonly string[];
}

/** A tree laid out for one setup, in which programs may be started as its tests would be. */
export interface Bench {
  readonly setup: TestSetup;
  /** Chosen test files, by repository path; undefined for the whole suite. */
  readonly selection: readonly string[] | undefined;
  readonly root: string;
  readonly cwd: string;
  /** A folder beside the tree. */
  readonly scratch: string;
  readonly files: readonly string[];
  /** Folders in which Python finds the tree's own modules, before any installed copy of them. */
  readonly modulePath: readonly string[];
  readonly isolation: string;
  /** How many programs may be busy side by side: cores and memory of the container, where there is one. Absent where nobody said. */
  readonly cores?: number;
  /** Why nothing can be started here. */
  readonly unable?: string;
  tool(name: string): Promise<{ readonly script: string; readonly folder: string; readonly version: string } | undefined>;
  start(argv: readonly string[], how: { readonly env?: Readonly<Record<string, string>>; readonly budgetMs: number; readonly enough?: AbortSignal; readonly signal: AbortSignal }): Promise<Ended>;
  /** How each chosen test file is started by itself, with a reporter of ours beside it; or why that can't be had. Absent where nothing can be started. */
  reported?(): Promise<readonly ReportedStart[] | { readonly unable: string }>;
  /** Runs what comes before the tests, or what makes missing built files; gives why it failed. */
  build(what: "before" | "missing", budgetMs: number, signal: AbortSignal): Promise<string | undefined>;
}

/** What a bench is laid out for. */
export interface BenchRequest {
  readonly tree: string;
  readonly selection: readonly string[] | "all";
  readonly budgetMs: number;
  readonly isolation?: "ordinary" | "strict";
  readonly signal: AbortSignal;
  onProgress?(says: string): void;
}

/** Lays out the tree for each setup concerned, one after the other. What does so is picked by compose. */
export type OnBenches = <T>(setups: readonly TestSetup[], request: BenchRequest, work: (bench: Bench) => Promise<T>) => Promise<readonly T[]>;
