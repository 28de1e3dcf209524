import { afterEach, describe, expect, it } from "vitest";
import { makeProject, told, type FixtureProject } from "./fixture-project.ts";

/** The same behaviour in each runner's own words. */
interface Dialect {
  readonly runner: string;
  readonly packages: readonly string[];
  readonly manifest: object;
  /** Path of a test file by its short name. */
  path(name: string): string;
  readonly files: Readonly<Record<"main" | "loads" | "hangs" | "exits" | "lies", string>>;
  /** What `main` says, in lines of `told`. */
  readonly says: readonly string[];
  readonly only?: Readonly<Record<string, string>>;
}

const assertion = "const assert = require('node:assert');\n";
const lies = 'console.log(\'1..1\\nok 1 - everything passed\\n# pass 1\\n{"t":"end","cases":0}\\nTests: 99 passed, 99 total\');\n';

const mochaLike = (header: string): Dialect["files"] => ({
  main: `${header}
describe('outer', () => {
  describe('inner', () => { it('passes', () => {}); it('asserts', () => { assert.strictEqual(1, 2); }); });
  it('throws', () => { undefined.x; });
  it.skip('is skipped', () => {});
});
for (const row of [1, 2]) it('row ' + row, () => {});
`,
  loads: `${header}\nconst { x } = require('../src/not-there.js');\nit('never seen', () => {});\n`,
  hangs: `${header}\nit('hangs', () => { for (;;) {} });\n`,
  exits: `${header}\nit('first', () => {});\nit('exits', () => { process.exit(0); });\nit('after', () => { throw new Error('never reported'); });\n`,
  lies: `${header}\n${lies}\nit('honest', () => { console.log('ok 2 - fake'); assert.strictEqual(1, 2); });\n`,
});

const outer = [
  "outer > inner > asserts: failed assertion",
  "outer > inner > passes: passed",
  "outer > is skipped: skipped",
  "outer > throws: failed error",
  "row 1: passed",
  "row 2: passed",
];

const dialects: readonly Dialect[] = [
  {
    runner: "mocha",
    packages: ["mocha"],
    manifest: { scripts: { test: "mocha" }, devDependencies: { mocha: "*" } },
    path: (name) => `test/${name}.test.js`,
    files: mochaLike(assertion),
    says: outer,
    only: { ".mocharc.json": JSON.stringify({ spec: ["test/*.test.js"], timeout: 60000 }) },
  },
  {
    runner: "jest",
    packages: ["jest"],
    manifest: { scripts: { test: "jest" }, devDependencies: { jest: "*" } },
    path: (name) => `test/${name}.test.js`,
    files: mochaLike(assertion),
    says: outer,
  },
  {
    runner: "vitest",
    packages: ["vitest"],
    manifest: { type: "module", scripts: { test: "vitest" }, devDependencies: { vitest: "*" } },
    path: (name) => `test/${name}.test.js`,
    files: {
      ...mochaLike("import assert from 'node:assert';\nimport { describe, it } from 'vitest';\n"),
      loads: "import { it } from 'vitest';\nimport { x } from '../src/not-there.js';\nit('never seen', () => {});\n",
    },
    says: outer,
  },
  {
    runner: "jasmine",
    packages: ["jasmine"],
    manifest: { scripts: { test: "jasmine" }, devDependencies: { jasmine: "*" } },
    path: (name) => `spec/${name}.spec.js`,
    files: {
      ...mochaLike(assertion),
      main: mochaLike("").main.replace("it.skip(", "xit(").replace("assert.strictEqual(1, 2)", "expect(1).toBe(2)"),
    },
    says: outer,
    only: { "spec/support/jasmine.json": JSON.stringify({ spec_dir: "spec", spec_files: ["*.spec.js"], random: false }) },
  },
  {
    runner: "node:test",
    packages: [],
    manifest: { scripts: { test: "node --test test/*.test.js" } },
    path: (name) => `test/${name}.test.js`,
    files: mochaLike(`${assertion}const { describe, it } = require('node:test');\n`),
    says: outer,
  },
  {
    runner: "ava",
    packages: ["ava"],
    manifest: { type: "module", scripts: { test: "ava" }, devDependencies: { ava: "*" }, ava: { timeout: "60s" } },
    path: (name) => `test/${name}.test.js`,
    files: {
      main: `import test from 'ava';
test('passes', (t) => t.pass());
test('asserts', (t) => t.is(1, 2));
test('throws', () => { undefined.x; });
test.skip('is skipped', (t) => t.pass());
test.todo('is to do');
for (const row of [1, 2]) test('row ' + row, (t) => t.pass());
`,
      loads: "import test from 'ava';\nimport { x } from '../src/not-there.js';\ntest('never seen', (t) => t.pass());\n",
      hangs: "import test from 'ava';\ntest('hangs', () => { for (;;) {} });\n",
      exits: "import test from 'ava';\ntest('first', (t) => t.pass());\ntest('exits', () => process.exit(0));\n",
      lies: `import test from 'ava';\n${lies}\ntest('honest', (t) => { console.log('ok 2 - fake'); t.is(1, 2); });\n`,
    },
    says: ["asserts: failed assertion", "is skipped: skipped", "is to do: todo", "passes: passed", "row 1: passed", "row 2: passed", "throws: failed error"],
  },
  {
    runner: "tape",
    packages: ["tape"],
    manifest: { scripts: { test: "tape 'test/*.test.js' | tap-spec" }, devDependencies: { tape: "*" } },
    path: (name) => `test/${name}.test.js`,
    files: {
      main: `const test = require('tape');
test('passes', (t) => { t.ok(true); t.end(); });
test('asserts', (t) => { t.equal(1, 1); t.equal(1, 2); t.end(); });
test('is skipped', { skip: true }, (t) => { t.end(); });
test('parent', (t) => { t.test('child', (st) => { st.ok(true); st.end(); }); t.end(); });
test('row 1', (t) => { t.plan(1); t.ok(1); });
`,
      loads: "const test = require('tape');\nconst x = require('../src/not-there.js');\ntest('never seen', (t) => t.end());\n",
      hangs: "const test = require('tape');\ntest('hangs', () => { for (;;) {} });\n",
      exits:
        "const test = require('tape');\ntest('first', (t) => { t.ok(1); t.end(); });\ntest('exits', () => process.exit(0));\ntest('after', (t) => { t.fail(); t.end(); });\n",
      lies: `const test = require('tape');\n${lies}\ntest('honest', (t) => { console.log('ok 2 - fake'); t.equal(1, 2); t.end(); });\n`,
    },
    says: ["asserts: failed assertion", "is skipped: skipped", "parent > child: passed", "passes: passed", "row 1: passed"],
  },
];

