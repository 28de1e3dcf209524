import { describe, expect, it } from "vitest";
import { chooseSetups } from "./choose-setup.ts";
import { detectSetups } from "./detect-setups.ts";
import { expandPatterns } from "./expand-patterns.ts";

const tree = (files: Readonly<Record<string, string | object>>) => ({
  paths: Object.keys(files),
  read: (path: string) => {
    const content = files[path];
    return Promise.resolve(typeof content === "object" ? JSON.stringify(content) : content);
  },
});
const found = async (files: Readonly<Record<string, string | object>>) => (await detectSetups(tree(files))).map((one) => `${one.runner} in ${one.packageDir}`);

describe("detecting how tests are run", () => {
  it("believes the test script first, then configuration, then what is depended on", async () => {
    expect(await found({ "package.json": { scripts: { test: "ava" }, devDependencies: { ava: "1", vitest: "1" } }, "vitest.config.ts": "" })).toEqual([
      "ava in .",
    ]);
    expect(await found({ "package.json": { devDependencies: { mocha: "1" } }, ".mocharc.yml": "" })).toEqual(["mocha in ."]);
    expect(await found({ "package.json": { jest: {}, devDependencies: { jest: "1" } } })).toEqual(["jest in ."]);
    expect(await found({ "package.json": { devDependencies: { tape: "1" } } })).toEqual(["tape in ."]);
  });

  it("looks at workspace packages, and lets the root cover those that use the same runner", async () => {
    const packages = { "packages/a/package.json": { scripts: { test: "vitest" } }, "packages/b/package.json": { scripts: { test: "mocha" } } };
    expect(await found({ "package.json": { scripts: { test: "turbo test" } }, ...packages })).toEqual(["vitest in packages/a", "mocha in packages/b"]);
    expect(await found({ "package.json": { scripts: { test: "vitest run" } }, ...packages })).toEqual(["vitest in .", "mocha in packages/b"]);
  });

  it("starts packages in their own folders where the root has a configuration and no script for them", async () => {
    const root = { "package.json": { scripts: { test: "nx run-many" }, devDependencies: { vitest: "1" } }, "vitest.config.ts": "" };
    const packages = { "packages/a/package.json": { scripts: { "test:lib": "vitest" } }, "packages/b/package.json": { devDependencies: { vitest: "1" } } };
    expect(await found({ ...root, ...packages })).toEqual(["vitest in .", "vitest in packages/a"]);
  });

  it("reads a plain script to see which runner it stands on", async () => {
    const manifest = { scripts: { test: "node test.js" } };
    expect(await found({ "package.json": manifest, "test.js": "const t = require('tape')" })).toEqual(["tape in ."]);
    expect(await found({ "package.json": manifest, "test.js": "import test from 'node:test'" })).toEqual(["node:test in ."]);
    expect(await found({ "package.json": manifest, "test.js": "import t from 'tap'" })).toEqual(["tap in ."]);
    expect(await found({ "package.json": manifest, "test.js": "console.log(1)" })).toEqual([]);
  });

  it("takes a test file that asserts by itself for a program of its own, after every runner", async () => {
    const test = "require('assert').equal(1, 1)";
    expect(await found({ "package.json": { scripts: { test: "node test" } }, "test/index.js": test })).toEqual(["program in ."]);
    expect(await found({ "package.json": { scripts: { test: "node test/smoke.js && mocha" } }, "test/smoke.js": test })).toEqual(["mocha in .", "program in ."]);
    expect(await found({ "package.json": { scripts: { test: "node scripts/build.js && mocha" } }, "scripts/build.js": test })).toEqual(["mocha in ."]);
  });

  it("is not misled by broken manifests, fixtures and installed packages", async () => {
    const vitest = { scripts: { test: "vitest" } };
    expect(await found({ "package.json": "{ broken", "test/fixtures/x/package.json": vitest, "node_modules/y/package.json": vitest })).toEqual([]);
  });

  it("starts pytest for Python tests, by its settings or by the tests alone, and not for samples", async () => {
    expect((await detectSetups(tree({ "pyproject.toml": "[tool.pytest.ini_options]\n", "tests/test_a.py": "" })))[0]).toEqual({ runner: "pytest", packageDir: ".", because: "pyproject.toml belongs to pytest", start: {} });
    expect(await found({ "shop/price.py": "", "shop/price_test.py": "" })).toEqual(["pytest in ."]);
    expect(await found({ "shop/price.py": "", "test/fixtures/test_a.py": "", "examples/conftest.py": "" })).toEqual([]);
  });

  it("finds pytest beside a package of JavaScript only where its settings say so, in their folder", async () => {
    const web = { "package.json": { scripts: { test: "vitest run" } }, "api/tests/test_a.py": "" };
    expect(await found({ ...web, "api/pytest.ini": "[pytest]\n" })).toEqual(["vitest in .", "pytest in api"]);
    expect(await found(web)).toEqual(["vitest in ."]);
  });

  it("names runners it does not start and says how to declare them", async () => {
    const setups = await detectSetups(tree({ "go.mod": "module x", "a_test.go": "" }));
    expect(setups).toMatchObject([{ runner: "go", because: expect.stringContaining("tests.command") as string, declare: expect.stringContaining("tests.command") as string }]);
    expect((await detectSetups(tree({ "package.json": { scripts: { test: "ava" } } })))[0]).not.toHaveProperty("declare");
    expect(await found({ "go.mod": "module x", "a_test.go": "" })).toEqual(["go in ."]);
    expect(await found({ "package.json": { scripts: { test: "uvu -r tsm tests" } } })).toEqual(["uvu in ."]);
  });

  it("puts a declared command in the place of what it found, and adds declared needs", async () => {
    const files = tree({ "package.json": { scripts: { test: "vitest" } } });
    expect(await detectSetups(files, [{ command: "make test", report: "out/*.xml" }])).toMatchObject([{ runner: "command", command: "make test" }]);
    expect(await detectSetups(files, [{ needs: { ports: [5432] } }])).toMatchObject([{ runner: "vitest", needs: { ports: [5432] } }]);
  });
});

