import { tellingLines, type Observation, type Place } from "#kernel";
import type { Change } from "#change";
import { evidenceOf, neverStarted, testKey, titleOfTest, type TestCase, type TestFailure, type TestRun } from "#evidence";
import { ALL_GATES, defineCheck } from "../../check.ts";
import { changedSource } from "./changed-source.ts";
import { groupByCause, groupByFile, nameOf, type RedTest } from "./group-by-cause.ts";

export const failing = defineCheck({
  id: "tests/failing",
  asks: "Is every test green that was green before?",
  why: "A test that turned red is the plainest fact there is about a change.",
  since: "0.1.0",
  effect: "block",
  gates: ALL_GATES,
  needs: ["test-run"],

  *look({ change, evidence, flakes }) {
    const runs = evidenceOf(evidence, "test-run");
    const onHead = runs.filter((run) => run.subject === change.head || run.subject === change.headTree);
    const redBefore = redKeys(runs.filter((run) => run.subject === change.mergeBase || run.subject === change.mergeBaseTree));
    const red = distinct(onHead.flatMap((run) => redTests(run).map((test) => ({ ...test, repeatedGreen: greenInRepeat(test.key, run, onHead), confirmed: isConfirmed(test, run, runs, change) }))));
    // Where nothing starts on either side no test is red: tests/none-ran says that nothing ran.
    const silent = new Set(onHead.filter(neverStarted).flatMap(redTests).map((test) => test.key));
    const old = red.filter((test) => redBefore.has(test.key) && !silent.has(test.key));
    // What passed on the same code, now or in earlier commands, decides nothing alone: tests/flaky names it.
    const fresh = red.filter((test) => !redBefore.has(test.key) && !test.repeatedGreen && !flakes?.has(test.key));
    const broken = fresh.filter((test) => test.confirmed);
    const open = fresh.filter((test) => !test.confirmed);

    for (const group of groupByFile(groupByCause(broken), ofSurroundings)) yield brokenBy(group, change);
    if (open.length > 0) yield summary(open, "red here, and time ended before a repeat and the merge base could say whether this change did it", "Run again with a larger --budget; what is cached is not run twice.", "unsettled");
    if (old.length > 0) yield summary(old, "red on the merge base too, so not broken by this change", "Nothing to do here; they are listed as existing debt.", "older");
    const passed = onHead.flatMap((run) => run.cases).filter((test) => test.outcome === "passed").length;
    if (red.length === 0 && passed > 0 && onHead.every((run) => run.complete)) yield { answer: "holds", because: `${passed} tests passed${rank(onHead)}.`, subject: "failing", details: { passed } };
  },
});

const rank = (runs: readonly TestRun[]): string => (runs.every((run) => run.source === "reported") ? " (reported)" : "");

const keyOf = (test: TestCase): string => testKey(test.id);
const keyOfFile = (file: string): string => testKey({ file, suite: [], name: "" });

function redTests(run: TestRun): RedTest[] {
  const cases = run.cases
    .filter((test) => test.outcome === "failed")
    .map((test) => ({ key: keyOf(test), title: titleOfTest(test.id), failure: failureOf(test), source: run.source, ...(test.id.file && { file: test.id.file }) }));
  const files = run.unloaded.map((unit) => ({ key: keyOfFile(unit.file), title: unit.file, file: unit.file, failure: unit.failure, source: run.source }));
  return [...cases, ...files];
}

const failureOf = (test: TestCase): TestFailure => test.failure ?? { kind: "unknown", message: "The report gives no reason." };
/**
 * A red of our own counts against a change once its file ran again on the head and ran on the merge base: without both it may be
 * unstable, or older than the change. A reported red is what its reporter says it is.
 */
function isConfirmed(test: RedTest, run: TestRun, runs: readonly TestRun[], change: Change): boolean {
  if (run.source === "reported") return true;
  // A run that broke off, by another file's crash say, still speaks of the tests it got to.
  const reached = (other: TestRun): boolean => other.cases.some((one) => keyOf(one) === test.key && one.outcome !== "skipped") || other.unloaded.some((unit) => keyOfFile(unit.file) === test.key);
  const covers = (other: TestRun): boolean => other.source === "ran" && (reached(other) || (other.complete && (other.selection === undefined || test.file === undefined || other.selection.includes(test.file))));
  const onBase = (other: TestRun): boolean => other.subject === change.mergeBase || other.subject === change.mergeBaseTree;
  // A test file the change brings was not there before: nothing older can be to blame.
  const isNew = change.files.some((file) => file.path === test.file && file.status === "added");
  return runs.some((other) => other !== run && other.subject === run.subject && covers(other)) && (isNew || runs.some((other) => onBase(other) && covers(other)));
}

