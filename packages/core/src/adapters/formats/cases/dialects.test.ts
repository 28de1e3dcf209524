import { describe, expect, test } from "vitest";
import type { TestCase, TestRun } from "#evidence";
import { createReportReader } from "../index.ts";

const run = async (text: string, paths?: readonly string[]): Promise<TestRun> => {
  const [evidence] = await createReportReader().read(
    { path: "r", bytes: Buffer.from(text), modifiedAt: Date.now() },
    { subject: "s", root: "/repo", ...(paths ? { paths: new Set(paths) } : {}) },
  );
  return evidence as TestRun;
};
const told = (cases: readonly TestCase[]): unknown => cases.map(({ id, outcome }) => [...id.suite, id.name, outcome].join(" | "));

describe("JUnit", () => {
  test("several roots are one run", async () => {
    const one = '<?xml version="1.0"?>\n<testsuite name="a" tests="1"><testcase name="x" classname="a"/></testsuite>\n';
    expect((await run(one + one.replace('"x"', '"y"'))).cases.map((test) => test.id.name)).toEqual(["x", "y"]);
  });

  test("prefixed elements and attributes are known by their local names", async () => {
    expect(
      told((await run('<j:testsuite xmlns:j="urn:x" j:name="s"><j:testcase j:name="a" classname="s"><j:skipped/></j:testcase></j:testsuite>')).cases),
    ).toEqual(["s | a | skipped"]);
  });

  test("a case told twice is kept twice: whoever reads it sees both results", async () => {
    expect(
      told((await run('<testsuite name="s"><testcase name="a" classname="s"><failure/></testcase><testcase name="a" classname="s"/></testsuite>')).cases),
    ).toEqual(["s | a | failed", "s | a | passed"]);
  });

  test("reruns and flaky attempts are counted, the last result decides", async () => {
    const { cases } = await run(
      '<testsuite name="s"><testcase name="a"><failure message="no"/><rerunFailure/><rerunError/></testcase><testcase name="b"><flakyFailure/><flakyError/></testcase></testsuite>',
    );
    expect(cases.map(({ outcome, retries }) => [outcome, retries])).toEqual([
      ["failed", 2],
      ["passed", 2],
    ]);
  });

  test.each([
    ["1,234.5", 1_234_500],
    ["0,25", 250],
    ["0.0015", 1.5],
    ["-1", undefined],
    ["<<computed>>", undefined],
    ["", undefined],
  ])("a time of %j seconds", async (time, durationMs) => {
    expect((await run(`<testsuite><testcase name="a" time="${time.replaceAll("<", "&lt;")}"/></testsuite>`)).cases[0]?.durationMs).toBe(durationMs);
  });

  test("failures that are counted but not listed make the run incomplete; missing tests are noted", async () => {
    expect(await run('<testsuites tests="3" failures="2"><testsuite name="s"><testcase name="a"><failure/></testcase></testsuite></testsuites>')).toMatchObject(
      {
        complete: false,
        because: "the report counts 2 failures and errors but lists 1",
        notes: ["the report counts 3 tests but lists 1"],
      },
    );
  });

  test("a suite that could not be set up is red even without a case", async () => {
    expect(told((await run('<testsuite name="com.acme.A"><error message="no database"/></testsuite>')).cases)).toEqual(["com.acme.A | (set-up) | failed"]);
  });

  test("a Java class is found in the tree, its failure at its own line and not in the library's", async () => {
    const text =
      '<testsuite name="com.acme.FooTest"><testcase name="a" classname="com.acme.FooTest"><failure type="java.lang.AssertionError" message="no">java.lang.AssertionError: no\n\tat org.junit.Assert.fail(Assert.java:89)\n\tat com.acme.FooTest.a(FooTest.java:12)</failure></testcase></testsuite>';
    const [found] = (await run(text, ["app/src/test/java/com/acme/FooTest.java", "lib/FooTest.java"])).cases;
    expect(found).toMatchObject({
      id: { file: "app/src/test/java/com/acme/FooTest.java" },
      failure: { kind: "assertion", place: { file: "app/src/test/java/com/acme/FooTest.java", line: 12 } },
    });
  });

  test("a message of megabytes is kept to what people read", async () => {
    const { cases } = await run(
      `<testsuite><testcase name="a"><failure message="${"m".repeat(3_000_000)}">${"t".repeat(3_000_000)}</failure></testcase></testsuite>`,
    );
    expect(cases[0]?.failure?.message.length).toBe(2000);
  });
});

