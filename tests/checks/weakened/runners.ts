/** How one runner, with the assertion library people use beside it, says what every one of them can say. */
export interface Runner {
  readonly name: string;
  readonly path: string;
  readonly opening: string;
  /** A test of a title and statements. */
  test(title: string, ...statements: string[]): string;
  /** The same test, kept from running. */
  skip(title: string, ...statements: string[]): string;
  /** Kept from running where a condition holds. Absent where a test can't say so of itself. */
  skipIf?(title: string, condition: string, ...statements: string[]): string;
  only?(title: string, ...statements: string[]): string;
  todo?(title: string): string;
  fails?(title: string, ...statements: string[]): string;
  retried?(title: string, ...statements: string[]): string;
  table?(title: string, rows: readonly (readonly [string, string])[]): string;
  equal(subject: string, expected: string): string;
  deep(subject: string, expected: string): string;
  truthy(subject: string): string;
  contains(subject: string, part: string): string;
  throwsThat(call: string, error: string): string;
  throwsAny(call: string): string;
  swallowed(statement: string): string;
  never(statement: string): string;
  commentedOut(code: string): string;
}

const commentedOut = (mark: string) => (code: string): string => code.split("\n").map((line) => `${mark} ${line}`).join("\n");

const javascript = {
  swallowed: (statement: string) => `try { ${statement} } catch (error) { console.log(error); }`,
  never: (statement: string) => `if (false) { ${statement} }`,
  commentedOut: commentedOut("//"),
};

const call = (word: string) => (title: string, ...statements: string[]): string => `${word}("${title}", () => { ${statements.join(" ")} });`;
const told = (word: string) => (title: string, ...statements: string[]): string => `${word}("${title}", t => { ${statements.join(" ")} });`;

const vitest: Runner = {
  ...javascript,
  name: "Vitest and Jest",
  path: "test/cart.test.ts",
  opening: 'import { expect, it, vi } from "vitest";\nimport { total } from "../src/cart";',
  test: call("it"),
  skip: call("it.skip"),
  skipIf: (title, condition, ...statements) => call(`it.skipIf(${condition})`)(title, ...statements),
  only: call("it.only"),
  todo: (title) => `it.todo("${title}");`,
  fails: call("it.fails"),
  retried: (title, ...statements) => `it("${title}", { retry: 3 }, () => { ${statements.join(" ")} });`,
  table: (title, rows) => `it.each([${rows.map((row) => `[${row.join(", ")}]`).join(", ")}])("${title} %s", (given, sum) => { expect(total(given)).toBe(sum); });`,
  equal: (subject, expected) => `expect(${subject}).toBe(${expected});`,
  deep: (subject, expected) => `expect(${subject}).toEqual(${expected});`,
  truthy: (subject) => `expect(${subject}).toBeTruthy();`,
  contains: (subject, part) => `expect(${subject}).toContain(${part});`,
  throwsThat: (code, error) => `expect(() => ${code}).toThrow(${error});`,
  throwsAny: (code) => `expect(() => ${code}).toThrow();`,
};

const mocha: Runner = {
  ...javascript,
  name: "Mocha and chai",
  path: "test/cart.spec.js",
  opening: 'const { expect } = require("chai");\nconst { total } = require("../lib/cart");',
  test: call("it"),
  skip: call("xit"),
  skipIf: (title, condition, ...statements) => `it("${title}", function () { if (${condition}) this.skip(); ${statements.join(" ")} });`,
  only: call("it.only"),
  retried: (title, ...statements) => `it("${title}", function () { this.retries(3); ${statements.join(" ")} });`,
  table: (title, rows) => `for (const [given, sum] of [${rows.map((row) => `[${row.join(", ")}]`).join(", ")}]) it("${title} " + given, () => { expect(total(given)).to.equal(sum); });`,
  equal: (subject, expected) => `expect(${subject}).to.equal(${expected});`,
  deep: (subject, expected) => `expect(${subject}).to.deep.equal(${expected});`,
  truthy: (subject) => `expect(${subject}).to.be.ok;`,
  contains: (subject, part) => `expect(${subject}).to.include(${part});`,
  throwsThat: (code, error) => `expect(() => ${code}).to.throw(${error});`,
  throwsAny: (code) => `expect(() => ${code}).to.throw();`,
};

const node: Runner = {
  ...javascript,
  name: "node:test and assert",
  path: "test/cart.test.mjs",
  opening: 'import test from "node:test";\nimport assert from "node:assert/strict";\nimport { total } from "../lib/cart.mjs";',
  test: call("test"),
  skip: (title, ...statements) => `test("${title}", { skip: true }, () => { ${statements.join(" ")} });`,
  skipIf: (title, condition, ...statements) => `test("${title}", { skip: ${condition} }, () => { ${statements.join(" ")} });`,
  only: (title, ...statements) => `test("${title}", { only: true }, () => { ${statements.join(" ")} });`,
  todo: (title) => `test.todo("${title}");`,
  equal: (subject, expected) => `assert.equal(${subject}, ${expected});`,
  deep: (subject, expected) => `assert.deepEqual(${subject}, ${expected});`,
  truthy: (subject) => `assert.ok(${subject});`,
  contains: (subject, part) => `assert.ok(${subject}.includes(${part}));`,
  throwsThat: (code, error) => `assert.throws(() => ${code}, ${error});`,
  throwsAny: (code) => `assert.throws(() => ${code});`,
};

