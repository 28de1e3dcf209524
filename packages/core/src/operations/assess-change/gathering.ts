import type { GateName } from "#kernel";
import type { Change, Repository } from "#change";
import type { Flakes, ReportReader, SecretScanner, TestExecutor, TestSetup } from "#evidence";
import type { EvidenceNeed } from "#checks";
import type { ListedKeys, TrustedKey, VerifySignature } from "#verdict";
import type { Intent } from "#intent";
import type { ApprovalSource } from "../ports/approval-source.ts";
import type { Clock } from "../ports/clock.ts";
import type { CodeMemory } from "../ports/code-memory.ts";
import type { ProgressSink } from "../ports/progress.ts";
import type { ProofRecords } from "../ports/proof-records.ts";
import type { QaReader } from "../ports/qa-reader.ts";
import type { ReportFiles } from "../ports/report-files.ts";
import type { ChangeTracer } from "../ports/change-tracer.ts";
import type { JourneyTracer } from "../ports/journey-tracer.ts";
import type { OriginSources } from "./decide-isolation.ts";
import type { WorkspaceConfig } from "../config/config.ts";
import type { AssessInput } from "./input.ts";

/** Who gives the evidence. */
export interface EvidencePorts {
  readonly repository: Repository & { readonly root: string; readonly bare: boolean };
  readonly reports: ReportReader;
  readonly reportFiles: ReportFiles;
  readonly secrets: SecretScanner;
  /** What was found out about code; absent where nothing is remembered. */
  readonly code?: CodeMemory;
  readonly executor: TestExecutor;
  readonly approvals: ApprovalSource;
  readonly clock: Clock;
  readonly progress: ProgressSink;
  readonly signal: AbortSignal;
  /** Loaded where something signed is read. */
  verifier(): Promise<VerifySignature>;
  /** Traces stories; absent where nobody does. */
  readonly stories?: ChangeTracer;
  /** Says how journeys stand; absent where nobody does. */
  readonly journeys?: JourneyTracer;
  /** Says what is to be tried by hand and who did; absent where nobody does. */
  readonly qa?: QaReader;
  /** Where proofs are kept; absent where nothing is to be left behind. */
  readonly records?: ProofRecords;
}

/** What evidence is gathered for, and within which bounds. */
export interface Gathering {
  readonly change: Change;
  readonly intent: Intent;
  readonly input: AssessInput;
  readonly gate: GateName;
  readonly budgetMs: number;
  readonly needs: ReadonlySet<EvidenceNeed>;
  /** True when a surface this change touches has a coverage floor. */
  readonly floors: boolean;
  readonly declaredSetups: readonly Partial<TestSetup>[];
  readonly packageNames: ReadonlyMap<string, string>;
  /** Tests known to be flaky: they prove nothing. */
  readonly flakes: Flakes;
  /** True when `.proofline/` is committed: nothing is then kept there. */
  readonly stateTracked: boolean;
  /** True when there are stories on either side, or the target branch says that they stand in another repository. */
  readonly stories: boolean;
  /** Other repositories of the product, as the target branch names them. */
  readonly workspace?: WorkspaceConfig;
  /** True when either side has journeys. */
  readonly journeys: boolean;
  /** Keys the target branch lists: whose proofs made elsewhere count. */
  readonly keys: readonly TrustedKey[];
  /** Keys the target branch lists, with those nobody can read. */
  readonly listed: ListedKeys;
  /** True where a single human works here; asked only where it decides something. */
  solo(): Promise<boolean>;
  /** Accounts that are agents by the configuration. */
  readonly agents: readonly string[];
  /** Why the head's code may not be executed; absent for code of the user's own. */
  readonly untrusted?: string;
  /** What tells whose code it is. */
  readonly origin: Omit<OriginSources, "change">;
}
