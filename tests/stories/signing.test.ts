import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { openOperations } from "../../packages/core/src/compose.ts";
import { DEFAULT_INPUT, silentProgress, type DocumentFinding, type Operations, type Role, type StageStatus } from "../../packages/core/src/operations/index.ts";
import { makeFolder, makeRepo, type TestRepository } from "../support/repo.ts";

const FILE = "proofline/stories/ST-cart.md";
const STORY = `---
id: ST-cart
title: Keep the cart
owner: "@ada"
targets:
  - src/**
---

## Behaviour

### AC-1 · promised

If the card is declined, the shop shall keep the cart for 30 days.

## Quality gates

- 0 carts lost in 10,000
`;
const FILES = {
  [FILE]: STORY,
  "src/cart.js": "export const days = 30;\n",
  "test/helper.js": "export const wanted = 30;\n",
  "test/cart.test.js": 'import assert from "node:assert";\nimport test from "node:test";\nimport { days } from "../src/cart.js";\nimport { wanted } from "./helper.js";\n// @verifies ST-cart#AC-1\ntest("keeps", () => assert.equal(days, wanted));\n',
  "package.json": '{ "name": "shop", "type": "module", "scripts": { "test": "node --test" } }\n',
  ".gitignore": ".proofline/\n",
};

const keys = makeFolder();
const keyOf = (name: string): string => join(keys, `${name}.pem`);

async function withOperations<T>(repo: TestRepository, act: (operations: Operations) => Promise<T>): Promise<T> {
  const operations = await openOperations({ dir: repo.dir, env: repo.env, progress: silentProgress, signal: new AbortController().signal });
  return act(operations).finally(() => operations.close());
}
const sign = (repo: TestRepository, role: Role, key?: string) => withOperations(repo, (operations) => operations.signStory({ names: ["ST-cart"], role, ...(key !== undefined && { keyFile: keyOf(key) }) }));
async function stages(repo: TestRepository): Promise<Readonly<Record<string, StageStatus>>> {
  const { stories } = await withOperations(repo, (operations) => operations.storyStatus({ names: ["cart"], head: "HEAD" }));
  return Object.fromEntries((stories[0]?.stages ?? []).map((stage) => [stage.stage, stage]));
}
const refusal = (stage: StageStatus | undefined): string => stage?.refused.map(({ state, because }) => `${state}: ${because}`).join("; ") ?? "";

async function findings(repo: TestRepository, base: string): Promise<readonly DocumentFinding[]> {
  const { verdict } = await withOperations(repo, (operations) => operations.assessChange({ ...DEFAULT_INPUT, base, head: { kind: "commit", rev: "HEAD" }, gate: "pull-request", run: false }));
  return verdict.findings.filter(({ check, answer }) => check.startsWith("specs/") && answer !== "holds");
}
const said = async (repo: TestRepository, check: string): Promise<readonly string[]> => (await findings(repo, "main")).filter((finding) => finding.check === check).map(({ because }) => because);

/** Ben writes; Ada owns the story, Eva answers for its tests, Carl for how it is built. */
async function shop(): Promise<TestRepository> {
  const repo = makeRepo();
  const as = (name: string): void => {
    repo.git("config", "user.name", name);
    repo.git("config", "user.email", `${name.toLowerCase()}@shop.example`);
  };
  const commitAs = (name: string, message: string, files: Readonly<Record<string, string | null>> = {}): void => {
    as(name);
    for (const [path, content] of Object.entries(files)) if (content !== null) repo.write(path, content);
    repo.git("add", "--all");
    repo.git("-c", `user.name=${name}`, "commit", "--quiet", "--message", message, "--author", `${name} <${name.toLowerCase()}@shop.example>`);
  };
  commitAs("Ben", "begin", FILES);
  for (const [name, role] of [["ada", "owner"], ["eva", "quality-controller"], ["carl", "architect"], ["ben", "owner"]] as const) {
    await withOperations(repo, (operations) => operations.makeKey({ principal: `@${name}`, privateFile: keyOf(name) }));
    const file = join(repo.dir, `proofline/keys/${name}.pem`);
    const text = readFileSync(file, "utf8").replace(/^Role: .*\n/m, "").replace(/^Emails: .*\n/m, "");
    writeFileSync(file, text.replace(/^Kind: person\n/m, `Kind: person\nRole: ${role}\nEmails: ${name}@shop.example\n`));
  }
  commitAs("Ada", "keys");
  return repo;
}

