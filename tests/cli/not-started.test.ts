import { expect, test } from "vitest";
import type { VerdictDocument } from "../../packages/core/src/operations/index.ts";
import { decided, verdictOf } from "../support/cli.ts";
import { makeRepo, type TestRepository } from "../support/repo.ts";

const manifest = (dependencies: Readonly<Record<string, string>>): string => JSON.stringify({ name: "shop", type: "module", scripts: { test: "node --test" }, dependencies });
/** A package no machine can install: its file is not there. */
const NOWHERE = { nowhere: "file:./nowhere.tgz" };

function shop(dependencies: Readonly<Record<string, string>> = {}): TestRepository {
  const repo = makeRepo();
  const test = (name: string) => `import assert from "node:assert/strict";\nimport { test } from "node:test";\nimport { ${name} } from "../src/${name}.js";\ntest("${name}", () => assert.equal(${name}(1), 1));\n`;
  repo.commit("Start", {
    "package.json": manifest(dependencies),
    "src/price.js": "export const price = (cents) => cents;\n",
    "src/total.js": 'import { price } from "./price.js";\nexport const total = (cents) => price(cents);\n',
    "test/price.test.js": test("price"),
    "test/total.test.js": test("total"),
  });
  return repo;
}

const ran = (verdict: VerdictDocument): string[] => verdict.evidence.filter((item) => item.kind === "test-run").map((item) => item.says);

test("where nothing can start on either side that is said once, with its reason, and nobody is accused of it", { timeout: 120_000 }, () => {
  const repo = shop(NOWHERE);
  repo.write("src/price.js", "export const price = (cents) => Math.round(cents);\n");
  repo.write("test/price.test.js", 'import assert from "node:assert/strict";\nimport { test } from "node:test";\nimport { price } from "../src/price.js";\ntest("price", () => assert.equal(price(1.2), 1));\n');
  const verdict = verdictOf(repo, "--run", "--type", "fix");
  expect([verdict.decision, decided(verdict)]).toEqual(["ask", ["tests/none-ran"]]);
  expect(verdict.findings.map(({ check }) => check)).not.toContain("tests/failing");
  expect(verdict.findings.find(({ check }) => check === "tests/none-ran")).toMatchObject({ because: expect.stringMatching(/No test could start.*could not be installed/) as string, fix: expect.stringContaining("--evidence") as string });
  expect(ran(verdict)).toEqual([expect.stringContaining("could not start"), expect.stringContaining("could not start")]);
  expect(verdict.scope).toBe("partial");
});

test("a change that brings the package nobody can install is asked about, by that reason", { timeout: 120_000 }, () => {
  const repo = shop();
  repo.write("package.json", manifest(NOWHERE));
  repo.write("src/price.js", "export const price = (cents) => Math.round(cents);\n");
  const verdict = verdictOf(repo, "--run");
  expect(verdict.decision).toBe("ask");
  expect(verdict.findings.find(({ check }) => check === "tests/failing")).toMatchObject({ answer: "unknown", because: expect.stringContaining("could not be installed") as string });
});
