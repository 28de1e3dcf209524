import { describe, expect, test } from "vitest";
import { alarmsOf, judgeFiles, kindsOf, type Side } from "./judge-files.ts";

type Innocent = readonly [name: string, before: string, after: string];

const inFile = (path: string, opening: string, cases: readonly Innocent[]): void => {
  test.each(cases)("%s", async (_, before, after) => {
    expect(alarmsOf(await judgeFiles({ [path]: `${opening}\n${before}\n` }, { [path]: `${opening}\n${after}\n` }))).toEqual([]);
  });
};

describe("Vitest and Jest", () => {
  inFile("test/cart.test.ts", 'import { expect, it, test, describe, vi } from "vitest";\nimport { total } from "../src/cart";', [
    ["a stricter matcher", 'it("adds", () => { expect(total([1])).toBeTruthy(); });', 'it("adds", () => { expect(total([1])).toBe(1); });'],
    ["renamed", 'it("adds numbers", () => { expect(total([1, 2, 5])).toBe(8); expect(total([])).toBe(0); });', 'it("sums up everything", () => { expect(total([1, 2, 5])).toBe(8); expect(total([])).toBe(0); });'],
    ["described anew", 'it("adds", () => { expect(total([1])).toBe(1); });', 'describe("total", () => { describe("of a list", () => { it("adds", () => { expect(total([1])).toBe(1); }); }); });'],
    ["split", 'it("adds and refuses", () => { expect(total([1])).toBe(1); expect(() => total(null)).toThrow(TypeError); });', 'it("adds", () => { expect(total([1])).toBe(1); });\nit("refuses", () => { expect(() => total(null)).toThrow(TypeError); });'],
    ["merged", 'it("adds", () => { expect(total([1])).toBe(1); });\nit("refuses", () => { expect(() => total(null)).toThrow(TypeError); });', 'it("adds and refuses", () => { expect(total([1])).toBe(1); expect(() => total(null)).toThrow(TypeError); });'],
    ["as a table", 'it("adds one", () => { expect(total([1])).toBe("1 EUR"); });\nit("adds two", () => { expect(total([2])).toBe("2 EUR"); });', 'it.each([[[1], "1 EUR"], [[2], "2 EUR"]])("adds %s", (list, sum) => { expect(total(list)).toBe(sum); });'],
    ["as a loop", 'it("adds", () => { expect(total([1])).toBe("1 EUR"); expect(total([2])).toBe("2 EUR"); });', 'it("adds", () => { for (const [list, sum] of [[[1], "1 EUR"], [[2], "2 EUR"]]) expect(total(list)).toBe(sum); });'],
    ["awaited", 'it("adds", (done) => { total([1]).then((sum) => { expect(sum).toBe(1); done(); }); });', 'it("adds", async () => { const sum = await total([1]); expect(sum).toBe(1); });'],
    ["a helper is extracted", 'it("adds", () => { expect(total([1]).sum).toBe(1); expect(total([1]).currency).toBe("EUR"); });', 'function check(list, sum) { const cart = total(list); expect(cart.sum).toBe(sum); expect(cart.currency).toBe("EUR"); }\nit("adds", () => { check([1], 1); });'],
    ["a helper is inlined", 'const check = (cart) => { expect(cart.sum).toBe(1); };\nit("adds", () => { check(total([1])); });', 'it("adds", () => { const cart = total([1]); expect(cart.sum).toBe(1); });'],
    ["duplicates are removed", 'it("adds", () => { expect(total([1])).toBe(1); expect(total([1])).toBe(1); });', 'it("adds", () => { expect(total([1])).toBe(1); });'],
    ["a dead test is removed", 'it.skip("adds", () => { expect(total([1])).toBe(1); });\nit("works", () => { expect(total([2])).toBe(2); });', 'it("works", () => { expect(total([2])).toBe(2); });'],
    ["a new test for one platform", 'it("adds", () => { expect(total([1])).toBe(1); });', 'it("adds", () => { expect(total([1])).toBe(1); });\nit.skipIf(process.platform === "win32")("adds files", () => { expect(total(["/a"])).toBe(1); });'],
    ["skipped anew elsewhere: a skipped test is rewritten", 'it.skip("adds", () => { expect(total([1])).toBe(1); });', 'it.skip("adds", () => { expect(total([1])).toBeTruthy(); });'],
    ["unskipped", 'it.skip("adds", () => { expect(total([1])).toBe(1); });', 'it("adds", () => { expect(total([1])).toBe(1); });'],
    ["one comparison becomes several", 'it("adds", () => { expect(total([1])).toEqual({ sum: 1, currency: "EUR" }); });', 'it("adds", () => { expect(total([1]).sum).toBe(1); expect(total([1]).currency).toBe("EUR"); expect(total([1])).toBeDefined(); });'],
    ["a number of calls in other words", 'it("calls", () => { const spy = vi.fn(); expect(spy.mock.calls.length).toBe(2); });', 'it("calls", () => { const spy = vi.fn(); expect(spy).toHaveBeenCalledTimes(2); });'],
    ["a length in other words", 'it("lists", () => { expect(total([1]).length).toBe(2); });', 'it("lists", () => { expect(total([1])).toHaveLength(2); });'],
    ["an expected error is caught and checked", 'it("throws", () => { expect(() => total(null)).toThrow(TypeError); });', 'it("throws", () => { expect(() => total(null)).toThrow(TypeError); try { total(undefined); expect.fail(); } catch (error) { expect(error.message).toBe("no list"); } });'],
    ["a spy watches", 'it("adds", () => { expect(total([1])).toBe(1); });', 'it("adds", () => { const spy = vi.spyOn(console, "warn").mockImplementation(() => {}); expect(total([1])).toBe(1); expect(spy).not.toHaveBeenCalled(); });'],
    ["a variable is renamed", 'it("adds", () => { const r = total([1]); expect(r.sum).toBe("1 EUR"); });', 'it("adds", () => { const result = total([1]); expect(result.sum).toBe("1 EUR"); });'],
    ["formatted", 'it("adds", () => { expect(total([1, 2])).toEqual({ a: 1, b: "x" }); });', "it('adds', () => {\n  expect(\n    total([1, 2]),\n  ).toEqual({\n    a: 1,\n    b: 'x',\n  });\n});"],
    ["a timeout for a new test", 'it("adds", () => { expect(total([1])).toBe(1); });', 'it("adds", () => { expect(total([1])).toBe(1); });\nit("is slow", () => { expect(total([9])).toBe(9); }, 60_000);'],
  ]);
});