const ava: Runner = {
  ...javascript,
  name: "ava",
  path: "test.js",
  opening: 'import test from "ava";\nimport { total } from "./index.js";',
  test: told("test"),
  skip: told("test.skip"),
  only: told("test.only"),
  todo: (title) => `test.todo("${title}");`,
  fails: told("test.failing"),
  equal: (subject, expected) => `t.is(${subject}, ${expected});`,
  deep: (subject, expected) => `t.deepEqual(${subject}, ${expected});`,
  truthy: (subject) => `t.truthy(${subject});`,
  contains: (subject, part) => `t.true(${subject}.includes(${part}));`,
  throwsThat: (code, error) => `t.throws(() => ${code}, { instanceOf: ${error} });`,
  throwsAny: (code) => `t.throws(() => ${code});`,
};

const tape: Runner = {
  ...javascript,
  name: "tape",
  path: "test/index.js",
  opening: 'const test = require("tape");\nconst total = require("../");',
  test: (title, ...statements) => told("test")(title, ...statements, "t.end();"),
  skip: (title, ...statements) => told("test.skip")(title, ...statements, "t.end();"),
  skipIf: (title, condition, ...statements) => `test("${title}", { skip: ${condition} }, t => { ${statements.join(" ")} t.end(); });`,
  only: (title, ...statements) => told("test.only")(title, ...statements, "t.end();"),
  equal: (subject, expected) => `t.equal(${subject}, ${expected});`,
  deep: (subject, expected) => `t.deepEqual(${subject}, ${expected});`,
  truthy: (subject) => `t.ok(${subject});`,
  contains: (subject, part) => `t.ok(${subject}.includes(${part}));`,
  throwsThat: (code, error) => `t.throws(() => ${code}, ${error});`,
  throwsAny: (code) => `t.throws(() => ${code});`,
};

const lines = (statements: readonly string[], by: string): string => statements.flatMap((statement) => statement.split("\n")).map((line) => `${by}${line}`).join("\n");
const python = {
  swallowed: (statement: string) => `try:\n    ${statement}\nexcept Exception:\n    pass`,
  never: (statement: string) => `if False:\n    ${statement}`,
  commentedOut: commentedOut("#"),
};
const define = (decorator: string, body: (statements: readonly string[]) => string) => (title: string, ...statements: string[]): string => `${decorator}def test_${title.replaceAll(" ", "_")}():\n${body(statements)}`;

const pytest: Runner = {
  ...python,
  name: "pytest",
  path: "tests/test_cart.py",
  opening: "import sys\nimport pytest\nfrom cart import total",
  test: define("", (statements) => lines(statements, "    ")),
  skip: define("@pytest.mark.skip\n", (statements) => lines(statements, "    ")),
  skipIf: (title, condition, ...statements) => define(`@pytest.mark.skipif(${condition}, reason="later")\n`, (all) => lines(all, "    "))(title, ...statements),
  fails: define("@pytest.mark.xfail\n", (statements) => lines(statements, "    ")),
  table: (title, rows) => `@pytest.mark.parametrize("given, sum", [${rows.map((row) => `(${row.join(", ")})`).join(", ")}])\ndef test_${title}(given, sum):\n    assert total(given) == sum`,
  equal: (subject, expected) => `assert ${subject} == ${expected}`,
  deep: (subject, expected) => `assert ${subject} == ${expected}`,
  truthy: (subject) => `assert ${subject}`,
  contains: (subject, part) => `assert ${part} in ${subject}`,
  throwsThat: (code, error) => `with pytest.raises(${error}):\n    ${code}`,
  throwsAny: (code) => `with pytest.raises(Exception):\n    ${code}`,
};

const method = (decorator: string) => (title: string, ...statements: string[]): string => `class Test${title.replaceAll(" ", "").toUpperCase()}(unittest.TestCase):\n${decorator}    def test_${title.replaceAll(" ", "_")}(self):\n${lines(statements, "        ")}`;

const unittest: Runner = {
  ...python,
  name: "unittest",
  path: "tests/test_cart.py",
  opening: "import sys\nimport unittest\nfrom cart import total",
  test: method(""),
  skip: (title, ...statements) => method("")(title, 'raise unittest.SkipTest("later")', ...statements),
  skipIf: (title, condition, ...statements) => method("")(title, `if ${condition}:\n    self.skipTest("later")`, ...statements),
  fails: method("    @unittest.expectedFailure\n"),
  equal: (subject, expected) => `self.assertEqual(${subject}, ${expected})`,
  deep: (subject, expected) => `self.assertEqual(${subject}, ${expected})`,
  truthy: (subject) => `self.assertTrue(${subject})`,
  contains: (subject, part) => `self.assertIn(${part}, ${subject})`,
  throwsThat: (code, error) => `with self.assertRaises(${error}):\n    ${code}`,
  throwsAny: (code) => `with self.assertRaises(Exception):\n    ${code}`,
};

/** The runners whose tests are read. */
export const RUNNERS: readonly Runner[] = [vitest, mocha, node, ava, tape, pytest, unittest];
