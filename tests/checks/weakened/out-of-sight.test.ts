import { describe, expect, test } from "vitest";
import { alarmsOf, judgeFiles, kindsOf, type Side } from "./judge-files.ts";

/** What is done where nobody looks for it: hooks, names of files, comments, waits, helpers, pipelines. */
const said = async (base: Side, head: Side, message?: string): Promise<readonly string[]> => alarmsOf(await judgeFiles(base, head, message));
const js = (code: string): string => `import { describe, expect, it } from "vitest";\nimport { total } from "../src/cart";\n${code}\n`;
const py = (code: string): string => `import os\nimport pytest\nimport unittest\nfrom cart import total\n${code}\n`;

const one = 'it("adds", () => { expect(total([1])).toBe(1); });';
const other = 'it("refuses what is no list", () => { expect(() => total(7)).toThrow(TypeError); });';
const method = "class TestCart(unittest.TestCase):\n    def test_adds(self):\n        self.assertEqual(total([1]), 1)";

describe("kept from running without a word at the test", () => {
  test.each<readonly [string, string, string, readonly string[]]>([
    ["a hook skips", `describe("cart", () => { ${one} });`, `describe("cart", () => { beforeEach(function () { this.skip(); });\n${one} });`, ["block test-skipped"]],
    ["a hook only opens", `describe("cart", () => { ${one} });`, `describe("cart", () => { beforeEach(function () { this.open(); });\n${one} });`, []],
    ["a condition that always holds", one, one.replace("it(", "it.skipIf(true)("), ["block test-skipped"]],
    ["a condition that never holds", one, one.replace("it(", "it.skipIf(false)("), []],
    ["a block that never runs", one, `if (false) { ${one} }`, ["block test-skipped"]],
    ["a comment opened before it and closed after it", `${one}\n${other}`, `${one}\n/*\n${other}\n*/`, ["block test-skipped"]],
    ["a comment that only speaks of it", `${one}\n${other}`, `${one}\n// refuses what is no list: see the manual\n${other}`, []],
  ])("Vitest, Jest, Mocha: %s", async (_, before, after, says) => expect(await said({ "test/cart.test.js": js(before) }, { "test/cart.test.js": js(after) })).toEqual(says));

  test.each<readonly [string, string, string, readonly string[]]>([
    ["setUp skips", method, method.replace("    def", "    def setUp(self):\n        self.skipTest('later')\n    def"), ["block test-skipped"]],
    ["setUp opens", method, method.replace("    def", "    def setUp(self):\n        self.cart = total\n    def"), []],
    ["the module skips", method, `pytest.skip("later", allow_module_level=True)\n${method}`, ["block test-skipped"]],
    ["the module needs a package", method, `numpy = pytest.importorskip("numpy")\n${method}`, ["ask test-conditional"]],
    ["a fixture that every test gets", method, `@pytest.fixture(autouse=True)\ndef gate():\n    pytest.skip("later")\n${method}`, ["block test-skipped"]],
    ["a fixture that some tests ask for", method, `@pytest.fixture\ndef gate():\n    pytest.skip("later")\n${method}`, []],
    ["__test__ = False", method, method.replace("    def", "    __test__ = False\n    def"), ["block test-skipped"]],
    ["raised where a package is there", method, method.replace("        self.", "        try:\n            import numpy\n        except ImportError:\n            pass\n        else:\n            raise unittest.SkipTest('no numpy, please')\n        self."), ["ask test-conditional"]],
    ["expected to fail in its body", method, method.replace("        self.", "        pytest.xfail('later')\n        self."), ["ask failure-expected"]],
  ])("pytest and unittest: %s", async (_, before, after, says) => expect(await said({ "tests/test_cart.py": py(before) }, { "tests/test_cart.py": py(after) })).toEqual(says));

  test.each<readonly [string, string, readonly string[]]>([
    ["where the language has what is tested", 'typeof Symbol === "function"', []],
    ["where the language lacks what is tested", 'typeof Symbol === "undefined"', ["ask assertion-conditional"]],
    ["where the language has it, and something else is so", 'typeof Symbol === "function" && later', ["ask assertion-conditional"]],
    ["where the project has what is tested", 'typeof total === "function"', ["ask assertion-conditional"]],
    ["on one system", 'process.platform === "linux"', ["ask assertion-conditional"]],
  ])("checked only %s", async (_, condition, says) => expect(await said({ "test/cart.test.js": js(one) }, { "test/cart.test.js": js(one.replace("expect", `if (${condition}) expect`)) })).toEqual(says));

  test("a condition on where it is run is asked about, whatever else changes", async () => {
    const base = { "src/cart.ts": "export const total = (list) => list.length;\n", "test/cart.test.ts": js(one) };
    expect(await said(base, { "src/cart.ts": "export const total = (list) => list.length + 0;\n", "test/cart.test.ts": js(one.replace("it(", "it.skipIf(process.env.CI)(")) })).toEqual(["ask test-conditional"]);
  });
});