describe("choosing who runs a file", () => {
  const setup = (runner: string, packageDir: string, files: readonly string[] = []) => ({ runner, packageDir, because: "", start: { files } });
  const read = (text: string) => () => Promise.resolve(text);

  it("is the innermost package that has a runner", async () => {
    const chosen = await chooseSetups([setup("jest", "."), setup("vitest", "packages/a")], ["packages/a/x.test.ts", "packages/ab/y.test.ts"], read(""));
    expect(chosen.map((one) => [one.setup.runner, one.selection])).toEqual([
      ["jest", ["packages/ab/y.test.ts"]],
      ["vitest", ["packages/a/x.test.ts"]],
    ]);
  });

  it("leaves out what the script does not name, unless nothing would be left", async () => {
    const named = [setup("mocha", ".", ["./test/*.js"])];
    const selection = async (...files: string[]) => (await chooseSetups(named, files, read("")))[0]?.selection;
    expect(await selection("test/expect.js", "test/bootstrap/index.js", "test/display/errors.js")).toEqual(["test/expect.js"]);
    expect(await selection("test/deep/new.js")).toEqual(["test/deep/new.js"]);
    expect((await chooseSetups([setup("mocha", ".")], ["a.js", "b/c.js"], read("")))[0]?.selection).toEqual(["a.js", "b/c.js"]);
  });

  it("is nobody for a test of types, unless the runner checks types", async () => {
    const files = ["index.test-d.ts", "test-d/main.ts", "test.js"];
    expect((await chooseSetups([setup("ava", ".")], files, read(""))).map((one) => one.selection)).toEqual([["test.js"]]);
    expect((await chooseSetups([setup("vitest", ".")], files, read(""))).map((one) => one.selection)).toEqual([files]);
    expect(await chooseSetups([setup("mocha", ".")], ["index.test-d.ts"], read(""))).toEqual([]);
  });

  it("is, among several of one package, the one the file imports, else the one whose script names it", async () => {
    const two = [setup("node:test", ".", ["test/*.test.js"]), setup("jest", ".", ["test/jest"])];
    const runner = async (file: string, text: string) => (await chooseSetups(two, [file], read(text)))[0]?.setup.runner;
    expect(await runner("test/a.test.js", "require('node:test')")).toBe("node:test");
    expect(await runner("test/jest/b.spec.js", "test('x')")).toBe("jest");
    expect(await runner("elsewhere.js", "")).toBe("node:test");
  });
});

describe("expanding what a script names", () => {
  const expand = (...patterns: string[]) =>
    expandPatterns(patterns, {
      root: "/w",
      packageDir: "p",
      files: ["p/test/a.js", "p/test/deep/b.ts", "p/test/data.json", "p/test.js", "q/test/c.js"],
      extensions: [".js", ".ts"],
    });

  it("knows files, files without their extension, folders and globs, inside the package only", () => {
    expect(expand("test.js")).toEqual(["/w/p/test.js"]);
    expect(expand("./test/a")).toEqual(["/w/p/test/a.js"]);
    expect(expand("test/")).toEqual(["/w/p/test/a.js", "/w/p/test/deep/b.ts"]);
    expect(expand("test/**/*.ts", "test/*.js")).toEqual(["/w/p/test/a.js", "/w/p/test/deep/b.ts"]);
    expect(expand("nothing/*.js")).toEqual([]);
  });
});