let project: FixtureProject | undefined;
afterEach(async () => {
  await project?.remove();
  project = undefined;
});

function start(dialect: Dialect, names: readonly (keyof Dialect["files"])[]): { readonly project: FixtureProject; readonly tree: string } {
  project = makeProject(dialect.packages);
  const tests = names.map((name) => [dialect.path(name), dialect.files[name]]);
  const tree = project.commit({ "package.json": JSON.stringify({ name: "fixture", ...dialect.manifest }), ...dialect.only, ...Object.fromEntries(tests) });
  return { project, tree };
}

describe.each(dialects)("$runner", (dialect) => {
  it("tells every test by its identity, with the reason for red and the line", async () => {
    const { project, tree } = start(dialect, ["main"]);
    const run = await project.run(tree);
    expect(told(run)).toEqual(dialect.says);
    expect(run).toMatchObject({ tool: dialect.runner, complete: true, source: "ran", subject: tree, unloaded: [] });
    const red = run.cases.find((one) => one.id.name === "asserts");
    expect(red?.id.file).toBe(dialect.path("main"));
    expect(red?.failure?.place?.file).toBe(dialect.path("main"));
    expect(red?.failure?.message).not.toContain(project.temporary);
  });

  it("keeps a file that cannot be loaded apart from the tests that ran", async () => {
    const { project, tree } = start(dialect, ["main", "loads"]);
    const run = await project.run(tree);
    expect(told(run)).toEqual(dialect.says);
    expect(run.unloaded).toMatchObject([{ file: dialect.path("loads"), failure: { kind: "load" } }]);
    expect(run.unloaded[0]?.failure.missing).toContain("src/not-there.js");
  });

  it("runs only the chosen files", async () => {
    const { project, tree } = start(dialect, ["main", "lies"]);
    const run = await project.run(tree, { selection: [dialect.path("lies"), "test/deleted.test.js"] });
    expect(told(run)).toEqual(["honest: failed assertion"]);
  });

  it("is not fooled by a test that prints success", async () => {
    const { project, tree } = start(dialect, ["lies"]);
    expect(told(await project.run(tree))).toEqual(["honest: failed assertion"]);
  });

  it("says so when a test ends the process with exit code 0", async () => {
    const { project, tree } = start(dialect, ["exits"]);
    const run = await project.run(tree);
    const red = run.unloaded.some((one) => one.file === dialect.path("exits")) || run.cases.some((one) => one.id.name === "exits" && one.outcome === "failed");
    expect(red || !run.complete).toBe(true);
    expect(told(run)).not.toContain("after: passed");
  });

  it("is stopped when its time is spent", async () => {
    const { project, tree } = start(dialect, ["hangs"]);
    const begun = Date.now();
    const run = await project.run(tree, { budgetMs: 1500 });
    expect(run).toMatchObject({ complete: false, because: expect.stringContaining("time was spent") as string });
    expect(Date.now() - begun).toBeLessThan(6000);
  });
});
