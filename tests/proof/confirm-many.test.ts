import { describe, expect, it } from "vitest";
import { assessEvaluated, type Evaluated } from "./evaluated.ts";
import { sidesOf, type Files } from "./proving.ts";

const SOURCE = `exports.fee = function fee(amount, rate) {
  if (amount > 100) return amount * rate + 2;
  return amount * rate;
};
exports.label = function label(amount) {
  const parts = ["fee", "of", String(amount)];
  return parts.join(" ");
};
`;
const HEAD = 'const { fee, label } = require("../price.js");\n';
const FEE = 'test("charges a fee", () => {\n  assert.strictEqual(fee(200, 0.5), 102);\n  assert.strictEqual(fee(100, 0.5), 50);\n});\n';
const LABEL = 'test("names it", () => {\n  assert.strictEqual(label(3), "fee of 3");\n});\n';
const TWIN = { "test/twin.test.js": HEAD + FEE.replace("charges a fee", "charges what is due") };

const judged = (test: string, before: Files = {}, more: Parameters<typeof assessEvaluated>[2] = {}): Promise<Evaluated> =>
  assessEvaluated(sidesOf([], { "package.json": '{ "name": "fixture" }', "price.js": SOURCE, "test/price.test.js": HEAD + FEE + LABEL, ...before }, { "test/price.test.js": HEAD + test }, "change it"), ["tests/weakened"], { many: true, ...more });

/** Where others will rely on the answer. */
const shared: typeof judged = (test, before, more) => judged(test, before, { gate: "pull-request", ...more });

const told = ({ verdict }: Evaluated) => verdict.findings.filter(({ answer }) => answer === "broken").map(({ effect, because, details }) => ({ effect, because, kind: details?.["kind"], fact: (details as { executed?: { fact: string } }).executed?.fact }));

describe("an edit that nothing was suspected of", () => {
  // The value is exact before and after, so reading has nothing to say; only the branch above 100 is not looked at any more.
  const quiet = FEE.replace("fee(200, 0.5), 102", "fee(80, 0.5), 40");

  it("is asked about when a fault that the old test caught is noticed by nobody now", async () => {
    const judgement = await shared(quiet + LABEL);
    expect(told(judgement)).toContainEqual({ effect: "ask", kind: "fault-unnoticed", fact: "weaker", because: expect.stringMatching(/^“charges a fee” changed, and nothing took over all that it caught\. Run to see: when .+, the old test turned red, and now no test does\.$/) as string });
    expect(judgement.verdict.decision).toBe("ask");
  });

  it("is left alone at a desk, where nobody waits for an answer to what nobody asked", async () => {
    const judgement = await judged(quiet + LABEL);
    expect(told(judgement).map(({ kind }) => kind)).not.toContain("fault-unnoticed");
  });

  it("is not when another file's test notices", async () => {
    expect(told(await shared(quiet + LABEL, TWIN)).filter(({ effect }) => effect !== "note")).toEqual([]);
  });

  it("nor when the new test notices as much", async () => {
    const rewritten = 'test("charges a fee", () => {\n  const all = [fee(200, 0.5), fee(100, 0.5)];\n  assert.deepStrictEqual(all, [102, 50]);\n  assert.strictEqual(fee(101, 1), 103);\n});\n';
    expect(told(await shared(rewritten + LABEL)).filter(({ effect }) => effect !== "note")).toEqual([]);
  });

  it("nothing is run for tests that only grew, or were renamed", async () => {
    const judgement = await shared(FEE.replace("charges a fee", "charges fees") + LABEL.replace("});\n", '  assert.strictEqual(label(4), "fee of 4");\n});\n'));
    expect([judgement.runs, told(judgement)]).toEqual([0, []]);
  });

  it("nor with little time, nor where faults are tried one by one", async () => {
    expect((await shared(quiet + LABEL, {}, { budgetMs: 10_000 })).runs).toBe(0);
    expect((await shared(quiet + LABEL, {}, { many: false })).runs).toBe(0);
  });
});

describe("a suspicion", () => {
  it("of a removal holds by the fault that nobody notices any more", async () => {
    expect(told(await judged(LABEL))).toMatchObject([{ effect: "block", kind: "test-removed", fact: "weaker", because: expect.stringContaining("and now no test does") as string }]);
  });

  it("of a removal is taken back where others notice everything", async () => {
    expect(told(await judged(LABEL, TWIN))).toMatchObject([{ effect: "note", fact: "as-strong" }]);
  });
});
