import { describe, expect, it } from "vitest";
import { describeFiles, type DiffFile } from "#change";
import type { TestFailure } from "../evidence.ts";
import { newNames } from "./new-names.ts";
import { whyRed, type RedContext } from "./why-red.ts";

const diffOf = (path: string, added: readonly string[], status: DiffFile["status"] = "modified"): DiffFile => ({
  path,
  status,
  binary: false,
  added: added.length,
  deleted: 0,
  hunks: [{ baseStart: 1, baseCount: 0, headStart: 1, headCount: added.length, heading: "", lines: added.map((text, index) => ({ op: "+" as const, text, line: index + 1 })) }],
  ...(status !== "added" && { baseBlob: "1".repeat(40) }),
  headBlob: "2".repeat(40),
});

const files = describeFiles({
  diff: { files: [diffOf("src/price.ts", ["export const roundHalfUp = (n: number) => Math.round(total(n));", "exports.inner = inner;", "  rows.map(parse)"]), diffOf("src/money/index.ts", ["export class Money {}"], "added"), diffOf("test/price.test.ts", ["onlyInTheTest()"])], gaps: [] },
  intent: { areas: [] },
  packageDirs: [],
});
const LINES: Readonly<Record<string, string>> = { "test/price.test.ts:3": "  expect(price.roundHalfUp.cents()).toBe(1)", "test/price.test.ts:4": "  expect(result.items.length).toBe(1)" };
const context: RedContext = {
  names: newNames(files, ["export const total = (n: number) => n;\nfunction inner() {}\nfunction parse() {}"]),
  isTestSide: (path) => path.startsWith("test/"),
  lineAt: (file, line) => LINES[`${file}:${line}`],
};
const why = (failure: TestFailure): string => whyRed(failure, context);

describe("why a test is red on the code before the change", () => {
  it("an expectation failed", () => {
    expect(why({ kind: "assertion", message: "expected 1 to be 2" })).toBe("assertion");
  });

  it("the tested code threw", () => {
    expect(why({ kind: "error", message: "RangeError: Maximum call stack size exceeded", place: { file: "src/price.ts", line: 9 } })).toBe("expected-error");
  });

  it("the tested code gave something else, and the test stumbled over it", () => {
    expect(why({ kind: "error", message: "TypeError: Cannot read properties of undefined (reading 'length')", place: { file: "test/price.test.ts", line: 4 } })).toBe("expected-error");
  });

  it.each([
    ["a function the change adds", { kind: "error", message: "TypeError: price.roundHalfUp is not a function", missing: "roundHalfUp", place: { file: "test/price.test.ts", line: 2 } }],
    ["a property of what the change adds", { kind: "error", message: "TypeError: Cannot read properties of undefined (reading 'cents')", place: { file: "test/price.test.ts", line: 3 } }],
    ["a function that was there, and that the change exports", { kind: "error", message: "TypeError: utils.inner is not a function", missing: "inner", place: { file: "test/price.test.ts", line: 4 } }],
    ["an export the change adds", { kind: "load", message: "does not provide an export named 'roundHalfUp'", missing: "roundHalfUp" }],
    ["a file the change adds", { kind: "load", message: "Cannot find module '../src/money/index.js'", missing: "../src/money/index.js" }],
    ["a folder of it", { kind: "load", message: "Cannot find module '../src/money'", missing: "../src/money" }],
  ] as const)("it needs %s", (_, failure) => {
    expect(why(failure)).toBe("absent-before");
  });

  it("a missing function counts as the bug when the tested code itself calls it", () => {
    expect(why({ kind: "error", message: "TypeError: roundHalfUp is not a function", missing: "roundHalfUp", place: { file: "src/price.ts", line: 2 } })).toBe("expected-error");
  });

  it("a throw inside the source is the source's, whatever the test's line names", () => {
    const thrownAt = { file: "src/price.ts", line: 9 };
    expect(why({ kind: "error", message: "TypeError: Cannot read properties of undefined (reading 'cents')", place: { file: "test/price.test.ts", line: 3 }, thrownAt })).toBe("expected-error");
    expect(why({ kind: "error", message: "ReferenceError: digits is not defined", missing: "digits", place: { file: "test/price.test.ts", line: 3 }, thrownAt })).toBe("expected-error");
  });

  it("a name that was there before is not absent", () => {
    expect(why({ kind: "error", message: "TypeError: items.map is not a function", missing: "map", place: { file: "test/price.test.ts", line: 4 } })).toBe("expected-error");
    expect(why({ kind: "error", message: "TypeError: parse is not a function", missing: "parse", place: { file: "test/price.test.ts", line: 4 } })).toBe("expected-error");
    expect(why({ kind: "error", message: "TypeError: total is not a function", missing: "total", place: { file: "test/price.test.ts", line: 2 } })).toBe("expected-error");
  });

  it("what only the tests add is not the change's", () => {
    expect(why({ kind: "load", message: "Cannot find module './helpers'", missing: "./helpers" })).toBe("load-error");
    expect(why({ kind: "error", message: "ReferenceError: onlyInTheTest is not defined", missing: "onlyInTheTest", place: { file: "test/price.test.ts", line: 1 } })).toBe("load-error");
  });

  it.each(["TypeError: vi.stubEnv is not a function", "TypeError: expect(...).toBeInTheDocument is not a function", "Error: Invalid Chai property: toBeRound"])("what the test tools lack is the head's settings: %s", (message) => {
    expect(why({ kind: "error", message, place: { file: "test/price.test.ts", line: 4 } })).toBe("load-error");
    expect(why({ kind: "error", message, place: { file: "src/price.ts", line: 4 } })).toBe("expected-error");
  });

  it("a file that is opened by its path and comes with the change is absent; one that was there is not", () => {
    const opening = (path: string): TestFailure => ({ kind: "error", message: `ENOENT: no such file or directory, open '${path}'`, place: { file: "test/price.test.ts", line: 4 } });
    expect(why(opening("src/money/index.ts"))).toBe("absent-before");
    expect(why(opening("/somewhere/src/money/index.ts"))).toBe("absent-before");
    expect(why(opening("src/price.ts"))).toBe("expected-error");
  });

  it.each(["environment", "timeout", "crash", "unknown", "missing-package"] as const)("%s says nothing about behaviour", (kind) => {
    expect(why({ kind, message: "connect ECONNREFUSED" })).toBe(kind);
  });
});