let template: TestRepository;
beforeAll(async () => {
  template = await shop();
  await sign(template, "owner", "ada");
  await sign(template, "quality-controller", "eva");
  template.commit("sign");
}, 120_000);

/** A copy of the shop, everything signed, on a branch. */
function signedShop(): TestRepository {
  const repo = template.clone();
  repo.branch("work");
  return repo;
}

/** Commits as Ben, who signs nothing. */
function ben(repo: TestRepository, message: string, files: Readonly<Record<string, string | null>> = {}): void {
  for (const [path, content] of Object.entries(files)) {
    if (content === null) repo.remove(path);
    else repo.write(path, content);
  }
  repo.git("add", "--all");
  repo.git("commit", "--quiet", "--message", message, "--author", "Ben <ben@shop.example>");
}

describe("sign-offs", () => {
  test("stand, name who signed, and open the next stage", async () => {
    const { story, validation, "technical-specs": specs, governance } = await stages(template);
    expect(story).toMatchObject({ state: "done", signed: [{ statement: { by: "@ada", role: "owner" }, state: "signed" }] });
    expect(validation).toMatchObject({ state: "done", signed: [{ statement: { by: "@eva" } }] });
    expect(specs).toMatchObject({ state: "open" });
    expect(governance).toMatchObject({ state: "waiting" });
  });

  test.each<[string, Readonly<Record<string, string | null>>, string, string]>([
    ["a promise says something else", { [FILE]: STORY.replace("30 days", "60 days") }, "story", "AC-1 says something else now"],
    ["a promise came", { [FILE]: STORY.replace("## Quality gates", "### AC-2 · planned\n\nThe shop shall greet.\n\n## Quality gates") }, "story", "AC-2 came since"],
    ["a quality gate changed", { [FILE]: STORY.replace("10,000", "1,000") }, "story", "quality gate"],
    ["a test changed", { "test/cart.test.js": `${FILES["test/cart.test.js"]}// more\n` }, "validation", "a proof changed since"],
    ["what a test uses changed", { "test/helper.js": "export const wanted = 31;\n" }, "validation", "a proof changed since"],
  ])("lapse when %s", async (_, files, stage, why) => {
    const repo = signedShop();
    ben(repo, "work", files);
    const { [stage]: status } = await stages(repo);
    expect(refusal(status)).toMatch(/^lapsed: /);
    expect(refusal(status)).toContain(why);
  });

  test.each<[string, Readonly<Record<string, string | null>>]>([
    ["code", { "src/cart.js": "export const days = 31;\n" }],
    ["layout", { [FILE]: STORY.replace("keep the cart", "**keep**\nthe cart") }],
    ["notes and title", { [FILE]: `${STORY.replace("title: Keep", "title: Always keep")}\n## Notes\n\n- Hi\n` }],
  ])("do not lapse for %s", async (_, files) => {
    const repo = signedShop();
    ben(repo, "work", files);
    const { story, validation } = await stages(repo);
    expect([story?.state, validation?.state, refusal(story)]).toEqual(["done", "done", ""]);
  });

  test("come back with the text they approved", async () => {
    const repo = signedShop();
    ben(repo, "work", { [FILE]: STORY.replace("30 days", "60 days") });
    ben(repo, "back", { [FILE]: STORY });
    expect((await stages(repo))["story"]).toMatchObject({ state: "done" });
  });

  test.each<[string, Role, string | undefined, string]>([
    ["by the author", "owner", "ben", "@ben wrote it"],
    ["by somebody the story does not name", "owner", "eva", "is not Owner here"],
    ["in a role the key does not list", "architect", "eva", "does not list @eva"],
    ["without a key", "owner", undefined, "lists signing keys"],
  ])("are refused %s", async (_, role, key, why) => {
    const repo = signedShop();
    ben(repo, "specs", { "proofline/technical-specs/ST-cart/here.md": "# Here\n" });
    await expect(sign(repo, role, key)).rejects.toMatchObject({ code: "stories/sign-refused", message: expect.stringContaining(why) as string });
  });

  test("are refused to whoever wrote it, owner or not", async () => {
    const repo = signedShop();
    repo.write(FILE, STORY.replace("30 days", "60 days"));
    repo.git("add", "--all");
    repo.git("commit", "--quiet", "--message", "mine", "--author", "Ada <ada@shop.example>");
    await expect(sign(repo, "owner", "ada")).rejects.toMatchObject({ message: expect.stringContaining("@ada wrote it") as string });
  });

  test("are refused while a question is open, and for a text that is not committed", async () => {
    const repo = signedShop();
    repo.write(FILE, STORY.replace("30 days", "60 days"));
    await expect(sign(repo, "owner", "ada")).rejects.toMatchObject({ code: "stories/not-committed" });
    ben(repo, "ask", { [FILE]: `${STORY}\n## Open questions\n\n- [NEEDS CLARIFICATION: how long?]\n` });
    await expect(sign(repo, "owner", "ada")).rejects.toMatchObject({ code: "stories/not-ready" });
  });

  test("one person who works alone needs none, and may give it: recorded as self", async () => {
    const repo = makeRepo();
    repo.commit("begin", FILES);
    expect(await sign(repo, "owner")).toMatchObject({ kind: "self" });
    repo.commit("sign");
    expect((await stages(repo))["story"]).toMatchObject({ state: "done", signed: [{ state: "self" }], exempt: expect.stringContaining("one person") as string });
  });
});

