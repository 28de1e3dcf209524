import { fileKind, type ChangeType, type Repository } from "#change";
import { evidenceOf, foldSide, judgeProof, pairTests, testKey, type Flakes, type Judged, type Proof, type ProofRun, type ProofTest, type RedContext, type RunProgress, type RunRequest, type TestExecutor, type TestId, type TestRun, type TestSetup } from "#evidence";
import { overlayTree } from "./overlay-tree.ts";
import type { ProofPlan } from "./plan-proof.ts";
import { proofNotes } from "./proof-notes.ts";
import { proofDigest } from "./proof-digest.ts";

/** One proof to make. */
export interface ProofOrder {
  readonly plan: ProofPlan;
  readonly type: ChangeType;
  readonly aboutHang: boolean;
  /** Commit or tree the change starts from. */
  readonly broken: string;
  readonly headTree: string;
  /** What the evidence shall speak of: the commit, or the tree when the head is none. */
  readonly subject: string;
  /** Runs of these files on the head that were made already; they count as the first. */
  readonly headRuns: readonly TestRun[];
  readonly declaredSetups: readonly Partial<TestSetup>[];
  /** Tests known to be flaky: they prove nothing. */
  readonly flakes?: Flakes;
  /** Limits what is looked at to some tests of the files. */
  wanted?(id: TestId): boolean;
  readonly red: RedContext;
  /** Runs of the deciding files, a side; at least 1. */
  readonly repeat: number;
  readonly budgetMs: number;
  readonly signal: AbortSignal;
  readonly isolation?: RunRequest["isolation"];
  onProgress(progress: RunProgress): void;
  ticks(): number;
}

export interface ProofMade {
  readonly proof?: Proof;
  /** Runs on the head made for it, e.g. to see an unstable test. */
  readonly headRuns: readonly TestRun[];
  /** Why there is no proof, or why it rests on fewer runs than wanted. */
  readonly cut?: string;
}

export interface ProofPorts {
  readonly repository: Pick<Repository, "composeTree" | "listFiles">;
  readonly executor: TestExecutor;
}

/** Deciding files that are run again; a change is proven by one test, so a few are enough. */
const DECIDING_FILES = 3;

/** Runs the head's tests on both sides and says what that shows. A run that was cut short gives no proof, never a wrong one. */
export async function runProof(order: ProofOrder, ports: ProofPorts): Promise<ProofMade> {
  const run = runner(order, ports.executor);
  const fresh: TestRun[] = [];
  const onHead = async (files: readonly string[]): Promise<readonly TestRun[]> => {
    const made = await run(order.headTree, files);
    fresh.push(...made);
    return made;
  };
  const first = covers(order.headRuns, order.plan.files) ? order.headRuns.flatMap((one) => only(one, order.plan.files)) : await onHead(order.plan.files);
  const cut = cutShort(first, order);
  if (cut !== undefined) return { headRuns: fresh, cut };

  let made = await brokenSide(order, ports, run, { head: first, surroundings: false });
  if (made.cut === undefined && nothingJudged(made.judged) && worthAnotherTry(order.plan)) {
    const again = await brokenSide(order, ports, run, { head: first, surroundings: true });
    // Green there says nothing: what was fixed may be in the very settings this side took from the head.
    if (again.cut === undefined && !nothingJudged(again.judged) && again.judged.deciding.some((test) => test.base === "red")) made = again;
  }
  if (made.cut === undefined && order.type === "fix" && made.judged.outcome === "refuted") made = await lookAgain(order, made, ports, { run, onHead });
  if (made.cut !== undefined) return { headRuns: fresh, cut: made.cut };

  const repeated = await repeatDeciding(order, made, { run, onHead });
  return { proof: proofOf(order, repeated), headRuns: fresh, ...(repeated.cut !== undefined && { cut: repeated.cut }) };
}

type Run = (tree: string, files: readonly string[], testsMs?: number) => Promise<readonly TestRun[]>;

