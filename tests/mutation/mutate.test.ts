import { describe, expect, test } from "vitest";
import { bringing, fates, mutateLast } from "./mutating.ts";

const VITEST = { type: "module", scripts: { test: "vitest run" }, devDependencies: { vitest: "*", "@vitest/runner": "*" } };
const HEAD = 'import { expect, test } from "vitest";\n';

describe("mutate", { timeout: 120_000 }, () => {
  test("says what nobody notices, with the test to extend, and answers the same question from memory", async () => {
    const repo = bringing(
      ["vitest", "@vitest/runner"],
      VITEST,
      { "test/fee.test.ts": `${HEAD}import { fee, old } from "../src/fee.ts";\ntest("takes none above three", () => { expect(fee(9)).toBe(0); expect(fee(1)).toBe(5); expect(old()).toBe(1); });\n` },
      { "src/fee.ts": "export const fee = (n: number): number => (n >= 3 ? 0 : 5);\nexport const old = (): number => 1;\n" },
    );
    const first = await mutateLast(repo, { build: "one" });
    expect(first.survivors).toEqual([
      {
        file: "src/fee.ts",
        line: 1,
        endLine: 1,
        says: ">= became >",
        diff: ["- export const fee = (n: number): number => (n >= 3 ? 0 : 5);", "+ export const fee = (n: number): number => (n > 3 ? 0 : 5);"],
        reaching: 1,
        nearest: { file: "test/fee.test.ts", title: "takes none above three" },
        alike: 0,
      },
    ]);
    expect(first).toMatchObject({ complete: true, counts: { survived: 1, unknown: 0, uncovered: 0 } });
    expect(repo.git("status", "--porcelain")).toBe("");

    const again = await mutateLast(repo, { build: "one" });
    expect(again.remembered).toBe(true);
    expect(fates(again)).toEqual(fates(first));
    expect((await mutateLast(repo, { build: "another" })).remembered).toBeUndefined();
  });

  test("only the lines that changed are broken", async () => {
    const repo = bringing(["vitest", "@vitest/runner"], VITEST, { "test/a.test.ts": `${HEAD}import { a } from "../src/a.ts";\ntest("a", () => expect(a(1)).toBe(2));\n` }, { "src/a.ts": "export const a = (n: number) => n + 1;\nexport const b = (n: number) => n - 1;\n" });
    repo.commit("fix: b", { "src/a.ts": "export const a = (n: number) => n + 1;\nexport const b = (n: number) => n * 3;\n" });
    const report = await mutateLast(repo);
    expect(new Set(report.mutants.map(({ line }) => line))).toEqual(new Set([2]));
    expect(report.because).toBeUndefined();
    expect(report.unreached).toEqual([{ file: "src/a.ts", lines: [2] }]);
    expect(report.survivors).toEqual([]);
  });

  // As jsdom and happy-dom do it: files come through the server, which keeps to the project.
  const browserLike = (name: string) => ({ "vitest.config.mjs": `export default { test: { environment: "./${name}.mjs" } };\n`, "env.mjs": 'export default { name: "page", transformMode: "web", viteEnvironment: "client", setup: () => ({ teardown() {} }) };\n' });

  test("tests in the environment of a browser are followed", async () => {
    const repo = bringing(["vitest", "@vitest/runner"], VITEST, { ...browserLike("env"), "test/a.test.ts": `${HEAD}import { a } from "../src/a.ts";\ntest("a", () => expect(a(1)).toBe(2));\n` }, { "src/a.ts": "export const a = (n: number) => n + 1;\n" });
    const report = await mutateLast(repo);
    expect([report.complete, report.counts.killed > 0, report.because]).toEqual([true, true, undefined]);
  });

  test("where no test starts, nobody can say what reaches a line", async () => {
    const repo = bringing(["vitest", "@vitest/runner"], VITEST, { ...browserLike("nowhere"), "test/a.test.ts": `${HEAD}import { a } from "../src/a.ts";\ntest("a", () => expect(a(1)).toBe(2));\n` }, { "src/a.ts": "export const a = (n: number) => n + 1;\n" });
    const report = await mutateLast(repo);
    expect(report).toMatchObject({ complete: false, counts: { uncovered: 0 }, because: expect.stringMatching(/^no test could start: .*nowhere/) as string });
    expect(report.because).not.toContain("/w1/");
    expect(report.mutants.every(({ fate }) => fate === "unknown")).toBe(true);
  });

  test("a change without code, and one without a runner, say so", async () => {
    const repo = bringing([], {}, {}, { "README.md": "# Hello\n" });
    expect(await mutateLast(repo)).toMatchObject({ because: "the change brings no code that can be broken", mutants: [] });
    repo.commit("feat: code", { "src/a.js": "exports.a = (n) => n + 1;\n" });
    expect(await mutateLast(repo)).toMatchObject({ because: "no test runner was recognised here" });
  });

  test("when the budget ends, what was not judged is unknown, and the report says that it is not whole", async () => {
    const repo = bringing(["mocha"], { scripts: { test: "mocha test/*.js" }, devDependencies: { mocha: "*" } }, { "test/a.js": 'const { a } = require("../src/a.js");\nit("a", () => new Promise((done) => setTimeout(done, 20_000)).then(() => a(1))).timeout(0);\n' }, { "src/a.js": "exports.a = (n) => n + 1;\n" });
    const report = await mutateLast(repo, { budgetMs: 6_000 });
    expect(report).toMatchObject({ complete: false, because: "the budget ended first", survivors: [] });
    expect(report.mutants.every(({ fate }) => fate === "unknown")).toBe(true);
  });
});
