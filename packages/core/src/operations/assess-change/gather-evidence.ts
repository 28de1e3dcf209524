import type { GateName, Side } from "#kernel";
import { secretHint, type Change, type ChangedFile, type Repository } from "#change";
import { evidenceOf, type Evidence, type ReportReader, type ScannedLine, type SecretScanner, type TestExecutor, type TestSetup } from "#evidence";
import { SHARED_GATES, type EvidenceNeed } from "#checks";
import type { Intent } from "#intent";
import type { Clock } from "../ports/clock.ts";
import type { ProgressSink } from "../ports/progress.ts";
import type { ReportFiles } from "../ports/report-files.ts";
import type { ApprovalSource } from "../ports/approval-source.ts";
import { readUntrustedVerdict } from "../second-half/read-untrusted-verdict.ts";
import type { ReportedVerdict } from "../second-half/reported-verdict.ts";
import { noReportFound } from "./errors.ts";
import type { AssessInput } from "./input.ts";
import { runTests } from "./run-tests.ts";
import { selectTests } from "./select-tests.ts";

export interface EvidencePorts {
  readonly repository: Repository & { readonly root: string; readonly bare: boolean };
  readonly reports: ReportReader;
  readonly reportFiles: ReportFiles;
  readonly secrets: SecretScanner;
  readonly executor: TestExecutor;
  readonly approvals: ApprovalSource;
  readonly clock: Clock;
  readonly progress: ProgressSink;
  readonly signal: AbortSignal;
}

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
  /** Why the head's code may not be executed; absent for code of the user's own. */
  readonly untrusted?: string;
}

export interface Gathered {
  readonly evidence: readonly Evidence[];
  readonly unavailable: ReadonlyMap<EvidenceNeed, string>;
  readonly blindSpots: readonly string[];
  /** True when tests were wanted and a budget, a signal or a crash cut them short. */
  readonly cutShort: boolean;
  /** Why a run did not come to its end. */
  readonly cutBecause?: string;
  /** What the asked checks wanted. */
  readonly wanted: ReadonlySet<EvidenceNeed>;
  readonly notRun: readonly string[];
  readonly testMs: number;
  /** What a fork's own run left behind, when it was handed in. */
  readonly fromFork?: ReportedVerdict;
}

/** Collects what the asked checks need: reports first, since what CI has already shown is not run again. */
export async function gatherEvidence(about: Gathering, ports: EvidencePorts): Promise<Gathered> {
  const [reported, scanned, approvals] = await Promise.all([readReports(about, ports), scanSecrets(about.change, ports.secrets), readApprovals(about, ports)]);
  const runs = await ownRuns(about, reported.evidence, ports);
  const evidence = [...reported.evidence, ...scanned, ...approvals, ...runs.evidence];
  const unavailable = new Map<EvidenceNeed, string>();
  if (about.needs.has("approvals") && approvals.length === 0) unavailable.set("approvals", "no forge was there to ask");
  if (evidenceOf(evidence, "test-run").length === 0 && runs.why) unavailable.set("test-run", runs.why);
  if (evidenceOf(evidence, "coverage").length === 0) unavailable.set("coverage", runs.why ?? "no coverage was collected or handed in");
  const cut = evidenceOf(evidence, "test-run").find((run) => !run.complete);
  return { evidence, unavailable, wanted: about.needs, ...(cut && { cutBecause: `a run was cut short: ${cut.because ?? "for no known reason"}` }), blindSpots: runs.blindSpots, cutShort: cut !== undefined, notRun: runs.notRun, testMs: runs.testMs, ...(reported.fromFork && { fromFork: reported.fromFork }) };
}

interface Reports {
  readonly evidence: readonly Evidence[];
  readonly fromFork?: ReportedVerdict;
}

async function readReports({ change, input }: Gathering, ports: EvidencePorts): Promise<Reports> {
  if (input.evidence.length === 0) return { evidence: [] };
  const { files, unmatched } = await ports.reportFiles.find(input.evidence, ports.repository.root);
  if (unmatched.length > 0) throw noReportFound({ globs: unmatched });
  const context = {
    subject: change.headKind === "commit" ? change.head : change.headTree,
    root: ports.repository.root,
    ...(change.headKind === "commit" && { headCommit: change.head }),
    ...(change.headTime !== undefined && { headTime: change.headTime }),
    paths: new Set((await ports.repository.listFiles(change.headTree)).map((entry) => entry.path)),
  };
  const evidence: Evidence[] = [];
  let fromFork: ReportedVerdict | undefined;
  for (const file of files) {
    ports.progress.says(`reading ${file.path}`);
    if (isVerdict(file.bytes)) fromFork = await readUntrustedVerdict(file.bytes, change.head);
    else evidence.push(...(await ports.reports.read(file, context)));
  }
  return { evidence, ...(fromFork && { fromFork }) };
}

