import { expect, test } from "vitest";
import { syntaxReader } from "../../adapters/syntax/index.ts";
import { canTurnRed, type TestFile } from "./anatomy.ts";
import { readTests } from "./read-tests.ts";

async function read(text: string, path = "test/a.test.ts"): Promise<TestFile> {
  const tree = await syntaxReader.read(path, text);
  if (tree === undefined) throw new Error("unread");
  return readTests(path, tree);
}

/** `relation subject expected` of every assertion of the first test. */
const said = async (body: string, opening = ""): Promise<readonly string[]> => {
  const { parts } = await read(`${opening}\nit("a", async (t) => { ${body} });`);
  return (parts.find(({ kind }) => kind === "test")?.assertions ?? []).map(({ relation, negated, subject, expected }) => [negated ? `not ${relation}` : relation, subject, expected].join(" ").trim());
};

test.each<readonly [string, readonly string[]]>([
  ["expect(a).toBe(1)", ["same a 1"]],
  ["assert.strictEqual(a, 1)", ["same a 1"]],
  ["assert.strictEqual(1, a)", ["same a 1"]],
  ["t.is(a, 1)", ["same a 1"]],
  ["a.should.equal(1)", ["same a 1"]],
  ["expect(a).to.equal(1)", ["same a 1"]],
  ["assert(a === 1)", ["same a 1"]],
  ["assert.ok(!(a !== 1))", ["same a 1"]],
  ["expect(a === 1).toBe(true)", ["same a 1"]],
  ["expect(a.length).toBe(3)", ["size a 3"]],
  ["expect(a).to.have.lengthOf(3)", ["size a 3"]],
  ["expect(list.includes(x)).toBe(true)", ["contains list x"]],
  ["assert(list.indexOf(x) !== -1)", ["contains list x"]],
  ["expect([1, 2].includes(x)).toBeTruthy()", ["one of x [1,2]"]],
  ["expect(a).not.toBeNull()", ["not same a null"]],
  ["expect(a).toHaveProperty('b', 1)", ["same a.b 1"]],
  ["await expect(p()).rejects.toThrow(TypeError)", ["throws that p() TypeError"]],
  ["expect(spy.mock.calls.length).toBe(2)", ["called times spy 2"]],
  ["expect(spy.calledOnce).to.be.true", ["called times spy 1"]],
  ["sinon.assert.calledWith(spy, 1, 2)", ["called with spy 1, 2"]],
  ["await request(app).get('/').expect(200).expect('X-A', /b/)", ["same response status 200", "matches response header x-a /b/"]],
  ["expect(a).toBe(1); expect(b).toBe(2)", ["same a 1", "same b 2"]],
  ["assert(a > 1 && typeof b === 'string')", ["order a > 1", 'type b "string"']],
  ["foo(bar)", []],
])("%s insists on %j", async (body, expected) => {
  expect(await said(body)).toEqual(expected);
});

test("a helper's checks read as the caller's", async () => {
  expect(await said("check(total([1]), 1)", "const check = (cart, sum) => { expect(cart.sum).toBe(sum); };")).toEqual(["same total([1]).sum 1"]);
});

test.each<readonly [string, boolean]>([
  ["expect(a).toBe(1)", true],
  ["if (b) expect(a).toBe(1)", true],
  ["return; expect(a).toBe(1)", false],
  ["const later = () => { expect(a).toBe(1); };", false],
  ["try { expect(a).toBe(1); } catch {}", false],
  ["try { expect(a).toBe(1); } catch (error) { throw error; }", true],
  ["p().then(() => { expect(a).toBe(1); })", false],
  ["return p().then(() => { expect(a).toBe(1); })", true],
  ["for (const x of []) expect(x).toBe(1)", false],
  ["expect(true).toBe(true)", false],
  ["a()", false],
])("%s can turn red: %s", async (body, expected) => {
  const { parts } = await read(`it("a", () => { ${body} });`);
  expect(parts.filter(({ kind }) => kind === "test").map(canTurnRed)).toEqual([expected]);
});

test("tests with their suites, rows and restraints", async () => {
  const { parts } = await read(`
    describe("outer", () => {
      describe.skipIf(process.env.CI)("inner", () => { it("a", () => { expect(a).toBe(1); }, 500); });
      it.each([1, 2])("b %s", (n) => { expect(n).toBe(1); });
      for (const n of [1, 2, 3]) it.todo(\`c \${n}\`);
    });`);
  expect(parts.map(({ suites, name, rows, restraint, timeout }) => [[...suites, name].join(" > "), rows.length, restraint?.kind, timeout])).toEqual([
    ["outer > inner > a", 0, "conditional", 500],
    ["outer > b %s", 2, undefined, undefined],
    ["outer > c ${n}", 3, "todo", undefined],
  ]);
});
