import { describe, expect, it } from "vitest";
import { openOperations } from "../../packages/core/src/compose.ts";
import { DEFAULT_INPUT, silentProgress } from "../../packages/core/src/operations/index.ts";
import { sidesOf, type Files } from "./proving.ts";

interface Kit {
  readonly packages: readonly string[];
  readonly manifest: object;
  readonly file: string;
  readonly head: string;
  readonly more?: Files;
  is(value: string, expected: string): string;
}

const toBe: Kit["is"] = (value, expected) => `expect(${value}).toBe(${expected});`;
const KITS: readonly (readonly [string, Kit])[] = [
  ["jest", { packages: ["jest", "jest-cli", "jest-circus"], manifest: { scripts: { test: "jest" }, devDependencies: { jest: "*" } }, file: "test/price.test.js", head: "", is: toBe }],
  ["jasmine", { packages: ["jasmine", "jasmine-core"], manifest: { scripts: { test: "jasmine" }, devDependencies: { jasmine: "*" } }, file: "spec/priceSpec.js", head: "", more: { "spec/support/jasmine.json": '{ "spec_dir": "spec", "spec_files": ["**/*Spec.js"] }' }, is: toBe }],
  ["mocha", { packages: ["mocha"], manifest: { scripts: { test: "mocha" }, devDependencies: { mocha: "*" } }, file: "test/price.js", head: 'const assert = require("assert");\n', is: (value, expected) => `assert.strictEqual(${value}, ${expected});` }],
];

const SOURCE = `exports.fee = function fee(amount, rate) {
  const share = amount * rate;
  const tenth = amount / 10;
  const extra = share > 50 ? tenth - 18 : 0;
  return share + extra;
};
`;

/** What is said of a change to the one test file, from its statements before and after. */
async function told({ packages, manifest, file, head, more = {}, is }: Kit, [before, after]: readonly [readonly (readonly [string, string])[], readonly (readonly [string, string])[]]) {
  const text = (checks: readonly (readonly [string, string])[]): string => `${head}const { fee } = require("../price.js");\nit("charges a fee", () => {\n${checks.map(([value, expected]) => `  ${is(value, expected)}`).join("\n")}\n});\n`;
  const { repo, broken } = sidesOf(packages, { "package.json": JSON.stringify({ name: "fixture", version: "1.0.0", ...manifest }), "price.js": SOURCE, [file]: text(before), ...more }, { [file]: text(after) }, "change it");
  const operations = await openOperations({ dir: repo.dir, env: { ...repo.env, PATH: process.env["PATH"] }, progress: silentProgress, signal: new AbortController().signal });
  try {
    const { verdict } = await operations.assessChange({ ...DEFAULT_INPUT, base: broken, head: { kind: "commit", rev: "HEAD" }, gate: "local", budgetMs: 480_000, only: ["tests/weakened"] });
    return verdict.findings.filter(({ answer }) => answer === "broken").map(({ effect, because, details }) => ({ effect, because, fact: (details as { executed?: { fact: string } }).executed?.fact }));
  } finally {
    await operations.close();
  }
}

const HIGH = ["fee(200, 0.5)", "102"] as const;
const LOW = ["fee(100, 0.5)", "50"] as const;
const BOTH = ["[fee(200, 0.5), fee(100, 0.5)].join()", '"102,50"'] as const;

describe.each(KITS)("%s", { timeout: 600_000 }, (_, kit) => {
  it("a fault that nobody notices any more confirms", async () => {
    expect(await told(kit, [[HIGH, LOW], [HIGH]])).toMatchObject([{ fact: "weaker", because: expect.stringMatching(/Run to see: when .+, the old test turned red, and now no test does\.$/) as string }]);
  });

  // The one that is taken out stands first: it is where the old test turned red.
  it("what another check of the test implies is taken back", async () => {
    expect(await told(kit, [[HIGH, BOTH], [BOTH]])).toMatchObject([{ effect: "note", fact: "as-strong", because: expect.stringMatching(/all \d+ faults the old test caught are still caught/) as string }]);
  });
});