describe("files", () => {
  const renamed = async (to: string): Promise<readonly string[]> => said({ "test/cart.test.ts": js(one) }, { [to]: js(one) });

  test("a test file that no runner reads any more is gone", async () => expect(await renamed("test/cart.test.ts.off")).toEqual(["ask tests-removed-with-file"]));
  test("a test file with another name is not", async () => expect(await renamed("test/total.test.ts")).toEqual([]));

  test("what can't be compared is unknown, with words", async () => {
    const large = `${js(one)}/* ${"x".repeat(1_600_000)} */\n`;
    const seen = await judgeFiles({ "test/cart.test.ts": large }, { "test/cart.test.ts": large.replace("toBe(1)", "toBeTruthy()") });
    expect(seen.map(({ answer, because }) => [answer, because])).toEqual([["unknown", "Nobody knows whether test/cart.test.ts still asks as much: it could not be read as code, or is larger than 1.5 MB."]]);
  });

  test("more test files than are compared at once are unknown, and a new one has nothing to lose", async () => {
    const many = (matcher: string): Side => Object.fromEntries(Array.from({ length: 402 }, (_, at) => [`test/a${at}.test.ts`, `it("adds", () => { expect(a(${at})).${matcher}; });\n`]));
    const seen = await judgeFiles(many("toBe(1)"), { ...many("toBe( 1 )"), "test/z.test.ts": js(one) });
    expect(seen.filter(({ answer }) => answer !== "holds").map(({ answer, because }) => [answer, because])).toEqual([["unknown", "Nobody knows whether test/a400.test.ts still asks as much: it is beyond the 400 test files that are compared at once, and 1 more changed test file was not compared."]]);
  });
});

describe("waits, and helpers nobody knows", () => {
  test.each<readonly [string, string, string, string, readonly string[]]>([
    ["waitFor takes ten times as long", "test/a.test.ts", js('it("x", async () => { await waitFor(() => expect(total()).toBe(1), { timeout: 500 }); });'), js('it("x", async () => { await waitFor(() => expect(total()).toBe(1), { timeout: 5000 }); });'), ["ask timeout-raised"]],
    ["a process takes five times as long", "tests/test_a.py", py("def test_a():\n    out = run().communicate(timeout=3)\n    assert out == 1"), py("def test_a():\n    out = run().communicate(timeout=15)\n    assert out == 1"), ["ask timeout-raised"]],
    ["what the product is told to wait", "tests/test_a.py", py("def test_a():\n    out = get(timeout=3)\n    assert out == 1"), py("def test_a():\n    out = get(timeout=15)\n    assert out == 1"), []],
    ["the stricter of two limits", "test/a.test.ts", js('it("x", { timeout: process.env.CI ? 1000 : 100 }, () => { expect(total()).toBe(1); });'), js('it("x", { timeout: process.env.CI ? 1000 : 500 }, () => { expect(total()).toBe(1); });'), ["ask timeout-raised"]],
    ["a helper gets a pattern for a text", "test/a.js", js('it("x", () => { err(() => total(), "expected a list to be given"); });'), js('it("x", () => { err(() => total(), /expected (a|any) list to be given/); });'), ["ask assertion-loosened"]],
    ["a helper gets a text for a pattern", "test/a.js", js('it("x", () => { err(() => total(), /expected (a|any) list to be given/); });'), js('it("x", () => { err(() => total(), "expected a list to be given"); });'), []],
    ["sinon.match describes an argument", "test/a.js", js('it("x", () => { const like = sinon.match({ a: 1 }); expect(like.test({ a: 1 })).toBe(true); });'), js('it("x", () => { const like = sinonMatch({ a: 1 }); expect(like.test({ a: 1 })).toBe(true); });'), []],
  ])("%s", async (_, path, before, after, says) => expect(await said({ [path]: before }, { [path]: after })).toEqual(says));
});

