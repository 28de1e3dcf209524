import { describe, expect, it } from "vitest";
import { failureOf, type FailureContext } from "./failure-of.ts";
import type { ErrorFacts } from "./result-record.ts";
import { cpuMs } from "../../../../../tests/support/cpu-time.ts";

const context: FailureContext = { root: "/w/tree", cwd: "/w/tree/pkg", phase: "test", ownPackages: new Set(["@own/core", "mine"]) };
const kind = (facts: ErrorFacts, phase: "test" | "load" = "test") => {
  const found = failureOf(facts, { ...context, phase });
  return found.missing === undefined ? found.kind : `${found.kind} ${found.missing}`;
};

describe("why a test is red", () => {
  it.each<[string, ErrorFacts]>([
    ["assertion", { name: "AssertionError", message: "expected 1 to be 2" }],
    ["assertion", { code: "ERR_ASSERTION", message: "1 == 2" }],
    ["assertion", { message: "expect(received).toBe(expected)" }],
    ["assertion", { name: "Error", message: "assert.strictEqual(received, expected)\n\nExpected value to strictly be equal to:\n  2" }],
    ["assertion", { message: "anything", expects: true }],
    ["assertion", { expects: true, message: "expected 'EPERM' to be 'ECONNREFUSED'" }],
    ["error", { name: "Error", message: "boom" }],
    ["timeout", { message: "Test timed out in 5000ms.\nIf this is a long-running test" }],
    ["timeout", { message: 'thrown: "Exceeded timeout of 5000 ms for a test."' }],
    ["timeout", { code: "ERR_MOCHA_TIMEOUT", message: "Timeout of 50ms exceeded." }],
    ["environment", { code: "ECONNREFUSED", message: "connect ECONNREFUSED 127.0.0.1:5432" }],
    ["environment", { expects: true, message: "Promise rejected with: RequestError { code: 'ECONNREFUSED' }" }],
    ["environment", { message: "browserType.launch: Executable doesn't exist at /x/chrome" }],
    ["error fetchAll", { name: "TypeError", message: "api.fetchAll is not a function" }],
    ["error sum", { name: "TypeError", message: "(0 , _math.sum) is not a function" }],
  ])("is %s", (expected, facts) => {
    expect(kind(facts)).toBe(expected);
  });

  it.each<[string, ErrorFacts]>([
    ["load ./missing.js", { code: "MODULE_NOT_FOUND", message: "Cannot find module './missing.js'\nRequire stack:\n- /w/tree/a.js" }],
    ["load src/new.js", { message: "Cannot find module '/w/tree/src/new.js' imported from /w/tree/test/a.js" }],
    ["load added", { name: "SyntaxError", message: "The requested module './m.js' does not provide an export named 'added'" }],
    ["missing-package left-pad", { message: "Cannot find package 'left-pad' imported from /w/tree/a.js" }],
    ["missing-package @scope/x/deep", { message: 'Failed to resolve import "@scope/x/deep" from "src/a.ts"' }],
    ["load @own/core", { message: "Cannot find package '@own/core' imported from /w/tree/a.js" }],
    ["load mine/sub", { message: "Cannot find module 'mine/sub'" }],
    ["load @/alias", { message: "Cannot find module '@/alias'" }],
    ["load", { name: "SyntaxError", message: "Unexpected token '<'" }],
  ])("is %s when a file does not load", (expected, facts) => {
    expect(kind(facts, "load")).toBe(expected);
  });
});

describe("where a test is red", () => {
  const stack = (...lines: string[]): string => `Error: x\n${lines.map((line) => `    at ${line}`).join("\n")}`;

  it("is the test file's own line before any other of the tree, never an installed package's", () => {
    const lines = stack(
      "fn (/w/tree/node_modules/chai/index.js:1:1)",
      "helper (/w/tree/src/a.js:7:3)",
      "async Context.<anonymous> (file:///w/tree/pkg/a.test.js:12:5)",
      "node:internal:1:1",
    );
    expect(failureOf({ message: "x", stack: lines }, { ...context, file: "pkg/a.test.js" }).place).toEqual({ file: "pkg/a.test.js", line: 12 });
    expect(failureOf({ message: "x", stack: lines }, context).place).toEqual({ file: "src/a.js", line: 7 });
  });

  it("says where source threw, unless a test threw inside what source called", () => {
    const inside = stack("read (/w/tree/node_modules/yaml/index.js:1:1)", "load (/w/tree/src/load.js:7:9)", "/w/tree/pkg/a.test.js:12:3");
    expect(failureOf({ message: "x", stack: inside }, { ...context, file: "pkg/a.test.js" }).thrownAt).toEqual({ file: "src/load.js", line: 7 });
    const callback = stack("/w/tree/pkg/a.test.js:14:5", "compose (/w/tree/src/compose.js:20:3)", "/w/tree/pkg/a.test.js:12:3");
    expect(failureOf({ message: "x", stack: callback }, { ...context, file: "pkg/a.test.js" }).thrownAt).toBeUndefined();
    const helper = stack("equal (/w/tree/test/helpers/equal.js:3:1)", "/w/tree/src/a.js:2:1");
    expect(failureOf({ message: "x", stack: helper }, context).thrownAt).toBeUndefined();
  });

  it("takes Node's own modules for no file of the tree", () => {
    const inside = stack("finalizeResolution (node:internal/modules/esm/resolve:215:11)", "/w/tree/pkg/a.test.js:12:3");
    expect(failureOf({ message: "x", stack: inside }, { ...context, file: "pkg/a.test.js" })).toMatchObject({ place: { file: "pkg/a.test.js", line: 12 } });
    expect(failureOf({ message: "x", stack: inside }, { ...context, file: "pkg/a.test.js" }).thrownAt).toBeUndefined();
  });

  it("tells what is missing below the tree's packages without the folder of the run", () => {
    expect(failureOf({ message: "Cannot find module '/w/tree/node_modules/@shop/core/dist/index.js' imported from /w/tree/a.js" }, { ...context, phase: "load" }).missing).toBe("node_modules/@shop/core/dist/index.js");
  });

  it("reads paths relative to the package and paths with brackets", () => {
    expect(failureOf({ stack: stack("Context.<anonymous> (test/a.js:3:9)") }, context).place).toEqual({ file: "pkg/test/a.js", line: 3 });
    expect(failureOf({ stack: stack("f (/w/tree/app/(group)/page.ts:4:1)") }, context).place).toEqual({ file: "app/(group)/page.ts", line: 4 });
  });

  it("leaves the folder of the run, colours and stacks out of the message", () => {
    const message = "\u001b[31mcannot read /w/tree/src/a.js\u001b[0m\n    at fn (/w/tree/x.js:1:1)";
    expect(failureOf({ message }, context).message).toBe("cannot read src/a.js");
  });

  it("is quick on a hostile stack", () => {
    const begun = cpuMs();
    failureOf({ message: "x".repeat(4000), stack: stack("(".repeat(8000), "/".repeat(8000), `${"a(".repeat(900)}:1:1`) }, context);
    expect(cpuMs() - begun).toBeLessThan(200);
  });
});
