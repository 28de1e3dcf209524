import { expect, test } from "vitest";
import { syntaxReader } from "../../../packages/core/src/adapters/syntax/index.ts";
import { describeChange, type Change } from "../../../packages/core/src/change/index.ts";
import { allChecks, type Check } from "../../../packages/core/src/checks/index.ts";
import { askChecks } from "../../../packages/core/src/operations/assess-change/ask-checks.ts";
import type { Observation } from "../../../packages/core/src/kernel/index.ts";
import { diffOf } from "../../support/diff-of.ts";
import { kindsOf } from "./judge-files.ts";

const [BASE, HEAD] = ["a".repeat(40), "b".repeat(40)];
const PATH = "test/cart.test.ts";
const check = allChecks.find(({ id }) => id === "tests/weakened") as Check;

const it = (name: string, ...lines: readonly string[]): string => `  it("${name}", () => {\n${lines.map((line) => `    ${line}\n`).join("")}  });\n`;
const file = (...tests: readonly string[]): string => `import { expect, it } from "vitest";\nimport { total } from "../src/cart";\n\ndescribe("cart", () => {\n${tests.join("\n")}});\n`;
const NEIGHBOUR = it("stays as it is", 'expect(total([7, 8])).toBe("fifteen");');

function changeBetween(base: string, head: string): Change {
  const person = { name: "Ada", email: "ada@example.com" };
  return describeChange({
    resolved: { base: BASE, baseName: "main", head: HEAD, headName: "feature", headKind: "commit", headTree: HEAD, mergeBase: BASE, mergeBaseTree: BASE, headCommit: HEAD, shallow: false, gaps: [] },
    diff: { files: [diffOf(PATH, base, head)], gaps: [] },
    commits: [{ id: HEAD, parents: [BASE], author: person, committer: person, authoredAt: 1, committedAt: 1, message: "chore: tidy", trailers: [] }],
    intent: { areas: [] },
    packageDirs: [],
    risk: { score: 0, level: "low", reasons: [] },
  });
}

interface Asked {
  readonly seen: readonly Observation[];
  /** Every text that was parsed. */
  readonly texts: readonly string[];
}

/** Asks the check as the product does. `always` never takes its word that the change alone is enough. */
async function ask(base: string, head: string, always = false): Promise<Asked> {
  const texts: string[] = [];
  const syntax = { read: (path: string, text: string) => (texts.push(text), syntaxReader.read(path, text)) };
  const readFiles = (tree: string, paths: readonly string[]) => Promise.resolve(new Map(paths.filter((path) => path === PATH).map((path) => [path, { text: tree === BASE ? base : head }])));
  const asking: Check = always ? { ...check, doubts: () => true } : check;
  const about = { change: changeBetween(base, head), intent: { areas: [], surfaces: [], codeOwners: [] }, gate: "local" as const, evidence: [], unavailable: new Map(), syntax, optionsOf: () => ({}) };
  const answers = await askChecks([asking], about, { readFiles, touchedPaths: () => Promise.resolve([]) } as unknown as Parameters<typeof askChecks>[2]);
  return { seen: answers.get("tests/weakened") ?? [], texts };
}

/** What the check says, and whether a test that did not change was read for it. */
async function asked(base: string, head: string, always = false): Promise<{ readonly says: readonly string[]; readonly readNeighbour: boolean }> {
  const { seen, texts } = await ask(base, head, always);
  return { says: kindsOf(seen), readNeighbour: texts.some((text) => text.includes("fifteen")) };
}

const ONE = it("adds", "expect(total([1, 2])).toBe(3);", "expect(total([])).toBe(0);");

test.each([
  ["a looser check", ONE.replace("toBe(3)", "toBeTruthy()"), "ask assertion-loosened"],
  ["another value", ONE.replace("toBe(3)", "toBe(4)"), "ask expectation-changed"],
  ["a skip", ONE.replace("it(", "it.skip("), "block test-skipped"],
  ["a check that can't run", ONE.replace("expect(total([1", "return;\n    expect(total([1"), "ask assertion-unreachable"],
])("%s is told without reading the tests that did not change", async (_, edited, says) => {
  const [base, head] = [file(ONE, NEIGHBOUR), file(edited, NEIGHBOUR)];
  expect(await asked(base, head)).toEqual({ says: [says], readNeighbour: false });
  expect(await asked(base, head, true)).toEqual({ says: [says], readNeighbour: true });
});

const REPEATS = it("does the same, fifteen times", "expect(total([1, 2])).toBe(3);", "expect(total([])).toBe(0);");
const OTHER = it("names the customer", "const cart = open();", "cart.customer = ada;", "greet(cart);", "close(cart);", 'expect(cart.log[0]).toMatch(/Ada/);');
const TEXTS = it("adds", 'expect(total([1, 2])).toBe("three in all");', "expect(total([3])).toBe(3);");

test.each([
  ["a removed test", file(ONE, NEIGHBOUR), file(NEIGHBOUR), ["ask test-removed"]],
  ["one that another test repeats", file(ONE, REPEATS), file(REPEATS), []],
  ["a removed test beside a new one", file(ONE, NEIGHBOUR), file(NEIGHBOUR, OTHER), ["ask test-removed"]],
  ["one that another test repeats, beside a new one", file(ONE, REPEATS), file(REPEATS, OTHER), []],
  ["a lost check beside other new lines", file(TEXTS, NEIGHBOUR), file(TEXTS.replace(/.*three in all.*\n/, "    fill();\n    empty();\n"), NEIGHBOUR), ["note assertion-removed"]],
  ["a lost check", file(TEXTS, NEIGHBOUR), file(TEXTS.replace(/.*three in all.*\n/, ""), NEIGHBOUR), ["ask assertion-removed"]],
])("%s is judged with the tests that did not change", async (_, base, head, says) => {
  expect(await asked(base, head)).toEqual({ says, readNeighbour: true });
});

test("nobody says how many tests ask no less where some were not read", async () => {
  const told = async (base: string, head: string): Promise<readonly string[]> => (await ask(base, head)).seen.map(({ because }) => because);
  const [base, head] = [file(ONE, NEIGHBOUR), file(ONE, NEIGHBOUR, it("new", "const seen = vi.fn();", "expect(total([4, 4], seen)).toBe(8);"))];
  expect(await told(base, head)).toEqual(["What changed in 1 changed test file asks no less than before."]);
  const hooked = (text: string): string => text.replace("() => {\n  it", "() => {\n  beforeEach(() => open());\n  it");
  expect(await told(base, hooked(head))).toEqual(["3 tests in 1 changed test file ask no less than before."]);
});