function runner(order: ProofOrder, executor: TestExecutor): Run {
  const started = order.ticks();
  const setups = new Map<string, Promise<readonly TestSetup[]>>();
  return async (tree, selection, testsMs) => {
    const known = setups.get(tree) ?? executor.detect(tree, order.declaredSetups);
    setups.set(tree, known);
    const budgetMs = Math.max(1, order.budgetMs - (order.ticks() - started));
    const { signal, isolation } = order;
    // The broken side is nobody's work in progress: what it said once it says again.
    const request = { tree, keepRed: tree !== order.headTree, selection, budgetMs, ...(testsMs !== undefined && { testsMs }), signal, onProgress: order.onProgress.bind(order), ...(isolation && { isolation }) };
    return evidenceOf(await executor.run(await known, request), "test-run");
  };
}

interface BrokenSide {
  readonly tree: string;
  readonly surroundings: boolean;
  readonly tests: readonly ProofTest[];
  readonly judged: Judged;
  readonly headRuns: readonly TestRun[];
  readonly baseRuns: readonly TestRun[];
  /** Why it says nothing: time, or an interruption. */
  readonly cut?: string;
}

async function brokenSide(order: ProofOrder, ports: ProofPorts, run: Run, about: { readonly head: readonly TestRun[]; readonly surroundings: boolean }): Promise<BrokenSide> {
  const { plan } = order;
  order.onProgress({ phase: "checkout", says: `the changed tests on the code before the change${about.surroundings ? ", with the new packages" : ""}` });
  const paths = about.surroundings ? [...plan.overlay, ...plan.surroundings] : plan.overlay;
  const tree = await overlayTree(ports.repository, order.broken, order.headTree, paths);
  const limit = hangLimit(about.head);
  const baseRuns = await run(tree, plan.files, limit);
  // Stopped by its own limit and not by the order's: it hangs, and that is an answer.
  const cut = cutShort(limit < order.budgetMs / 2 ? baseRuns.filter((one) => !hung(one)) : baseRuns, order);
  return { tree, surroundings: about.surroundings, headRuns: about.head, baseRuns, ...judge(order, about.head, baseRuns), ...(cut !== undefined && { cut }) };
}

/** A broken side whose tests take this long where the head was done in a tenth of it does not come to an end. */
const hangLimit = (head: readonly TestRun[]): number => 15_000 + 10 * head.reduce((sum, run) => sum + (run.durationMs ?? 0), 0);

/** Its tests had begun when its time was spent; else packages or a build took it. */
const hung = ({ cutBy, unloaded }: TestRun): boolean => cutBy === "budget" && unloaded.length === 0;

function judge(order: ProofOrder, head: readonly TestRun[], base: readonly TestRun[]): Pick<BrokenSide, "tests" | "judged"> {
  const { wanted, flakes } = order;
  const unseen = [...silentFiles(order, head).filter((file) => order.red.declaresTests?.(file)), ...(order.plan.beyond ?? [])];
  const paired = pairTests(foldSide(head), foldSide(base), order.red).filter((test) => !wanted || wanted(test.id) || test.id.name === test.id.file);
  const tests = paired.map((test): ProofTest => (flakes?.has(testKey(test.id)) ? { ...test, head: "unstable" } : test));
  const silence = tests.length === 0 && paired.length === 0 ? silenceOf(head) : undefined;
  return { tests, judged: judgeProof({ type: order.type, tests, aboutHang: order.aboutHang, unseen, ...(silence !== undefined && { silence }), brings: (id) => order.red.brings?.(id) === true }) };
}

/** In whose words nothing was collected. */
const silenceOf = (head: readonly TestRun[]): string | undefined => head.flatMap((one) => one.because ?? one.notes ?? []).at(0)?.replace(/\s+/g, " ").slice(0, 400);

