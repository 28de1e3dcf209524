import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { VerdictDocument } from "../../packages/core/src/operations/index.ts";
import { decided, proofline, verdictOf } from "../support/cli.ts";
import { makeRepo, type TestRepository } from "../support/repo.ts";

const FILE = "proofline/baseline.json";
const PACKAGE = JSON.stringify({ name: "shop", private: true, type: "module", scripts: { test: "node --test" } });

/** A report of red tests by name, and one green one. */
function report(repo: TestRepository, ...red: readonly string[]): string {
  const cases = red.map((name) => `<testcase classname="pay" name="${name}" file="test/pay.test.js"><failure message="expected 1, got ${name.length}"/></testcase>`);
  const file = join(repo.home, "junit.xml");
  writeFileSync(file, `<testsuite name="pay" tests="${red.length + 1}" failures="${red.length}"><testcase classname="pay" name="adds" file="test/pay.test.js"/>${cases.join("")}</testsuite>`);
  return file;
}

function shop(): TestRepository {
  const repo = makeRepo();
  repo.commit("Start", { "proofline.yaml": "budgets: { local: 60 }\n", "src/pay.js": "export const pay = 1;\n", "test/pay.test.js": "// the suite runs elsewhere\n" });
  repo.commit("feat: pay more", { "src/pay.js": "export const pay = 2;\n" });
  return repo;
}

const check = (repo: TestRepository, base: string, ...more: readonly string[]) => {
  const run = proofline(repo, ["check", "--base", base, "--head", "HEAD", "--gate", "local", "--format", "json", ...more]);
  return { ...run, verdict: (run.stdout === "" ? undefined : JSON.parse(run.stdout)) as VerdictDocument };
};
const read = (repo: TestRepository): string => readFileSync(join(repo.dir, FILE), "utf8");

/** A shop whose main carries a baseline with one red test. */
function indebted(): TestRepository {
  const repo = shop();
  check(repo, "HEAD~1", "--evidence", report(repo, "rounds"), "--write-baseline");
  repo.commit("chore: keep the baseline", {});
  return repo;
}

test("the first baseline takes up today's debt; from then on it is nobody's fault, and new debt is", () => {
  const repo = shop();
  const first = check(repo, "HEAD~1", "--evidence", report(repo, "rounds"), "--write-baseline");
  expect([first.status, first.stderr]).toEqual([1, expect.stringContaining(`${FILE} written: 1 entry. It counts once it is on the target branch.`)]);
  expect(JSON.parse(read(repo))).toEqual({
    schema: "proofline/baseline/1",
    findings: [{ check: "tests/failing", path: "test/pay.test.js", fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/) as string, since: expect.stringMatching(/^\d{4}-\d\d-\d\d$/) as string, because: expect.stringContaining("rounds") as string }],
  });
  // Alone it counts for nothing: the target branch has to have it.
  expect(decided(check(repo, "HEAD~1", "--evidence", report(repo, "rounds")).verdict)).toEqual(["tests/failing"]);
  repo.commit("chore: keep the baseline", {});

  repo.commit("feat: pay most", { "src/pay.js": "export const pay = 3;\n" });
  const old = check(repo, "HEAD~1", "--evidence", report(repo, "rounds"));
  expect(old.verdict.findings.find((finding) => finding.check === "tests/failing")?.waived).toMatchObject({ kind: "baseline" });
  expect(decided(old.verdict)).not.toContain("tests/failing");
  expect(decided(check(repo, "HEAD~1", "--evidence", report(repo, "rounds", "refuses")).verdict)).toContain("tests/failing");
});

test("later it takes up nothing, and says so", () => {
  const repo = indebted();
  repo.commit("feat: pay most", { "src/pay.js": "export const pay = 3;\n" });
  const before = read(repo);
  const again = check(repo, "HEAD~1", "--evidence", report(repo, "rounds", "refuses"), "--write-baseline");
  expect(again.stderr).toMatch(/stays as it is: 1 entry.*\nNot taken up, since a baseline only shrinks:\n {2}tests\/failing .*refuses/);
  expect(read(repo)).toBe(before);
});

test("a report that no longer names a red test pays nothing, for it may be one of several; a file that is gone does", () => {
  const repo = indebted();
  repo.commit("feat: pay most", { "src/pay.js": "export const pay = 3;\n" });
  expect(check(repo, "HEAD~1", "--evidence", report(repo), "--write-baseline").stderr).toContain("stays as it is");
  repo.commit("refactor: drop the suite", { "test/pay.test.js": null, "src/pay.js": "export const pay = 4;\n" });
  const paid = check(repo, "HEAD~1", "--evidence", report(repo), "--write-baseline");
  expect(paid.stderr).toMatch(/1 entry paid and taken out, 0 left.\n {2}tests\/failing {2}test\/pay.test.js/);
  expect(JSON.parse(read(repo))).toEqual({ schema: "proofline/baseline/1", findings: [] });
});