describe("Mocha, node:test, ava, tape, pytest", () => {
  inFile("test/cart.spec.js", 'const { expect } = require("chai");\nconst { total } = require("../lib/cart");', [
    ["properties as methods", 'it("adds", function () { expect(total([1])).to.be.true; });', 'it("adds", function () { expect(total([1])).to.equal(true); });'],
    ["arrow functions", 'it("adds", function () { expect(total([1])).to.equal(1); });', 'it("adds", () => { expect(total([1])).to.equal(1); });'],
  ]);
  inFile("test/node.test.mjs", 'import test from "node:test";\nimport assert from "node:assert";\nimport { total } from "../lib/cart.mjs";', [
    ["ok of a comparison becomes strictEqual", 'test("adds", () => { assert.ok(total([1]) === 1); });', 'test("adds", () => { assert.strictEqual(total([1]), 1); });'],
    ["arguments turned round", 'test("adds", () => { assert.strictEqual(1, total([1])); });', 'test("adds", () => { assert.strictEqual(total([1]), 1); });'],
  ]);
  inFile("test.js", 'import test from "ava";\nimport { total } from "./index.js";', [
    ["a macro", 'test("one", t => { t.is(total("1"), "1 EUR"); });\ntest("two", t => { t.is(total("2"), "2 EUR"); });', 'const macro = test.macro((t, input, expected) => { t.is(total(input), expected); });\ntest("one", macro, "1", "1 EUR");\ntest("two", macro, "2", "2 EUR");'],
  ]);
  inFile("tests/test_cart.py", "import pytest\nfrom cart import total", [
    ["parametrised", "def test_one():\n    assert total([1]) == '1 EUR'\ndef test_two():\n    assert total([2]) == '2 EUR'", "@pytest.mark.parametrize('n, sum', [(1, '1 EUR'), (2, '2 EUR')])\ndef test_adds(n, sum):\n    assert total([n]) == sum"],
    ["from unittest to pytest", "class TestCart:\n    def test_adds(self):\n        self.assertEqual(total([1]), 1)\n        self.assertIn('a', total([2]))", "def test_adds():\n    assert total([1]) == 1\n    assert 'a' in total([2])"],
  ]);
});

