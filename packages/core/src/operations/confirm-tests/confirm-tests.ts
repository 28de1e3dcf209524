import { digestOf } from "#kernel";
import { fileKind, readTests, type Change, type Repository, type SyntaxReader, type TestFile } from "#change";
import type { Confirmation, MutationRunner, RunRequest, TestExecutor, TestSetup } from "#evidence";
import type { Answers } from "../assess-change/ask-checks.ts";
import type { Clock } from "../ports/clock.ts";
import type { ProgressSink } from "../ports/progress.ts";
import { overlayTree } from "../prove-change/overlay-tree.ts";
import { overlaysOf } from "../prove-change/plan-proof.ts";
import { canCompare, compareGroup, suitesOf } from "./compare-group.ts";
import { staysWarm, type Compared, type Noticed } from "./compare-suites.ts";
import type { Examined, Lab } from "./examination.ts";
import { examineVacuous } from "./examine-vacuous.ts";
import { examineWeakened, type Trees } from "./examine-weakened.ts";
import { Laboratory } from "./laboratory.ts";
import { quietEdits, type QuietEdit } from "./quiet-edits.ts";
import { mapCode, type CodeMap } from "./reachable-code.ts";
import { anySuspicion, suspicionsIn, titleOf, type Suspicion, type TestFiles } from "./suspicions.ts";

export interface ConfirmOrder {
  readonly change: Change;
  /** What the checks said from reading alone. */
  readonly answers: Answers;
  readonly packageNames: ReadonlyMap<string, string>;
  readonly declaredSetups: readonly Partial<TestSetup>[];
  /** What is left of the budget. */
  readonly budgetMs: number;
  /** Also what reading does not suspect is looked into. */
  readonly thoroughly: boolean;
  readonly isolation?: RunRequest["isolation"];
}

export interface ConfirmPorts {
  readonly repository: Pick<Repository, "composeTree" | "storeText" | "listFiles" | "readFiles" | "readBlobs">;
  readonly executor: TestExecutor;
  /** Tries many faults at once; absent where each is a run of its own. */
  readonly mutants?: { readonly runner: MutationRunner };
  readonly syntax: SyntaxReader;
  readonly clock: Clock;
  readonly progress: ProgressSink;
  readonly signal: AbortSignal;
}

/** With less than this left not one fault could be tried. */
const LEAST_MS = 4000;
/** With less than this left nothing is looked into that reading does not suspect. */
const LEAST_FOR_QUIET_MS = 30_000;
/** Test files looked into; a change that raises more suspicions is a matter for people. */
const MOST_FILES = 5;
/** Of what is left of the gate's budget at most so much goes into suspicions; a remark is looked into when less than that is spent, and what nobody suspects after that. */
const SHARE = 0.5;
const SHARE_OF_REMARKS = 0.3;
const SHARE_OF_QUIET = 0.2;
/** Of a file's time, so much goes into many faults at once; the rest into those made for what the edited checks look at. */
const SHARE_OF_MANY = 0.6;
/** So many faults that the old tests noticed, and none lost: a remark needs no second look. */
const PLENTY = 20;
/** Test files of the change that are asked whether they catch what an old one caught. */
const MOST_SUCCESSORS = 5;

/** True when runs could decide something here. */
export const worthConfirming = ({ answers, budgetMs, change, thoroughly }: Pick<ConfirmOrder, "answers" | "budgetMs" | "change" | "thoroughly">): boolean => budgetMs >= LEAST_MS && (anySuspicion(answers) || (thoroughly && budgetMs >= LEAST_FOR_QUIET_MS && change.files.some(({ kind, status, deleted }) => kind === "test" && status !== "added" && deleted > 0)));

/**
 * Looks into suspicions about tests by running them: the tests as they were on the changed code, and faults in that code against the tests as they
 * were and as they are. Where many faults can be tried at once, tests that lost a check unsuspected are looked into as well. Undefined when nothing could be looked into. What ran out of time says so, and decides nothing.
 */
