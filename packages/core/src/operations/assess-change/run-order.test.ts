import { describe, expect, it } from "vitest";
import type { Change } from "#change";
import type { RunRequest, TestCase, TestExecutor, TestRun } from "#evidence";
import { wavesOf } from "./own-runs.ts";
import { runTests } from "./run-tests.ts";

const setup = (packageDir: string) => ({ runner: "vitest", packageDir, because: "test" });

describe("the order tests run in", () => {
  it("goes package by package, the one with the changed test first", () => {
    const tests = [
      { file: "packages/a/far.test.ts", distance: 3 },
      { file: "packages/b/changed.test.ts", distance: 0 },
      { file: "packages/b/far.test.ts", distance: 2 },
      { file: "root.test.ts", distance: 1 },
    ];
    expect(wavesOf(tests, [setup("."), setup("packages/a"), setup("packages/b")])).toEqual([["packages/b/changed.test.ts", "packages/b/far.test.ts"], ["root.test.ts"], ["packages/a/far.test.ts"]]);
  });

  it("starts with the package whose source changed, though others import it as directly", () => {
    const tests = [
      { file: "packages/a/a.test.ts", distance: 1 },
      { file: "packages/core/core.test.ts", distance: 2 },
    ];
    const setups = [setup("packages/a"), setup("packages/core")];
    expect(wavesOf(tests, setups, ["packages/core/src/index.ts"])).toEqual([["packages/core/core.test.ts"], ["packages/a/a.test.ts"]]);
    expect(wavesOf(tests, setups, ["tools/build.ts"])).toEqual([["packages/a/a.test.ts"], ["packages/core/core.test.ts"]]);
  });

  it("starts a large package with what is near", () => {
    const tests = Array.from({ length: 60 }, (_, n) => ({ file: `t${n}.test.ts`, distance: n < 3 ? 1 : 4 }));
    expect(wavesOf(tests, [setup(".")]).map((wave) => wave.length)).toEqual([3, 57]);
  });

  it("loses no file", () => {
    const tests = [{ file: "elsewhere/x.test.ts", distance: 1 }];
    expect(wavesOf(tests, [setup("packages/a")])).toEqual([["elsewhere/x.test.ts"]]);
  });
});

describe("looking into a red test", () => {
  const FILE = "a.test.ts";
  /** What the test does, run by run, on head and base. */
  const play = async (head: readonly (TestCase["outcome"] | "unready")[], base: TestCase["outcome"] | "unready" = "passed") => {
    const asked: RunRequest[] = [];
    const executor: TestExecutor = {
      detect: () => Promise.resolve([]),
      run: (_setups, request) => {
        const turn = asked.filter((one) => one.tree === request.tree).length;
        asked.push(request);
        const outcome = request.tree === "base" ? base : (head[Math.min(turn, head.length - 1)] ?? "passed");
        const about = { kind: "test-run", source: "ran", subject: request.tree, digest: "sha256:0", origin: "vitest", tool: "vitest" } as const;
        const run: TestRun =
          outcome === "unready"
            ? { ...about, complete: false, cutBy: "setup", because: "no packages", cases: [], unloaded: [{ file: FILE, failure: { kind: "environment", message: "no packages" } }] }
            : { ...about, complete: true, unloaded: [], cases: [{ id: { file: FILE, suite: [], name: "adds" }, outcome }] };
        return Promise.resolve([run]);
      },
    };
    const change = { headTree: "head", mergeBaseTree: "base" } as Change;
    await runTests({ change, setups: [setup(".")], selection: [FILE], budgetMs: 60_000, signal: new AbortController().signal, coverage: false, onProgress: () => undefined, ticks: () => 0 }, executor);
    return { trees: asked.map((request) => request.tree), first: asked[0] };
  };

  it("runs nothing twice when all is green", async () => {
    expect((await play(["passed"])).trees).toEqual(["head"]);
  });

  it("repeats a red, asks the merge base, and asks the head again after a green there", async () => {
    expect((await play(["failed"])).trees).toEqual(["head", "head", "base", "head"]);
  });

  it("stops where the repeat is green, or where the merge base was red too", async () => {
    expect((await play(["failed", "passed"])).trees).toEqual(["head", "head"]);
    expect((await play(["failed"], "failed")).trees).toEqual(["head", "head", "base"]);
  });

  it("tries once a side where nothing can start, and the head again only where the merge base could", async () => {
    expect((await play(["unready"], "unready")).trees).toEqual(["head", "base"]);
    expect((await play(["unready"], "passed")).trees).toEqual(["head", "base", "head"]);
  });

  it("keeps some of the budget for that", async () => {
    expect((await play(["passed"])).first?.budgetMs).toBe(45_000);
  });
});