describe("across files", () => {
  const quiet = async (base: Side, head: Side, message?: string): Promise<void> => expect(alarmsOf(await judgeFiles(base, head, message))).toEqual([]);
  const body = 'it("adds", () => { expect(total([1])).toBe(1); });\nit("refuses", () => { expect(() => total(null)).toThrow(TypeError); });\n';

  test("a file is moved", () => quiet({ "test/cart.test.ts": body }, { "test/unit/total.test.ts": body }));

  test("a test moves to another file", () =>
    quiet({ "test/a.test.ts": body, "test/b.test.ts": 'it("b", () => { expect(b()).toBe(2); });\n' }, { "test/a.test.ts": body.split("\n")[0] ?? "", "test/b.test.ts": `it("b", () => { expect(b()).toBe(2); });\n${body.split("\n")[1] ?? ""}\n` }));

  test("a feature goes with its tests", () =>
    quiet({ "src/discount.ts": "export const discount = (sum) => sum / 2;\n", "test/discount.test.ts": 'import { discount } from "../src/discount";\nit("halves", () => { expect(discount(2)).toBe(1); });\n' }, {}));

  test("a function goes with its test", () =>
    quiet(
      { "src/cart.ts": "export const total = 1;\nexport const discounted = 2;\n", "test/cart.test.ts": 'it("has a total", () => { expect(total).toBe(1); });\nit("has a discount", () => { expect(discounted).toBe(2); });\n' },
      { "src/cart.ts": "export const total = 1;\n", "test/cart.test.ts": 'it("has a total", () => { expect(total).toBe(1); });\n' },
    ));

  test("Mocha and chai become Vitest", () =>
    quiet(
      { "test/a.spec.js": 'const { expect } = require("chai");\ndescribe("cart", function () { before(function () { open(); }); it("adds", function () { expect(total([1])).to.equal(1); expect(list()).to.deep.equal([1]); expect(fn).to.throw(TypeError); expect(list()).to.have.lengthOf(1); }); });\n' },
      { "test/a.test.js": 'import { beforeAll, describe, expect, it } from "vitest";\ndescribe("cart", () => { beforeAll(() => { open(); }); it("adds", () => { expect(total([1])).toBe(1); expect(list()).toEqual([1]); expect(fn).toThrow(TypeError); expect(list()).toHaveLength(1); }); });\n' },
    ));

  test("tape becomes node:test", () =>
    quiet(
      { "test/a.js": 'var test = require("tape");\ntest("adds", function (t) { t.plan(3); t.equal(total([1]), 1); t.same(list(), [1]); t.throws(function () { total(); }, /no list/); });\n' },
      { "test/a.js": 'const test = require("node:test");\nconst assert = require("node:assert");\ntest("adds", () => { assert.strictEqual(total([1]), 1); assert.deepStrictEqual(list(), [1]); assert.throws(() => { total(); }, /no list/); });\n' },
    ));

  test("a helper file is followed", () =>
    quiet(
      { "test/a.test.ts": 'it("adds", () => { expect(total([1]).sum).toBe(1); expect(total([1]).currency).toBe("EUR"); });\n' },
      { "test/a.test.ts": 'import { check } from "./helpers";\nit("adds", () => { check(total([1]), 1); });\n', "test/helpers.ts": 'export function check(cart, sum) { expect(cart.sum).toBe(sum); expect(cart.currency).toBe("EUR"); }\n' },
    ));

  test("an expected value changes with the behaviour, and a test is added", () =>
    quiet(
      { "src/cart.ts": "export const total = (list) => list.length;\n", "test/cart.test.ts": 'it("adds", () => { expect(total([5])).toBe(1); });\n' },
      { "src/cart.ts": "export const total = (list) => sum(list);\n", "test/cart.test.ts": 'it("adds", () => { expect(total([5])).toBe(5); });\nit("adds two", () => { expect(total([5, 6])).toBe(11); });\n' },
      "fix: add values and not items",
    ));

  test("a snapshot changes with its source", () => quiet({ "src/a.ts": "export const a = 1;\n", "test/__snapshots__/a.test.ts.snap": "exports[`a 1`] = `1`;\n" }, { "src/a.ts": "export const a = 2;\n", "test/__snapshots__/a.test.ts.snap": "exports[`a 1`] = `2`;\n" }));

  test("a floor is raised, and moves to where the runner wants it now", () =>
    quiet({ "jest.config.js": "module.exports = { coverageThreshold: { global: { lines: 90 } } };\n" }, { "vitest.config.ts": "export default { test: { coverage: { thresholds: { lines: 92 } } } };\n" }));

  test("a package is updated", () => quiet({ "package.json": '{\n  "scripts": { "test": "vitest run" },\n  "devDependencies": {\n    "vitest": "^3.0.0"\n  }\n}\n' }, { "package.json": '{\n  "scripts": { "test": "vitest run" },\n  "devDependencies": {\n    "vitest": "^4.0.0"\n  }\n}\n' }));

  test("a CI job is added that may fail, and runs no tests", () =>
    quiet({ ".github/workflows/ci.yml": "jobs:\n  test:\n    steps:\n      - run: npm test\n" }, { ".github/workflows/ci.yml": "jobs:\n  test:\n    steps:\n      - run: npm test\n  audit:\n    continue-on-error: true\n    steps:\n      - run: npm audit\n" }));

  test("what can't be parsed is not called removed", () => quiet({ "test/a.test.ts": body }, { "test/a.test.ts": "it('broken', () => { expect(\n" }));

  test("one root cause is one finding", async () => {
    const suite = (skip: string): string => `describe${skip}("cart", () => {\n${Array.from({ length: 5 }, (_, at) => `  it("case ${at}", () => { expect(total([${at}])).toBe(${at}); });`).join("\n")}\n});\n`;
    expect(kindsOf(await judgeFiles({ "test/a.test.ts": suite("") }, { "test/a.test.ts": suite(".skip") }))).toEqual(["block test-skipped"]);
  });
});
