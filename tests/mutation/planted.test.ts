import { expect, test } from "vitest";
import { bringing, fates, mutateLast, type Files } from "./mutating.ts";

/** Every fault a mutant can turn into, on a line of its own. */
const SOURCE = {
  "src/fee.js": "export const fee = (n) => (n >= 3 ? 0 : 5);\n",
  "src/loop.js": "export function loop(n) {\n  let i = 0;\n  while (i < n) {\n    i += 1;\n  }\n  return i;\n}\n",
  "src/spin.js": "export function spin(n) {\n  const stop = n > 0;\n  // Stryker disable next-line all\n  for (; !stop; ) n ^= 1;\n  return n;\n}\n",
  "src/kill.js": "export function kill(n) {\n  if (n > 100) process.kill(process.pid, 'SIGKILL');\n  return n;\n}\n",
  "src/exit.js": "export function exit(n) {\n  if (n > 100) process.exit(3);\n  return n;\n}\n",
  "src/memo.js": "const known = new Map();\nexport function square(n) {\n  if (!known.has(n)) known.set(n, n * n);\n  return known.get(n);\n}\n",
  "src/table.js": "export const TABLE = [1 + 1];\nexport const first = () => TABLE[0];\n",
  "src/unused.js": "export const unused = (n) => n * 2;\n",
  "src/wait.js": "export const wait = (n) => (n > 0 ? Promise.resolve(n) : new Promise(() => {}));\n",
  "src/late.js": "export const late = (n) => {\n  if (n > 100) void Promise.reject(new Error('late'));\n  return n;\n};\n",
  "src/said.js": "export const said = (n) => {\n  console.log('n', n);\n  if (n > 9) throw new Error('too many');\n  return n;\n};\n",
  "src/wavers.js": "export const wavers = (n) => n + 1;\n",
};

/** Tests in the words all runners share; `check` compares. */
const TESTS = (head: string): Files => ({
  "test/all.test.mjs": `${head}
import { fee } from "../src/fee.js";
import { loop } from "../src/loop.js";
import { spin } from "../src/spin.js";
import { kill } from "../src/kill.js";
import { exit } from "../src/exit.js";
import { square } from "../src/memo.js";
import { first } from "../src/table.js";
import { wait } from "../src/wait.js";
import { late } from "../src/late.js";
import { said } from "../src/said.js";
describe("all", () => {
  let ready = 0;
  beforeEach(() => { ready += 1; });
  it("takes no fee above three", () => { same(ready > 0, true); same(fee(9), 0); same(fee(1), 5); });
  it("loops", () => same(loop(3), 3));
  it("spins not", () => same(spin(3), 3));
  it("lives", () => same(kill(3), 3));
  it("stays", () => same(exit(3), 3));
  it("squares", () => same(square(3), 9));
  it("knows the first", () => same(first(), 2));
  it("waits", async () => same(await wait(3), 3));
  it("rejects nothing", () => same(late(3), 3));
  it("says", () => same(said(3), 3));
  it("is red by itself", () => same(fee(3), 77));
});
`,
  "test/wavers.test.mjs": `${head}
import { wavers } from "../src/wavers.js";
describe("wavering", () => {
  it("is red every other time", () => {
    globalThis.times = (globalThis.times ?? 0) + 1;
    same(globalThis.times % 2, 1);
    same(typeof wavers(1), "number");
  });
});
`,
});

const EXPECTED: Readonly<Record<string, string | RegExp>> = {
  "src/fee.js:1 >= became >": "survived",
  "src/fee.js:1 >= became <": "killed",
  "src/fee.js:1 “n >= 3” was always true": "killed",
  "src/loop.js:4 += became -=": /^unknown: its tests did not come to an end/,
  "src/spin.js:2 “n > 0” was always false": /^unknown: its tests did not come to an end/,
  "src/kill.js:2 “n > 100” was always true": /^unknown: (?:the test process ended|its tests did not)/,
  "src/memo.js:3 * became /": "killed",
  "src/table.js:1 + became -": "killed",
  "src/wait.js:1 “n > 0” was always false": /^unknown: its tests did not come to an end/,
  "src/unused.js:1 * became /": "uncovered",
  "src/said.js:2 \"n\" became \"\"": "absent",
  "src/said.js:3 “n > 9” was always true": "killed",
  "src/said.js:3 > became >=": "survived",
  "src/wavers.js:1 + became -": /^(?:unknown|survived)/,
};

const RUNNERS = [
  { name: "vitest", packages: ["vitest", "@vitest/runner"], scripts: { test: "vitest run" }, head: 'import { describe, it, beforeEach, expect } from "vitest";\nconst same = (a, b) => expect(a).toBe(b);' },
  { name: "mocha", packages: ["mocha"], scripts: { test: "mocha test/*.mjs" }, head: 'import assert from "node:assert/strict";\nconst same = (a, b) => assert.equal(a, b);' },
];

test.each(RUNNERS)("$name: hangs, deaths, leaks, red and wavering tests end in the right word", { timeout: 240_000 }, async ({ packages, scripts, head }) => {
  const repo = bringing(packages, { type: "module", scripts, devDependencies: Object.fromEntries(packages.map((name) => [name, "*"])) }, TESTS(head), SOURCE);
  const report = await mutateLast(repo);
  const found = fates(report);
  if (process.env["SHOW"]) process.stdout.write(`${JSON.stringify({ ...report, mutants: found }, null, 1)}\n`);
  const told = Object.fromEntries(Object.keys(EXPECTED).map((says) => [says, found[says] ?? "absent"]));
  const wrong = Object.entries(EXPECTED).filter(([says, fate]) => !(typeof fate === "string" ? told[says] === fate : fate.test(told[says] ?? "")));
  expect(wrong.map(([says]) => `${says}: ${told[says]}`)).toEqual([]);
  expect(report.notes.join("\n")).toContain("is red by itself");
  expect(report.complete).toBe(true);
  // Whatever a mutant did, nothing it brought is called noticed by a test that cannot tell.
  expect(Object.entries(found).filter(([says, fate]) => says === "src/wavers.js:1 + became -" && fate === "killed")).toEqual([]);
});
