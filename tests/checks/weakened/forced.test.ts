import { describe, expect, test } from "vitest";
import { alarmsOf, judgeFiles } from "./judge-files.ts";

/** Code round the tests that decides for them: planted in set-up files and test files, each beside something that looks like it and is none. */
type Case = readonly [name: string, path: string, before: string, after: string, says: readonly string[]];

const PY = "import pytest\nimport unittest\nfrom cart import total\n";
const plain = `${PY}def test_adds():\n    assert total([1]) == 1\n`;
const JS = 'import { expect, it } from "vitest";\nimport { total } from "../src/cart";\n';
const one = 'it("adds", () => { expect(total([1])).toBe(1); });\n';
const SETUP = "export {};\n";
const FORCED = ["ask outcome-forced"];

const cases: readonly Case[] = [
  ["pytest ends well", "tests/conftest.py", "import pytest\n", "import pytest\n\ndef pytest_sessionfinish(session, exitstatus):\n    session.exitstatus = 0\n", FORCED],
  ["pytest is told of the end", "tests/conftest.py", "import pytest\n", "import pytest\n\ndef pytest_sessionfinish(session, exitstatus):\n    print(exitstatus)\n", []],
  ["every report is passed", "tests/conftest.py", "import pytest\n", 'import pytest\n\n@pytest.hookimpl(hookwrapper=True)\ndef pytest_runtest_makereport(item, call):\n    report = (yield).get_result()\n    report.outcome = "passed"\n', FORCED],
  ["a report is read", "tests/conftest.py", "import pytest\n", 'import pytest\n\n@pytest.hookimpl(hookwrapper=True)\ndef pytest_runtest_makereport(item, call):\n    report = (yield).get_result()\n    item.failed = report.outcome == "failed"\n', []],
  ["files are not collected", "tests/conftest.py", "import pytest\n", 'import pytest\ncollect_ignore = ["test_cart.py"]\n', FORCED],
  ["no test is left", "tests/conftest.py", "import pytest\n", "import pytest\n\ndef pytest_collection_modifyitems(items):\n    items.clear()\n", FORCED],
  ["every test is skipped", "tests/conftest.py", "import pytest\n", "import pytest\n\ndef pytest_collection_modifyitems(items):\n    for item in items:\n        item.add_marker(pytest.mark.skip)\n", FORCED],
  ["slow tests are left out when asked", "tests/conftest.py", "import pytest\n", 'import pytest\n\ndef pytest_collection_modifyitems(config, items):\n    if config.getoption("--fast"):\n        for item in items:\n            item.add_marker(pytest.mark.skip)\n', []],
  ["the process ends well", "tests/conftest.py", "import pytest\n", "import pytest\nimport atexit, os\natexit.register(lambda: os._exit(0))\n", FORCED],
  ["an assertion of unittest", "tests/test_a.py", plain, `${PY}unittest.TestCase.assertEqual = lambda *args: None\ndef test_adds():\n    assert total([1]) == 1\n`, FORCED],
  ["an assertion of one's own that can't fail", "tests/test_a.py", plain, `${plain}\nclass TestMore(unittest.TestCase):\n    def assertEqual(self, one, other):\n        print(one, other)\n`, FORCED],
  ["an assertion of one's own that can", "tests/test_a.py", plain, `${plain}\nclass TestMore(unittest.TestCase):\n    def assertEqual(self, one, other):\n        super().assertEqual(str(one), str(other))\n`, []],
  ["expect is written anew", "test/a.test.ts", `${JS}${one}`, `import { it } from "vitest";\nimport { total } from "../src/cart";\nconst expect = (value) => ({ toBe() { return value; } });\n${one}`, FORCED],
  ["assert is written anew, and throws", "test/a.js", 'const assert = require("assert");\nit("adds", () => { assert(total([1]) === 1); });\n', 'function assert(holds) { if (!holds) throw new Error("no"); }\nit("adds", () => { assert(total([1]) === 1); });\n', []],
  ["assert is written anew", "test/a.js", 'const assert = require("assert");\nit("adds", () => { assert(total([1]) === 1); });\n', 'function assert(holds) { console.log(holds); }\nit("adds", () => { assert(total([1]) === 1); });\n', FORCED],
  ["assert is a stand-in", "test/setup.js", SETUP, 'jest.mock("assert");\n', FORCED],
  ["the network is a stand-in", "test/setup.js", SETUP, 'jest.mock("dns");\n', []],
  ["process.exitCode in a hook", "test/setup.js", SETUP, "process.on('exit', () => { process.exitCode = 0; });\n", FORCED],
  ["the time zone in a hook", "test/setup.js", SETUP, "process.env.TZ = 'UTC';\n", []],
  ["uncaught errors are dropped", "test/setup.js", SETUP, "process.on('uncaughtException', () => {});\n", FORCED],
  ["uncaught errors are printed and thrown", "test/setup.js", SETUP, "process.on('uncaughtException', (error) => { console.error(error); throw error; });\n", []],
  ["Mocha's state", "test/setup.js", SETUP, 'afterEach(function () { this.currentTest.state = "passed"; });\n', FORCED],
  ["Mocha's state is read", "test/setup.js", SETUP, 'afterEach(function () { if (this.currentTest.state === "failed") dump(); });\n', []],
  ["Vitest's state", "test/setup.ts", SETUP, 'afterEach((context) => { context.task.result.state = "pass"; });\n', FORCED],
  ["chai's equal", "test/setup.js", SETUP, 'chai.use((chai) => { chai.Assertion.overwriteMethod("equal", () => function () {}); });\n', FORCED],
  ["chai's own word", "test/setup.js", SETUP, 'chai.use((chai) => { chai.Assertion.addMethod("cart", function () { this.assert(this._obj.cart, "no"); }); });\n', []],
  ["chai's own word, changed", "test/setup.js", SETUP, 'chai.use((chai) => { chai.Assertion.overwriteMethod("cart", () => function () {}); });\n', []],
  ["a matcher everybody knows", "test/setup.ts", SETUP, "expect.extend({ toBeNull: () => ({ pass: true }) });\n", FORCED],
  ["a matcher of one's own", "test/setup.ts", SETUP, "expect.extend({ toBeCart: (value) => ({ pass: value.cart }) });\n", []],
  ["it is it.skip", "test/setup.ts", SETUP, "globalThis.it = it.skip;\n", FORCED],
  ["skip under the name of test", "test/a.test.mjs", 'import test from "node:test";\nimport assert from "node:assert";\nimport { total } from "../lib.mjs";\ntest("adds", () => { assert.equal(total([1]), 1); });\n', 'import { skip as test } from "node:test";\nimport assert from "node:assert";\nimport { total } from "../lib.mjs";\ntest("adds", () => { assert.equal(total([1]), 1); });\n', ["block test-skipped"]],
  ["skip under the name of it, taken out of it", "test/a.js", 'const { it } = require("mocha");\nconst assert = require("assert");\nit("adds", () => { assert.equal(total([1]), 1); });\n', 'const { xit: it } = require("mocha");\nconst assert = require("assert");\nit("adds", () => { assert.equal(total([1]), 1); });\n', ["block test-skipped"]],
  ["test under the name of it", "test/a.test.ts", `${JS}${one}`, `import { expect, test as it } from "vitest";\nimport { total } from "../src/cart";\n${one}`, []],
];

describe("what decides for the tests", () => {
  test.each(cases)("%s (%s)", async (_, path, before, after, says) => expect(alarmsOf(await judgeFiles({ [path]: before }, { [path]: after }))).toEqual(says));
});
