import { describe, expect, it } from "vitest";
import { syntaxReader } from "../../adapters/syntax/index.ts";
import { readTests } from "./read-tests.ts";
import { vacuousTests } from "./vacuous.ts";

const HEAD = 'import { it, expect, vi } from "vitest";\nimport assert from "node:assert";\nimport { price } from "../src/price.js";\n';

async function fileOf(body: string, path = "test/a.test.ts", head = HEAD) {
  const tree = await syntaxReader.read(path, head + body);
  if (tree === undefined) throw new Error("it does not parse");
  return readTests(path, tree);
}
const kinds = async (body: string, path?: string): Promise<readonly string[]> => vacuousTests([await fileOf(body, path)], []).map(({ kind }) => kind);

describe("a new test that can't notice anything", () => {
  it.each([
    ["empty", 'it("x", () => {});'],
    ["tautology", 'it("x", () => { expect(true).toBe(true); });'],
    ["tautology", 'it("x", () => { const a = price(1); expect(a).toBe(a); });'],
    ["tautology", 'it("x", () => { assert.ok(true); });'],
    ["unawaited", 'it("x", () => { expect(price(1)).resolves.toBe(1); });'],
    ["unawaited", 'it("x", () => { price(1).then((sum) => { expect(sum).toBe(1); }); });'],
    ["stand-ins-only", 'it("x", () => { const fn = vi.fn().mockReturnValue(1); expect(fn()).toBe(1); });'],
    ["stand-ins-only", 'it("x", () => { const fn = vi.fn(); fn(2); expect(fn).toHaveBeenCalledWith(2); });'],
    ["swallowed", 'it("x", () => { try { expect(price(1)).toBe(2); } catch {} });'],
    ["unreachable", 'it("x", () => { return; expect(price(1)).toBe(2); });'],
    ["asks-nothing", 'it("x", () => { price(1); });'],
    ["asks-nothing", 'it("x", () => { fc.assert(fc.property(fc.nat(), (n) => { price(n); })); });'],
    ["tautology", 'it("x", () => { fc.assert(fc.property(fc.nat(), () => true)); });'],
    ["tautology", 'it("x", () => { expect([price(1)]).toBeTruthy(); });'],
    ["tautology", 'it("x", () => { expect(typeof price(1)).toBeDefined(); });'],
    ["tautology", 'it("x", () => { assert.ok(price(1) === 1 || true); });'],
    ["tautology", 'it("x", () => { expect(price(1).length).toBeGreaterThanOrEqual(0); });'],
    ["tautology", 'it("x", () => { const wanted = 1; expect(1).toBe(wanted); });'],
    ["unawaited", 'it("x", async () => { assert.rejects(price(1), TypeError); });'],
    ["unawaited", 'it("x", () => { [1, 2].forEach(async (n) => { expect(await price(n)).toBe(n); }); });'],
    ["unawaited", 'it("x", () => { setTimeout(() => { expect(price(1)).toBe(1); }, 10); });'],
    ["unawaited", 'const same = async (n) => { expect(await price(n)).toBe(n); };\nit("x", () => { same(1); });'],
    ["unawaited", 'it("x", () => { expect(price(1)).to.eventually.equal(1); });'],
  ])("%s: %s", async (kind, body) => {
    expect(await kinds(body)).toEqual([kind]);
  });

  it("is seen in Python too", async () => {
    const file = await fileOf("def test_x():\n    pass\n\ndef test_y():\n    assert price(1) == 2\n", "tests/test_a.py", "");
    expect(vacuousTests([file], []).map(({ name, kind }) => [name, kind])).toEqual([["test_x", "empty"]]);
  });

  it.each([
    ["tautology", 'def test_x():\n    assert (price(1) == 2, "two")\n'],
    ["tautology", "def test_x():\n    assert 2\n"],
    ["tautology", "def test_x():\n    assert price(1) or True\n"],
    ["tautology", "def test_x():\n    assert len(price(1)) >= 0\n"],
    [undefined, "def test_x():\n    price(1).assert_outcomes(passed=1)\n"],
    [undefined, 'def test_x():\n    assert price(1) == 2, "two"\n'],
    [undefined, "def test_x():\n    assert price(1) or price(2)\n"],
  ])("%s in Python: %s", async (kind, body) => {
    expect(vacuousTests([await fileOf(body, "tests/test_a.py", "")], []).map((one) => one.kind)).toEqual(kind === undefined ? [] : [kind]);
  });
});

