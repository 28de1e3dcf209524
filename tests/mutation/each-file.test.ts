import { expect, test } from "vitest";
import { bringing, fates, mutateLast } from "./mutating.ts";

const SOURCE = {
  "src/fee.js": "exports.fee = (n) => (n >= 3 ? 0 : 5);\n",
  "src/table.js": "const TABLE = [1 + 1];\nexports.first = () => TABLE[0];\n",
  "src/unused.js": "exports.unused = (n) => n * 2;\n",
  "src/shy.js": "exports.shy = (n) => n * 2;\n",
  "src/child.js": "if (3 > 2) console.log('up');\n",
};
const ALL = "same(fee(9), 0); same(fee(1), 5); same(first(), 2);";
const CHILD = 'same(require("node:child_process").execFileSync(process.execPath, [require.resolve("../src/child.js")], { encoding: "utf8" }).trim(), "up");';
const loads = 'const { fee } = require("../src/fee.js");\nconst { first } = require("../src/table.js");\nconst { shy } = require("../src/shy.js");\n';
const same = 'const same = (a, b) => require("node:assert").equal(a, b);\n';

/** Each file has a test that is red by itself beside one that is green: it notices nothing, and keeps the other from nothing. */
const RUNNERS = [
  {
    name: "ava",
    packages: ["ava"],
    manifest: { scripts: { test: "ava" }, ava: { files: ["test/*.cjs"], extensions: ["cjs"] } },
    file: "test/all.test.cjs",
    text: `const test = require("ava").default || require("ava");\n${same}${loads}test("all", (t) => { ${ALL} t.pass(); });\ntest("child", (t) => { ${CHILD} t.pass(); });\ntest("red", (t) => t.is(shy(1), 9));\n`,
  },
  {
    name: "tape",
    packages: ["tape"],
    manifest: { scripts: { test: "tape 'test/*.js'" } },
    file: "test/all.js",
    text: `const test = require("tape");\n${loads}test("all", (t) => { const same = (a, b) => t.equal(a, b); ${ALL} t.end(); });\ntest("child", (t) => { const same = (a, b) => t.equal(a, b); ${CHILD} t.end(); });\ntest("red", (t) => { t.equal(shy(1), 9); t.end(); });\n`,
  },
  {
    name: "jasmine",
    packages: ["jasmine"],
    manifest: { scripts: { test: "jasmine spec/*.js" } },
    file: "spec/all.spec.js",
    text: `${loads}const same = (a, b) => expect(a).toBe(b);\nit("all", () => { ${ALL} });\nit("child", () => { ${CHILD} });\nit("red", () => same(shy(1), 9));\n`,
  },
  {
    name: "program",
    packages: [],
    manifest: { scripts: { test: "node test/all.js" } },
    file: "test/all.js",
    text: `${loads}const same = require("node:assert").equal;\n${ALL}\n${CHILD}\nsame(shy(1), 2);\n`,
  },
];

test.each(RUNNERS)("$name: one start a mutant and test file", { timeout: 300_000 }, async ({ name, packages, manifest, file, text }) => {
  const repo = bringing(packages, { ...manifest, devDependencies: Object.fromEntries(packages.map((one) => [one, "*"])) }, { [file]: text }, SOURCE);
  const report = await mutateLast(repo);
  expect(report.because).toBeUndefined();
  expect(fates(report)).toMatchObject({
    "src/fee.js:1 >= became >": "survived",
    "src/fee.js:1 >= became <": "killed",
    "src/table.js:1 + became -": "killed",
    "src/unused.js:1 * became /": "uncovered",
    "src/shy.js:1 * became /": name === "program" ? "killed" : "survived",
    "src/child.js:1 > became <=": "killed",
  });
});