export async function confirmTests(order: ConfirmOrder, ports: ConfirmPorts): Promise<Confirmation | undefined> {
  const { change } = order;
  const started = ports.clock.ticks();
  const files = await readTestFiles(change, ports);
  const all = suspicionsIn(order.answers, change, files);
  const suspicions = all.filter(({ tests }) => tests.length > 0);
  const unsuspected = order.thoroughly ? quietEdits(files) : [];
  if (suspicions.length === 0 && unsuspected.length === 0) return all.length === 0 ? undefined : confirmationOf(change, all, [], "nothing was run");
  const setups = await ports.executor.detect(change.headTree, order.declaredSetups);
  if (setups.every((setup) => setup.declare !== undefined)) return undefined;
  const mutation = canCompare(setups) ? ports.mutants?.runner : undefined;
  const groups = groupsOf(suspicions, mutation === undefined || order.budgetMs < LEAST_FOR_QUIET_MS || !staysWarm(setups) ? [] : unsuspected);
  if (groups.length === 0) return undefined;
  ports.progress.says("looking into suspicions about the tests by running them");
  const trees: Trees = { old: await overlayTree(ports.repository, change.headTree, change.mergeBase, overlaysOf(change).overlay), head: change.headTree, base: change.mergeBaseTree };
  const [code, head] = [await mapCode(trees.old, order.packageNames, ports), suspicions.some(({ check }) => check === "tests/vacuous") ? await mapCode(trees.head, order.packageNames, ports) : undefined];
  if (code === undefined) return undefined;
  const used = (): number => ports.clock.ticks() - started;
  const examining = new Examining({ order, ports, setups, trees, code, head: head ?? code, before: titlesIn(files.base), ...(mutation && { mutation }) });
  const examined: Examined[] = [];
  for (const [index, group] of groups.entries()) {
    const mayUse = Math.min(order.budgetMs, Math.max(LEAST_MS, order.budgetMs * shareOf(group)));
    const left = (): number => (ports.signal.aborted ? 0 : mayUse - used());
    const waiting = groups.slice(index).filter(({ remark }) => remark === group.remark).length;
    if (left() < (index === 0 ? LEAST_MS : LEAST_MS / 2)) break;
    examined.push(...(await examining.group(group, { left, until: Math.max(500, left() - left() / waiting) })));
  }
  return confirmationOf(change, all, examined, examining.isolation ?? "nothing was run");
}

const shareOf = ({ suspicions, remark }: Pick<FileGroup, "suspicions" | "remark">): number => (suspicions.length === 0 ? SHARE_OF_QUIET : remark ? SHARE_OF_REMARKS : SHARE);

/** What is looked into together: the suspicions about one old test file, and what it lost unsuspected. */
interface FileGroup {
  readonly file: string;
  readonly remark: boolean;
  readonly suspicions: readonly Suspicion[];
  readonly quiet: readonly QuietEdit[];
}

interface Share {
  left(): number;
  readonly until: number;
}

interface About {
  readonly order: ConfirmOrder;
  readonly ports: ConfirmPorts;
  readonly setups: readonly TestSetup[];
  readonly trees: Trees;
  /** Who imports whom in `trees.old`, and in the head where new tests are looked into. */
  readonly code: CodeMap;
  readonly head: CodeMap;
  /** Titles of all tests of the changed files as they were. */
  readonly before: ReadonlySet<string>;
  readonly mutation?: MutationRunner;
}

/** Looks into one group after the other. */
class Examining {
  isolation: string | undefined;

  constructor(private readonly about: About) {}

  async group(group: FileGroup, share: Share): Promise<readonly Examined[]> {
    if (group.suspicions[0]?.check === "tests/vacuous") return [await this.oneByOne(group, group.suspicions, share)];
    const many = await this.manyAtOnce(group, share);
    const open = group.suspicions.filter(({ subject }) => !many?.outcomes.some((one) => one.subject === subject));
    if (open.length === 0 || share.left() <= share.until) return many ? [many] : [];
    if (group.remark && many?.compared.because === undefined && (many?.compared.caught.length ?? 0) >= PLENTY) return many ? [many] : [];
    const rest = await this.oneByOne(group, open, share, many?.compared.caught);
    return [...(many ? [many] : []), many === undefined ? rest : { ...rest, outcomes: rest.outcomes.map((one) => ({ ...one, suites: suitesOf(many.compared) })) }];
  }

  /** Many faults, before the whole old file and then before the tests of now. */
  private async manyAtOnce({ file, suspicions, quiet }: FileGroup, share: Share): Promise<(Examined & { readonly compared: Compared }) | undefined> {
    const { order, ports, setups, trees, code, mutation } = this.about;
    if (mutation === undefined) return undefined;
    const { signal, syntax } = ports;
    const end = share.left() - (share.left() - share.until) * SHARE_OF_MANY;
    const { successors, touched } = around(order.change, file);
    const { outcomes, compared } = await compareGroup(
      { file, suspicions, quiet, trees, successors, touched },
      { mutation, setups, code, syntax, signal, left: () => share.left() - end, says: (words) => ports.progress.says(words), ...(order.isolation && { isolation: order.isolation }) },
    );
    this.isolation ??= compared.isolation;
    return { outcomes, mutants: compared.caught.map(({ mutant }) => mutant), suites: { file, ...suitesOf(compared) }, compared };
  }

