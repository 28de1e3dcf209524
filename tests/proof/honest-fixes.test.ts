import { describe, expect, it, vi } from "vitest";
import { proveSides, sidesOf, type Files } from "./proving.ts";

vi.setConfig({ testTimeout: 120_000 });

const HEAD = 'import { test } from "node:test";\nimport assert from "node:assert";\n';
const IMPORTS = 'import { round } from "../src/price.js";\n';
const ZERO = 'test("rounds zero", () => assert.equal(round(0), 0));\n';
const manifest = (more: object = {}): string => JSON.stringify({ name: "shop", version: "1.0.0", type: "module", scripts: { test: "node --test" }, ...more });
const price = (body: string): string => `export const round = (n) => ${body};\n`;
const BEFORE: Files = { "package.json": manifest(), "src/price.js": price("Math.floor(n)"), "test/price.test.js": HEAD + IMPORTS + ZERO };
const FIXED = price("Math.round(n)");
/** The changed test file shows nothing by itself. */
const TOUCHED = `${HEAD}${IMPORTS}// see #12\n${ZERO}`;

const proved = async (before: Files, change: Files) => {
  const { outcome, because } = await proveSides(sidesOf([], before, change));
  return { outcome, because };
};

describe("a fix is not refuted as long as something that may show it was not looked at", () => {
  it("is refuted when everything was, and nothing shows it", async () => {
    expect(await proved(BEFORE, { "src/price.js": FIXED, "test/price.test.js": TOUCHED })).toMatchObject({ outcome: "refuted" });
  });

  it("a test that lacks its database here", async () => {
    const needy = 'import net from "node:net";\ntest("rounds what is stored", async () => { await new Promise((ok, no) => net.connect(1, "127.0.0.1").on("connect", ok).on("error", no)); assert.equal(round(1.5), 2); });\n';
    expect(await proved(BEFORE, { "src/price.js": FIXED, "test/price.test.js": TOUCHED + needy })).toMatchObject({ outcome: "not proven", because: expect.stringMatching(/“rounds what is stored” is red on the head/) });
  });

  it("a new test for another system; one that was skipped before excuses nothing", async () => {
    const skipped = (name: string): string => `test(${JSON.stringify(name)}, { skip: true }, () => assert.equal(round(1.5), 2));\n`;
    expect(await proved(BEFORE, { "src/price.js": FIXED, "test/price.test.js": TOUCHED + skipped("rounds on OS/2") })).toMatchObject({ outcome: "not proven", because: expect.stringMatching(/“rounds on OS\/2” comes with the change and is skipped here/) });
    const old = { ...BEFORE, "test/price.test.js": HEAD + IMPORTS + ZERO + skipped("rounds on OS/2") };
    expect(await proved(old, { "src/price.js": FIXED, "test/price.test.js": TOUCHED + skipped("rounds on OS/2") })).toMatchObject({ outcome: "refuted" });
  });

  it("an untouched test over data the change brings", async () => {
    const cases = `${HEAD}${IMPORTS}import { readdirSync, readFileSync } from "node:fs";\nconst dir = new URL("./fixtures/", import.meta.url);\nfor (const name of readdirSync(dir)) test("case " + name, () => { const one = JSON.parse(readFileSync(new URL(name, dir), "utf8")); assert.equal(round(one.in), one.out); });\n`;
    const before = { ...BEFORE, "test/cases.test.js": cases, "test/fixtures/one.json": '{"in":1,"out":1}' };
    expect(await proved(before, { "src/price.js": FIXED, "test/price.test.js": TOUCHED, "test/fixtures/half.json": '{"in":1.5,"out":2}' })).toEqual({ outcome: "proven", because: "“case half.json” is red without the change and green with it" });
    expect(await proved(before, { "src/price.js": FIXED, "test/price.test.js": TOUCHED, "test/fixtures/two.json": '{"in":2,"out":2}' })).toMatchObject({ outcome: "refuted" });
  });

  it("a fix of the manifest, which the tests can't even load without", async () => {
    const exporting = (more: object): string => manifest({ exports: { "./price.js": "./src/price.js", ...more } });
    const test = `${HEAD}import { x } from "shop/other.js";\ntest("other is exported", () => assert.equal(x, 1));\n`;
    const before = { ...BEFORE, "package.json": exporting({}), "src/other.js": "export const x = 1;\n" };
    expect((await proved(before, { "package.json": exporting({ "./other.js": "./src/other.js" }), "src/other.js": "// public\nexport const x = 1;\n", "test/price.test.js": test })).outcome).toBe("not proven");
  });

  it("a fix in a folder that is named like one of tests", async () => {
    const before = { ...BEFORE, "src/spec/price.js": price("Math.floor(n)"), "src/index.js": 'export { round } from "./spec/price.js";\n' };
    const test = `${HEAD}import { round } from "../src/index.js";\ntest("rounds half up", () => assert.equal(round(1.5), 2));\n`;
    expect(await proved(before, { "src/spec/price.js": FIXED, "src/index.js": '// entry\nexport { round } from "./spec/price.js";\n', "test/price.test.js": test })).toMatchObject({ outcome: "not proven", because: expect.stringContaining("src/spec/price.js") });
  });
});

