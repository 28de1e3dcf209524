import { describe, expect, it } from "vitest";
import { proveSides, sidesOf, type Files } from "./proving.ts";

interface Kit {
  readonly packages: readonly string[];
  readonly manifest: object;
  readonly file: string;
  readonly more?: Files;
  /** A test file whose tests are named and say `left === right`. */
  test(cases: readonly (readonly [string, string, string])[]): string;
}

const importing = 'import * as price from "../price.js";\n';
const requiring = 'const price = require("../price.js");\n';
const bdd = (head: string, equal: (left: string, right: string) => string): Kit["test"] => (cases) => `${head}${cases.map(([name, left, right]) => `it(${JSON.stringify(name)}, () => { ${equal(left, right)}; });`).join("\n")}\n`;

const KITS: Readonly<Record<string, Kit>> = {
  "node:test": {
    packages: [],
    manifest: { type: "module", scripts: { test: "node --test" } },
    file: "test/price.test.js",
    test: bdd(`import { it } from "node:test";\nimport assert from "node:assert";\n${importing}`, (left, right) => `assert.equal(${left}, ${right})`),
  },
  vitest: {
    packages: ["vitest", "vite"],
    manifest: { type: "module", scripts: { test: "vitest run" }, devDependencies: { vitest: "*" } },
    file: "test/price.test.js",
    test: bdd(`import { it, expect } from "vitest";\n${importing}`, (left, right) => `expect(${left}).toBe(${right})`),
  },
  jest: {
    packages: ["jest", "jest-cli", "jest-circus"],
    manifest: { scripts: { test: "jest" }, devDependencies: { jest: "*" } },
    file: "test/price.test.js",
    test: bdd(requiring, (left, right) => `expect(${left}).toBe(${right})`),
  },
  mocha: {
    packages: ["mocha"],
    manifest: { scripts: { test: "mocha" }, devDependencies: { mocha: "*" } },
    file: "test/price.js",
    test: bdd(`const assert = require("assert");\n${requiring}`, (left, right) => `assert.strictEqual(${left}, ${right})`),
  },
  jasmine: {
    packages: ["jasmine", "jasmine-core"],
    manifest: { scripts: { test: "jasmine" }, devDependencies: { jasmine: "*" } },
    file: "spec/priceSpec.js",
    more: { "spec/support/jasmine.json": '{ "spec_dir": "spec", "spec_files": ["**/*Spec.js"] }' },
    test: bdd(requiring, (left, right) => `expect(${left}).toBe(${right})`),
  },
  ava: {
    packages: ["ava"],
    manifest: { type: "module", scripts: { test: "ava" }, devDependencies: { ava: "*" } },
    file: "test/price.js",
    test: (cases) => `import test from "ava";\n${importing}${cases.map(([name, left, right]) => `test(${JSON.stringify(name)}, (t) => { t.is(${left}, ${right}); });`).join("\n")}\n`,
  },
  tape: {
    packages: ["tape"],
    manifest: { scripts: { test: "tape test/*.js" }, devDependencies: { tape: "*" } },
    file: "test/price.js",
    test: (cases) => `const test = require("tape");\n${requiring}${cases.map(([name, left, right]) => `test(${JSON.stringify(name)}, (t) => { t.equal(${left}, ${right}); t.end(); });`).join("\n")}\n`,
  },
};

const esm = (kit: Kit): boolean => (kit.manifest as { type?: string }).type === "module";
const price = (kit: Kit, body: string, more = ""): string => (esm(kit) ? `export const round = (n) => ${body};\n${more && `export const ${more};\n`}` : `exports.round = (n) => ${body};\n${more && `exports.${more.replace(/^(\w+)/, "$1")};\n`}`);

describe.each(Object.entries(KITS))("%s", (_, kit) => {
  const before: Files = {
    "package.json": JSON.stringify({ name: "fixture", version: "1.0.0", ...kit.manifest }),
    "price.js": price(kit, "Math.floor(n)"),
    [kit.file]: kit.test([["rounds down", "price.round(1.2)", "1"]]),
    ...kit.more,
  };
  const fixed = price(kit, "Math.round(n)");

  it("proves a fix by the test that was red before", async () => {
    const record = await proveSides(sidesOf(kit.packages, before, { "price.js": fixed, [kit.file]: kit.test([["rounds down", "price.round(1.2)", "1"], ["rounds half up", "price.round(1.5)", "2"]]) }));
    expect(record.because).toBe("“rounds half up” is red without the change and green with it");
    expect(record).toMatchObject({ outcome: "proven", repeats: 2 });
    expect(record.tests.map((test) => [test.id.name, test.base, test.head, test.red])).toEqual([
      ["rounds half up", "red", "green", "assertion"],
      ["rounds down", "green", "green", undefined],
    ]);
  });

  it("refutes a fix whose tests pass on the old code", async () => {
    const record = await proveSides(sidesOf(kit.packages, before, { "price.js": fixed, [kit.file]: kit.test([["rounds down", "price.round(1.2)", "1"], ["rounds zero", "price.round(0)", "0"]]) }), { repeat: 1 });
    expect(record.outcome).toBe("refuted");
  });

  it("takes a new name for no proof of a fix", async () => {
    const sides = sidesOf(kit.packages, before, { "price.js": price(kit, "Math.floor(n)", "half = (n) => Math.round(n)"), [kit.file]: kit.test([["rounds half up", "price.half(1.5)", "2"]]) });
    expect(await proveSides(sides, { repeat: 1 })).toMatchObject({ outcome: "not proven", tests: [{ red: "absent-before" }] });
  });
});
