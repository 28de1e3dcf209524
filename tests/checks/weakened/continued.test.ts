import { describe, expect, test } from "vitest";
import { alarmsOf, judgeFiles, type Side } from "./judge-files.ts";

/** What was there, an edit that asks less with what has to be said of it, and an innocent one like it. */
type Twins = readonly [rule: string, before: string, weaker: string, says: readonly string[], innocent: string];

const inFile = (path: string, opening: string, cases: readonly Twins[]): void => {
  const said = async (from: string, to: string): Promise<readonly string[]> => alarmsOf(await judgeFiles({ [path]: `${opening}\n${from}\n` }, { [path]: `${opening}\n${to}\n` }));
  for (const [rule, before, weaker, says, innocent] of cases) {
    test(`${rule}: asks less`, async () => expect(await said(before, weaker)).toEqual(says));
    test(`${rule}: its innocent twin`, async () => expect(await said(before, innocent)).toEqual([]));
  }
};

describe("a check that goes on in another form", () => {
  const of = (body: string): string => `it("adds", async () => { const cart = total([1]); ${body} });`;
  inFile("test/cart.test.ts", 'import { expect, it, vi } from "vitest";\nimport { total } from "../src/cart";', [
    ["the last is one of them", of("expect(cart.items[cart.items.length - 1]).toEqual(apple);"), of("expect(cart.items).toContain(apple);"), ["ask assertion-loosened"], of("expect(cart.items.at(-1)).toEqual(apple);")],
    ["sorted by a library", of("expect(cart.items).toEqual([apple, pear]);"), of('expect(sortBy(cart.items, ["name"])).toEqual([apple, pear]);'), ["ask assertion-loosened"], of("const items = cart.items; expect(items).toEqual([apple, pear]);")],
    ["the whole became its parts, under another name", of('expect(cart.query).toBe("one artist:two album:three");'), of('const query = cart.query; expect(query).toContain("artist:two"); expect(query).toContain("album:three");'), ["ask assertion-loosened"], of('const query = cart.query; expect(query).toBe("one artist:two album:three");')],
    ["a bound under another name", of("expect(after - before).toBeLessThan(10);"), of("expect(elapsed).toBeLessThan(80);"), ["ask assertion-loosened"], of("expect(elapsed).toBeLessThan(10);")],
    ["a length that is merely there", of("expect(cart.items.length).toBe(2);"), of("expect(cart.items.length).toBeDefined();"), ["ask assertion-loosened"], of("expect(cart.items).toHaveLength(2);")],
    ["as many calls as there were", of("const spy = vi.fn(); total([1], spy); expect(spy).toHaveBeenCalledTimes(1);"), of("const spy = vi.fn(); total([1], spy); const calls = spy.mock.calls.length; expect(spy).toHaveBeenCalledTimes(calls);"), ["ask assertion-loosened"], of("const spy = vi.fn(); total([1], spy); const calls = 1; expect(spy).toHaveBeenCalledTimes(calls);")],
    ["looked up on the page", of('expect(screen.getByTestId("sum").textContent).toBe("3 EUR");'), of('screen.queryByText("3 EUR");'), ["ask test-emptied"], of('screen.getByText("3 EUR");')],
  ]);
  inFile("tests/test_cart.py", "import pytest\nfrom cart import total", [
    ["a message that was caught", "def test_refuses():\n    with pytest.raises(ValueError) as e:\n        total(None)\n    assert 'no list was given (None)' in str(e)", "def test_refuses():\n    with pytest.raises(ValueError, match='no list'):\n        total(None)", ["ask assertion-loosened"], "def test_refuses():\n    with pytest.raises(ValueError, match=r'no list was given \\(None\\)'):\n        total(None)"],
    ["a table that compares less", "def test_adds():\n    result = total([1])\n    assert 'EUR' in result\n    result = total([2])\n    assert result == '2 EUR'", "@pytest.mark.parametrize('n, sum', [([1], 'EUR'), ([2], '2 EUR')])\ndef test_adds(n, sum):\n    result = total(n)\n    assert sum in result", ["ask assertion-loosened"], "@pytest.mark.parametrize('n, sum', [([1], '1 EUR'), ([2], '2 EUR')])\ndef test_adds(n, sum):\n    result = total(n)\n    assert result == sum"],
    ["a pair is always true", "def test_adds():\n    assert total([1]) == '1 EUR'\n    assert total([2]) == '2 EUR'", "def test_adds():\n    assert (total([1]), '1 EUR')\n    assert total([2]) == '2 EUR'", ["ask assertion-removed"], "def test_adds():\n    assert '1 EUR' == total([1])\n    assert total([2]) == '2 EUR'"],
    ["a test that is called otherwise", "def test_adds():\n    assert total([1]) == '1 EUR'\ndef test_other():\n    assert total([]) == 'nothing'", "def _test_adds():\n    assert total([1]) == '1 EUR'\ndef test_other():\n    assert total([]) == 'nothing'", ["block test-skipped"], "def test_adds_one():\n    assert total([1]) == '1 EUR'\ndef test_other():\n    assert total([]) == 'nothing'"],
    ["a precondition that became a skip", "class TestCart(TestCase):\n    def test_adds(self):\n        cart = total([1])\n        self.assertLess(len(cart.items), 3)\n        self.assertEqual(cart.sum, '1 EUR')", "class TestCart(TestCase):\n    def test_adds(self):\n        cart = total([1])\n        try:\n            if len(cart.items) == 3:\n                self.skipTest('nothing to see')\n        finally:\n            cart.close()\n        self.assertEqual(cart.sum, '1 EUR')", ["ask test-conditional"], "class TestCart(TestCase):\n    def test_adds(self):\n        cart = total([1])\n        try:\n            self.assertLess(len(cart.items), 3)\n        finally:\n            cart.close()\n        self.assertEqual(cart.sum, '1 EUR')"],
  ]);
});

