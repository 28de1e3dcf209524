export {
  evidenceOf,
  neverStarted,
  type Advisory,
  type Approval,
  type Approvals,
  type Audit,
  type BranchCoverage,
  type Coverage,
  type CutBy,
  type Evidence,
  type EvidenceKind,
  type EvidenceSource,
  type FileCoverage,
  type RedKind,
  type ReportedIssue,
  type SecretScan,
  type SecretSighting,
  type SecretStrength,
  type StaticAnalysis,
  type TestCase,
  type TestFailure,
  type TestId,
  type TestRun,
} from "./evidence.ts";
export type {
  OpenRequest,
  ReportContext,
  ReportFile,
  ReportReader,
  RunProgress,
  RunRequest,
  ScannedLine,
  SecretScanner,
  TestExecutor,
  TestSetup,
  TestStart,
  Workspace,
  WorkspaceDependencies,
  Workspaces,
} from "./ports.ts";
export { classifyFailure, missingName, type FailureFacts } from "./classify-failure.ts";
export { ownersAnswer, type OwnersAnswer } from "./approvals.ts";
export { affectedTests, type AffectedTest } from "./selection/affected-tests.ts";
export { buildImportGraph, type ImportGraph, type SourceText } from "./selection/import-graph.ts";
export { packageEntries } from "./selection/package-entries.ts";
export { budgetsSchema, declaredBudgets, declaredSetups, DEFAULT_BUDGETS, RUNNERS, testsSchema, type Budgets } from "./config.ts";
export { flakeRate, isUnstable, tallyTests, type FlakeHistory, type Flakes, type TestTally } from "./flakes/flakes.ts";
export { saysHang } from "./proof/about-hang.ts";
export { foldSide, testKey, type Side } from "./proof/fold-side.ts";
export { judgeProof, type Judged } from "./proof/judge-proof.ts";
export { newNames, type NewNames } from "./proof/new-names.ts";
export { pairTests } from "./proof/pair-tests.ts";
export type { Proof, ProofInputs, ProofOutcome, ProofRun, ProofTest, RunSurroundings, SideOutcome, WhyRed } from "./proof/proof.ts";
export type { RedContext } from "./proof/why-red.ts";
export type { CaughtNow, Confirmation, ExecutedFact, SuspicionOutcome, Trial } from "./confirmation/confirmation.ts";
export { isLostForAll, judgeStrength, judgeVacuous, type Fate, type StrengthJudged } from "./confirmation/judge-strength.ts";
export { isTestOf, titleOfTest } from "./confirmation/test-titles.ts";
