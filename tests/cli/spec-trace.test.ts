import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { STORY, STORY_FILE as FILE } from "../support/cart-story.ts";
import { proofline } from "../support/cli.ts";
import { makeRepo, type TestRepository } from "../support/repo.ts";

const TESTS = `import assert from "node:assert";
import test from "node:test";
// @verifies ST-cart#AC-1
test("puts the hat", () => assert.equal(1, 1));
// @verifies ST-cart#AC-2
test("keeps the cart", () => assert.equal(30, 30));
`;
const MANIFEST = '{ "name": "shop", "type": "module", "scripts": { "test": "node --test" } }\n';
const FILES = { [FILE]: STORY, "test/cart.test.js": TESTS, "package.json": MANIFEST };

interface Traced {
  readonly promised: Record<string, number>;
  readonly repositories: readonly { readonly name: string; readonly commit: string; readonly stories: boolean; readonly notes: readonly string[] }[];
  readonly stories: readonly { readonly criteria: readonly { readonly id: string; readonly proof: string; readonly links: readonly { readonly file: string; readonly state: string; readonly repository?: string; readonly record?: { readonly source: string } }[] }[] }[];
}

const repoWith = (files: Readonly<Record<string, string>> = FILES): TestRepository => {
  const repo = makeRepo();
  repo.commit("Start", files);
  return repo;
};
const trace = (repo: TestRepository, ...args: readonly string[]) => {
  const { stdout, status, stderr } = proofline(repo, ["spec", "trace", ...args, "--format", "json"]);
  if (stdout === "") throw new Error(stderr);
  return { status, ...(JSON.parse(stdout) as Traced) };
};
const proofs = ({ stories }: Traced): readonly string[] => stories.flatMap(({ criteria }) => criteria.map(({ id, proof }) => `${id} ${proof}`));
const report = (second: string): string => `<testsuites><testsuite name="test/cart.test.js"><testcase name="puts the hat" file="test/cart.test.js"/><testcase name="keeps the cart" file="test/cart.test.js">${second}</testcase></testsuite></testsuites>`;

