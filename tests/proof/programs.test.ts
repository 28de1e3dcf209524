import { describe, expect, it, vi } from "vitest";
import { proveSides, sidesOf, type Files } from "./proving.ts";

vi.setConfig({ testTimeout: 120_000 });

const HEAD = 'const assert = require("assert");\nconst price = require("./price.js");\n';
const ZERO = "assert.equal(price.round(0), 0);\n";
const HALF = "assert.equal(price.round(1.5), 2);\n";
const OLD = "exports.round = (n) => Math.floor(n);\n";
const NEW = "exports.round = (n) => Math.round(n);\nexports.half = exports.round;\n";
const BEFORE: Files = { "package.json": '{ "name": "shop", "scripts": { "test": "node test.js" } }', "price.js": OLD, "test.js": HEAD + ZERO };
const prove = (test: string, source = NEW) => proveSides(sidesOf([], BEFORE, { "price.js": source, "test.js": test }), { repeat: 2 });

describe("a program that tests by itself", () => {
  it.each<[what: string, test: string, outcome: string, red?: string]>([
    ["an assertion it ends with", HEAD + ZERO + HALF, "proven", "assertion"],
    ["an assertion of a promise nobody waits for", `${HEAD}(async () => { await null; ${HALF} })();\n`, "proven", "assertion"],
    ["passes on both sides", `${HEAD}${ZERO}console.log("not ok 1\\n# fail 1");\n`, "refuted"],
    ["a new name", `${HEAD}assert.equal(price.half(1.5), 2);\n`, "not proven", "absent-before"],
    ["an exit code and nothing else", `${HEAD}if (price.round(1.5) !== 2) process.exit(1);\n`, "not proven", "crash"],
    ["red on both sides", `${HEAD}assert.equal(price.round(1.5), 3);\n`, "not proven", "assertion"],
    ["does not parse", `${HEAD}const = ;\n`, "not proven", "load-error"],
  ])("%s", async (_, test, outcome, red) => {
    const record = await prove(test);
    expect([record.outcome, record.tests[0]?.id.name, record.tests[0]?.red]).toEqual([outcome, "(the whole program)", red]);
  });

  it("is run where a piece of it was changed", async () => {
    const piece = (more: string): string => `${HEAD}module.exports = () => { ${ZERO} ${more} };\n`;
    const before = { ...BEFORE, "test.js": 'require("assert");\nrequire("./test/rounding.js")();\n', "test/rounding.js": piece("").replaceAll("./price", "../price") };
    const record = await proveSides(sidesOf([], before, { "price.js": NEW, "test/rounding.js": piece(HALF).replaceAll("./price", "../price") }), { repeat: 1 });
    expect(record).toMatchObject({ outcome: "proven", tests: [{ id: { file: "test.js" }, red: "assertion" }] });
  });

  it("takes what the old code throws for a red of its own", async () => {
    const sides = sidesOf([], { ...BEFORE, "price.js": "exports.round = (n) => { if (n > 1) throw new RangeError(n); return 0; };\n" }, { "price.js": NEW, "test.js": HEAD + HALF });
    expect(await proveSides(sides, { repeat: 1 })).toMatchObject({ outcome: "proven", tests: [{ red: "expected-error" }] });
  });
});
