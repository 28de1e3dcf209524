export {
  evidenceOf,
  neverStarted,
  type Advisory,
  type Approval,
  type Approvals,
  type Attachment,
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
export { affectedTests, mapCode, WIDE, type Affected, type AffectedTest, type AlsoKnown, type Widening } from "./selection/affected-tests.ts";
export { buildImportGraph, isSettings, type CodeMap, type CodeTree, type ImportGraph } from "./selection/graph/import-graph.ts";
export { importersOfBuilt, spread, wayTo, type Reached, type Start, type Tie } from "./selection/graph/spread.ts";
export { wayInto } from "./selection/resolve/package-entries.ts";
export { readManifests, type Manifest, type Manifests, type SourceText } from "./selection/resolve/manifests.ts";
export { NO_FACTS, type ModuleFacts, type RouteNamed } from "./selection/scan/module-facts.ts";
export { isFollowed, scanModule } from "./selection/scan/scan-module.ts";
export { lockDependents, withDependents } from "./selection/tests-of/lock-dependents.ts";
export { folderOfSetting, isRunnerSetting, isUntraced, readByNoTest, type ChangedPath } from "./selection/tests-of/starts.ts";
export { testFiles, type TestFiles } from "./selection/tests-of/test-files.ts";
export { isTypeTest, layerOf, type TestLayer } from "./selection/tests-of/test-layer.ts";
export { measureCoverage, percentOf, type Measured, type Met } from "./coverage/measure-coverage.ts";
export { weakPlaces, type FileStanding, type WeakPlace } from "./coverage/weak-places.ts";
export { measuredTies, type ChangedSource, type MeasuredTies, type Ran } from "./ran-through/measured-ties.ts";
export { packRan, unpackRan } from "./ran-through/pack-ran.ts";
export { mergeRan, recordsOf, type RanFile, type RanRecord, type RanThrough } from "./ran-through/ran-through.ts";
export { budgetsSchema, declaredBudgets, declaredSetups, DEFAULT_BUDGETS, RUNNERS, testsSchema, type Budgets } from "./config.ts";
export { flakeRate, isUnstable, tallyTests, type FlakeHistory, type Flakes, type TestTally } from "./flakes/flakes.ts";
export { saysHang } from "./proof/about-hang.ts";
export { foldSide, testKey, type Side } from "./proof/fold-side.ts";
export { judgeProof, type Judged } from "./proof/judge-proof.ts";
export { newNames, type NewNames } from "./proof/new-names.ts";
export { pairTests } from "./proof/pair-tests.ts";
export type { Proof, ProofInputs, ProofOutcome, ProofRun, ProofTest, RunSurroundings, SideOutcome, WhyRed } from "./proof/proof.ts";
export type { RedContext } from "./proof/why-red.ts";
export type { CaughtNow, ComparedSuites, Confirmation, ExecutedFact, SuspicionOutcome, Trial } from "./confirmation/confirmation.ts";
export { ENOUGH, isLostForAll, judgeStrength, judgeVacuous, type Fate, type StrengthJudged } from "./confirmation/judge-strength.ts";
export { isTestOf, titleOfTest } from "./confirmation/test-titles.ts";
export type { Bench, BenchRequest, Ended, OnBenches } from "./mutation/bench.ts";
export { countFates, type JudgedMutant, type MutantFate, type Mutation } from "./mutation/mutation.ts";
export type { LineSpan, MutationOutcome, MutationRequest, MutationRunner } from "./mutation/mutation-runner.ts";
export { shownSurvivors } from "./mutation/shown-survivors.ts";
export { diffOfFault, tellFault } from "./mutation/tell-mutant.ts";
export type { LinkWay, ProofLink, ProofPlace, ResultRecord } from "./trace/proof-link.ts";
export type { SourceLinks } from "./trace/judge-links.ts";
export type { ConcernedPromise, StoryTrace } from "./trace/story-trace.ts";
export type { CriterionFacts, LinkState, ProofState, StoryFacts, Trace, TraceCounts, TracedCriterion, TracedLink, TracedStory } from "./trace/trace.ts";
export { traceLibrary, type TraceLibrary } from "./trace/trace-library.ts";
export type { JourneyState, JourneyStanding, JourneyTrace, WithdrawnJourney } from "./journeys/journey-trace.ts";
export type { Choice, ChosenJourney, LeftJourney } from "./journeys/choose.ts";
export type { StoryScope } from "./journeys/reach.ts";
export { journeyJudges, type JourneyJudges } from "./journeys/journey-judges.ts";
export { lastWords } from "./last-words.ts";
export { lockedChanges, type LockedChange, type LockQuestion } from "./proof-lock/locked-changes.ts";
export { PROOF_LOCK, readProofLock, relocked, renderProofLock, type LockedFile } from "./proof-lock/proof-lock.ts";
export { qaLibrary, type QaLibrary } from "./qa/qa-library.ts";
export { standingOfQa, type QaStanding } from "./qa/standing.ts";
export type { Qa, QaItem, QaOutcome, QaOwed, QaRun, QaRunSeen } from "./qa/qa.ts";
export { shownBefore, type ShownBefore } from "./signs/shown-before.ts";
export type { KeptPlan, OwedSign, StorySigns } from "./signs/story-signs.ts";
