import { describe, expect, it } from "vitest";
import { openOperations } from "../../packages/core/src/compose.ts";
import { DEFAULT_INPUT, silentProgress, type VerdictDocument } from "../../packages/core/src/operations/index.ts";
import { sidesOf, type Files } from "./proving.ts";

const MANIFEST = JSON.stringify({ name: "fixture", version: "1.0.0", type: "module", scripts: { test: "node --test" } });
const HEAD = 'import { test, it } from "node:test";\nimport assert from "node:assert";\nimport { fee, label, refuse } from "../price.js";\n';
const SOURCE = `export function fee(amount, rate) {
  if (amount > 100) return amount * rate + 2;
  return amount * rate;
}

export function label(amount) {
  const parts = ["fee", "of", String(amount)];
  return parts.join(" ");
}

export function refuse(amount) {
  if (amount < 0) throw new RangeError("below zero");
  return true;
}
`;
const EXACT = 'test("charges a fee", () => {\n  assert.strictEqual(fee(200, 0.5), 102);\n  assert.strictEqual(fee(100, 0.5), 50);\n});\n';
const OTHERS = 'test("names it", () => {\n  assert.strictEqual(label(3), "fee of 3");\n});\n';
const testing = (body: string): string => `${HEAD}${body}`;
const BEFORE: Files = { "package.json": MANIFEST, "price.js": SOURCE, "test/price.test.js": testing(EXACT + OTHERS) };

async function judged(change: Files, before: Files = {}, more: Partial<typeof DEFAULT_INPUT> = { only: ["tests/weakened", "tests/vacuous"] }): Promise<VerdictDocument> {
  const { repo, broken } = sidesOf([], { ...BEFORE, ...before }, change, "change it");
  const operations = await openOperations({ dir: repo.dir, env: { ...repo.env, PATH: process.env["PATH"] }, progress: silentProgress, signal: new AbortController().signal });
  try {
    return (await operations.assessChange({ ...DEFAULT_INPUT, base: broken, head: { kind: "commit", rev: "HEAD" }, gate: "local", budgetMs: 120_000, ...more })).verdict;
  } finally {
    await operations.close();
  }
}

const about = (verdict: VerdictDocument, check = "tests/weakened") => verdict.findings.filter((finding) => finding.check === check && finding.answer === "broken").map(({ effect, because, details }) => ({ effect, because, executed: (details as { executed?: { fact: string } }).executed }));

// What runs decide, kind by kind, is asked in confirm-plants.test.ts, where a run takes a millisecond. Here the same goes through real processes.
describe("through a real runner", { timeout: 240_000 }, () => {
  it("a check that was taken out is confirmed by a fault nobody notices any more", async () => {
    const verdict = await judged({ "test/price.test.js": testing(EXACT.replace("  assert.strictEqual(fee(100, 0.5), 50);\n", "") + OTHERS) });
    expect(about(verdict)).toMatchObject([{ executed: { fact: "weaker" } }]);
    expect(verdict.decision).not.toBe("ship");
  });

  it("a skipped test that is red on the changed code is told so", async () => {
    const verdict = await judged({ "price.js": SOURCE.replace("* rate + 2", "* rate + 3"), "test/price.test.js": testing(EXACT.replace("test(", "test.skip(") + OTHERS) });
    expect(about(verdict)).toMatchObject([{ effect: "block", executed: { fact: "behaviour-changed" }, because: expect.stringContaining("103 !== 102") as string }]);
  });

  it("a promise nobody waits for leaves its test green whatever the code does", async () => {
    const verdict = await judged({ "test/price.test.js": testing(EXACT + OTHERS + 'test("charges", () => { new Promise((done) => setTimeout(done, 1, fee(200, 0.5))).then((sum) => { assert.strictEqual(sum, 102); }); });\n') });
    expect(about(verdict, "tests/vacuous")).toMatchObject([{ effect: "ask", executed: { fact: "cannot-fail" } }]);
  });
});
