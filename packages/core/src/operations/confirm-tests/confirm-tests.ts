import { digestOf } from "#kernel";
import { fileKind, readTests, type Change, type Repository, type SyntaxReader, type TestFile } from "#change";
import type { Confirmation, RunRequest, TestExecutor, TestSetup } from "#evidence";
import type { Answers } from "../assess-change/ask-checks.ts";
import type { Clock } from "../ports/clock.ts";
import type { ProgressSink } from "../ports/progress.ts";
import { overlayTree } from "../prove-change/overlay-tree.ts";
import { overlaysOf } from "../prove-change/plan-proof.ts";
import type { Examined, Lab } from "./examination.ts";
import { examineVacuous } from "./examine-vacuous.ts";
import { examineWeakened, type Trees } from "./examine-weakened.ts";
import { Laboratory } from "./laboratory.ts";
import { mapCode } from "./reachable-code.ts";
import { anySuspicion, suspicionsIn, titleOf, type Suspicion, type TestFiles } from "./suspicions.ts";

export interface ConfirmOrder {
  readonly change: Change;
  /** What the checks said from reading alone. */
  readonly answers: Answers;
  readonly packageNames: ReadonlyMap<string, string>;
  readonly declaredSetups: readonly Partial<TestSetup>[];
  /** What is left of the budget. */
  readonly budgetMs: number;
  readonly isolation?: RunRequest["isolation"];
}

export interface ConfirmPorts {
  readonly repository: Pick<Repository, "composeTree" | "storeText" | "listFiles" | "readFiles" | "readBlobs">;
  readonly executor: TestExecutor;
  readonly syntax: SyntaxReader;
  readonly clock: Clock;
  readonly progress: ProgressSink;
  readonly signal: AbortSignal;
}

/** With less than this left not one fault could be tried. */
const LEAST_MS = 4000;
/** Test files looked into; a change that raises more suspicions is a matter for people. */
const MOST_FILES = 5;
/** Of what is left of the gate's budget at most so much goes into suspicions; a remark is looked into when less than that is spent. */
const SHARE = 0.5;
const SHARE_OF_REMARKS = 0.3;
/** Test files of the change that are asked whether they catch what an old one caught. */
const MOST_SUCCESSORS = 5;

/** True when runs could decide something here. */
export const worthConfirming = ({ answers, budgetMs }: Pick<ConfirmOrder, "answers" | "budgetMs">): boolean => budgetMs >= LEAST_MS && anySuspicion(answers);

/**
 * Looks into suspicions about tests by running them: the tests as they were on the changed code, and faults in that code against the tests as they
 * were and as they are. Undefined when nothing could be looked into. What ran out of time says so, and decides nothing.
 */
export async function confirmTests(order: ConfirmOrder, ports: ConfirmPorts): Promise<Confirmation | undefined> {
  const { change } = order;
  const started = ports.clock.ticks();
  const used = (): number => ports.clock.ticks() - started;
  ports.progress.says("looking into suspicions about the tests by running them");
  const files = await readTestFiles(change, ports);
  const all = suspicionsIn(order.answers, change, files);
  const suspicions = all.filter(({ tests }) => tests.length > 0);
  if (suspicions.length === 0) return all.length === 0 ? undefined : confirmationOf(change, all, [], "nothing was run");
  const setups = await ports.executor.detect(change.headTree, order.declaredSetups);
  if (setups.every((setup) => setup.declare !== undefined)) return undefined;
  const trees: Trees = { old: await overlayTree(ports.repository, change.headTree, change.mergeBase, overlaysOf(change).overlay), head: change.headTree, base: change.mergeBaseTree };
  const [old, head] = [await mapCode(trees.old, order.packageNames, ports), suspicions.some(({ check }) => check === "tests/vacuous") ? await mapCode(trees.head, order.packageNames, ports) : undefined];
  if (old === undefined) return undefined;
  const says = (words: string): void => ports.progress.says(words);
  const about = { setups, signal: ports.signal, onProgress: says, ...(order.isolation && { isolation: order.isolation }) };
  const examined: Examined[] = [];
  let isolation: string | undefined;
  const groups = groupsOf(suspicions);
  for (const [index, group] of groups.entries()) {
    const mayUse = Math.min(order.budgetMs, Math.max(LEAST_MS, order.budgetMs * (group.remark ? SHARE_OF_REMARKS : SHARE)));
    const left = (): number => (ports.signal.aborted ? 0 : mayUse - used());
    const waiting = groups.slice(index).filter(({ remark }) => remark === group.remark).length;
    const vacuous = group.suspicions[0]?.check === "tests/vacuous";
    const code = vacuous ? (head ?? old) : old;
    const laboratory = new Laboratory({ ...about, left, code }, ports);
    const lab: Lab = { code, syntax: ports.syntax, run: (tree, files, limitMs) => laboratory.run(tree, files, limitMs), treeWith: (tree, mutant) => laboratory.treeWith(tree, mutant), left, says };
    const share = { ...group, until: Math.max(500, left() - left() / waiting) };
    if (left() < (index === 0 ? LEAST_MS : LEAST_MS / 2)) break;
    examined.push(vacuous ? await examineVacuous(share, trees.head, lab) : await examineWeakened({ ...share, trees, ...around(change, group.file), before: titlesIn(files.base) }, lab));
    isolation ??= laboratory.isolation;
  }
  return confirmationOf(change, all, examined, isolation ?? "nothing was run");
}

/** Suspicions by check and file: weakened tests first, remarks last. */
function groupsOf(suspicions: readonly Suspicion[]): readonly { readonly file: string; readonly remark: boolean; readonly suspicions: readonly Suspicion[] }[] {
  const groups = new Map<string, Suspicion[]>();
  for (const one of suspicions) {
    const key = `${one.check} ${one.file} ${one.remark ? "remark" : ""}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].slice(0, MOST_FILES).map((some) => ({ file: some[0]?.file ?? "", remark: some[0]?.remark === true, suspicions: some }));
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
  const subject = change.headKind === "commit" ? change.head : change.headTree;
  const facts = outcomes.map(({ check, subject: about, fact, tried, caughtBefore, caughtNow }) => ({ check, about, fact, tried, caughtBefore, caughtNow }));
  return { kind: "confirmation", source: "ran", subject, digest: digestOf({ subject, facts, mutants: mutants.map(({ file, line, before, after }) => ({ file, line, before, after })) }), origin: "the old tests on the changed code, and faults put into it", outcomes, mutants, isolation };
}