/** Files of the plan that said nothing on the head: no runner here takes them, or they hold no tests. */
function silentFiles({ plan }: ProofOrder, head: readonly TestRun[]): readonly string[] {
  const cases = head.flatMap((one) => one.cases);
  if (cases.some((test) => test.id.file === undefined)) return []; // a report without files: nobody can tell
  const heard = new Set([...cases.map((test) => test.id.file), ...head.flatMap((one) => one.unloaded.map((unit) => unit.file))]);
  return plan.files.filter((file) => !heard.has(file));
}

/** So many untouched test files are asked before a fix is called refuted. */
const FURTHER_FILES = 20;

/**
 * A fix is held for being refuted, so two things are looked at first. Tests it did not touch may show it: those over data it changed, and those
 * that were there and red before. And a file that counts as a helper of the tests may be product, and hold the fix itself.
 */
async function lookAgain(order: ProofOrder, made: BrokenSide, ports: ProofPorts, { run, onHead }: Repeating): Promise<BrokenSide> {
  const shown = await askFurther(order, made, { run, onHead });
  if (shown.cut !== undefined || shown.judged.outcome !== "refuted") return shown;
  const helpers = silentFiles(order, made.headRuns).filter((path) => fileKind(path) === "test" && !order.red.declaresTests?.(path));
  if (helpers.length === 0) return made;
  const tree = await overlayTree(ports.repository, order.broken, order.headTree, order.plan.overlay.filter((path) => !helpers.includes(path)));
  const runs = await run(tree, order.plan.files, hangLimit(made.headRuns));
  const cut = cutShort(runs, order);
  if (cut !== undefined) return { ...made, cut };
  const without = judge(order, made.headRuns, runs);
  if (without.judged.deciding.every((test) => test.base !== "red")) return made;
  const because = `the tests pass without the change as long as ${helpers[0]}${helpers.length > 1 ? ` and ${helpers.length - 1} more` : ""} ${helpers.length > 1 ? "are" : "is"} the changed one: it counts as part of the tests by its path, and may hold the fix`;
  return { ...made, judged: { outcome: "not proven", because, deciding: [] } };
}

async function askFurther(order: ProofOrder, made: BrokenSide, { run, onHead }: Repeating): Promise<BrokenSide> {
  const green = order.headRuns.flatMap((one) => one.cases.flatMap((test) => (test.outcome === "passed" && test.id.file !== undefined ? [test.id.file] : [])));
  const files = order.wanted ? [] : [...new Set([...(order.plan.further ?? []), ...green])].filter((file) => !order.plan.files.includes(file)).slice(0, FURTHER_FILES);
  if (files.length === 0) return made;
  order.onProgress({ phase: "test", says: `${files.length} more test ${files.length === 1 ? "file" : "files"} on the code before the change` });
  const head = covers(order.headRuns, files) ? order.headRuns.flatMap((one) => only(one, files)) : await onHead(files);
  const base = await run(made.tree, files, hangLimit(head));
  const cut = cutShort([...head, ...base], order);
  if (cut !== undefined) return { ...made, cut };
  const all = { headRuns: [...made.headRuns, ...head], baseRuns: [...made.baseRuns, ...base] };
  const asked = judge(order, all.headRuns, all.baseRuns);
  return asked.judged.outcome === "proven" ? { ...made, ...all, ...asked } : made;
}

/** Nothing could be judged for want of what surrounds the code. */
const nothingJudged = ({ outcome, deciding }: Judged): boolean =>
  outcome === "not proven" && deciding.length > 0 && deciding.every((test) => test.why === "load-error" || test.why === "missing-package" || test.why === "environment" || test.why === "nothing-collected");

/** Only where something of the product stays as it was on the base; else nothing would be left to be red. */
const worthAnotherTry = (plan: ProofPlan): boolean => plan.surroundings.length > 0;

interface Repeating {
  readonly run: Run;
  onHead(files: readonly string[]): Promise<readonly TestRun[]>;
}

