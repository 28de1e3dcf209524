import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { QaReport } from "../../packages/core/src/operations/index.ts";
import { STORY, STORY_FILE } from "../support/cart-story.ts";
import { decided, proofline, verdictOf } from "../support/cli.ts";
import { makeRepo, type TestRepository } from "../support/repo.ts";

const CONFIG = 'areas:\n  - { name: payment, paths: ["src/pay/**"], risk: high, owners: ["@acme/pay"] }\nqa:\n  - { risk: high }\n';
const FILES = { "proofline.yaml": CONFIG, [STORY_FILE]: STORY.replace('owner: "@acme/shop"', 'targets: ["src/pay/**"]'), "src/pay/fee.js": "export const fee = 1;\n", "src/other.js": "export const a = 1;\n", "README.md": "# Shop\n" };

/** A change to a place of high risk, on a branch. */
function changed(files: Readonly<Record<string, string>> = { "src/pay/fee.js": "export const fee = 2;\n" }, base: Readonly<Record<string, string>> = FILES): TestRepository {
  const repo = makeRepo();
  repo.commit("Start", base);
  repo.branch("feature");
  repo.commit("feat: another fee", files);
  return repo;
}

const list = (repo: TestRepository): QaReport & { readonly status: number | null } => {
  const { stdout, status, stderr } = proofline(repo, ["qa", "list", "--base", "main", "--format", "json"]);
  if (stdout === "") throw new Error(stderr);
  return { ...(JSON.parse(stdout) as QaReport), status };
};
const asked = (repo: TestRepository): ReturnType<typeof verdictOf> => verdictOf(repo, "--base", "main", "--gate", "pull-request", "--only", "qa/not-done");
const record = (repo: TestRepository, ...args: readonly string[]) => proofline(repo, ["qa", "record", "--base", "main", "--by", "ada@example.com", ...args]);

/** Commits the records that were written. */
function keep(repo: TestRepository): void {
  const folder = "proofline/qa";
  repo.commit("QA: recorded", Object.fromEntries(readdirSync(join(repo.dir, folder)).map((name) => [`${folder}/${name}`, readFileSync(join(repo.dir, folder, name), "utf8")])));
}

