import { expect, test } from "vitest";
import { bringing, fates, mutateLast } from "./mutating.ts";

const SOURCE = {
  "src/fee.js": "exports.fee = (n) => (n >= 3 ? 0 : 5);\n",
  "src/loop.js": "exports.loop = (n) => {\n  let i = 0;\n  while (i < n) i += 1;\n  return i;\n};\n",
  "src/table.js": "const TABLE = [1 + 1];\nexports.first = () => TABLE[0];\n",
  "src/unused.js": "exports.unused = (n) => n * 2;\n",
  "src/shy.js": "exports.shy = (n) => n * 2;\n",
};
const BODY = 'const { fee } = require("../src/fee.js");\nconst { loop } = require("../src/loop.js");\nconst { first } = require("../src/table.js");\ntest("all", () => { same(fee(9), 0); same(fee(1), 5); same(loop(3), 3); same(first(), 2); });\n';

const RUNNERS = [
  { name: "node:test", packages: [], scripts: { test: "node --test test/" }, head: 'const { test } = require("node:test");\nconst same = require("node:assert").equal;\n' },
  { name: "jest", packages: ["jest"], scripts: { test: "jest" }, head: "const same = (a, b) => expect(a).toBe(b);\n" },
];

test.each(RUNNERS)("$name, one process a mutant", { timeout: 240_000 }, async ({ packages, scripts, head }) => {
  const repo = bringing(packages, { scripts, devDependencies: Object.fromEntries(packages.map((name) => [name, "*"])) }, { "test/all.test.js": head + BODY, "test/red.test.js": `${head}const { shy } = require("../src/shy.js");\ntest("red", () => same(shy(1), 9));\n` }, SOURCE);
  const report = await mutateLast(repo);
  expect(report.because).toBeUndefined();
  expect(fates(report)).toMatchObject({
    "src/fee.js:1 >= became >": "survived",
    "src/fee.js:1 >= became <": "killed",
    "src/loop.js:3 += became -=": "unknown: its tests did not come to an end",
    "src/table.js:1 + became -": "killed",
    "src/unused.js:1 * became /": "uncovered",
    "src/shy.js:1 * became /": "unknown: the only tests that reach it are red anyway",
  });
});