test("a whole suite of our own that is green pays the debt of the tests it ran, and no other suite's", () => {
  const repo = indebted();
  const [entry = ""] = /\{"check.*\}/.exec(read(repo)) ?? [];
  repo.commit("chore: debt of another suite", { [FILE]: read(repo).replace(entry, `${entry},\n    ${entry.replace("test/pay.test.js", "e2e/pay.spec.js").replace(/"fingerprint":"./, '"fingerprint":"0')}`), "e2e/pay.spec.js": "// runs on a farm\n" });
  repo.commit("fix: round", { "package.json": PACKAGE, "src/pay.js": "export const pay = 3;\n", "test/pay.test.js": 'import test from "node:test";\ntest("rounds", () => {});\n' });
  const paid = check(repo, "HEAD~1", "--all", "--write-baseline");
  expect(paid.verdict.evidence.map((item) => `${item.source} ${item.says}`).join()).toContain("ran node:test: 1 passed");
  expect(paid.stderr).toMatch(/1 entry paid and taken out, 1 left.\n {2}tests\/failing {2}test\/pay.test.js/);
  expect(read(repo)).toContain("e2e/pay.spec.js");
});

test.each([
  ["some checks only", ["--only", "tests/failing"], "cli/conflicting-flags"],
  ["no run", ["--no-run"], "cli/conflicting-flags"],
])("%s is refused: what was not looked at would seem paid", (_, flags, code) => {
  const repo = shop();
  const run = check(repo, "HEAD~1", "--evidence", report(repo, "rounds"), "--write-baseline", ...flags);
  expect([run.status, run.stderr]).toEqual([2, expect.stringContaining(code)]);
  expect(existsSync(join(repo.dir, FILE))).toBe(false);
});

test("a verdict with something missing is refused, first and later", () => {
  const repo = indebted();
  repo.commit("Set a floor", { "proofline.yaml": "surfaces:\n  - { name: pay, paths: [src/**], floor: { lines: 50 } }\n" });
  repo.commit("feat: pay most", { "src/pay.js": "export const pay = 3;\n" });
  const before = read(repo);
  const run = check(repo, "HEAD~1", "--evidence", report(repo), "--write-baseline");
  expect(run.verdict.missing.join()).toContain("coverage");
  expect([run.status, run.stderr]).toEqual([2, expect.stringContaining("baseline/not-the-whole")]);
  expect(read(repo)).toBe(before);
});

test("growing the baseline by hand changes the gate; shrinking it needs nobody's leave", () => {
  const repo = indebted();
  const text = read(repo);
  repo.branch("grow");
  repo.commit("chore: more debt", { [FILE]: text.replace(/\n {4}(\{.*\})\n/, (_, entry: string) => `\n    ${entry},\n    ${entry.replace(/"fingerprint":"./, '"fingerprint":"0')}\n`) });
  expect(decided(verdictOf(repo, "--base", "main", "--head", "HEAD"))).toEqual(["gate/changed"]);
  repo.switchTo("main");
  repo.branch("shrink");
  repo.commit("chore: paid", { [FILE]: '{\n  "schema": "proofline/baseline/1",\n  "findings": []\n}\n' });
  expect(decided(verdictOf(repo, "--base", "main", "--head", "HEAD"))).toEqual([]);
});

test("two branches that each pay another debt merge without a conflict", () => {
  const repo = shop();
  const entries = ["a", "b", "c", "d", "e"].map((digit) => `    ${JSON.stringify({ check: "security/reported", path: `src/${digit}.js`, fingerprint: digit.repeat(64), because: "found" })}`);
  const render = (lines: readonly string[]): string => `{\n  "schema": "proofline/baseline/1",\n  "findings": [\n${lines.join(",\n")}\n  ]\n}\n`;
  repo.commit("chore: baseline", { [FILE]: render(entries), ...Object.fromEntries(["a", "b", "c", "d", "e"].map((name) => [`src/${name}.js`, "1\n"])) });
  for (const gone of ["a", "d"]) {
    repo.switchTo("main");
    repo.branch(`pay-${gone}`);
    repo.commit(`fix: ${gone}`, { [`src/${gone}.js`]: null });
    expect(check(repo, "main", "--evidence", report(repo), "--write-baseline").stderr).toContain("1 entry paid");
    repo.commit("chore: paid", {});
  }
  repo.merge("pay-a");
  expect((JSON.parse(read(repo)) as { findings: { path: string }[] }).findings.map(({ path }) => path)).toEqual(["src/b.js", "src/c.js", "src/e.js"]);
});
