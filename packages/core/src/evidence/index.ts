export {
  evidenceOf,
  type Advisory,
  type Approval,
  type Approvals,
  type Audit,
  type BranchCoverage,
  type Coverage,
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
export { affectedTests, type AffectedTest } from "./selection/affected-tests.ts";
export { buildImportGraph, type ImportGraph, type SourceText } from "./selection/import-graph.ts";
export { packageEntries } from "./selection/package-entries.ts";
export { budgetsSchema, declaredBudgets, declaredSetups, DEFAULT_BUDGETS, RUNNERS, testsSchema, type Budgets } from "./config.ts";