describe("specs/unsigned", () => {
  test("says who has to sign and why; a typo, a reformulation and low risk owe nobody", async () => {
    const repo = signedShop();
    ben(repo, "work", { [FILE]: STORY.replace("30 days", "60 days") });
    expect((await said(repo, "specs/unsigned")).join()).toMatch(/ST-cart owes the Owner's signature, because AC-1 was changed \(@ada's lapsed: AC-1 says something else now\); the Quality Controller's signature/);
    const typo = signedShop();
    ben(typo, "typo", { [FILE]: STORY.replace("keep the cart", "keep a cart"), "README.md": "# Shop\n" });
    expect(await said(typo, "specs/unsigned")).toEqual([]);
  });

  test("is content once they have signed, in the same change", async () => {
    const repo = signedShop();
    ben(repo, "work", { [FILE]: STORY.replace("30 days", "60 days") });
    await sign(repo, "owner", "ada");
    ben(repo, "signed by the owner");
    await sign(repo, "quality-controller", "eva");
    ben(repo, "signed by quality");
    expect(await said(repo, "specs/unsigned")).toEqual([]);
  });

  test("a change chooses neither its owner nor the code it answers for, and who wrote along does not sign", async () => {
    const chosen = signedShop();
    ben(chosen, "work", { [FILE]: STORY.replace("30 days", "60 days").replace("@ada", "@carl") });
    await expect(sign(chosen, "owner", "carl")).resolves.toBeDefined();
    ben(chosen, "signed by the one the change names");
    expect((await said(chosen, "specs/unsigned")).join()).toContain("ST-cart owes the Owner's signature");
    const along = signedShop();
    ben(along, "work\n\nCo-authored-by: Ada <ada@shop.example>", { [FILE]: STORY.replace("30 days", "61 days") });
    ben(along, "a word of it", { [FILE]: STORY.replace("30 days", "60 days") });
    await sign(along, "owner", "ada");
    ben(along, "signed by who wrote along");
    expect((await said(along, "specs/unsigned")).join()).toContain("@ada wrote it");
  });

  test("says nothing where nobody lists keys", async () => {
    const repo = makeRepo();
    repo.commit("begin", FILES);
    repo.git("commit", "--quiet", "--allow-empty", "--message", "second person", "--author", "Ben <ben@shop.example>");
    repo.branch("work");
    repo.commit("work", { [FILE]: STORY.replace("30 days", "60 days") });
    expect(await said(repo, "specs/unsigned")).toEqual([]);
  });
});