describe("a change that touches no test, only what tests use", () => {
  const helper = (extra: string): string => `export const rows = [[1.2, 1]${extra}];\n`;
  const before: Files = {
    ...BEFORE,
    "test/helpers/rows.js": helper(""),
    "test/rows.test.js": `${HEAD}${IMPORTS}import { rows } from "./helpers/rows.js";\nfor (const [n, wanted] of rows) test("rounds " + n, () => assert.equal(round(n), wanted));\ntest("needs a moon", () => assert.fail("no moon"));\n`,
  };

  it("is shown by the tests that use it; which, why, and what of them is red anyway is said", async () => {
    const record = await proveSides(sidesOf([], before, { "src/price.js": FIXED, "test/helpers/rows.js": helper(", [1.5, 2]") }));
    expect(record).toMatchObject({ outcome: "proven", because: "“rounds 1.5” is red without the change and green with it" });
    expect(record.notes).toEqual([
      "the change touches no test, only what tests use; asked were test/rows.test.js (uses test/helpers/rows.js)",
      "red on the head and not touched by the change: “needs a moon”",
    ]);
  });

  it("is not, where they show nothing", async () => {
    expect(await proved(before, { "src/price.js": FIXED, "test/helpers/rows.js": helper(", [2, 2]") })).toMatchObject({ outcome: "not proven" });
  });
});

describe("a fix is not proven by what is missing only because it is the head's", () => {
  it("the number of the version it is released with; what it does beside that counts", async () => {
    const version = (number: string): Files => ({ "package.json": manifest({ version: number }).replace(/,/g, ",\n"), "src/version.js": `export const version = "${number}";\n` });
    const test = (expectation: string): string => `${TOUCHED}import { version } from "../src/version.js";\nimport { readFileSync } from "node:fs";\ntest("tells", () => { const said = JSON.parse(readFileSync("package.json", "utf8")).version; assert.equal(said, "1.0.1"); assert.equal(version, "1.0.1"); ${expectation} });\n`;
    const before = { ...BEFORE, ...version("1.0.0") };
    expect(await proved(before, { ...version("1.0.1"), "src/price.js": FIXED, "test/price.test.js": test("") })).toMatchObject({ outcome: "refuted" });
    expect(await proved(before, { ...version("1.0.1"), "src/price.js": FIXED, "test/price.test.js": test("assert.equal(round(1.5), 2);") })).toMatchObject({ outcome: "proven" });
  });

  it("that number in a manifest of which more was changed", async () => {
    const released = (number: string, more: object): Files => ({ "package.json": manifest({ version: number, ...more }).replace(/,/g, ",\n") });
    const test = (expectation: string): string => `${TOUCHED}import { readFileSync } from "node:fs";\ntest("tells", () => { assert.equal(JSON.parse(readFileSync("package.json", "utf8")).version, "1.0.1"); ${expectation} });\n`;
    const before = { ...BEFORE, ...released("1.0.0", {}) };
    const change = { ...released("1.0.1", { license: "MIT" }), "src/price.js": FIXED };
    expect(await proved(before, { ...change, "test/price.test.js": test("") })).toMatchObject({ outcome: "not proven", because: expect.stringContaining("only because of what the change itself adds") });
    expect(await proved(before, { ...change, "test/price.test.js": `${test("")}test("rounds half up", () => assert.equal(round(1.5), 2));\n` })).toMatchObject({ outcome: "proven" });
  });

  it("a package that is test data", async () => {
    const data = (number: number): Files => ({ "test/fixtures/node_modules/left/index.js": `export const left = ${number};\n` });
    const test = `${TOUCHED}import { left } from "./fixtures/node_modules/left/index.js";\ntest("reads a package", () => assert.equal(round(left), 2));\n`;
    const before = { ...BEFORE, ".gitignore": ".proofline\n/node_modules\n", ...data(1) };
    expect(await proved(before, { ...data(2), "src/price.js": FIXED, "test/price.test.js": test })).toMatchObject({ outcome: "refuted" });
    expect(await proved(before, { ...data(1.5), "src/price.js": FIXED, "test/price.test.js": test })).toMatchObject({ outcome: "proven" });
  });

  it("a file the change brings and a test opens", async () => {
    const test = `${TOUCHED}import { readFileSync } from "node:fs";\ntest("reads the sample", () => assert.equal(round(Number(readFileSync("samples/one.txt", "utf8"))), 1));\n`;
    expect((await proved(BEFORE, { "src/price.js": FIXED, "samples/one.txt": "1\n", "test/price.test.js": test })).outcome).toBe("not proven");
  });
});