describe("TAP", () => {
  test.each([
    ["is whole when the plan is met", "1..2\nok 1\nok 2\n", undefined],
    ["may tell its plan last", "TAP version 14\nok 1 - a\n1..1\n", undefined],
    ["may plan nothing", "TAP version 14\n1..0 # skip not today\n", undefined],
    ["without a plan ended early", "TAP version 13\nok 1 - a\n", "the run has no plan: it ended before it could say how many tests there are"],
    ["that planned more ended early", "1..3\nok 1\nok 2\n", "the run planned 3 tests and reported 2"],
    ["whose subtest planned more ended early", "TAP version 14\n    1..2\n    ok 1 - a\nok 1 - sub\n1..1\n", 'subtest "sub" planned 2 tests and reported 1'],
    ["that bailed out ended early", "1..2\nok 1\nBail out! no database\n", "the run bailed out: no database"],
    ["cut off in a block ended early", "1..1\nnot ok 1 - a\n  ---\n  message: x\n", "it ends inside a diagnostic block"],
  ])("%s", async (_, text, because) => {
    const found = await run(text);
    expect([found.complete, found.because]).toEqual([because === undefined, because]);
  });

  test("nests subtests by indentation and by braces", async () => {
    const text =
      "TAP version 14\n# Subtest: outer\n    # Subtest: inner\n        ok 1 - leaf\n        1..1\n    ok 1 - inner\n    1..1\nok 1 - outer\nok 2 - braced {\n    not ok 1 - part\n    1..1\n}\n1..2\n";
    expect(told((await run(text)).cases)).toEqual(["outer | inner | leaf | passed", "braced | part | failed"]);
  });

  test("knows directives, escapes and points without description", async () => {
    expect(told((await run("1..5\nok 1 - a # SKIP not here\nnot ok 2 - b # TODO later\nok 3 - c \\# 1\nok\nok 5 # skip\n")).cases)).toEqual(
      [" | a | skipped", " | b | todo", " | c # 1 | passed", " |  | passed", " |  | skipped"].map((text) => text.slice(3)),
    );
  });

  test("a parent that fails while its parts pass is red itself", async () => {
    expect(told((await run("TAP version 14\n    ok 1 - part\n    1..1\nnot ok 1 - parent\n1..1\n")).cases)).toEqual([
      "parent | part | passed",
      "parent | failed",
    ]);
  });

  test("a block that is no YAML, or a trap for YAML readers, is quoted", async () => {
    const bomb = "  a: &a [x, x]\n  b: &b [*a, *a]\n  c: [*b, *b]\n";
    const { cases } = await run(`1..2\nnot ok 1 - a\n  ---\n${bomb}  ...\nnot ok 2 - b\n  ---\n  : : [\n  ...\n`);
    expect(cases.map((test) => test.failure?.message.slice(0, 9))).toEqual(["a: &a [x,", ": : ["]);
  });

  test("a test printing what looks like a result inside a block adds none", async () => {
    expect(told((await run("1..1\nnot ok 1 - a\n  ---\n  message: |-\n    ok 2 - fake\n  ok 3 - fake\n  ...\n")).cases)).toEqual(["a | failed"]);
  });
});

test("spec output without its summary is incomplete", async () => {
  expect(await run("▶ group\n  ✔ a (1.5ms)\n  ✖ b (2ms)\n")).toMatchObject({
    complete: false,
    cases: [{ id: { suite: ["group"], name: "a" } }, { outcome: "failed" }],
  });
});

test("CTRF suites may be a list or one text, and a flaky pass says how often it was tried", async () => {
  const of = (test: object): string =>
    JSON.stringify({ results: { tool: { name: "t" }, summary: { failed: 0 }, tests: [{ name: "g x", status: "passed", ...test }] } });
  expect(told((await run(of({ suite: ["f", "g"] }))).cases)).toEqual(["f | g | g x | passed"]);
  expect((await run(of({ suite: "g", retries: 2, flaky: true, tags: ["@slow"], labels: { criterion: "ST-a#AC-1", priority: 1 } }))).cases[0]).toMatchObject({
    id: { suite: ["g"], name: "x" },
    retries: 2,
    labels: ["@slow", "criterion=ST-a#AC-1", "priority=1"],
  });
});