/**
 * True when a repeat of our own, of the same command on the same tree, passed what was red here. A report can't excuse a red: two jobs
 * of a matrix are two facts, and anybody could hand in a green one.
 */
function greenInRepeat(key: string, run: TestRun, onHead: readonly TestRun[]): boolean {
  const repeats = onHead.filter((other) => other !== run && other.source === "ran" && run.source === "ran" && other.tool === run.tool && other.origin === run.origin);
  return repeats.some((other) => other.cases.some((test) => keyOf(test) === key && test.outcome === "passed") && !redTests(other).some((test) => test.key === key));
}

const redKeys = (runs: readonly TestRun[]): Set<string> => new Set(runs.flatMap(redTests).map((test) => test.key));
/** One entry per test; stable in any run means red. */
const distinct = <T extends RedTest & { readonly repeatedGreen: boolean }>(tests: readonly T[]): T[] =>
  [...new Map([...tests].sort((a, b) => Number(b.repeatedGreen) - Number(a.repeatedGreen)).map((test) => [test.key, test])).values()];

/** Red because of the machine it ran on. */
const ofSurroundings = ({ failure }: RedTest): boolean => failure.kind === "environment" || failure.kind === "missing-package";

function brokenBy(group: readonly RedTest[], change: Change): Observation {
  const [first] = group as [RedTest, ...RedTest[]];
  const oneCause = groupByCause(group).length === 1;
  const more = group.length > 1 ? ` and ${group.length - 1} more ${oneCause ? "with the same cause" : `of ${nameOf(group) ?? "the same file"}`}` : "";
  const surroundings = ofSurroundings(first);
  const source = surroundings ? undefined : changedSource(group, change);
  return {
    answer: surroundings ? "unknown" : "broken",
    because: `${first.title}${more}: ${firstLine(first.failure.message)}${first.source === "reported" ? " (reported)" : ""}`,
    fix: surroundings ? "Give the tests what they need (`tests.needs` in proofline.yaml), then run again." : "Make the test pass, or change it together with the behaviour it describes.",
    places: group.slice(0, 10).flatMap(placeOf),
    subject: group.map((test) => test.key).sort().join("\n"),
    excerpt: oneCause ? excerptOf(first.failure.message) : listed(group),
    details: { tests: group.map((test) => test.title).slice(0, 50), kind: first.failure.kind, ...(source && { source }) },
  };
}

function placeOf(test: RedTest): Place[] {
  // A stack may start inside Node, a package or a loader: a place is a file of the repository or it is none.
  const place = test.failure.place;
  const own = place && !/^(?:\/|\.\.|node:|[a-z]+:\/\/)|(?:^|\/)node_modules\//i.test(place.file);
  if (place && own) return [place];
  return test.file ? [{ file: test.file }] : [];
}

function summary(tests: readonly RedTest[], because: string, fix: string, why: "unsettled" | "older"): Observation {
  const titles = tests.map((test) => test.title);
  const shown = titles.length > 2 ? `${titles.length} tests are` : titles.length === 2 ? `${titles.join(" and ")} are` : `${titles.join("")} is`;
  return {
    answer: "broken",
    effect: "note",
    because: `${shown} ${because}.`,
    fix,
    places: tests.slice(0, 10).flatMap(placeOf),
    subject: `${because}\n${tests.map((test) => test.key).sort().join("\n")}`,
    details: { tests: titles.slice(0, 50), of: titles.length, why },
  };
}

/** What a person needs of a failure in one line: a heading such as "Expected values to be equal:" takes the next line along. */
function firstLine(message: string): string {
  const [first = "no message", second] = printed(message);
  const line = first.endsWith(":") && second !== undefined ? `${first} ${second}` : first;
  return line.length > 160 ? `${line.slice(0, 159)}…` : line;
}

const printed = (message: string): string[] => message.split("\n").map((line) => line.trimEnd()).filter((line) => line.trim() !== "");

/** Tests listed of a file whose reds have several causes. */
const MOST_LISTED = 7;

/** Each with what it says: behind one of them may stand another mistake than behind the first. */
function listed(group: readonly RedTest[]): string[] {
  const lines = group.slice(0, MOST_LISTED).map(({ title, failure }) => `${title}: ${firstLine(failure.message)}`);
  return group.length > MOST_LISTED ? [...lines, `and ${group.length - MOST_LISTED} more`] : lines;
}

/** The message itself where it says more than its first line; never a stack. */
function excerptOf(message: string): string[] {
  const lines = tellingLines(message, 8);
  return lines.length > 2 ? lines : [];
}