describe("limits", () => {
  inFile("test/cart.spec.js", 'const assert = require("assert");\nconst { total } = require("..");', [
    ["a suite that had Mocha's own", 'describe("cart", function () { it("adds", () => { assert.strictEqual(total([1]), 1); }); });', 'describe("cart", function () { this.timeout(10000); it("adds", () => { assert.strictEqual(total([1]), 1); }); });', ["ask timeout-raised"], 'describe("cart", function () { this.timeout(2000); it("adds", () => { assert.strictEqual(total([1]), 1); }); });'],
    ["a hook's", 'describe("cart", () => { beforeAll(async () => { await start(); }, 60_000); it("adds", () => { assert.strictEqual(total([1]), 1); }); });', 'describe("cart", () => { beforeAll(async () => { await start(); }, 180_000); it("adds", () => { assert.strictEqual(total([1]), 1); }); });', ["ask timeout-raised"], 'describe("cart", () => { beforeAll(async () => { await start(); }, 30_000); it("adds", () => { assert.strictEqual(total([1]), 1); }); });'],
    ["a wait that had the library's own", 'it("adds", async () => { await waitFor(() => { assert.strictEqual(total([1]), 1); }); });', 'it("adds", async () => { const LONG = 5000; await waitFor(() => { assert.strictEqual(total([1]), 1); }, { timeout: LONG }); });', ["ask timeout-raised"], 'it("adds", async () => { await waitFor(() => { assert.strictEqual(total([1]), 1); }, { timeout: 1000 }); });'],
    ["the whole file under a condition", 'it("adds", () => { assert.strictEqual(total([1]), 1); });', 'if (semver.gt(process.versions.node, "7.9.0")) return;\nit("adds", () => { assert.strictEqual(total([1]), 1); });', ["ask test-conditional"], 'if (process.argv[2]) console.log("adds");\nit("adds", () => { assert.strictEqual(total([1]), 1); });'],
    ["one more condition", 'describe.skipIf(noBrowser)("cart", () => { it("adds", () => { assert.strictEqual(total([1]), 1); }); });', 'describe.skipIf(noBrowser)("cart", () => { it.skipIf(inDocker)("adds", () => { assert.strictEqual(total([1]), 1); }); });', ["ask test-conditional"], 'describe("cart", () => { it.skipIf(noBrowser)("adds", () => { assert.strictEqual(total([1]), 1); }); });'],
    ["the arguments turned round", 'it("adds", () => { assert.strictEqual(void 0, total([1])); });', 'it("adds", () => { assert.strictEqual(null, total([1])); });', ["ask expectation-changed"], 'it("adds", () => { assert.strictEqual(total([1]), undefined); });'],
    ["what the platform lacks", 'it("adds", () => { assert.strictEqual(total([1]), 1); });', 'if (cart.total && cart.sum) { it("adds", () => { assert.strictEqual(total([1]), 1); }); }', ["ask test-conditional"], 'if (zlib.gzipSync && zlib.gunzipSync) { it("adds", () => { assert.strictEqual(total([1]), 1); }); }'],
  ]);
  inFile("test/helper.js", 'const pRetry = require("p-retry");', [
    ["a helper's constant", "exports.wait = () => { const TIMEOUT = 2000; return poll(TIMEOUT); };", "exports.wait = () => { const TIMEOUT = process.env.WAIT || 10000; return poll(TIMEOUT); };", ["ask timeout-raised"], "exports.wait = () => { const TIMEOUT = 2000; const SIZE = 9000; return poll(TIMEOUT, SIZE); };"],
    ["a helper's retries", "exports.start = () => pRetry(() => run(), { retries: 3, factor: 2 });", "exports.start = () => pRetry(() => run(), { retries: 5, factor: 2 });", ["ask retries-raised"], "exports.start = () => pRetry(() => run(), { retries: 3, factor: 4 });"],
  ]);
  inFile("tests/test_wait.py", "from cart import total", [
    ["a limit that is gone", "class TestCart(TestCase):\n    def test_adds(self):\n        assert self.wait(timeout=1.0) == 1", "class TestCart(TestCase):\n    def test_adds(self):\n        assert self.wait() == 1", ["ask timeout-raised"], "class TestCart(TestCase):\n    def test_adds(self):\n        assert self.wait(timeout=0.5) == 1"],
  ]);
});

