import { describe, expect, it, vi } from "vitest";
import { proveSides, sidesOf, type Files } from "./proving.ts";

vi.setConfig({ testTimeout: 120_000 });

const MOCHA = ["mocha"];
const OLD = "exports.round = (n) => Math.floor(n);\n";
const NEW = "exports.round = (n) => Math.round(n);\n";
const HEAD = 'const assert = require("assert");\nconst { round } = require("../price.js");\n';
const ZERO = 'it("rounds zero", () => assert.strictEqual(round(0), 0));\n';
const HALF = 'it("rounds half up", () => assert.strictEqual(round(1.5), 2));\n';
const manifest = (script: string, more: object = {}): string => JSON.stringify({ name: "shop", version: "1.0.0", scripts: { test: script, ...more }, devDependencies: { mocha: "*" } });
const BEFORE: Files = { "package.json": manifest("mocha"), "price.js": OLD, "test/price.js": HEAD + ZERO };

describe("a runner that said everything and does not end", () => {
  it("is ended, and its results count", async () => {
    const open = 'after(() => require("http").createServer().listen(0));\n';
    expect(await proveSides(sidesOf(MOCHA, BEFORE, { "price.js": NEW, "test/price.js": HEAD + HALF + open }))).toMatchObject({ outcome: "proven", notes: [expect.stringContaining("did not end by itself")] });
  });

  it("proves nothing by that alone", async () => {
    const open = 'after(() => require("http").createServer().listen(0));\n';
    expect(await proveSides(sidesOf(MOCHA, BEFORE, { "price.js": NEW, "test/price.js": HEAD + ZERO + open }), { repeat: 1 })).toMatchObject({ outcome: "refuted" });
  });
});

describe("what the test script builds first", () => {
  const building = (command: string): Files => ({ ...BEFORE, "package.json": manifest(`${command} && mocha`) });
  const change: Files = { "price.js": NEW, "test/price.js": HEAD + HALF };

  it("may fail where the tests do not need it, and that is said", async () => {
    const record = await proveSides(sidesOf(MOCHA, building("tsc -p missing.json"), change));
    expect(record).toMatchObject({ outcome: "proven", notes: [expect.stringMatching(/`tsc -p missing.json`.*failed.*the tests ran without it/)] });
  });

  it("may not where they do: what it made is missing, and why is said", async () => {
    const head = HEAD.replace("../price.js", "../dist/price.js");
    const record = await proveSides(sidesOf(MOCHA, { ...building("tsc -p missing.json"), "test/price.js": head + ZERO }, { ...change, "test/price.js": head + HALF }));
    expect(record).toMatchObject({ outcome: "not proven", because: expect.stringContaining("`tsc -p missing.json`, which the test script runs first, failed") });
  });
});

describe("a head on which nothing is collected", () => {
  it("is told in the runner's own words, with its exit code and without our folders", async () => {
    const record = await proveSides(sidesOf(["vitest", "vite"], { "package.json": JSON.stringify({ name: "shop", type: "module", scripts: { test: "vitest run" }, devDependencies: { vitest: "*" } }), "vitest.config.js": 'export default { test: { include: ["spec/**"] } };\n', "price.js": "export const a = 1;\n" }, { "price.js": "export const a = 2;\n", "test/price.test.js": 'import { it } from "vitest";\nit("a", () => {});\n' }));
    expect(record.because).toMatch(/^no test was collected on the head: vitest found no test \(exit code 1\): .*; it was given test\/price\.test\.js$/);
    expect(record.because).not.toContain("/tmp");
  });
});
