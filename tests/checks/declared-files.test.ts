import { expect, test } from "vitest";
import { openOperations } from "../../packages/core/src/compose.ts";
import { DEFAULT_INPUT, silentProgress, type VerdictDocument } from "../../packages/core/src/operations/index.ts";
import { makeRepo, type TestRepository } from "../support/repo.ts";

const KEY = ["sk", "live", "4eC39HqLyjW7arjtT1zd8Qb2"].join("_");

/** Static verdict on the working tree against `main`. */
async function judged(repo: TestRepository): Promise<VerdictDocument> {
  const operations = await openOperations({ dir: repo.dir, env: repo.env, progress: silentProgress, signal: new AbortController().signal });
  try {
    return (await operations.assessChange({ ...DEFAULT_INPUT, base: "main", run: false, type: "fix" })).verdict;
  } finally {
    await operations.close();
  }
}

const asked = (verdict: VerdictDocument): string[] => verdict.findings.filter(({ answer, effect }) => answer === "broken" && effect !== "note").map(({ check }) => check);
const noted = (verdict: VerdictDocument): string[] => verdict.findings.filter(({ answer, effect }) => answer === "broken" && effect === "note").map(({ check }) => check);

const before = "export const signIn = (user) => user.ok;\n";
const after = Array.from({ length: 700 }, (_, line) => `export const allow${line} = (user) => user.level > ${line};\n`).join("");

function shop(config?: string): TestRepository {
  const repo = makeRepo();
  repo.commit("Start", { "src/auth/client.js": before, "src/auth/own.js": before, ...(config !== undefined && { "proofline.yaml": config }) });
  repo.branch("work");
  return repo;
}

test.each(["generated", "vendored"])("files the target declares %s owe no test, carry no area and don't count for size", async (key) => {
  const repo = shop(`${key}: [src/auth/client.js]\n`);
  repo.write("src/auth/client.js", after);
  const verdict = await judged(repo);
  expect([verdict.decision, asked(verdict), noted(verdict), verdict.change.areas]).toEqual(["ship", [], [], []]);
});

test.each([
  ["nothing is declared", undefined],
  ["something else is declared", "generated: [src/gen/**]\nvendored: [third_party/**]\n"],
  ["it is taken out again", 'generated: ["src/auth/**", "!src/auth/client.js"]\n'],
])("the same change where %s is asked about", async (_, config) => {
  const repo = shop(config);
  repo.write("src/auth/client.js", after);
  const verdict = await judged(repo);
  expect([asked(verdict), verdict.change.areas]).toEqual([["tests/fix-needs-regression"], ["authentication"]]);
  expect(noted(verdict)).toContain("change/size");
});

test("a change can't declare its own files away: the target's configuration judges, and the edit is asked about", async () => {
  const repo = shop("areas: []\n");
  repo.write("src/auth/own.js", after);
  repo.write("proofline.yaml", "generated: [src/auth/own.js]\n");
  const verdict = await judged(repo);
  expect(asked(verdict)).toEqual(expect.arrayContaining(["gate/changed", "tests/fix-needs-regression"]));
});

test("a secret in a declared file is found all the same", async () => {
  const repo = shop("generated: [src/auth/client.js]\n");
  repo.write("src/auth/client.js", `export const key = "${KEY}";\n`);
  expect(asked(await judged(repo))).toEqual(["security/secret"]);
});