describe("what holds and what asks", () => {
  const said = async (base: Side, head: Side, message?: string): Promise<readonly string[]> => alarmsOf(await judgeFiles(base, head, message));
  const opening = 'import { expect, it } from "vitest";\nimport { total } from "../src/cart";\n';
  const [adds, refuses] = ['it("adds", () => { expect(total([1])).toBe(1); });\n', 'it("refuses nothing at all", () => { expect(() => total(undefined)).toThrow(TypeError); });\n'];

  test("a removed test holds; tests that go from several files ask", async () => {
    const two = { "test/cart.test.ts": opening + adds + refuses, "test/basket.test.ts": opening + adds + refuses.replace("nothing at all", "nothing else") };
    expect(await said(two, { ...two, "test/cart.test.ts": opening + adds })).toEqual(["ask test-removed"]);
    expect(await said(two, { "test/cart.test.ts": opening + adds, "test/basket.test.ts": opening + adds })).toEqual(["ask test-removed", "ask test-removed"]);
  });
  test("where others of its file were moved, it may stand there already", async () => {
    const more = 'it("counts everything there is", () => { expect(total.count).toBe(12); });\n';
    expect(await said({ "test/cart.test.ts": opening + adds + refuses + more }, { "test/cart.test.ts": opening + adds, "test/count.test.ts": opening + more })).toEqual(["ask test-removed"]);
  });
  test("the only test of a new file keeps nothing from running that ran", async () => {
    expect(await said({ "test/cart.test.ts": opening + adds }, { "test/cart.test.ts": opening + adds.replace("it(", "it.only(") })).toEqual(["block test-focused"]);
    expect(await said({ "test/cart.test.ts": opening + adds }, { "test/cart.test.ts": opening + adds.replace("[1]", "[2]"), "test/new.test.ts": opening + refuses.replace("it(", "it.only(") })).toEqual(["ask test-focused"]);
  });
  test("a check lost beside a changed expectation went with it", async () => {
    const of = (body: string): Side => ({ "test/cart.test.ts": `${opening}it("adds", () => { ${body} });\n` });
    expect(await said(of("expect(total([1])).toBe(1); expect(total.rest).toEqual([4]);"), of("expect(total([1])).toBe(1);"))).toEqual(["ask assertion-removed"]);
    expect((await said(of("expect(total([1])).toBe(1); expect(total.rest).toEqual([4]);"), of("expect(total([1])).toBe(5);"))).filter((one) => one.startsWith("block"))).toEqual([]);
  });
  test("a skip that a pipeline lifts by a mark in its title asks", async () => {
    const skipped = (title: string, run: string): [Side, Side] => [
      { "test/cart.test.ts": `${opening}it("${title}", () => { expect(total([1])).toBe(1); });\n`, ".github/workflows/ci.yml": "on: push\njobs:\n  test:\n    steps:\n      - run: npm test\n" },
      { "test/cart.test.ts": `${opening}it.skip("${title}", () => { expect(total([1])).toBe(1); });\n`, ".github/workflows/ci.yml": `on: push\njobs:\n  test:\n    steps:\n      - run: ${run}\n      - run: npm test\n` },
    ];
    expect(await said(...skipped("[PRD-ONLY] adds", "sed -i 's/PRD-ONLY//' test/*.ts"))).toContain("ask test-skipped");
    expect(await said(...skipped("adds", "sed -i 's/PRD-ONLY//' test/*.ts"))).toContain("block test-skipped");
  });
  test("a removal beside changed behaviour asks where nobody says a word of it", async () => {
    const [was, is] = ["export const total = (list) => list.length;\nconst limit = 100;\nconst spare = 3;\n", "export const total = (list) => list.length + 1;\n"];
    const [base, head] = [{ "src/cart.ts": was, "test/cart.test.ts": opening + adds + refuses }, { "src/cart.ts": is, "test/cart.test.ts": opening + adds }];
    expect(await said(base, head, "fix: count from one")).toEqual(["ask test-removed"]);
    expect(await said(base, head, "fix: count from one, and drop the limit")).toEqual([]);
  });
  test("one lost check in a change that edits many tests with the behaviour is a remark", async () => {
    const tests = (value: number, more: string, count: number): string => Array.from({ length: count }, (_, at) => `it("case ${at}", () => { const cart = total([${at}]); expect(cart.sum).toBe(${value * 100 + at}); ${at === 3 ? more : ""} });\n`).join("");
    const change = (count: number): [Side, Side] => [{ "src/cart.ts": "export const total = 1;\n", "test/cart.test.ts": opening + tests(1, "expect(cart.rest).toBe(9);", count) }, { "src/cart.ts": "export const total = 2;\n", "test/cart.test.ts": opening + tests(2, "", count) }];
    expect(await said(...change(4), "feat: count")).toEqual(["ask assertion-removed"]);
    expect(await said(...change(11), "feat: count")).toEqual([]);
  });
  test("tests whose values one new comparison of everything holds are merged", async () => {
    const single = 'it("has a title", () => { expect(total([1]).title).toBe("Two apples"); });\nit("has a label", () => { expect(total([1]).label).toBe("Fresh fruit"); });\n';
    const whole = (label: string): string => `it("parses all of it", () => { expect(total([1])).toEqual({ title: "Two apples", label: "${label}", sum: 3, rest: 4 }); });\n`;
    const of = (body: string): Side => ({ "test/cart.test.ts": opening + adds + body });
    expect(await said(of(single), of(whole("Fresh fruit")))).toEqual([]);
    expect(await said(of(single), of(whole("Other")))).toEqual(["ask test-removed"]);
  });
  test("a condition by name is what the name was set to", async () => {
    const of = (named: string, test: string): Side => ({ "src/cart.ts": named.includes("=") && test.includes("skipIf") ? "export const total = 2;\n" : "export const total = 1;\n", "test/cart.test.ts": `${opening}${named}\n${test}("adds", () => { expect(total([1])).toBe(1); });\n` });
    expect(await said(of("", "it"), of('const left = env["SANDBOX"] === "docker";', "it.skipIf(left)"), "feat: count")).toEqual(["ask test-conditional"]);
    expect(await said(of("", "it"), of("const left = total.limit < 3;", "it.skipIf(left)"), "feat: count")).toEqual([]);
  });
});

