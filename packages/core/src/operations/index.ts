export type {
  Annotation,
  ApprovalReading,
  ApprovalRequest,
  AreaApproval,
  BoundChange,
  Forge,
  ForgeContext,
  Posting,
  Published,
} from "./ports/forge.ts";
export type { LoadedState, StateFiles, StateSealer, TravellingState } from "./ports/travelling-state.ts";
export { assessChange, type AssessPorts } from "./assess-change/assess-change.ts";
export { DEFAULT_INPUT, type AssessInput } from "./assess-change/input.ts";
export { checkCatalogue, type CheckCard } from "./check-catalogue.ts";
export { doctor, type Diagnosis, type DoctorPorts } from "./doctor.ts";
export { explainCheck, type ExplainedCheck } from "./explain-check.ts";
export { initRepository, undoInit, type InitInput, type InitPorts, type InitReport, type Replayed, type UndoReport } from "./init-repository/init-repository.ts";
export { INSTALL_FILES, installsOf, type Install, type Tool } from "./init-repository/install-steps.ts";
export { proposeConfig, type Detected } from "./init-repository/propose-config.ts";
export type { Operations } from "./operations.ts";
export { noMemory, type AnswerMemory } from "./ports/answer-memory.ts";
export type { ChangeTracer } from "./ports/change-tracer.ts";
export type { JourneyTracer } from "./ports/journey-tracer.ts";
export type { EvidenceFolder, JourneyEvidence, JourneyPorts, JourneyReaders } from "./run-journeys/journey-ports.ts";
export type { JourneyReport, RunJourneysInput, WalkedJourney, WalkedTest } from "./run-journeys/journey-report.ts";
export { noApprovals, type ApprovalSource } from "./ports/approval-source.ts";
export { noCodeMemory, type CodeMemory } from "./ports/code-memory.ts";
export type { CheckoutFiles } from "./ports/checkout-files.ts";
export type { Clock } from "./ports/clock.ts";
export { silentProgress, type ProgressSink } from "./ports/progress.ts";
export type { ReportFiles } from "./ports/report-files.ts";
export { LAST_VERDICT, recordVerdict } from "./record-verdict.ts";
export { showPolicy, type PolicyReport, type ShowPolicyInput } from "./show-policy.ts";
export type { DocumentFinding, VerdictDocument } from "./verdict-document.ts";
export { verdictJsonSchema, verdictSchema } from "./verdict-schema.ts";
export { waiveFinding, type Signer, type WaiveInput, type WaiveReport } from "./waive-finding/waive-finding.ts";
export { joinHalves, type JoinedDecision } from "./second-half/join-halves.ts";
export { readUntrustedVerdict } from "./second-half/read-untrusted-verdict.ts";
export type { ReportedFinding, ReportedVerdict } from "./second-half/reported-verdict.ts";
export { forgeApprovals } from "./forge-approvals.ts";
export { postingFor, publishVerdict, type RenderedVerdict } from "./publish-verdict.ts";
export { attestVerdict, type Assessed, type AttestRequest } from "./attest-verdict/attest-verdict.ts";
export type { Promotion } from "./propose-promotion/propose-promotion.ts";
export { diagnoseLedger, promotionDue, recordWords, trackRecords, type TrackPorts, type TrackRecords } from "./propose-promotion/track-records.ts";
export { travelState, type TravellingLedger, type TravelPorts } from "./travel-state/travel-state.ts";
export { keysOnTarget } from "./travel-state/keys-on-target.ts";
export { writeBaseline, type BaselineReport } from "./write-baseline/write-baseline.ts";
export { verifyEvidence, type VerifiedEvidence, type VerifyInput } from "./verify-evidence.ts";
export type { PolicySource } from "./config/policy-source.ts";
export { attestProof, attestRecord } from "./prove-change/attest-proof.ts";
export { proveChange, type Proved, type ProveInput, type ProvePorts } from "./prove-change/prove-change.ts";
export { addressOf, recordText, type ProofRecord, type RecordedTest } from "./prove-change/proof-record.ts";
export { proofRecordJsonSchema } from "./prove-change/proof-record-schema.ts";
export { replayProof, type ReplayedProof, type ReplayInput } from "./prove-change/replay-proof.ts";
export type { ProofRecords } from "./ports/proof-records.ts";
export { mutateChange, type MutateInput, type MutatePorts } from "./mutate-change/mutate-change.ts";
export type { MutationReport, ReportedMutant, ReportedSurvivor } from "./mutate-change/mutation-report.ts";
export { noMutationMemory, type MutationMemory } from "./mutate-change/mutation-memory.ts";
export { select, type SelectInput, type SelectPorts, type SelectReport } from "./select-tests/select.ts";
export type { CommandLine } from "./select-tests/command-lines.ts";
export type { TimedTest } from "./select-tests/fit-budget.ts";
export { showCoverage } from "./show-coverage/show-coverage.ts";
export type { CoverageInput, CoveragePorts } from "./show-coverage/coverage-ports.ts";
export type { CoverageReport, ProvingLayer, Shares, SurfaceCoverage, TrendPoint } from "./show-coverage/coverage-report.ts";
export { blastRadius, type BlastFile, type BlastInput, type BlastRadius } from "./blast-radius/blast-radius.ts";
export type { StoryFolders } from "./stories/ports.ts";
export type { SigningPorts } from "./stories/signing/ports.ts";
export type { LockReport, SignInput, SignReport } from "./stories/sign-story.ts";
export type { StageState, StageStatus, StatusInput, StatusReport, StoryStatus } from "./stories/story-status.ts";
export type { Role, Stage } from "#intent";
export { ROLE_TITLES, ROLES } from "#intent";
export type { HistoryMemory, KeptHistory } from "./stories/history-ports.ts";
export type { HistoryInput, HistoryReport, ToldEntry } from "./stories/story-history.ts";
export type { StoriesThen } from "./stories/stories-then.ts";
export type { BehaviourNews, ProofNews } from "#intent";
export type { ImportedFile, ImportInput, ImportReport } from "./stories/import-specs.ts";
export type { NewStory } from "./stories/first-draft.ts";
export type { LintReport, Stories, StoryList } from "./stories/stories.ts";
export type { Criterion, LintFinding, Story, StoryProblem } from "#intent";
export type { ApprovedProofs } from "./stories/approve-proofs.ts";
export { noLinkMemory } from "./stories/trace-ports.ts";
export type { LinkMemory, OutcomeMemory, ReadStory, SiblingRepository, SiblingSource, TracePorts, TraceReaders } from "./stories/trace-ports.ts";
export type { PlanInput, PlannedSpec, PlanPorts, PlanReport } from "./stories/plan/plan-story.ts";
export type { TechnicalSpec } from "#intent";
export type { TracedRepository, TraceInput, TraceReport, TraceSource } from "./stories/trace-report.ts";
export type { LinkState, ProofState, TraceCounts, TracedCriterion, TracedLink, TracedStory } from "#evidence";
export type { QaReader } from "./ports/qa-reader.ts";
export type { QaInput, QaListPorts, QaReport } from "./qa/list-qa.ts";
export type { QaReaders } from "./qa/read-qa.ts";
export type { QaRecorded, QaRecordInput, QaRecordPorts } from "./qa/record-qa.ts";
