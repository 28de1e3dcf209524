import { expect, it } from "vitest";
import { proveSides, sidesOf, type Sides } from "./proving.ts";

const HEAD = 'const test = require("node:test");\nconst assert = require("node:assert");\nconst { a, b } = require("../ab.js");\n';
const tests = (b: number, more = ""): string => `${HEAD}test("a", () => assert.equal(a(), 1));\ntest("b", () => assert.equal(b(), ${b}));\n${more}`;
const code = (b: number, more = ""): string => `exports.a = () => 1;\nexports.b = () => ${b};\n${more}`;

/** A branch that changes nothing but words, and a target branch on which `b` became another since. */
function parted(): Sides {
  const sides = sidesOf([], { "package.json": JSON.stringify({ scripts: { test: "node --test test/" } }), "ab.js": code(1), "test/ab.test.js": tests(1) }, { "ab.js": code(1, "// words\n"), "test/ab.test.js": tests(1, "// words\n") });
  sides.repo.git("checkout", "-q", "-b", "target", sides.broken);
  sides.repo.commit("feat: b is two", { "ab.js": code(2), "test/ab.test.js": tests(2) });
  return sides;
}

it("a range is proven by what it changes itself, not by what came to the other branch since", { timeout: 60_000 }, async () => {
  const sides = parted();
  const { outcome, broken, notes } = await proveSides(sides, { since: "target" });
  expect([outcome, broken, notes.join()]).toEqual(["refuted", sides.broken, expect.not.stringContaining("went on")]);
});

it("two sides that are named one by one are taken as they are, and it is said that they parted", { timeout: 60_000 }, async () => {
  const { outcome, notes } = await proveSides({ ...parted(), broken: "target" });
  expect([outcome, notes.join()]).toEqual(["proven", expect.stringContaining("`target` went on after the change left it")]);
});