describe("a new test that can", () => {
  it.each([
    ["asserts", 'it("x", () => { expect(price(1)).toBe(2); });'],
    ["awaits", 'it("x", async () => { await expect(price(1)).resolves.toBe(1); });'],
    ["returns its promise", 'it("x", () => price(1).then((sum) => { expect(sum).toBe(1); }));'],
    ["hands its stand-in to the product", 'it("x", () => { const fn = vi.fn(); price(fn); expect(fn).toHaveBeenCalled(); });'],
    ["hands a closure over its stand-in to the product", 'it("x", () => { const fn = vi.fn(); price(() => fn(1)); expect(fn).toHaveBeenCalled(); });'],
    ["promises no more than that nothing is thrown", 'it("does not throw on empty input", () => { price(""); });'],
    ["says what must not be reached", 'it("x", () => { price(1).on("error", () => { assert.fail("reached"); }); });'],
    ["waits for a callback", 'it("x", (done) => { price(1, done); });'],
    ["watches a method of what the product uses", 'it("x", () => { const spy = sinon.spy(client.logger, "warn"); client.open(); expect(spy.calledOnce).toBe(true); });'],
    ["says in other words what must not be reached", 'it("x", (done) => { price(1, () => { assert(false, "reached"); }); setTimeout(done, 10); });'],
    ["checks in a component that it renders", 'it("x", () => { function Shown() { expect(price(1)).toBe(1); return null; } render(<Shown />); });'],
    ["gives back from a property what must hold", 'it("x", () => { fc.assert(fc.property(fc.nat(), (n) => price(n) >= n)); });'],
    ["gives it back at the end of a block", 'it("x", () => { fc.assert(fc.property(fc.nat(), (n) => { const sum = price(n); return sum >= n; })); });'],
    ["waits for a property that does", 'it("x", async () => { await fc.assert(fc.asyncProperty(fc.nat(), async (n) => (await price(n)) >= n), { numRuns: 9 }); });'],
    ["checks inside a property", 'it("x", () => { fc.assert(fc.property(fc.nat(), (n) => { expect(price(n)).toBe(n); })); });'],
    ["counts by a plan what it reaches", 'it("x", (t) => { t.plan(1); price(1, () => { t.ok(true); }); });'],
    ["compares two calls", 'it("x", () => { expect(price(1)).toBe(price(1)); });'],
    ["moves the clock itself", 'it("x", () => { vi.useFakeTimers(); setTimeout(() => { expect(price(1)).toBe(1); }, 10); vi.runAllTimers(); });'],
    ["waits for all of them", 'it("x", async () => { await Promise.all([1, 2].map(async (n) => { expect(await price(n)).toBe(n); })); });'],
    ["asks for a length", 'it("x", () => { expect(price(1).length).toBeGreaterThanOrEqual(1); });'],
    ["is skipped", 'it.skip("x", () => {});'],
    ["is a todo", 'it.todo("x");'],
    ["looks for a text", 'it("x", async () => { render(price(1)); await findByText("static: 1"); });'],
    ["gives a number to a check of its own", 'it("x", () => { price(1); expectCalls(2); });'],
  ])("is not accused when it %s", async (_, body) => {
    expect(await kinds(body, "test/a.test.tsx")).toEqual([]);
  });

  it("is not accused when it was there before, under another name or in another file", async () => {
    const before = await fileOf('it("old name", () => { price(1); });\nit("moved", () => { price(2); });', "test/b.test.ts");
    const after = await fileOf('it("new name", () => { price(1); });\nit("moved", () => { price(2); });');
    expect(vacuousTests([after], [before])).toEqual([]);
  });

  it("is not accused when the compiler judges it", async () => {
    expect(await kinds('it("x", () => { price(1); });', "test/typings/a.test-d.ts")).toEqual([]);
  });
});