describe("proofs.lock", () => {
  test("an implementing change that touches a proof, a fixture, or unlocks one, is asked about", async () => {
    const repo = signedShop();
    ben(repo, "work", { "src/cart.js": "export const days = 60;\n", "test/helper.js": "export const wanted = 60;\n" });
    expect(await said(repo, "specs/locked-proof-changed")).toEqual(["test/helper.js was approved as proof of ST-cart#AC-1, and this change changes it while it also changes the code."]);
    const unlocked = signedShop();
    ben(unlocked, "work", { "src/cart.js": "export const days = 60;\n", "proofline/proofs.lock": "" });
    expect((await said(unlocked, "specs/locked-proof-changed")).join()).toContain("takes that out of proofline/proofs.lock");
  });

  test.each<[string, Readonly<Record<string, string | null>>]>([
    ["withdrawn", { [FILE]: STORY.replace("promised", "planned") }],
    ["renamed", { [FILE]: STORY.replace("AC-1", "AC-9") }],
    ["deleted with its story", { [FILE]: null }],
  ])("a promise that is %s beside code frees none of its proofs", async (_, files) => {
    const change = { ...files, "test/helper.js": "export const wanted = 60;\n" };
    const repo = signedShop();
    ben(repo, "work", { ...change, "src/cart.js": "export const days = 60;\n" });
    expect((await said(repo, "specs/locked-proof-changed")).join()).toContain("test/helper.js was approved as proof of ST-cart#AC-1");
    const alone = signedShop();
    ben(alone, "work", change);
    expect(await said(alone, "specs/locked-proof-changed")).toEqual([]);
    const retired = signedShop();
    ben(retired, "work", { ...change, "src/cart.js": "export const days = 60;\n", [FILE]: STORY.replace("promised", "retired") });
    expect(await said(retired, "specs/locked-proof-changed")).toEqual([]);
  });

  test("emptied in a change of its own it is asked about", async () => {
    const repo = signedShop();
    ben(repo, "work", { "proofline/proofs.lock": "" });
    expect((await said(repo, "specs/locked-proof-changed")).join()).toContain("takes that out of proofline/proofs.lock");
  });

  test("code alone is free, and so is a change that works on proofs and locks them anew", async () => {
    const repo = signedShop();
    ben(repo, "work", { "src/cart.js": "export const days = 60;\n" });
    expect(await said(repo, "specs/locked-proof-changed")).toEqual([]);
    const proofs = signedShop();
    ben(proofs, "proofs", { "test/cart.test.js": `${FILES["test/cart.test.js"]}// more\n` });
    expect((await said(proofs, "specs/locked-proof-changed")).join()).toContain("without being approved anew");
    await withOperations(proofs, (operations) => operations.lockProofs(["cart"]));
    ben(proofs, "locked");
    expect(await said(proofs, "specs/locked-proof-changed")).toEqual([]);
    const { verdict } = await withOperations(proofs, (operations) => operations.assessChange({ ...DEFAULT_INPUT, base: "main", head: { kind: "commit", rev: "HEAD" }, gate: "pull-request", run: false }));
    expect(verdict.findings.filter(({ check }) => check === "gate/changed")).toEqual([]);
  });
});

describe("from planned to promised", () => {
  const PLANNED = STORY.replace("AC-1 · promised", "AC-1 · planned");
  const plan = (test: string): TestRepository => {
    const repo = makeRepo();
    repo.commit("plan", { ...FILES, [FILE]: PLANNED, "src/cart.js": "export const days = 0;\n", "test/cart.test.js": "import test from 'node:test';\ntest('x', () => {});\n" });
    repo.branch("work");
    repo.commit("feat: keep the cart", { [FILE]: STORY, "src/cart.js": FILES["src/cart.js"], "test/cart.test.js": test });
    return repo;
  };
  const judged = async (repo: TestRepository): Promise<readonly string[]> => {
    const { verdict } = await withOperations(repo, (operations) => operations.assessChange({ ...DEFAULT_INPUT, base: "main", head: { kind: "commit", rev: "HEAD" }, gate: "pull-request", run: true }));
    return verdict.findings.filter(({ check }) => check === "specs/promised-without-proof").map(({ answer, because }) => `${answer}: ${because}`);
  };

  test("a test that was red without the change keeps the promise", async () => {
    expect(await judged(plan(FILES["test/cart.test.js"]))).toEqual(["holds: Promised on proof: ST-cart#AC-1 was red before this change and is green with it."]);
  }, 60_000);

  test("one that was green all along does not", async () => {
    const green = FILES["test/cart.test.js"].replace("assert.equal(days, wanted)", "assert.equal(wanted, 30)").replace('import { days } from "../src/cart.js";\n', "");
    expect((await judged(plan(green))).join()).toContain("broken: ST-cart#AC-1 was planned and is promised now, and its test “keeps” passes without this change as well");
  }, 60_000);

  test("without a run it is not known, and a criterion that describes today owes none", async () => {
    expect((await said(plan(FILES["test/cart.test.js"]), "specs/promised-without-proof")).join()).toContain("no run of its tests on the code before is on record");
    const repo = makeRepo();
    repo.commit("begin", { "a.txt": "1\n" });
    repo.branch("work");
    repo.commit("docs: write it down", FILES);
    expect(await said(repo, "specs/promised-without-proof")).toEqual([]);
  });
});