describe("spec trace", () => {
  test("without stories it says how to begin", () => {
    expect(proofline(repoWith({ "README.md": "x\n" }), ["spec", "trace"])).toMatchObject({ status: 0, stdout: expect.stringContaining("No stories here yet") });
  });

  test("before the first commit there is nothing to judge against, and it says so", () => {
    const repo = makeRepo();
    for (const [path, text] of Object.entries(FILES)) repo.write(path, text);
    expect(proofline(repo, ["spec", "trace"])).toMatchObject({ status: 2, stderr: expect.stringContaining("git/no-commits") });
  });

  test("without a result nothing is verified; a report, and a run, make it so on this commit", () => {
    const repo = repoWith();
    const bare = trace(repo);
    expect([bare.status, ...proofs(bare)]).toEqual([3, "AC-1 not-run", "AC-2 not-run", "AC-3 unproven"]);
    repo.write("../report.xml", report("<failure message='it was 10'/>"));
    const red = trace(repo, "--evidence", join(repo.dir, "../report.xml"));
    expect([red.status, ...proofs(red)]).toEqual([1, "AC-1 verified", "AC-2 failing", "AC-3 unproven"]);
    expect(red.stories[0]?.criteria[0]?.links[0]?.record?.source).toBe("reported");
    const run = trace(repo, "--run");
    expect([run.status, ...proofs(run).slice(0, 2)]).toEqual([0, "AC-1 verified", "AC-2 verified"]);
    // What ran on this tree is remembered; another tree is another question.
    expect(trace(repo).status).toBe(0);
    repo.write("src/x.js", "export const x = 1;\n");
    expect(trace(repo)).toMatchObject({ status: 3, promised: { verified: 0, "not-run": 2 } });
  });

  test("what check ran on this tree counts as well", () => {
    const repo = repoWith({ ...FILES, "src/a.js": "export const a = 1;\n" });
    repo.branch("feature");
    repo.commit("feat: another", { "src/a.js": "export const a = 2;\n", "test/cart.test.js": `import "../src/a.js";\n${TESTS}` });
    expect(trace(repo).promised).toMatchObject({ "not-run": 2 });
    proofline(repo, ["check", "--base", "main"]);
    expect(trace(repo).promised).toMatchObject({ verified: 2 });
  });

  test("text for people: the promise, the test that proves it, and what is missing", () => {
    const repo = repoWith({ ...FILES, "test/cart.test.js": TESTS.replace("// @verifies ST-cart#AC-2\n", "") });
    const { stdout, status } = proofline(repo, ["spec", "trace"]);
    expect(status).toBe(1);
    expect(stdout).toContain("test/cart.test.js:4  puts the hat");
    expect(stdout).toContain("no test names it; a test does by @verifies ST-cart#AC-2");
    expect(stdout.split("\n").every((line) => line.length <= 80)).toBe(true);
  });

  test("approving is one line in the story, and merges with other work on it", () => {
    const repo = repoWith();
    repo.branch("reword");
    repo.write(FILE, STORY.replace("30 days", "60 days"));
    expect(proofline(repo, ["spec", "trace", "ST-cart#AC-2", "--approve"])).toMatchObject({ status: 0, stdout: expect.stringContaining("approved  AC-2") });
    repo.commit("Longer");
    repo.switchTo("main");
    repo.branch("other");
    expect(proofline(repo, ["spec", "trace", "ST-cart#AC-1", "--approve"]).status).toBe(0);
    repo.commit("Approve", { [FILE]: readFileSync(join(repo.dir, FILE), "utf8").replace("### AC-3 · planned", "### AC-3 · promised") });
    repo.merge("reword");
    expect(proofs(trace(repo))).toEqual(["AC-1 not-run", "AC-2 not-run", "AC-3 unproven"]);
    // Words nobody approved are noticed from now on, whichever branch they come from.
    repo.commit("Again", { [FILE]: readFileSync(join(repo.dir, FILE), "utf8").replace("60 days", "90 days") });
    expect(proofs(trace(repo))).toEqual(["AC-1 not-run", "AC-2 outdated", "AC-3 unproven"]);
    expect(proofline(repo, ["spec", "trace", "--approve"]).status).toBe(2);
    expect(proofline(repo, ["spec", "trace", "ST-cart#AC-7", "--approve"])).toMatchObject({ status: 2, stderr: expect.stringContaining("stories/criterion-unknown") });
  });

  test("a workspace: stories here, tests elsewhere by path and by URL; each is named with its commit", () => {
    const web = repoWith({ "package.json": MANIFEST, "test/web.test.js": TESTS });
    const e2e = repoWith({ "e2e/a.spec.ts": 'import { test } from "@playwright/test";\ntest("ships", { annotation: { type: "criterion", description: "ST-cart#AC-3" } }, async () => {});\n' });
    const master = repoWith({ [FILE]: STORY, "proofline.yaml": `workspace:\n  repositories:\n    - { name: web, at: ${JSON.stringify(web.dir)} }\n    - { name: e2e, at: ${JSON.stringify(`file://${e2e.dir}`)} }\n` });
    const seen = trace(master);
    expect(seen.repositories.map(({ name, commit, stories }) => [name, commit, stories])).toEqual([["this repository", master.id("HEAD"), true], ["web", web.id("HEAD"), false], ["e2e", e2e.id("HEAD"), false]]);
    expect(seen.stories[0]?.criteria.map(({ links }) => links.map(({ repository, file }) => `${repository} ${file}`))).toEqual([["web test/web.test.js"], ["web test/web.test.js"], ["e2e e2e/a.spec.ts"]]);
    // What ran there on that very tree counts here.
    web.commit("Link the stories", { "proofline.yaml": `workspace:\n  stories: ${JSON.stringify(`file://${master.dir}`)}\n` });
    // One person's key seals what is kept in both checkouts.
    const there = trace(master, "--repo", web.dir, "--run");
    expect(there.repositories.find(({ stories }) => stories)?.commit).toBe(master.id("HEAD"));
    expect(proofs(there)).toEqual(["AC-1 verified", "AC-2 verified"]);
    expect(trace(master).promised).toMatchObject({ verified: 2 });
    // Gone, but fetched before.
    e2e.remove(".git");
    expect(trace(master).repositories[2]?.notes.join()).toContain("could not be fetched now");
    master.commit("Elsewhere", { "proofline.yaml": "workspace:\n  repositories:\n    - { name: web, at: ../nowhere }\n" });
    expect(proofline(master, ["spec", "trace"])).toMatchObject({ status: 2, stderr: expect.stringContaining("workspace/not-reachable") });
  });
});

describe("check, where stories change", () => {
  const specs = (repo: TestRepository) => {
    const { stdout } = proofline(repo, ["check", "--base", "main", "--no-run", "--format", "json"]);
    const { decision, findings, evidence } = JSON.parse(stdout) as { decision: string; findings: { check: string; answer: string; effect: string; because: string }[]; evidence: { kind: string }[] };
    return { decision, says: findings.filter(({ check, answer }) => check.startsWith("specs/") && answer !== "holds").map(({ check, effect, because }) => `${check} ${effect}: ${because}`), traced: evidence.some(({ kind }) => kind === "story-trace") };
  };
  const changed = (files: Readonly<Record<string, string | null>>, start: Readonly<Record<string, string>> = FILES) => {
    const repo = repoWith({ ...start, "src/a.js": "export const a = 1;\n" });
    repo.branch("feature");
    repo.commit("docs: change", files);
    return specs(repo);
  };

  test("a promise nobody proves is a question; one that a test names is none", () => {
    const promise = STORY.replace("### AC-3 · planned", "### AC-3 · promised");
    expect(changed({ [FILE]: promise })).toMatchObject({ decision: "ask", says: ["specs/unproven ask: ST-cart#AC-3 is promised, and no test names it."] });
    expect(changed({ [FILE]: promise, "test/ship.test.js": '// @verifies ST-cart#AC-3\ntest("writes", () => {});\n' }).says).toEqual([]);
  });

  test("the last proof that goes is missed; one of two is not, nor one that moved", () => {
    expect(changed({ "test/cart.test.js": null }).says).toEqual(["specs/unproven ask: ST-cart#AC-1, ST-cart#AC-2 are promised, and this change takes away the last test that proved them."]);
    expect(changed({ "test/cart.test.js": null }, { ...FILES, "test/more.test.js": TESTS }).says).toEqual([]);
    expect(changed({ "test/cart.test.js": null, "test/moved.test.js": TESTS }).says).toEqual([]);
  });

  test("other words with the old test are a note; spacing, or a changed test, is nothing", () => {
    const reworded = STORY.replace("30 days", "60 days");
    expect(changed({ [FILE]: reworded })).toMatchObject({ decision: "ship", says: ["specs/outdated-proof note: ST-cart#AC-2 says something else now, and its test did not change."] });
    expect(changed({ [FILE]: reworded, "test/cart.test.js": TESTS.replaceAll("30", "60") }).says).toEqual([]);
    expect(changed({ [FILE]: STORY.replace("If the card is declined, the", "If the card is declined,\nthe") }).says).toEqual([]);
  });

  test("vague words this change writes are a note", () => {
    expect(changed({ [FILE]: STORY.replace("put the hat into", "quickly put the hat into"), "test/cart.test.js": TESTS.replace("puts the hat", "puts the hat at once") }).says).toEqual(["specs/vague note: ST-cart#AC-1: “quickly” means something else to each reader."]);
  });

  test("what was unproven before, and a change of code alone, are not asked about", () => {
    const start = { [FILE]: STORY, "package.json": MANIFEST };
    expect(changed({ "src/a.js": "export const a = 2;\n" }, start)).toMatchObject({ says: [], traced: false });
    expect(changed({ [FILE]: STORY.replace("Keep the cart", "Keep the cart for a while") }, start)).toMatchObject({ says: [], traced: false });
  });

  test("without stories nothing is looked at, whatever tests say", () => {
    expect(changed({ "test/cart.test.js": TESTS.replace("AC-1", "AC-9") }, { "test/cart.test.js": TESTS, "package.json": MANIFEST })).toMatchObject({ says: [], traced: false });
  });
});
