import { expect, test } from "vitest";
import { bringing, fates, mutateLast } from "./mutating.ts";

const source = (name: string): string => `exports.${name} = (n) => n * 2;\n`;
const SOURCE = { "src/seen.js": source("seen"), "src/shy.js": source("shy"), "src/unused.js": source("unused") };
const BODY = 'const { seen } = require("../src/seen.js");\nconst { shy } = require("../src/shy.js");\ntest("green", () => same(seen(3), 6));\ntest("red", () => same(shy(3), 7));\n';
const LATE = 'describe("never set up", () => { beforeAll(() => { throw new Error("no database"); }); test("late", () => same(1, 1)); });\n';

const RUNNERS = [
  { name: "vitest", packages: ["vitest", "@vitest/runner"], scripts: { test: "vitest run" }, head: 'import { beforeAll, describe, expect, test } from "vitest";\nimport { createRequire } from "node:module";\nconst same = (a, b) => expect(a).toBe(b);\n', esm: true },
  { name: "mocha", packages: ["mocha"], scripts: { test: "mocha --ui tdd test/" }, head: 'const same = require("node:assert").equal;\n', esm: false },
];
const asModules = (text: string): string => text.replaceAll(/const (\{ \w+ \}) = require\(("[^"]+")\);/g, "import $1 from $2;").replaceAll(/exports\.(\w+) =/g, "export const $1 =");

test.each(RUNNERS)("$name: what only a red test reaches is not said to be reached by none", { timeout: 240_000 }, async ({ packages, scripts, head, esm }) => {
  const told = (text: string): string => (esm ? asModules(text) : text);
  const manifest = { scripts, ...(esm && { type: "module" }), devDependencies: Object.fromEntries(packages.map((name) => [name, "*"])) };
  const repo = bringing(packages, manifest, { "test/all.test.js": told(head + BODY) }, Object.fromEntries(Object.entries(SOURCE).map(([path, text]) => [path, told(text)])));
  expect(fates(await mutateLast(repo))).toMatchObject({
    "src/seen.js:1 * became /": "killed",
    "src/shy.js:1 * became /": "unknown: the only tests that reach it are red anyway",
    "src/unused.js:1 * became /": "uncovered",
  });
});

test("where some tests could not be set up, nobody knows what they reach", { timeout: 240_000 }, async () => {
  const [vitest] = RUNNERS;
  const repo = bringing(vitest?.packages ?? [], { scripts: vitest?.scripts, type: "module", devDependencies: { vitest: "*", "@vitest/runner": "*" } }, { "test/all.test.js": asModules((vitest?.head ?? "") + BODY + LATE) }, Object.fromEntries(Object.entries(SOURCE).map(([path, text]) => [path, asModules(text)])));
  expect(fates(await mutateLast(repo))).toMatchObject({ "src/unused.js:1 * became /": "unknown: a test that is red anyway may reach it" });
});