describe("settings", () => {
  const said = async (path: string, before: string, after: string, more: readonly [Side, Side] = [{}, {}]): Promise<readonly string[]> => alarmsOf(await judgeFiles({ ...more[0], [path]: before }, { ...more[1], [path]: after }));

  test("numbers that nobody compared with are no floor", async () => {
    const of = (check: string): [string, string] => [`{ "check-coverage": ${check}, "lines": 86, "all": true }`, `{ "check-coverage": ${check}, "all": true }`];
    expect(await said(".nycrc", ...of("true"))).toEqual(["block threshold-lowered"]);
    expect(await said(".nycrc", ...of("false"))).toEqual([]);
  });
  test("tap checks coverage unless it is told not to", async () => {
    expect(await said(".taprc", "coverage: true\ntimeout: 480\n", "coverage: true\ntimeout: 480\ncheck-coverage: false\n")).toEqual(["ask threshold-lowered"]);
    expect(await said(".taprc", "coverage: true\ncheck-coverage: false\n", "coverage: true\ntimeout: 480\ncheck-coverage: false\n")).toEqual([]);
  });
  test("what is left out of what is left out is let in", async () => {
    const of = (more: string): string => `module.exports = { test: { exclude: ["dist"${more}] } };\n`;
    expect(await said("vitest.config.js", of(""), of(', "test/cart.spec.ts"'))).toEqual(["ask tests-excluded"]);
    expect(await said("vitest.config.js", of(""), of(', "!test/cart.spec.ts"'))).toEqual([]);
  });
  test("a file that was left out under its old name", async () => {
    const of = (name: string): string => `module.exports = { test: { exclude: ["test/${name}.spec.ts"] } };\n`;
    const body = 'it("adds", () => { expect(total([1])).toBe(1); });\n';
    expect(await said("vitest.config.js", of("old"), of("cart"), [{ "test/old.spec.ts": body }, { "test/cart.spec.ts": body }])).toEqual([]);
    expect(await said("vitest.config.js", of("old"), of("cart"), [{ "test/cart.spec.ts": body }, { "test/cart.spec.ts": body }])).toEqual(["ask tests-excluded"]);
  });
  test("the first runner leaves nothing out that ran", async () => {
    const of = (script: string, more = ""): string => `{ "scripts": { "test": "${script}" }${more} }\n`;
    const jest = ', "jest": { "testPathIgnorePatterns": ["legacy"] }';
    expect(await said("package.json", of("echo none"), of("jest", jest))).toEqual([]);
    expect(await said("package.json", of("jest"), of("jest", jest))).toEqual(["ask tests-excluded"]);
  });
});