describe("what a message says makes nothing weigh less", () => {
  const base = { "test/cart.test.ts": js(`${one}\n${other}`) };
  test.each(["chore: remove redundant tests", "refactor!: drop it\n\nBREAKING CHANGE: no longer needed", "test: clean up dead tests", "feat: cart"])("%s", async (message) => expect(await said(base, { "test/cart.test.ts": js(one) }, message)).toEqual(["ask test-removed"]));

  test("what was there shall be gone: asked, also with another behaviour", async () => {
    const change = (value: string): Side => ({ "src/cart.ts": `export const total = () => ${value};\n`, "test/cart.test.ts": js(`it("adds", () => { expect(total([1])).toBe(${value}); });`) });
    expect(await said(change("1"), change("undefined"), "fix: total")).toEqual(["ask expectation-changed"]);
    expect(await said(change("1"), change("2"), "fix: total")).toEqual([]);
  });

  test("a formatted source explains no other value", async () => {
    const change = (end: string, value: string): Side => ({ "src/cart.js": `module.exports = (list) => list.length${end}\n`, "test/cart.test.js": js(`it("adds", () => { expect(total([1])).toBe(${value}); });`) });
    expect(kindsOf(await judgeFiles(change(";", "1"), change("", "2"), "chore: format"))).toEqual(["ask expectation-changed"]);
  });
});

describe("pipelines", () => {
  const PATH = ".github/workflows/ci.yml";
  const steps = (...runs: string[]): string => `jobs:\n  test:\n    steps:\n      - run: npm ci\n${runs.map((run) => `      - ${run}\n`).join("")}`;
  const circle = (jobs: string): string => `version: 2.1\njobs:\n  unit:\n    steps:\n      - run: yarn test:unit\n  e2e:\n    steps:\n      - run: yarn test:e2e\nworkflows:\n  all:\n    jobs:\n      - unit\n${jobs}`;

  test.each<readonly [string, Side, Side, readonly string[]]>([
    ["a step is commented out", { [PATH]: steps("run: npm test") }, { [PATH]: steps("run: npm run lint").replace("      - run: npm run", "      # - run: npm test\n      - run: npm run") }, ["ask tests-excluded"]],
    ["a step is switched off", { [PATH]: steps("run: npm test") }, { [PATH]: steps("run: npm test\n        if: false") }, ["ask tests-excluded"]],
    ["a job that no workflow names", { "circle.yml": circle("      - e2e\n") }, { "circle.yml": circle("      # - e2e\n") }, ["ask tests-excluded"]],
    ["the same with another package manager", { [PATH]: steps("run: npm test") }, { [PATH]: steps("run: pnpm test") }, []],
    ["moved to another file", { [PATH]: steps("run: npm test") }, { ".github/workflows/test.yml": steps("run: npm test") }, []],
    ["|| true on one line of several", { [PATH]: steps("run: |\n          npm run build\n          npm test") }, { [PATH]: steps("run: |\n          npm run build\n          npm test || true") }, ["ask failure-ignored"]],
    ["the shell goes on", { [PATH]: steps("run: |\n          npm test") }, { [PATH]: steps("run: |\n          set +e\n          npm test\n          npm run report") }, ["ask failure-ignored"]],
    ["the shell goes on, and the tests come last", { [PATH]: steps("run: |\n          npm test") }, { [PATH]: steps("run: |\n          set +e\n          npm run build\n          npm test") }, []],
    ["the shell goes on and hands the code on", { [PATH]: steps("run: |\n          npm test") }, { [PATH]: steps('run: |\n          set +e\n          npm test\n          code=$?\n          exit "$code"') }, []],
    ["continue-on-error as an expression", { [PATH]: steps("run: npm test") }, { [PATH]: steps("run: npm test\n        continue-on-error: ${{ true }}") }, ["ask failure-ignored"]],
    ["continue-on-error round a job", { [PATH]: steps("run: npm test") }, { [PATH]: steps("run: npm test").replace("  test:\n", "  test:\n    continue-on-error: true\n") }, ["ask failure-ignored"]],
    ["continue-on-error where no test runs", { [PATH]: steps("run: npm test") }, { [PATH]: steps("run: npm test", "run: npm audit\n        continue-on-error: true") }, []],
    ["only tests of a name", { "package.json": '{ "scripts": { "test": "vitest run" } }\n' }, { "package.json": '{ "scripts": { "test": "vitest run -t adds" } }\n' }, ["ask tests-excluded"]],
    ["Codecov may fall less", { "codecov.yml": "coverage:\n  status:\n    project:\n      default:\n        threshold: 5%\n" }, { "codecov.yml": "coverage:\n  status:\n    project:\n      default:\n        threshold: 1%\n" }, []],
  ])("%s", async (_, before, after, says) => expect(await said(before, after)).toEqual(says));
});