  private async oneByOne(group: FileGroup, suspicions: readonly Suspicion[], { left, until }: Share, noticed: readonly Noticed[] = []): Promise<Examined> {
    const { order, ports, setups, trees, before } = this.about;
    const { signal, syntax } = ports;
    const vacuous = group.suspicions[0]?.check === "tests/vacuous";
    const code = vacuous ? this.about.head : this.about.code;
    const says = (words: string): void => ports.progress.says(words);
    const laboratory = new Laboratory({ setups, signal, onProgress: says, left, code, ...(order.isolation && { isolation: order.isolation }) }, ports);
    const lab: Lab = { code, syntax, run: (tree, files, limitMs) => laboratory.run(tree, files, limitMs), ranThrough: (tree, files, limitMs) => laboratory.ranThrough(tree, files, limitMs), treeWith: (tree, mutant) => laboratory.treeWith(tree, mutant), left, says };
    const asked = { file: group.file, suspicions, until };
    const examined = vacuous ? await examineVacuous(asked, trees.head, lab) : await examineWeakened({ ...asked, trees, ...around(order.change, group.file), before, noticed }, lab);
    this.isolation ??= laboratory.isolation;
    return examined;
  }
}

/** Suspicions by check and file: weakened tests first, then remarks, and last the files that nobody suspects. */
function groupsOf(suspicions: readonly Suspicion[], unsuspected: readonly QuietEdit[]): readonly FileGroup[] {
  const groups = new Map<string, Suspicion[]>();
  for (const one of suspicions) {
    const key = `${one.check} ${one.file} ${one.remark ? "remark" : ""}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  const suspected = [...groups.values()].map((some) => ({ file: some[0]?.file ?? "", remark: some[0]?.remark === true, suspicions: some, quiet: unsuspected.filter(({ file }) => file === some[0]?.file) }));
  const others = [...new Set(unsuspected.map(({ file }) => file))].filter((file) => !suspected.some((one) => one.file === file && one.suspicions[0]?.check === "tests/weakened"));
  return [...suspected, ...others.map((file) => ({ file, remark: true, suspicions: [], quiet: unsuspected.filter((one) => one.file === file) }))].slice(0, MOST_FILES);
}

/** The head's files that may have taken over from an old test file. */
function around(change: Change, file: string): { readonly successors: readonly string[]; readonly touched: ReadonlySet<string>; readonly basePath: string } {
  const tests = change.files.filter(({ kind, status }) => kind === "test" && status !== "deleted");
  const own = tests.filter(({ path, basePath }) => (basePath ?? path) === file);
  const successors = [...own, ...tests.filter((one) => !own.includes(one))].map(({ path }) => path).slice(0, MOST_SUCCESSORS);
  return { successors, touched: new Set(change.files.flatMap(({ path, basePath }) => [path, basePath ?? path])), basePath: file };
}

const titlesIn = (files: TestFiles["base"]): ReadonlySet<string> => new Set([...files.values()].flatMap(({ parts }) => parts.map((part) => titleOf(part))));

async function readTestFiles(change: Change, { repository, syntax }: ConfirmPorts): Promise<TestFiles> {
  const changed = change.files.filter(({ path, basePath }) => fileKind(path) === "test" || (basePath !== undefined && fileKind(basePath) === "test")).slice(0, 100);
  const read = async (tree: string, paths: readonly string[]): Promise<Map<string, TestFile>> => {
    const texts = await repository.readFiles(tree, paths);
    const files = new Map<string, TestFile>();
    for (const [path, { text }] of texts) {
      const parsed = text === undefined ? undefined : await syntax.read(path, text);
      if (parsed !== undefined) files.set(path, readTests(path, parsed));
    }
    return files;
  };
  const base = changed.filter(({ status }) => status !== "added").map(({ path, basePath }) => basePath ?? path);
  const head = changed.filter(({ status }) => status !== "deleted").map(({ path }) => path);
  return { base: await read(change.mergeBaseTree, base), head: await read(change.headTree, head) };
}

function confirmationOf(change: Change, suspicions: readonly Suspicion[], examined: readonly Examined[], isolation: string): Confirmation {
  const done = examined.flatMap(({ outcomes }) => outcomes);
  const rest = suspicions.filter(({ check, subject }) => !done.some((one) => one.check === check && one.subject === subject));
  const outcomes = [...done, ...rest.map(({ check, subject, tests }) => ({ check, subject, fact: "undecided" as const, because: tests.length === 0 ? "No run looked into it: its test could not be told apart in its file" : "Not confirmed by a run: the time ended before it", tried: 0, caughtBefore: 0, caughtNow: 0 }))];
  const mutants = examined.flatMap((one) => one.mutants);
  const suites = examined.flatMap((one) => one.suites ?? []);
  const subject = change.headKind === "commit" ? change.head : change.headTree;
  const facts = outcomes.map(({ check, subject: about, fact, tried, caughtBefore, caughtNow }) => ({ check, about, fact, tried, caughtBefore, caughtNow }));
  return { kind: "confirmation", source: "ran", subject, digest: digestOf({ subject, facts, mutants: mutants.map(({ file, line, before, after }) => ({ file, line, before, after })) }), origin: "the old tests on the changed code, and faults put into it", outcomes, mutants, ...(suites.length > 0 && { suites }), isolation };
}
