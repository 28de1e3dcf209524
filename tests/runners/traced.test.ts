import { afterEach, describe, expect, test } from "vitest";
import { pytestHere } from "../support/pytest-here.ts";
import { makeProject, type FixtureProject } from "./fixture-project.ts";

let project: FixtureProject | undefined;
afterEach(async () => {
  await project?.remove();
  project = undefined;
});

/** How one runner writes a test down. */
interface Dialect {
  readonly runner: string;
  readonly packages: readonly string[];
  readonly script: string;
  readonly header: string;
  readonly test: (body: string) => string;
}

const plain = (header: string): Pick<Dialect, "header" | "test"> => ({ header, test: (body) => `test('a', () => { ${body} });` });
const dialects: readonly Dialect[] = [
  { runner: "vitest", packages: ["vitest"], script: "vitest run --globals", ...plain("") },
  { runner: "jest", packages: ["jest"], script: "jest", ...plain("") },
  { runner: "mocha", packages: ["mocha"], script: "mocha test/*.test.js", header: "", test: (body) => `it('a', () => { ${body} });` },
  { runner: "node:test", packages: [], script: "node --test test/one.test.js test/two.test.js", ...plain("const test = require('node:test');") },
  { runner: "tape", packages: ["tape"], script: "tape test/*.test.js", header: "const test = require('tape');", test: (body) => `test('a', (t) => { ${body} t.end(); });` },
];

const SOURCE = "exports.price = function price() { return 1; };\nexports.fee = function fee() { return 2; };\n";

describe.each(dialects)("$runner", ({ runner, packages, script, header, test: write }) => {
  // The name of the source is made up at run time: nothing that only reads the tests could know of it.
  const load = "const shop = require('../src/' + ['sh', 'op'].join('') + '.js');";
  const files = {
    "package.json": JSON.stringify({ scripts: { test: script }, devDependencies: Object.fromEntries(packages.map((name) => [name, "*"])) }),
    "src/shop.js": SOURCE,
    "src/other.js": "exports.other = function other() {};",
    "test/one.test.js": `${header}\n${load}\n${write("shop.price();")}`,
    "test/two.test.js": `${header}\n${load}\nrequire('../src/other.js');\n${write("shop.fee(); if (shop.fee() !== 2) throw new Error('no');")}`,
  };

  test("tells which functions each test file ran, and says nothing where nobody asked", async () => {
    project = makeProject(packages);
    const tree = project.commit(files);
    const run = await project.run(tree, { trace: true });
    expect([run.tool, run.because]).toEqual([runner, undefined]);
    expect(run.cases.map(({ outcome }) => outcome)).toEqual(["passed", "passed"]);
    const ran = new Map((run.ranThrough ?? []).map((one) => [one.test, new Map(one.files.map((file) => [file.path, file.functions]))]));
    expect(ran.get("test/one.test.js")?.get("src/shop.js")).toEqual(["price"]);
    expect(ran.get("test/two.test.js")?.get("src/shop.js")).toEqual(["fee"]);
    expect(ran.get("test/one.test.js")?.has("src/other.js")).toBe(false);
    expect((await project.run(tree)).ranThrough).toBeUndefined();
    // Where no coverage is collected, nothing of ours gets into a run that is judged.
    if (runner !== "jest") expect((await project.run(tree, { trace: "with-coverage", coverage: true })).ranThrough).toBeUndefined();
  });
});

test("what a test starts counts as its own", async () => {
  project = makeProject([]);
  const tree = project.commit({
    "package.json": JSON.stringify({ scripts: { test: "node --test test/cli.test.js test/no.test.js" } }),
    "bin/cli.js": "function main() {} main();",
    "test/cli.test.js": "const test = require('node:test'); test('a', () => { require('node:child_process').execFileSync(process.execPath, [require('node:path').join(__dirname, '..', 'bin', 'cli.js')]); });",
    "test/no.test.js": "require('node:test')('b', () => {});",
  });
  const { ranThrough } = await project.run(tree, { trace: true });
  expect(ranThrough?.find((one) => one.test === "test/cli.test.js")?.files).toContainEqual({ path: "bin/cli.js", functions: ["main"] });
  expect(ranThrough?.find((one) => one.test === "test/no.test.js")?.files.map(({ path }) => path)).not.toContain("bin/cli.js");
});

test.skipIf(!pytestHere)("pytest tells it too, with what a file ran while it was loaded", async () => {
  project = makeProject([]);
  const tree = project.commit({
    "pytest.ini": "[pytest]\n",
    "shop/__init__.py": "",
    "shop/shop.py": "def price():\n    return 1\n\n\nclass Till:\n    def fee(self):\n        return 2\n",
    "shop/other.py": "def other():\n    return 3\n\n\nOTHER = other()\n",
    // The name of the source is made up at run time.
    "tests/test_one.py": 'import importlib\n\nshop = importlib.import_module("shop." + "sh" + "op")\n\n\ndef test_a():\n    assert shop.price() == 1\n',
    "tests/test_two.py": "import pytest\n\n\n@pytest.fixture\ndef till():\n    from shop.shop import Till\n    return Till()\n\n\ndef test_b(till):\n    from shop import other\n    assert till.fee() == 2\n",
  });
  const run = await project.run(tree, { trace: true });
  expect([run.tool, run.because, run.cases.map(({ outcome }) => outcome)]).toEqual(["pytest", undefined, ["passed", "passed"]]);
  const ran = Object.fromEntries((run.ranThrough ?? []).map((one) => [one.test, Object.fromEntries(one.files.map((file) => [file.path, file.functions]))]));
  expect(ran["tests/test_one.py"]).toMatchObject({ "shop/shop.py": ["price"] });
  expect(ran["tests/test_one.py"]).not.toHaveProperty(["shop/other.py"]);
  expect(ran["tests/test_two.py"]).toMatchObject({ "shop/shop.py": ["fee"], "shop/other.py": ["other"] });
  expect((await project.run(tree)).ranThrough).toBeUndefined();
});