describe("what policy wants tried by hand", () => {
  test("is asked for until somebody records it, and again when the code changes", () => {
    const repo = changed();
    expect(decided(asked(repo))).toEqual(["qa/not-done"]);
    expect(list(repo)).toMatchObject({ status: 3, owed: [{ because: "it touches payment, of high risk" }] });
    expect(list(repo).items.map(({ id }) => id)).toEqual(["criterion:ST-cart#AC-2", "criterion:ST-cart#AC-1", "area:payment"]);
    expect(record(repo, "--outcome", "passed", "--environment", "staging").status).toBe(0);
    keep(repo);
    const tried = asked(repo);
    expect(decided(tried)).toEqual([]);
    expect(tried.findings).toMatchObject([{ check: "qa/not-done", answer: "holds", because: expect.stringContaining("staging") as string }]);
    expect(list(repo)).toMatchObject({ status: 0, missing: [], runs: [{ state: "self" }] });
    // Prose and tests leave what was tried as it was.
    repo.commit("docs and a test", { "README.md": "# The shop\n", "test/fee.test.js": "// @verifies ST-cart#AC-1\n" });
    expect(decided(asked(repo))).toEqual([]);
    repo.commit("feat: yet another", { "src/other.js": "export const a = 2;\n" });
    const lapsed = asked(repo);
    expect(decided(lapsed)).toEqual(["qa/not-done"]);
    expect(lapsed.findings[0]?.because).toContain("the code has changed since");
  });

  test("what failed is told as failed, until it was tried again", () => {
    const repo = changed();
    expect(record(repo, "--outcome", "passed", "--item", '1=failed:the cart is "empty"').status).toBe(0);
    keep(repo);
    expect(asked(repo).findings[0]).toMatchObject({ answer: "broken", because: expect.stringContaining('the cart is "empty"') as string });
  });

  test("where nothing is owed, the command that `qa list` names records the whole list", () => {
    const repo = changed(undefined, { ...FILES, "proofline.yaml": CONFIG.replace(/qa:[^]*/, "") });
    const ids = list(repo).items.map(({ id }) => id);
    expect(ids.length).toBeGreaterThan(1);
    expect(proofline(repo, ["qa", "list", "--base", "main"]).stdout).toContain("proofline qa record --outcome passed");
    expect(record(repo, "--outcome", "passed")).toMatchObject({ status: 0, stdout: expect.stringContaining(`${ids.length} things`) as string });
  });

  test("a part of it leaves the rest owed", () => {
    const repo = changed();
    record(repo, "--item", "2=passed");
    keep(repo);
    expect(list(repo).missing).toEqual(["criterion:ST-cart#AC-2", "area:payment"]);
    record(repo, "--item", "1=passed", "--item", "area:payment=skipped:nobody has the key today");
    keep(repo);
    expect(list(repo)).toMatchObject({ missing: [], runs: [{}, {}] });
  });

  test("its innocent twins: a typo, another place, another gate, a policy that wants nothing", () => {
    expect(decided(asked(changed({ "src/pay/fee.js": "// the fee\nexport const fee = 1;\n" })))).toEqual([]);
    expect(decided(asked(changed({ "src/other.js": "export const a = 2;\n" })))).toEqual([]);
    expect(decided(verdictOf(changed(), "--base", "main", "--gate", "merge-queue", "--only", "qa/not-done"))).toEqual([]);
    expect(decided(asked(changed(undefined, { ...FILES, "proofline.yaml": CONFIG.replace(/qa:[^]*/, "") })))).toEqual([]);
    expect(proofline(changed({ "README.md": "# The shop\n" }), ["qa", "list", "--base", "main"])).toMatchObject({ status: 0, stdout: expect.stringContaining("Nothing to try by hand") as string });
  });

  test("a record forged for another product, and one that is no record, count for nothing", () => {
    const repo = changed();
    record(repo, "--outcome", "passed");
    const [file = ""] = readdirSync(join(repo.dir, "proofline/qa"));
    repo.commit("feat: something else", { "src/pay/fee.js": "export const fee = 3;\n", "proofline/qa/broken.json": "{" });
    expect(file).toMatch(/^\d{4}-\d\d-\d\d-[0-9a-f]{12}-[a-z0-9-]+\.json$/);
    expect(list(repo).runs.map(({ state }) => state).toSorted()).toEqual(["lapsed", "refused"]);
    expect(decided(asked(repo))).toEqual(["qa/not-done"]);
  });

  test("a mistake is named: an unknown item, no outcome, a key of the configuration nobody knows", () => {
    const repo = changed();
    expect(record(repo, "--item", "9=passed")).toMatchObject({ status: 2, stderr: expect.stringContaining("qa/no-such-item") as string });
    expect(record(repo)).toMatchObject({ status: 2, stderr: expect.stringContaining("qa/bad-outcome") as string });
    expect(record(repo, "--item", "1=skipped")).toMatchObject({ status: 2, stderr: expect.stringContaining("qa/bad-outcome") as string });
    expect(proofline(repo, ["qa", "record", "--base", "main", "--outcome", "passed", "--by", "dependabot[bot]"])).toMatchObject({ status: 2, stderr: expect.stringContaining("qa/by-an-agent") as string });
    const misspelt = changed(undefined, { ...FILES, "proofline.yaml": CONFIG.replace("risk: high }\n", "riks: high }\n").replace('risk: high, owners', "risk: high, owners") });
    expect(proofline(misspelt, ["qa", "list", "--base", "main"])).toMatchObject({ status: 2, stderr: expect.stringContaining("risk") as string });
  });

  test("text fits the terminal", () => {
    const { stdout } = proofline(changed(), ["qa", "list", "--base", "main"]);
    expect(stdout).toContain("Make it go wrong");
    expect(stdout.split("\n").every((line) => line.length <= 80)).toBe(true);
  });
});
