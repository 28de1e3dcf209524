import type { VerdictDocument } from "./verdict-document.ts";
import type { AssessInput } from "./assess-change/input.ts";
import type { Assessed, AttestRequest } from "./attest-verdict/attest-verdict.ts";
import type { Diagnosis } from "./doctor.ts";
import type { InitInput, InitReport, UndoReport } from "./init-repository/init-repository.ts";
import type { MutateInput } from "./mutate-change/mutate-change.ts";
import type { MutationReport } from "./mutate-change/mutation-report.ts";
import type { PolicyReport, ShowPolicyInput } from "./show-policy.ts";
import type { BlastInput, BlastRadius } from "./blast-radius/blast-radius.ts";
import type { CoverageReport } from "./show-coverage/coverage-report.ts";
import type { CoverageInput } from "./show-coverage/coverage-ports.ts";
import type { Published } from "./ports/forge.ts";
import type { RenderedVerdict } from "./publish-verdict.ts";
import type { ProgressSink } from "./ports/progress.ts";
import type { VerifiedEvidence, VerifyInput } from "./verify-evidence.ts";
import type { Proved, ProveInput } from "./prove-change/prove-change.ts";
import type { ReplayedProof, ReplayInput } from "./prove-change/replay-proof.ts";
import type { Promotion } from "./propose-promotion/propose-promotion.ts";
import type { SelectInput, SelectReport } from "./select-tests/select.ts";
import type { QaInput, QaReport } from "./qa/list-qa.ts";
import type { QaRecorded, QaRecordInput } from "./qa/record-qa.ts";
import type { PlanInput, PlanReport } from "./stories/plan/plan-story.ts";
import type { JourneyReport, RunJourneysInput } from "./run-journeys/journey-report.ts";
import type { LockReport, SignInput, SignReport } from "./stories/sign-story.ts";
import type { StatusInput, StatusReport } from "./stories/story-status.ts";
import type { TraceInput, TraceReport } from "./stories/trace-report.ts";
import type { TrackRecords } from "./propose-promotion/track-records.ts";
import type { BaselineReport } from "./write-baseline/write-baseline.ts";
import type { WaiveInput, WaiveReport } from "./waive-finding/waive-finding.ts";

/** Everything a user can ask for, on one repository. Surfaces translate and render; they decide nothing. */
export interface Operations {
  readonly progress: ProgressSink;
  readonly signal: AbortSignal;
  assessChange(input: AssessInput): Promise<Assessed>;
  /** The tests of a change in the order they are worth running, and the command lines that run them. Runs nothing. */
  select(input: SelectInput): Promise<SelectReport>;
  /** What tests reach of the critical surfaces, and where that is weakest. */
  showCoverage(input: CoverageInput): Promise<CoverageReport>;
  /** Who depends on what changed. */
  blastRadius(input: BlastInput): Promise<BlastRadius>;
  /** Runs tests of a change on the code before it as well and says what that proves. */
  proveChange(input: ProveInput): Promise<Proved>;
  /** Breaks the lines a change brings and says which faults no test notices. */
  mutateChange(input: MutateInput): Promise<MutationReport>;
  /** Joins stories with the tests that prove them, and with what those did on this very commit. */
  traceStories(input: TraceInput): Promise<TraceReport>;
  /** Drafts what each repository of the product owes a story; writes files where told to. */
  planStory(input: PlanInput): Promise<PlanReport>;
  /** Walks journeys in a real browser on one exact tree and keeps what they leave to look at. */
  runJourneys(input: RunJourneysInput): Promise<JourneyReport>;
  /** What there is to try by hand for a change, what policy owes of it, and what was tried. */
  listQa(input: QaInput): Promise<QaReport>;
  /** Writes down what somebody tried, on which build, with which outcome. */
  recordQa(input: QaRecordInput): Promise<QaRecorded>;
  /** Where stories stand on their way: what machines can tell, and who has still to sign. */
  storyStatus(input: StatusInput): Promise<StatusReport>;
  /** Signs a stage of stories in a role. Raises a named error where it would not count. */
  signStory(input: SignInput): Promise<SignReport>;
  /** Locks the proofs of stories as they stand. */
  lockProofs(names: readonly string[]): Promise<LockReport>;
  /** Makes a recorded proof again from scratch and says whether it comes out the same. */
  replayProof(input: ReplayInput): Promise<ReplayedProof>;
  /** Signs a proof; the text of an evidence file. */
  attestProof(proved: Proved, keyFile: string): Promise<string>;
  /** Signs a verdict and its test runs; the text of an evidence file. */
  attestVerdict(assessed: Assessed, request: AttestRequest): Promise<string>;
  /** Writes the baseline from a whole verdict: first every debt, later only less. */
  writeBaseline(assessed: Assessed): Promise<BaselineReport>;
  verifyEvidence(input: VerifyInput): Promise<VerifiedEvidence>;
  initRepository(input: InitInput): Promise<InitReport>;
  undoInit(): Promise<UndoReport>;
  doctor(): Promise<readonly Diagnosis[]>;
  showPolicy(input: ShowPolicyInput): Promise<PolicyReport & TrackRecords>;
  /** The promotion worth a line under a verdict now, at most one a week; never in CI, where nobody would know what was said before. */
  promotionDue(): Promise<Promotion | undefined>;
  /** Sets the check and the comment. Raises a named error where no such forge is at hand. */
  publishVerdict(kind: "github" | "gitlab", verdict: VerdictDocument, words: RenderedVerdict): Promise<Published>;
  /** Makes a key pair: private half outside the repository, public half under `proofline/keys/`. */
  makeKey(request: { readonly principal: string; readonly privateFile: string }): Promise<{ readonly privateFile: string; readonly publicFile: string; readonly keyId: string }>;
  waiveFinding(input: WaiveInput): Promise<WaiveReport>;
  /** Ends children and removes what is temporary. */
  close(): Promise<void>;
}
