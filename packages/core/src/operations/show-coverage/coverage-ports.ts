import type { ChangeRequest, Repository } from "#change";
import type { Coverage, ReportReader, TestExecutor, TestLayer } from "#evidence";
import type { LedgerStore } from "#ledger";
import type { PolicySource } from "../config/policy-source.ts";
import type { Clock } from "../ports/clock.ts";
import type { CodeMemory } from "../ports/code-memory.ts";
import type { ProgressSink } from "../ports/progress.ts";
import type { ReportFiles } from "../ports/report-files.ts";

export interface CoverageInput {
  readonly base?: string;
  readonly head?: ChangeRequest["head"];
  /** Reports; `unit=FILE`, `integration=FILE` or `e2e=FILE` says whose they are. */
  readonly evidence: readonly string[];
  /** Run the whole suite with coverage. */
  readonly run: boolean;
  /** Write what was measured into the ledger: it is the floor of what comes after. */
  readonly record: boolean;
  readonly budgetMs: number;
  readonly trust: boolean;
}

export interface CoveragePorts {
  readonly repository: Repository & { readonly root: string; readonly bare: boolean };
  readonly executor: TestExecutor;
  readonly reports: ReportReader;
  readonly reportFiles: ReportFiles;
  readonly code: CodeMemory;
  readonly ledger: LedgerStore;
  readonly clock: Clock;
  readonly progress: ProgressSink;
  readonly signal: AbortSignal;
  readonly policySource?: PolicySource;
  readonly ci: boolean;
  readonly untrusted?: string;
  whoAmI(): Promise<string>;
}

/** Coverage, and of which layer of tests it is where that is known. */
export interface LabelledCoverage {
  readonly coverage: Coverage;
  readonly layer?: TestLayer;
}