interface Repeated extends BrokenSide {
  readonly repeats: number;
}

/** What a proof or its refutation rests on runs again, on both sides, in fresh processes. */
async function repeatDeciding(order: ProofOrder, made: BrokenSide, { run, onHead }: Repeating): Promise<Repeated> {
  let { judged, tests } = made;
  let { headRuns, baseRuns } = made;
  let repeats = 1;
  while (repeats < order.repeat && restsOnRuns(judged)) {
    const files = decidingFiles(judged);
    if (files.length === 0) break;
    const again = await run(made.tree, files);
    // A green side is as good as its last run; a refutation says nothing about the head that the first run did not.
    const anew = judged.outcome === "proven" ? await onHead(files) : [];
    const cut = cutShort([...again, ...anew], order);
    if (cut !== undefined) return { ...made, judged, tests, baseRuns, repeats, cut: `${cut}, so it rests on ${repeats} ${repeats === 1 ? "run" : "runs"} a side` };
    baseRuns = [...baseRuns, ...again];
    headRuns = [...headRuns, ...anew];
    repeats += 1;
    ({ judged, tests } = judge(order, headRuns, baseRuns));
  }
  return { ...made, judged, tests, headRuns, baseRuns, repeats };
}

const restsOnRuns = ({ outcome, weak }: Judged): boolean => (outcome === "proven" && weak === undefined) || outcome === "refuted";

function decidingFiles({ deciding, outcome }: Judged): readonly string[] {
  const files = [...new Set(deciding.flatMap((test) => test.id.file ?? []))];
  return outcome === "proven" ? files.slice(0, DECIDING_FILES) : files;
}

function proofOf(order: ProofOrder, made: Repeated): Proof {
  const { judged, tests } = made;
  const notes = proofNotes(order.plan, tests, [...made.headRuns, ...made.baseRuns]);
  const facts = { outcome: judged.outcome, changeType: order.type, broken: order.broken, brokenTree: made.tree, selection: order.plan.files, tests, subject: order.subject };
  return {
    kind: "proof",
    source: "ran",
    digest: proofDigest(facts),
    origin: "the changed tests on the code before the change",
    ...(notes.length > 0 && { notes }),
    ...facts,
    because: judged.because,
    ...(judged.weak && { weak: judged.weak }),
    headSurroundings: made.surroundings,
    repeats: made.repeats,
    isolation: [...made.baseRuns, ...made.headRuns].find((one) => one.isolation)?.isolation ?? "nothing was run",
    runs: [...made.headRuns.map(runOn("head")), ...made.baseRuns.map(runOn("base"))],
  };
}

const runOn =
  (side: ProofRun["side"]) =>
  ({ subject, tool, digest, environment }: TestRun): ProofRun => ({ side, tree: subject, tool, digest, environment: environment ?? {} });

/** Time or an interruption ended a run: what it did not reach is not known. A crash of the tests themselves is their own answer. */
function cutShort(runs: readonly TestRun[], { signal }: ProofOrder): string | undefined {
  if (signal.aborted) return "it was interrupted";
  return runs.some((run) => run.cutBy === "budget" || run.cutBy === "interrupted") ? "time ran out" : undefined;
}

/** True when these runs hold every file of the selection. */
const covers = (runs: readonly TestRun[], files: readonly string[]): boolean =>
  runs.length > 0 && files.every((file) => runs.some((run) => run.complete && (run.selection === undefined || run.selection.includes(file))));

/** What a run says of these files. */
function only(run: TestRun, files: readonly string[]): readonly TestRun[] {
  const wanted = new Set(files);
  const cases = run.cases.filter((test) => test.id.file === undefined || wanted.has(test.id.file));
  const unloaded = run.unloaded.filter((unit) => wanted.has(unit.file));
  return cases.length + unloaded.length === 0 ? [] : [{ ...run, cases, unloaded }];
}
