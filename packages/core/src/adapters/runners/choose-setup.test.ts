import { expect, test } from "vitest";
import type { TestSetup } from "#evidence";
import { chooseSetups } from "./choose-setup.ts";

const setup = (runner: string, packageDir = "."): TestSetup => ({ runner, packageDir, because: "test" });
const chosen = async (setups: readonly TestSetup[], files: Readonly<Record<string, string>>): Promise<readonly (readonly [string, readonly string[] | undefined])[]> =>
  (await chooseSetups(setups, Object.keys(files), (path) => Promise.resolve(files[path]))).map(({ setup: one, selection }) => [one.runner, selection] as const);

test.each(['import { test } from "@playwright/test";', "const { test } = require('@playwright/test');", 'import { test } from "bun:test";'])("a file of a runner that nobody starts here goes to no other: %s", async (text) => {
  expect(await chosen([setup("vitest")], { "test/a.test.ts": 'import { test } from "vitest";', "e2e/b.spec.ts": text })).toEqual([["vitest", ["test/a.test.ts"]]]);
  expect(await chosen([setup("command")], { "e2e/b.spec.ts": text })).toEqual([["command", ["e2e/b.spec.ts"]]]);
});

test("a file that only speaks of such a runner is like any other", async () => {
  expect(await chosen([setup("vitest")], { "test/a.test.ts": '// like "@playwright/test"\nimport { test } from "vitest";\ntest("reads from \'@playwright/test\'", () => {});' })).toEqual([["vitest", ["test/a.test.ts"]]]);
  expect(await chosen([setup("jest")], { "test/a.test.ts": 'it("adds", () => {});' })).toEqual([["jest", ["test/a.test.ts"]]]);
});

test("of two setups of one runner, the one whose settings lie over the file gets it", async () => {
  const own = { ...setup("vitest"), start: { options: [], files: [] } };
  const other = { ...setup("vitest"), start: { options: ["-c", "./test/vitest.config.mjs"], files: [] } };
  const text = 'import { test } from "vitest";';
  const shares = await chooseSetups([own, other], ["src/a.test.ts", "test/b.test.ts"], () => Promise.resolve(text));
  expect(shares.map((one) => [one.setup, one.selection])).toEqual([
    [own, ["src/a.test.ts"]],
    [other, ["test/b.test.ts"]],
  ]);
});

test("settings at the package's root lie over no file in particular", async () => {
  const own = { ...setup("mocha"), start: { options: [], files: [] } };
  const other = { ...setup("mocha"), start: { options: ["--config=other.json"], files: [] } };
  const shares = await chooseSetups([own, other], ["a.test.js"], () => Promise.resolve("it('adds', () => {});"));
  expect(shares.map((one) => one.setup)).toEqual([own]);
});

test("Python files are pytest's, also below a package of another language, and no other file is", async () => {
  const files = { "web/a.test.ts": 'it("adds", () => {});', "web/tests/test_a.py": "def test_a(): pass" };
  expect(await chosen([setup("vitest", "web"), setup("pytest")], files)).toEqual([
    ["vitest", ["web/a.test.ts"]],
    ["pytest", ["web/tests/test_a.py"]],
  ]);
  expect(await chosen([setup("vitest", "web")], { "web/tests/test_a.py": "def test_a(): pass" })).toEqual([]);
  expect((await chooseSetups([setup("vitest"), setup("pytest")], "all", () => Promise.resolve(undefined))).map((one) => one.setup.runner)).toEqual(["vitest"]);
  expect((await chooseSetups([setup("pytest")], "all", () => Promise.resolve(undefined))).map((one) => one.setup.runner)).toEqual(["pytest"]);
});

test("a piece of a program of tests is tested by the program the script names; what asserts by itself is one of its own", async () => {
  const program: TestSetup = { ...setup("program", "packages/a"), start: { files: ["test/index.js"] } };
  const piece = "const assert = require('assert');\nmodule.exports = (price) => assert.equal(price(1), 2);\n";
  expect(await chosen([program], { "packages/a/test/half.js": piece, "packages/a/test/data.js": "exports.rows = [];\n" })).toEqual([["program", ["packages/a/test/index.js"]]]);
  expect(await chosen([program], { "packages/a/test/own.js": "require('assert').equal(1, 1);\n" })).toEqual([["program", ["packages/a/test/own.js"]]]);
});

test.each(["tap", "node:test"])("a file of tape's that %s would start as a program is tape's, with what is built and set before", async (runner) => {
  const start = { nodeOptions: ["--import", "tsx"], options: ["--ts"], files: ["test/*.js"], build: ["npm run make"], variables: { A: "1" } };
  const files: Readonly<Record<string, string>> = { "test/a.js": "const test = require('tape');", "test/b.js": 'import test from "tape";', "test/c.js": `import test from "${runner}"; test("plays", () => "tape");`, "test/d.js": "play('tape');" };
  const shares = await chooseSetups([{ ...setup(runner), start }], Object.keys(files), (path) => Promise.resolve(files[path]));
  const { options: _, ...kept } = start;
  expect(shares.map((one) => [one.setup.runner, one.setup.start, one.selection])).toEqual([
    [runner, start, ["test/c.js", "test/d.js"]],
    ["tape", kept, ["test/a.js", "test/b.js"]],
  ]);
});

test("a runner with tests of its own keeps a file that uses tape", async () => {
  expect(await chosen([setup("mocha")], { "test/a.js": "const tape = require('tape');" })).toEqual([["mocha", ["test/a.js"]]]);
});
