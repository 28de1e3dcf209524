import { expect, test } from "vitest";
import { testKey, type TestCase, type TestRun } from "#evidence";
import type { Facts } from "../../check.ts";
import { failing } from "./failing.ts";

const test_ = (outcome: TestCase["outcome"], name = "adds"): TestCase => ({ id: { file: "a.test.js", suite: [], name }, outcome, ...(outcome === "failed" && { failure: { kind: "assertion", message: "no" } }) });

const run = (cases: readonly TestCase[], over: Partial<TestRun> = {}): TestRun => ({
  kind: "test-run",
  source: "ran",
  subject: "head",
  digest: "sha256:0",
  origin: "node:test",
  tool: "node:test",
  cases,
  unloaded: [],
  complete: true,
  ...over,
});

const look = (...evidence: readonly TestRun[]): string[] => lookWith(undefined, ...evidence);

const lookWith = (flakes: Facts["flakes"], ...evidence: readonly TestRun[]): string[] =>
  [...failing.look({ change: { head: "head", headTree: "tree", mergeBase: "base", mergeBaseTree: "basetree", files: [] }, evidence, flakes } as unknown as Facts)].map(({ answer, effect }) => `${answer}${effect ? ` (${effect})` : ""}`);

const onBase = run([test_("passed")], { subject: "base" });

test("red, and red again in our own repeat, is broken", () => {
  expect(look(run([test_("failed")]), run([test_("failed")]), onBase)).toEqual(["broken"]);
});

test("red of a test known to be flaky decides nothing; of another it does", () => {
  const flakes = new Map([[testKey({ file: "a.test.js", suite: [], name: "adds" }), { title: "adds", sightings: 1, passed: 1, failed: 1 }]]);
  const both = (): TestRun => run([test_("failed"), test_("failed", "subtracts")]);
  expect(lookWith(flakes, run([test_("failed")]), run([test_("failed")]), onBase)).toEqual([]);
  expect(lookWith(flakes, both(), both(), { ...onBase, cases: [test_("passed"), test_("passed", "subtracts")] })).toEqual(["broken"]);
});

test("red without a repeat, or without the merge base, is not this change's fault yet", () => {
  expect(look(run([test_("failed")]), onBase)).toEqual(["broken (note)"]);
  expect(look(run([test_("failed")]), run([test_("failed")]))).toEqual(["broken (note)"]);
  expect(look(run([test_("failed")]), run([test_("failed")]), { ...onBase, cases: [], complete: false })).toEqual(["broken (note)"]);
});

test("runs that another file's crash broke off still count for the tests they got to", () => {
  const broken = { complete: false, because: "the runner ended without its closing report" };
  expect(look(run([test_("failed")], broken), run([test_("failed")], broken), { ...onBase, ...broken })).toEqual(["broken"]);
  expect(look(run([test_("failed")], broken), run([test_("failed")], broken), { ...onBase, ...broken, cases: [test_("passed", "another")] })).toEqual(["broken (note)"]);
});

test("red, then green in our own repeat on the same tree, decides nothing: tests/flaky names it", () => {
  expect(look(run([test_("failed")]), run([test_("passed")]))).toEqual([]);
});

test("a report excuses nothing: neither a red of ours nor the red of another job", () => {
  expect(look(run([test_("failed")]), run([test_("failed")]), onBase, run([test_("passed")], { source: "reported", origin: "junit.xml" }))).toEqual(["broken"]);
  expect(look(run([test_("failed")], { source: "reported", origin: "windows.xml" }), run([test_("passed")], { source: "reported", origin: "linux.xml" }))).toEqual(["broken"]);
});

test("two tests of one name in one run, one of them red, are red", () => {
  const both = run([test_("failed"), test_("passed")]);
  expect(look(both, { ...both }, onBase)).toEqual(["broken"]);
});

test("red on the merge base too is existing debt", () => {
  expect(look(run([test_("failed")]), run([test_("failed")], { subject: "base" }))).toEqual(["broken (note)"]);
});

test("green holds only for a run that came to its end", () => {
  expect(look(run([test_("passed")]))).toEqual(["holds"]);
  expect(look(run([test_("passed")], { complete: false, because: "out of time" }))).toEqual([]);
});

test("many reds of one file are one finding that names them with what each says", () => {
  const reds = Array.from({ length: 9 }, (_, at): TestCase => ({ id: { file: "a.test.js", suite: [], name: `case ${at}` }, outcome: "failed", failure: { kind: "assertion", message: `${at} is not 10`, place: { file: "a.test.js", line: at + 1 } } }));
  const base = run(reds.map(({ id }) => ({ id, outcome: "passed" })), { subject: "base" });
  const [one, ...more] = failing.look({ change: { head: "head", headTree: "tree", mergeBase: "base", mergeBaseTree: "basetree", files: [] }, evidence: [run(reds), run(reds), base] } as unknown as Facts);
  expect(more).toEqual([]);
  expect(one).toMatchObject({ because: "case 0 and 8 more of a.test.js: 0 is not 10" });
  expect(one?.excerpt).toEqual([...Array.from({ length: 7 }, (_, at) => `case ${at}: ${at} is not 10`), "and 2 more"]);
});

test("a test without a name is told by its suite", () => {
  const nameless = (outcome: TestCase["outcome"]): TestCase => ({ ...test_(outcome, ""), id: { file: "a.test.js", suite: ["slashes"], name: "" } });
  const facts = { change: { head: "head", headTree: "tree", mergeBase: "base", mergeBaseTree: "basetree", files: [] }, evidence: [run([nameless("failed")]), run([nameless("failed")]), run([nameless("passed")], { subject: "base" })] } as unknown as Facts;
  expect([...failing.look(facts)].map(({ because }) => because)).toEqual(["slashes: no"]);
});
