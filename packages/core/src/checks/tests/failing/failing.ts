import type { Observation, Place } from "#kernel";
import { evidenceOf, type TestCase, type TestFailure, type TestRun } from "#evidence";
import { ALL_GATES, defineCheck } from "../../check.ts";
import { groupByCause, type RedTest } from "./group-by-cause.ts";

export const failing = defineCheck({
  id: "tests/failing",
  asks: "Is every test green that was green before?",
  why: "A test that turned red is the plainest fact there is about a change.",
  since: "0.1.0",
  effect: "block",
  gates: ALL_GATES,
  needs: ["test-run"],

  *look({ change, evidence }) {
    const runs = evidenceOf(evidence, "test-run");
    const onHead = runs.filter((run) => run.subject === change.head || run.subject === change.headTree);
    const redBefore = redKeys(runs.filter((run) => run.subject === change.mergeBase || run.subject === change.mergeBaseTree));
    const red = distinct(onHead.flatMap((run) => redTests(run).map((test) => ({ ...test, repeatedGreen: greenInRepeat(test.key, run, onHead) }))));
    const old = red.filter((test) => redBefore.has(test.key));
    const unstable = red.filter((test) => !redBefore.has(test.key) && test.repeatedGreen);
    const broken = red.filter((test) => !redBefore.has(test.key) && !test.repeatedGreen);

    for (const group of groupByCause(broken)) yield brokenBy(group);
    if (unstable.length > 0) yield summary(unstable, "failed and passed on the same code; an unstable test never decides alone", "Make it stable, or quarantine it with its owner's name.");
    if (old.length > 0) yield summary(old, "are red on the merge base too, so this change did not break them", "Nothing to do here; they are listed as existing debt.");
    const passed = onHead.flatMap((run) => run.cases).filter((test) => test.outcome === "passed").length;
    if (red.length === 0 && passed > 0 && onHead.every((run) => run.complete)) yield { answer: "holds", because: `${passed} tests passed${rank(onHead)}.`, subject: "failing", details: { passed } };
  },
});

const rank = (runs: readonly TestRun[]): string => (runs.every((run) => run.source === "reported") ? " (reported)" : "");

const keyOf = (test: TestCase): string => [test.id.file ?? "", ...test.id.suite, test.id.name].join("\u0000");

function redTests(run: TestRun): RedTest[] {
  const cases = run.cases
    .filter((test) => test.outcome === "failed")
    .map((test) => ({ key: keyOf(test), title: [...test.id.suite, test.id.name].join(" › "), failure: failureOf(test), source: run.source, ...(test.id.file && { file: test.id.file }) }));
  const files = run.unloaded.map((unit) => ({ key: `${unit.file}\u0000`, title: unit.file, file: unit.file, failure: unit.failure, source: run.source }));
  return [...cases, ...files];
}

const failureOf = (test: TestCase): TestFailure => test.failure ?? { kind: "unknown", message: "The report gives no reason." };
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

function brokenBy(group: readonly RedTest[]): Observation {
  const [first] = group as [RedTest, ...RedTest[]];
  const more = group.length > 1 ? ` and ${group.length - 1} more with the same cause` : "";
  const surroundings = first.failure.kind === "environment" || first.failure.kind === "missing-package";
  return {
    answer: surroundings ? "unknown" : "broken",
    because: `${first.title}${more}: ${firstLine(first.failure.message)}${first.source === "reported" ? " (reported)" : ""}`,
    fix: surroundings ? "Give the tests what they need (`tests.needs` in proofline.yaml), then run again." : "Make the test pass, or change it together with the behaviour it describes.",
    places: group.slice(0, 10).flatMap(placeOf),
    subject: group.map((test) => test.key).sort().join("\n"),
    excerpt: excerptOf(first.failure.message),
    details: { tests: group.map((test) => test.title).slice(0, 50), kind: first.failure.kind },
  };
}

function placeOf(test: RedTest): Place[] {
  if (test.failure.place) return [test.failure.place];
  return test.file ? [{ file: test.file }] : [];
}

function summary(tests: readonly RedTest[], because: string, fix: string): Observation {
  const titles = tests.map((test) => test.title);
  const shown = titles.length > 2 ? `${titles.length} tests` : titles.join(" and ");
  return {
    answer: "broken",
    effect: "note",
    because: `${shown} ${because}.`,
    fix,
    places: tests.slice(0, 10).flatMap(placeOf),
    subject: `${because}\n${tests.map((test) => test.key).sort().join("\n")}`,
    details: { tests: titles.slice(0, 50) },
  };
}

/** What a person needs of a failure in one line: a heading such as "Expected values to be equal:" takes the next line along. */
function firstLine(message: string): string {
  const [first = "no message", second] = printed(message);
  const line = first.endsWith(":") && second !== undefined ? `${first} ${second}` : first;
  return line.length > 160 ? `${line.slice(0, 159)}…` : line;
}

const printed = (message: string): string[] => message.split("\n").map((line) => line.trimEnd()).filter((line) => line.trim() !== "");

/** The message itself where it says more than its first line; never a stack. */
function excerptOf(message: string): string[] {
  const lines = printed(message).filter((line) => !/^\s+at\s/.test(line));
  return lines.length > 2 ? lines.slice(0, 8) : [];
}
