import { expect, test } from "vitest";
import { openOperations } from "../../packages/core/src/compose.ts";
import { DEFAULT_INPUT, silentProgress } from "../../packages/core/src/operations/index.ts";
import { makeRepo } from "../support/repo.ts";

const FILE = "proofline/journeys/JN-buy.md";
const JOURNEY = `---
id: JN-buy
title: Buy a hat
user: guest
impact: 90
why: money
targets: ["src/**"]
tests: [e2e/buy.spec.ts]
---
`;
const CODE = { "src/buy.js": "export const price = 2;\n" };
const state = (said: string) => ({ [FILE]: JOURNEY.replace("impact", `state: ${said}\nimpact`) });

async function askedAbout(files: Readonly<Record<string, string | null>>): Promise<readonly string[]> {
  const repo = makeRepo();
  repo.commit("begin", { [FILE]: JOURNEY, "src/buy.js": "export const price = 1;\n", "e2e/buy.spec.ts": 'import { test } from "@playwright/test";\ntest("buys", () => {});\n', "package.json": '{ "name": "shop", "type": "module" }\n' });
  repo.branch("work");
  for (const [path, content] of Object.entries(files)) if (content === null) repo.remove(path);
  repo.commit("work", Object.fromEntries(Object.entries(files).filter((entry): entry is [string, string] => entry[1] !== null)));
  const operations = await openOperations({ dir: repo.dir, env: repo.env, progress: silentProgress, signal: new AbortController().signal });
  try {
    const { verdict } = await operations.assessChange({ ...DEFAULT_INPUT, base: "main", head: { kind: "commit", rev: "HEAD" }, gate: "pull-request", run: false });
    return verdict.findings.filter(({ check, answer }) => check === "journeys/unproven" && answer === "broken").map(({ because }) => because);
  } finally {
    await operations.close();
  }
}

test.each([
  ["calls it planned", { ...state("planned"), ...CODE }],
  ["deletes it", { [FILE]: null, ...CODE }],
])("a change that breaks a journey's code and %s is asked about", async (says, files) => {
  expect((await askedAbout(files)).join()).toContain(`JN-buy (Buy a hat) is promised, and this change ${says} beside what it runs through`);
});

test.each([
  ["retires it in so many words", { ...state("retired"), ...CODE }],
  ["takes it back alone", { ...state("planned") }],
  ["only touches the code, and is told by what was not run", CODE],
])("one that %s is not", async (_, files) => expect(await askedAbout(files)).toEqual([]));
