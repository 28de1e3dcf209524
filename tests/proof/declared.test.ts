import { expect, it, vi } from "vitest";
import { proveSides, sidesOf, type Files } from "./proving.ts";

vi.setConfig({ testTimeout: 120_000 });

const CONFIG = 'tests:\n  runner: command\n  command: node --test --test-reporter=junit --test-reporter-destination=report.xml {files}\n  report: report.xml\n';
const HEAD = 'import { test } from "node:test";\nimport assert from "node:assert";\nimport * as price from "../price.js";\n';
const ZERO = 'test("rounds zero", () => assert.equal(price.round(0), 0));\n';
const BEFORE: Files = { "proofline.yaml": CONFIG, "package.json": '{ "name": "shop", "type": "module" }', "price.js": "export const round = (n) => Math.floor(n);\n", "checks/price.test.js": HEAD + ZERO };
const NEW = "export const round = (n) => Math.round(n);\nexport const half = round;\n";

it.each<[what: string, test: string, outcome: string]>([
  ["proves by a test that was red", 'test("rounds half up", () => assert.equal(price.round(1.5), 2));\n', "proven"],
  ["refutes by tests that pass without it", 'test("rounds one", () => assert.equal(price.round(1), 1));\n', "refuted"],
  ["takes no new name for a proof", 'test("halves", () => assert.equal(price.half(1.5), 2));\n', "not proven"],
])("a declared command and the JUnit report it writes: %s", async (_, test, outcome) => {
  const record = await proveSides(sidesOf([], BEFORE, { "price.js": NEW, "checks/price.test.js": HEAD + ZERO + test }), { repeat: 1 });
  expect([record.outcome, record.because]).toEqual([outcome, expect.any(String)]);
});