/** A verdict document among the reports: what an untrusted run left behind. */
const isVerdict = (bytes: Uint8Array): boolean => /^\s*\{\s*"schema":\s*"proofline\/verdict\/1"/.test(new TextDecoder().decode(bytes.subarray(0, 200)));

async function scanSecrets(change: Change, scanner: SecretScanner): Promise<readonly Evidence[]> {
  const added = change.files.flatMap((file) => (file.kind === "lock" ? [] : linesOf(file, "+", "head")));
  // Most changes hold nothing that looks like a secret; the rules are loaded only for the others.
  if (!added.some((line) => secretHint(line.text))) return [];
  const removed = change.files.flatMap((file) => linesOf(file, "-", "base"));
  return [await scanner.scan([...removed, ...added], change.headKind === "commit" ? change.head : change.headTree, change.mergeBase)];
}

function linesOf(file: ChangedFile, op: "+" | "-", side: Side): ScannedLine[] {
  const path = side === "base" ? (file.basePath ?? file.path) : file.path;
  return file.hunks.flatMap((hunk) => hunk.lines.filter((line) => line.op === op).map((line) => ({ file: path, line: line.line, text: line.text, side })));
}

const readApprovals = async ({ change, intent, needs }: Gathering, { approvals }: EvidencePorts): Promise<readonly Evidence[]> =>
  needs.has("approvals") ? await approvals.read(change, intent) : [];

interface OwnRuns {
  readonly evidence: readonly Evidence[];
  readonly why?: string;
  readonly blindSpots: readonly string[];
  readonly notRun: readonly string[];
  readonly testMs: number;
}

const nothing = (why?: string): OwnRuns => ({ evidence: [], blindSpots: [], notRun: [], testMs: 0, ...(why !== undefined && { why }) });

/** What stands against running anything: undefined where nothing does. */
function insteadOfRunning({ change, input, needs, untrusted }: Gathering, reported: readonly Evidence[]): OwnRuns | undefined {
  if (!needs.has("test-run") && !needs.has("coverage")) return nothing();
  if (!change.files.some((file) => file.behaviour || file.kind === "test" || file.kind === "config")) return nothing();
  if (!input.run) return nothing("--no-run was given");
  if (untrusted) return nothing(untrusted);
  // What CI has shown is not run a second time; a report is of lower rank and says so.
  const shown = !input.all && evidenceOf(reported, "test-run").some((run) => run.complete && run.cases.length > 0);
  return shown ? nothing() : undefined;
}

async function ownRuns(about: Gathering, reported: readonly Evidence[], ports: EvidencePorts): Promise<OwnRuns> {
  const { change, input, needs } = about;
  const instead = insteadOfRunning(about, reported);
  if (instead) return instead;
  ports.progress.says("looking for the tests of this change");
  const setups = await ports.executor.detect(change.headTree, about.declaredSetups);
  // Neither a missing runner nor missing tests excuse anything: tests/none-ran speaks of both.
  if (setups.length === 0) return { ...nothing(), blindSpots: ["no test runner was recognised here"] };
  // A floor speaks of a whole surface: where the gate owes it, the whole suite runs.
  const whole = input.all || (about.floors && SHARED_GATES.includes(about.gate));
  const selection = whole ? undefined : await selectTests(change, about.packageNames, ports.repository);
  if (selection && selection.tests.length === 0) {
    return { ...nothing(), blindSpots: selection.blindSpots, notRun: selection.ofFiles > 0 ? [`${selection.ofFiles} test files no import reaches`] : [] };
  }
  const started = ports.clock.ticks();
  const ran = await runTests(
    {
      change,
      setups,
      selection: selection ? selection.tests.map((test) => test.file) : "all",
      budgetMs: about.budgetMs,
      signal: ports.signal,
      coverage: needs.has("coverage"),
      onProgress: (progress) => ports.progress.says(progress.says),
      ticks: () => ports.clock.ticks(),
    },
    ports.executor,
  );
  const rest = selection ? selection.ofFiles - selection.tests.length : 0;
  return {
    evidence: selection ? ran.map((item) => (item.kind === "coverage" ? { ...item, partial: true } : item)) : ran,
    blindSpots: selection?.blindSpots ?? [],
    notRun: [
      ...(rest > 0 ? [`${rest} test files no import reaches: --all runs them too`] : []),
      ...(selection && about.floors ? ["coverage floors are measured on the whole suite: --all"] : []),
    ],
    testMs: Math.round(ports.clock.ticks() - started),
  };
}
