import { describe, expect, test } from "vitest";
import { alarmsOf, judgeFiles } from "./judge-files.ts";
import { RUNNERS, type Runner } from "./runners.ts";

/** What was there and what was made of it; undefined where a runner has no word for it. */
type Edit = (runner: Runner) => readonly [before: string, after: string] | undefined;

const pair = (before: string, after: string | undefined): readonly [string, string] | undefined => (after === undefined ? undefined : [before, after]);
const isPython = ({ path }: Runner): boolean => path.endsWith(".py");
const onWindows = (runner: Runner): string => (isPython(runner) ? 'sys.platform == "win32"' : 'process.platform === "win32"');

const adds = (runner: Runner): string => runner.test("adds", runner.equal("total([1])", "1"));
const second = (runner: Runner): string => runner.test("refuses what is no list", runner.throwsThat("total(7)", "TypeError"), runner.equal("total([])", "0"));
const both = (runner: Runner, ...more: string[]): string => [adds(runner), ...more].join("\n");

/** Every kind of tampering, what is said of it, and the innocent edit that looks like it. */
const KINDS: readonly (readonly [name: string, planted: Edit, says: string, twin: Edit])[] = [
  ["skipped", (r) => [adds(r), r.skip("adds", r.equal("total([1])", "1"))], "block test-skipped", (r) => [r.skip("adds", r.equal("total([1])", "1")), adds(r)]],
  ["a todo", (r) => pair(adds(r), r.todo?.("adds")), "block test-skipped", (r) => pair(adds(r), r.todo && both(r, r.todo("takes a currency")))],
  ["the only one left", (r) => pair(both(r, second(r)), r.only && `${r.only("adds", r.equal("total([1])", "1"))}\n${second(r)}`), "block test-focused", (r) => pair(r.only?.("adds", r.equal("total([1])", "1")) ?? "", r.only && adds(r))],
  ["left out where a condition holds", (r) => pair(adds(r), r.skipIf?.("adds", onWindows(r), r.equal("total([1])", "1"))), "ask test-conditional", (r) => pair(adds(r), r.skipIf && both(r, r.skipIf("adds files", onWindows(r), r.equal('total(["/a"])', "1"))))],
  ["expected to fail", (r) => pair(adds(r), r.fails?.("adds", r.equal("total([1])", "1"))), "ask failure-expected", (r) => pair(r.fails?.("adds", r.equal("total([1])", "1")) ?? "", r.fails && adds(r))],
  ["tried again when it fails", (r) => pair(adds(r), r.retried?.("adds", r.equal("total([1])", "1"))), "ask retries-raised", (r) => pair(r.retried?.("adds", r.equal("total([1])", "1")) ?? "", r.retried && adds(r))],
  ["commented out", (r) => [both(r, second(r)), both(r, r.commentedOut(second(r)))], "block test-skipped", (r) => [both(r, r.commentedOut(second(r))), adds(r)]],
  ["deleted", (r) => [both(r, second(r)), adds(r)], "ask test-removed", (r) => [both(r, r.skip("refuses what is no list", r.throwsThat("total(7)", "TypeError"))), adds(r)]],
  ["a check is gone", (r) => [r.test("adds", r.equal("total([1])", "1"), r.equal("total([2, 3])", "5")), adds(r)], "ask assertion-removed", (r) => [r.test("adds", r.equal("total([1])", "1"), r.equal("total([1])", "1")), adds(r)]],
  ["a check is commented out", (r) => [r.test("adds", `${r.equal("total([1])", "1")}\n`, r.equal("total([2, 3])", "5")), r.test("adds", `${r.equal("total([1])", "1")}\n`, `${r.commentedOut(r.equal("total([2, 3])", "5"))}\n`)], "ask assertion-removed", (r) => [r.test("adds", `${r.equal("total([1])", "1")}\n`, `${r.commentedOut(r.equal("total([2, 3])", "5"))}\n`), adds(r)]],
  ["all checks are gone", (r) => [adds(r), r.test("adds", "total([1])")], "ask test-emptied", (r) => [r.test("adds", "total([1])"), adds(r)]],
  ["a value becomes truth", (r) => [adds(r), r.test("adds", r.truthy("total([1])"))], "ask assertion-loosened", (r) => [r.test("adds", r.truthy("total([1])")), adds(r)]],
  ["a value becomes a part of it", (r) => [r.test("lists", r.deep("total([1])", "[1, 2]")), r.test("lists", r.contains("total([1])", "1"))], "ask assertion-loosened", (r) => [r.test("lists", r.contains("total([1])", "1")), r.test("lists", r.deep("total([1])", "[1, 2]"))]],
  ["an error becomes any error", (r) => [r.test("refuses", r.throwsThat("total(7)", "TypeError")), r.test("refuses", r.throwsAny("total(7)"))], "ask assertion-loosened", (r) => [r.test("refuses", r.throwsAny("total(7)")), r.test("refuses", r.throwsThat("total(7)", "TypeError"))]],
  ["a failure becomes a success", (r) => [r.test("refuses", r.throwsThat("total(7)", "TypeError")), r.test("refuses", r.equal("total(7)", "0"))], "ask assertion-removed", (r) => [r.test("refuses", r.equal("total(7)", "0"), r.throwsAny("total(8)")), r.test("refuses", r.equal("total(7)", "0"), r.throwsThat("total(8)", "TypeError"))]],
  ["another value is expected", (r) => [adds(r), r.test("adds", r.equal("total([1])", "2"))], "ask expectation-changed", (r) => [adds(r), r.test("sums up", r.equal("total([1])", "1"))]],
  ["swallowed", (r) => [adds(r), r.test("adds", r.swallowed(r.equal("total([1])", "1")))], "ask failure-swallowed", (r) => [r.test("adds", r.swallowed(r.equal("total([1])", "1"))), adds(r)]],
  ["where it never runs", (r) => [adds(r), r.test("adds", r.never(r.equal("total([1])", "1")))], "ask assertion-unreachable", (r) => [r.test("adds", r.never(r.equal("total([1])", "1"))), adds(r)]],
  ["a row is gone", (r) => pair(r.table?.("adds", [["[1]", "1"], ["[2, 3]", "5"], ["[-1]", "-1"]]) ?? "", r.table?.("adds", [["[1]", "1"], ["[2, 3]", "5"]])), "ask rows-removed", (r) => pair(r.table?.("adds", [["[1]", "1"], ["[2, 3]", "5"]]) ?? "", r.table?.("adds", [["[2, 3]", "5"], ["[1]", "1"], ["[7]", "7"]]))],
  ["a table is gone", (r) => pair(r.table?.("adds", [["[11]", "11"], ["[22, 33]", "55"], ["[-44]", "-44"]]) ?? "", r.table && r.test("adds", r.equal("total([11])", "11"))), "ask rows-removed", (r) => pair(r.table?.("adds", [["[11]", "11"], ["[22, 33]", "55"]]) ?? "", r.table && [r.test("adds", r.equal("total([11])", "11")), r.test("adds two", r.equal("total([22, 33])", "55"))].join("\n"))],
];

describe.each(RUNNERS.map((runner) => [runner.name, runner] as const))("%s", (_, runner) => {
  const judged = async ([before, after]: readonly [string, string]): Promise<readonly string[]> => alarmsOf(await judgeFiles({ [runner.path]: `${runner.opening}\n${before}\n` }, { [runner.path]: `${runner.opening}\n${after}\n` }));
  const said = KINDS.flatMap(([name, planted, says, twin]) => {
    const [edit, innocent] = [planted(runner), twin(runner)];
    return edit === undefined || innocent === undefined ? [] : [{ name, edit, says, innocent }];
  });

  test.each(said)("$name: found", async ({ edit, says }) => expect(await judged(edit)).toContain(says));

  test.each(said)("$name: its innocent twin is quiet", async ({ innocent }) => expect(await judged(innocent)).toEqual([]));
});
