import { join } from "node:path";

/** How one runner writes what the controls need. Bodies are statements; `expect` gives one statement that compares. */
export interface Dialect {
  readonly runner: string;
  /** Packages of this project the control's own repository links to. */
  readonly packages: readonly string[];
  /** A `node_modules` folder to link them from, where this project does not have them. */
  readonly modulesFrom?: string;
  readonly testFile: string;
  readonly modules: "esm" | "commonjs";
  readonly script: string;
  /** The first lines of a test file. */
  readonly opening: string;
  test(name: string, body: string, more?: { readonly skip?: boolean; readonly timeoutMs?: number }): string;
  /** A test that decides while it runs that it is not for now, when the condition holds. */
  skipWhen(name: string, condition: string, body: string): string;
  expect(actual: string, expected: string): string;
}

const after = (timeoutMs: number | undefined): string => (timeoutMs === undefined ? "" : `, ${timeoutMs}`);
const options = (timeoutMs: number | undefined): string => (timeoutMs === undefined ? "" : `{ timeout: ${timeoutMs} }, `);
const quoted = (name: string): string => JSON.stringify(name);

const vitest: Dialect = {
  runner: "vitest",
  packages: ["vitest"],
  testFile: "test/price.test.js",
  modules: "esm",
  script: "vitest run",
  opening: `import { test, expect } from "vitest";`,
  test: (name, body, more) => `test${more?.skip ? ".skip" : ""}(${quoted(name)}, async () => { ${body} }${after(more?.timeoutMs)});`,
  skipWhen: (name, condition, body) => `test(${quoted(name)}, async (context) => { if (${condition}) context.skip(); ${body} });`,
  expect: (actual, expected) => `expect(${actual}).toBe(${expected});`,
};

const jest: Dialect = {
  ...vitest,
  runner: "jest",
  packages: ["jest"],
  modules: "commonjs",
  script: "jest",
  opening: "",
  skipWhen: (name, condition, body) => `((${condition}) ? test.skip : test)(${quoted(name)}, async () => { ${body} });`,
};

const mocha: Dialect = {
  runner: "mocha",
  packages: ["mocha"],
  testFile: "test/price.test.js",
  modules: "commonjs",
  script: "mocha test/*.test.js",
  opening: `const assert = require("node:assert/strict");`,
  test: (name, body, more) => `it${more?.skip ? ".skip" : ""}(${quoted(name)}, async function () { ${more?.timeoutMs === undefined ? "" : `this.timeout(${more.timeoutMs}); `}${body} });`,
  skipWhen: (name, condition, body) => `it(${quoted(name)}, async function () { if (${condition}) this.skip(); ${body} });`,
  expect: (actual, expected) => `assert.equal(${actual}, ${expected});`,
};

const nodeTest: Dialect = {
  ...mocha,
  runner: "node:test",
  packages: [],
  script: "node --test test/*.test.js",
  opening: `const { test } = require("node:test");\nconst assert = require("node:assert/strict");`,
  test: (name, body, more) => `test${more?.skip ? ".skip" : ""}(${quoted(name)}, ${options(more?.timeoutMs)}async () => { ${body} });`,
  skipWhen: (name, condition, body) => `test(${quoted(name)}, async (t) => { if (${condition}) return t.skip(); ${body} });`,
};

const ava: Dialect = {
  runner: "ava",
  packages: ["ava"],
  testFile: "test/price.js",
  modules: "esm",
  script: "ava",
  opening: `import test from "ava";`,
  test: (name, body, more) => `test${more?.skip ? ".skip" : ""}(${quoted(name)}, async (t) => { ${more?.timeoutMs === undefined ? "" : `t.timeout(${more.timeoutMs}); `}${body} });`,
  skipWhen: (name, condition, body) => `((${condition}) ? test.skip : test)(${quoted(name)}, async (t) => { ${body} });`,
  expect: (actual, expected) => `t.is(${actual}, ${expected});`,
};

const tape: Dialect = {
  runner: "tape",
  packages: ["tape"],
  testFile: "test/price.js",
  modules: "commonjs",
  script: "tape test/*.js",
  opening: `const test = require("tape");`,
  test: (name, body, more) => `test${more?.skip ? ".skip" : ""}(${quoted(name)}, ${options(more?.timeoutMs)}async (t) => { ${body} });`,
  skipWhen: (name, condition, body) => `test(${quoted(name)}, { skip: ${condition} }, async (t) => { ${body} });`,
  expect: (actual, expected) => `t.equal(${actual}, ${expected});`,
};

/** A wrapper of node:test; what it is asked for is started without it. */
const borp: Dialect = { ...nodeTest, runner: "borp", script: "borp test/*.test.js" };

export const DIALECTS: readonly Dialect[] = [vitest, jest, mocha, nodeTest, ava, tape, borp];

/** node-tap as it is installed in a folder; a project like this one has no use for it, so whoever evaluates brings the versions he wants. */
export const tapIn = (folder: string, name: string): Dialect => ({
  ...tape,
  runner: `tap-${name}`,
  packages: ["tap"],
  modulesFrom: join(folder, name, "node_modules"),
  script: "tap test/*.js",
  opening: `const { test } = require("tap");`,
});

/** Brings names of a module into scope. */
export const load = (dialect: Dialect, names: string, from: string): string => (dialect.modules === "esm" ? `import ${names} from "${from}";` : `const ${names.replaceAll(" as ", ": ").replace(/^\* as /, "")} = require("${from}");`);

/** A module with these exports, each an expression. */
export function moduleOf(dialect: Dialect, exported: Readonly<Record<string, string>>, before = ""): string {
  const lines = Object.entries(exported).map(([name, expression]) => (dialect.modules === "esm" ? `export const ${name} = ${expression};` : `exports.${name} = ${expression};`));
  return [before, ...lines, ""].join("\n");
}
