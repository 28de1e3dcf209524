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
exports.steps = function steps(from) {
  const list = [from, from + 1, from + 2];
  return list;
};
exports.check = function check(amount) {
  if (amount < 0) throw new RangeError("below zero");
  return true;
};
`;
const HEAD = 'const { fee, label, steps, check } = require("../price.js");\n';
const FEE = 'test("charges a fee", () => {\n  assert.strictEqual(fee(200, 0.5), 102);\n  assert.strictEqual(fee(100, 0.5), 50);\n});\n';
const STEPS = 'test("takes steps", () => {\n  assert.deepStrictEqual(steps(1), [1, 2, 3]);\n});\n';
const CHECK = 'test("refuses", () => {\n  assert.throws(() => check(-1), /below zero/);\n  assert.strictEqual(check(0), true);\n});\n';
const LABEL = 'test("names it", () => {\n  assert.strictEqual(label(3), "fee of 3");\n});\n';
const ALL = FEE + STEPS + CHECK + LABEL;

async function judged(change: Files, before: Files = {}, more: Parameters<typeof assessEvaluated>[2] = {}): Promise<Evaluated> {
  const start = { "package.json": '{ "name": "fixture" }', "price.js": SOURCE, "test/price.test.js": HEAD + ALL, ...before };
  return assessEvaluated(sidesOf([], start, change, "change it"), ["tests/weakened", "tests/vacuous"], more);
}

const edited = (from: string, to: string): Files => {
  expect(ALL).toContain(from);
  return { "test/price.test.js": HEAD + ALL.replace(from, to) };
};

const told = ({ verdict }: Evaluated) => verdict.findings.filter(({ answer }) => answer === "broken").map(({ effect, because, details }) => ({ effect, because, fact: (details as { executed?: { fact: string } }).executed?.fact }));

describe("weaker: what the old test caught goes unnoticed", () => {
  it.each<[what: string, change: () => Files]>([
    ["an exact value became any", () => edited("strictEqual(fee(200, 0.5), 102)", "ok(fee(200, 0.5))")],
    ["a list lost its order", () => edited("deepStrictEqual(steps(1), [1, 2, 3])", "strictEqual(steps(1).length, 3)")],
    ["a check is gone", () => edited("  assert.strictEqual(fee(100, 0.5), 50);\n", "")],
    ["an error's message may be any", () => edited("assert.throws(() => check(-1), /below zero/)", "assert.throws(() => check(-1))")],
    ["a failure is swallowed", () => edited("  assert.deepStrictEqual(steps(1), [1, 2, 3]);\n", "  try { assert.deepStrictEqual(steps(1), [1, 2, 3]); } catch {}\n")],
    ["it leaves early", () => edited('test("takes steps", () => {\n', 'test("takes steps", () => {\n  return;\n')],
    ["it is skipped", () => edited('test("names it"', 'test.skip("names it"')],
    ["it is gone", () => edited(LABEL, "")],
    ["its file is gone", () => ({ "test/price.test.js": null })],
  ])("%s", async (_, change) => {
    const found = told(await judged(change()));
    expect(found).toContainEqual({ effect: expect.stringMatching(/^(?:ask|block)$/) as string, fact: "weaker", because: expect.stringMatching(/Run to see: when .+, the old test turned red, and now no test does\.$/) as string });
  });

  it("the finding shows the fault", async () => {
    const { verdict } = await judged(edited("  assert.strictEqual(fee(100, 0.5), 50);\n", ""));
    const [finding] = verdict.findings.filter(({ answer }) => answer === "broken");
    expect(finding?.details).toMatchObject({ executed: { fact: "weaker", mutant: { file: "price.js", function: "fee" } } });
    expect(verdict.evidence.find(({ kind }) => kind === "confirmation")).toMatchObject({ source: "ran", says: expect.stringMatching(/1 of 1 suspicion decided by running them, with \d+ faults? put into the code one at a time/) as string });
  });

  it("only others still notice: the edited test alone is said to be weaker", async () => {
    const twin = { "test/twin.test.js": HEAD + FEE.replace("charges a fee", "charges what is due") };
    const found = told(await judged(edited("strictEqual(fee(200, 0.5), 102)", "ok(fee(200, 0.5))"), twin));
    expect(found).toMatchObject([{ effect: "ask", fact: "weaker", because: expect.stringContaining("the edited one does not (others still do)") as string }]);
  });
});

describe("as strong: a suspicion is taken back", () => {
  it("a check that another one of the test implies was taken out", async () => {
    const before = { "test/price.test.js": HEAD + ALL.replace("  assert.strictEqual(fee(200", "  const all = [fee(200, 0.5), fee(100, 0.5)];\n  assert.strictEqual(all.join(), \"102,50\");\n  assert.strictEqual(fee(200") };
    const found = told(await judged({ "test/price.test.js": HEAD + ALL }, before));
    expect(found).toMatchObject([{ effect: "note", fact: "as-strong", because: expect.stringMatching(/all \d+ faults the old test caught are still caught/) as string }]);
  });

  it("a test that says what another file's test says is gone", async () => {
    const twin = { "test/twin.test.js": HEAD + FEE.replace("charges a fee", "charges what is due") };
    const judgement = await judged(edited(FEE, ""), twin);
    expect(told(judgement)).toMatchObject([{ effect: "note", fact: "as-strong" }]);
    expect(judgement.verdict.decision).toBe("ship");
  });

  it("switched off keeps its effect, whoever else notices", async () => {
    const twin = { "test/twin.test.js": HEAD + FEE.replace("charges a fee", "charges what is due") };
    expect(told(await judged(edited('test("charges a fee"', 'test.skip("charges a fee"'), twin))).toMatchObject([{ effect: "block", fact: "as-strong" }]);
  });
});

describe("a remark", () => {
  const GROWN = `${SOURCE}exports.twice = function twice(amount) {\n  return amount * 2;\n};\n`;
  const rewritten = FEE.replace(/ {2}assert.*\n {2}assert.*\n/, "  assert.strictEqual(twice(3), 6);\n");
  const change = (more: Files = {}): Files => ({ "price.js": GROWN, "test/price.test.js": HEAD.replace("fee,", "fee, twice,") + ALL.replace(FEE, rewritten), ...more });

  it("is a question when a fault goes unnoticed by every test, and keeps its explanation", async () => {
    const judgement = await judged(change());
    expect(told(judgement)).toMatchObject([{ effect: "ask", fact: "weaker", because: expect.stringMatching(/^“charges a fee” lost 2 of its 2 checks\. Run to see: when .+, the old test turned red, and now no test does\.$/) as string }]);
    expect(judgement.verdict).toMatchObject({ decision: "ask", findings: expect.arrayContaining([expect.objectContaining({ ask: expect.objectContaining({ to: ["author"], question: "What catches this fault now?" }) as unknown })]) as unknown });
  });

  it("stays one when another test notices", async () => {
    const twin = { "test/twin.test.js": HEAD + FEE.replace("charges a fee", "charges what is due") };
    const judgement = await judged(change(), twin);
    expect([told(judgement), judgement.verdict.decision]).toMatchObject([[{ effect: "note" }], "ship"]);
  });

  it("stays one when the old test is red on the changed code", async () => {
    const found = told(await judged(change({ "price.js": GROWN.replace("* rate + 2", "* rate + 3") })));
    expect(found).toMatchObject([{ effect: "note", because: "“charges a fee” lost 2 of its 2 checks." }]);
  });

  it("gets three tenths of the time, and what was begun ends", async () => {
    const twin = { "test/twin.test.js": HEAD + FEE.replace("charges a fee", "charges what is due") };
    const [little, plenty] = [await judged(change(), twin, { budgetMs: 60_000, slowRunMs: 5000 }), await judged(change(), twin, { budgetMs: 600_000, slowRunMs: 5000 })];
    expect(little.runs).toBeGreaterThan(0);
    // Old, new, others, and all of it once more.
    expect(little.runs).toBeLessThanOrEqual(18 / 5 + 7);
    expect(little.runs).toBeLessThan(plenty.runs);
  });
});

describe("behaviour changed", () => {
  it("a skipped test that is red on the changed code", async () => {
    const found = told(await judged({ ...edited('test("charges a fee"', 'test.skip("charges a fee"'), "price.js": SOURCE.replace("* rate + 2", "* rate + 3") }));
    expect(found).toMatchObject([{ effect: "block", fact: "behaviour-changed", because: expect.stringContaining("as it was, the test is red on the changed code") as string }]);
  });

  it("a test that was red before as well says nothing", async () => {
    const before = { "test/price.test.js": HEAD + ALL.replace("102", "101") };
    const found = told(await judged({ "test/price.test.js": HEAD + ALL.replace('test("charges a fee"', 'test.skip("charges a fee"').replace("102", "101") }, before));
    expect(found).toMatchObject([{ effect: "block", fact: "undecided", because: expect.stringContaining("red before this change as well") as string }]);
  });
});

describe("a new test that may not be able to fail", () => {
  it.each([
    ["compares a thing with itself", 'test("charges", () => { const sum = fee(200, 0.5); assert.strictEqual(sum, sum); });\n', "cannot-fail"],
    ["swallows its failure", 'test("charges", () => { try { assert.strictEqual(fee(200, 0.5), 102); } catch {} });\n', "cannot-fail"],
  ])("%s", async (_, body, fact) => {
    expect(told(await judged({ "test/price.test.js": HEAD + ALL + body }))).toMatchObject([{ effect: "ask", fact, because: expect.stringContaining("Run to see: it stayed green through") as string }]);
  });
});

describe("enough is enough", () => {
  // With no lines of a run's failure at hand every fault counts as near.
  it("five faults that are still noticed, one of them bent, end it", async () => {
    const before = { "test/price.test.js": HEAD + ALL.replace("  assert.strictEqual(fee(200", "  const all = [fee(200, 0.5), fee(100, 0.5)];\n  assert.strictEqual(all.join(), \"102,50\");\n  assert.strictEqual(fee(200") };
    const judgement = await judged({ "test/price.test.js": HEAD + ALL }, before);
    const { executed } = judgement.verdict.findings.find(({ answer }) => answer === "broken")?.details as { executed: { fact: string; caughtNow: number } };
    expect(executed).toMatchObject({ fact: "as-strong" });
    expect(executed.caughtNow).toBeLessThan(8);
  });

  it("a test whose place nobody can tell is said not to have been looked into", async () => {
    const forced = { "test/price.test.js": `${HEAD}process.on("uncaughtException", () => {});\n${ALL}` };
    expect(told(await judged(forced))).toMatchObject([{ effect: "ask", fact: "undecided", because: expect.stringContaining("No run looked into it: its test could not be told apart in its file.") as string }]);
  });
});

describe("bounds", () => {
  it("nothing is run where nothing was suspected", async () => {
    expect((await judged({ "test/price.test.js": HEAD + ALL + LABEL.replace("names it", "names it again") })).runs).toBe(0);
  });
  it("nor with --no-run, and the finding is as reading has it", async () => {
    const { runs, ...judgement } = await judged(edited(LABEL, ""), {}, { run: false });
    expect([runs, told({ runs, ...judgement })]).toEqual([0, [{ effect: "ask", because: "“names it” is gone, and what it tests is still there.", fact: undefined }]]);
  });
  it("nor without time", async () => {
    expect((await judged(edited(LABEL, ""), {}, { budgetMs: 3000 })).runs).toBe(0);
  });
  it("what runs out of time before a fault was tried is told so, and keeps its effect", async () => {
    const { verdict } = await judged(edited("strictEqual(fee(200, 0.5), 102)", "ok(fee(200, 0.5))"), {}, { budgetMs: 4000, slowRunMs: 3600 });
    expect(told({ verdict, runs: 0 })).toMatchObject([{ effect: "ask", fact: "undecided", because: expect.stringContaining("the time for it ended") as string }]);
  });
  it("says the same twice", async () => {
    const change = edited("strictEqual(fee(200, 0.5), 102)", "ok(fee(200, 0.5))");
    const [one, two] = [await judged(change), await judged(change)];
    expect(told(two)).toEqual(told(one));
  });
});
