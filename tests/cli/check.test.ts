import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { XMLParser } from "fast-xml-parser";
import { proofline, decided, verdictOf } from "../support/cli.ts";
import { makeRepo, type TestRepository } from "../support/repo.ts";

// Put together here so that this file holds no key itself; it was never valid.
const KEY = ["sk", "live", "4eC39HqLyjW7arjtT1zd8Qb2"].join("_");

function shop(): TestRepository {
  const repo = makeRepo();
  repo.commit("Start", {
    "package.json": '{ "name": "shop", "type": "module", "scripts": { "test": "node --test" } }\n',
    "src/auth/sign-in.js": "export function signIn(user, password) {\n  return user.password === password ? user.id : null;\n}\n",
    "src/price.js": "export function total(items) {\n  return items.reduce((sum, item) => sum + item.price, 0);\n}\n",
    "test/price.test.js": 'import assert from "node:assert/strict";\nimport { test } from "node:test";\nimport { total } from "../src/price.js";\ntest("adds prices", () => assert.equal(total([{ price: 2 }, { price: 3 }]), 5));\n',
    "README.md": "# Shop\n",
  });
  return repo;
}

describe("verdicts on planted changes and their innocent twins", () => {
  test("a committed secret is held; a placeholder is not", () => {
    const repo = shop();
    repo.write("src/pay.js", `export const key = "${KEY}";\n`);
    const verdict = verdictOf(repo);
    expect([verdict.decision, verdict.exit, decided(verdict)]).toEqual(["hold", 1, expect.arrayContaining(["security/secret"])]);
    expect(JSON.stringify(verdict)).not.toContain(KEY);
    repo.write("src/pay.js", 'export const key = process.env.STRIPE_KEY ?? "sk_live_xxxxxxxxxxxxxxxxxxxxxxxx";\n');
    expect(decided(verdictOf(repo))).not.toContain("security/secret");
  });

  test("a secret that a later commit takes out again is held for as long as the branch holds it; one the base held already is not", () => {
    const repo = shop();
    repo.branch("topic");
    repo.commit("Pay", { "src/pay.js": `export const key = "${KEY}";\n` });
    repo.commit("Read the key from the environment", { "src/pay.js": "export const key = process.env.STRIPE_KEY;\n" });
    const verdict = verdictOf(repo, "--base", "main", "--head", "topic", "--no-run");
    expect([verdict.decision, decided(verdict)]).toEqual(["hold", ["security/secret"]]);
    expect(verdict.findings.find(({ check }) => check === "security/secret")?.because).toMatch(/^Commit [0-9a-f]{8} adds a live Stripe key \(sk_l…b2\) to src\/pay\.js; the head does not hold it any more/);
    expect(JSON.stringify(verdict)).not.toContain(KEY);
    expect(decided(verdictOf(repo, "--base", "topic~1", "--head", "topic", "--no-run"))).not.toContain("security/secret");
    repo.git("reset", "--quiet", "--hard", "topic~1");
    repo.write("src/pay.js", "export const key = process.env.STRIPE_KEY;\n");
    expect(decided(verdictOf(repo, "--no-run"))).toContain("security/secret");
  });

  test("a check that an unchanged test makes as well is not missed; one that nobody makes any more is", () => {
    const repo = shop();
    const one = (name: string, wanted: number): string => `test("${name}", () => {\n  const items = [{ price: ${wanted} }];\n  assert.equal(total(items), ${wanted});\n});\n`;
    const file = (...tests: readonly string[]): string => `import assert from "node:assert/strict";\nimport { test } from "node:test";\nimport { total } from "../src/price.js";\n\n${tests.join("\n")}`;
    repo.commit("More tests", { "test/price.test.js": file(one("adds one", 5), one("adds another", 7)), "test/more.test.js": file(one("adds one price", 5), one("adds a third", 9)) });
    // The other file is only added to, so that the test that stays as it was is first left unread.
    repo.write("test/more.test.js", file(one("adds one price", 5), one("adds a third", 9).replace("});", "  assert.ok(items);\n});")));
    repo.write("test/price.test.js", file(one("adds another", 7)));
    expect(decided(verdictOf(repo, "--base", "HEAD", "--no-run"))).toEqual([]);
    repo.write("test/more.test.js", file(one("adds one price", 5), one("adds a third", 9)));
    repo.write("test/price.test.js", file(one("adds one", 5)));
    expect(decided(verdictOf(repo, "--base", "HEAD", "--no-run"))).toEqual(["tests/weakened"]);
  });

  test("an untested change to sign-in is asked about; with an empty test too, with a real one it ships", () => {
    const repo = shop();
    repo.write("src/auth/sign-in.js", "export function signIn(user) {\n  return user.id;\n}\n");
    const verdict = verdictOf(repo);
    expect([verdict.decision, verdict.exit, decided(verdict)]).toEqual(["ask", 3, ["risk/high-needs-test"]]);
    repo.write("test/sign-in.test.js", 'import { test } from "node:test";\ntest("refuses", () => {});\n');
    expect(decided(verdictOf(repo))).toEqual(["tests/vacuous"]);
    repo.write("test/sign-in.test.js", 'import assert from "node:assert";\nimport { test } from "node:test";\nimport { signIn } from "../src/auth/sign-in.js";\ntest("gives the id", () => assert.equal(signIn({ id: 7 }), 7));\n');
    expect(verdictOf(repo)).toMatchObject({ decision: "ship", exit: 0 });
  });

  test("a fix without a test is asked for one; the same change as a refactoring is not", () => {
    const repo = shop();
    repo.commit("fix: ignore items without a price", { "src/price.js": "export function total(items) {\n  return items.reduce((sum, item) => sum + (item.price ?? 0), 0);\n}\n" });
    expect(decided(verdictOf(repo, "--base", "HEAD~1", "--head", "HEAD"))).toEqual(["tests/fix-needs-regression"]);
    expect(verdictOf(repo, "--base", "HEAD~1", "--head", "HEAD", "--type", "refactor").decision).toBe("ship");
  });

  test("a commit named alone is judged against its parent, what is staged against the last commit", () => {
    const repo = shop();
    repo.commit("fix: ignore items without a price", { "src/price.js": "export function total(items) {\n  return items.reduce((sum, item) => sum + (item.price ?? 0), 0);\n}\n" });
    repo.commit("Words", { "README.md": "# The shop\n" });
    expect(decided(verdictOf(repo, "HEAD~1"))).toEqual(["tests/fix-needs-regression"]);
    expect(decided(verdictOf(repo, "HEAD~2..HEAD~1"))).toEqual(["tests/fix-needs-regression"]);
    expect(verdictOf(repo, "HEAD").decision).toBe("ship");
    repo.write("src/pay.js", `export const key = "${KEY}";\n`);
    repo.git("add", "-A");
    expect(decided(verdictOf(repo, "index"))).toContain("security/secret");
  });

  test("loosening the gate in the same change is held, by the old rules; an ordinary change beside it is not", () => {
    const repo = shop();
    repo.commit("Add the gate", { "proofline.yaml": "checks:\n  security/secret: { effect: block }\n" });
    repo.branch("loosen");
    repo.commit("Loosen", { "proofline.yaml": "checks:\n  security/secret: { effect: off }\n", "src/pay.js": `export const key = "${KEY}";\n` });
    expect(decided(verdictOf(repo, "--base", "main", "--head", "HEAD")).sort()).toEqual(["gate/changed", "security/secret"]);
    repo.switchTo("main");
    repo.branch("ordinary");
    repo.commit("Words", { "README.md": "# The shop\n" });
    expect(verdictOf(repo, "--base", "main", "--head", "HEAD").decision).toBe("ship");
  });

  test("a change that introduces the gate is judged by the defaults and previews the new verdict", () => {
    const repo = shop();
    repo.write("proofline.yaml", "gates:\n  local: { mode: observe }\n");
    const verdict = verdictOf(repo);
    expect(verdict.decision).toBe("ship");
    expect(verdict.findings.find((finding) => finding.check === "gate/changed")).toMatchObject({ effect: "note" });
    expect(verdict.warnings.join()).toContain("by its own rules it would be ship (observe)");
  });

  test("the preview asks the checks anew: an area the new rules declare is asked about, one they release is not", () => {
    const repo = shop();
    repo.write("src/price.js", "export function total(items) {\n  return items.length;\n}\n");
    repo.write("proofline.yaml", "areas:\n  - { name: prices, paths: ['src/price.js'], risk: high, owners: ['@ada'] }\n");
    const raised = verdictOf(repo);
    expect([raised.decision, raised.warnings.join()]).toEqual(["ship", expect.stringContaining("by its own rules it would be ask")]);
    repo.write("src/price.js", "export function total(items) {\n  return items.reduce((sum, item) => sum + item.price, 0);\n}\n");
    repo.write("src/auth/sign-in.js", "export function signIn(user) {\n  return user.id;\n}\n");
    repo.write("proofline.yaml", "areas:\n  - { name: authentication, paths: ['src/auth/**'], risk: low, owners: ['@ada'] }\n");
    const released = verdictOf(repo);
    expect([released.decision, released.warnings.join()]).toEqual(["ask", expect.stringContaining("by its own rules it would be ship")]);
  });

  test.each([
    ["first", undefined],
    ["later", "areas: []\n"],
  ])("a %s configuration that can't be used is asked about, with its line and the fix", (_, before) => {
    const repo = shop();
    if (before !== undefined) repo.commit("Config", { "proofline.yaml": before });
    repo.write("proofline.yaml", "areas: []\ngate:\n  local: { mode: observe }\n");
    const verdict = verdictOf(repo);
    expect(verdict.decision).toBe(before === undefined ? "ask" : "hold");
    expect(verdict.findings.filter((finding) => finding.effect === "ask")).toEqual([
      expect.objectContaining({
        check: "gate/changed",
        answer: "broken",
        because: expect.stringMatching(/can't be used: proofline\.yaml:2:1.*`gate`.*`gates`/),
        fix: "Write `gates` instead of `gate`.",
        places: [{ file: "proofline.yaml", line: 2, side: "head" }],
      }),
    ]);
  });

  test("a configuration on the target that is no text is an error, never the defaults", () => {
    const repo = shop();
    repo.commit("Config", { "proofline.yaml": Buffer.from([0, 1, 2, 0]) });
    repo.write("notes.md", "x\n");
    const run = proofline(repo, ["check", "--no-run"]);
    expect([run.status, run.stdout]).toEqual([2, ""]);
    expect(run.stderr).toMatch(/config\/no-text[\s\S]*proofline\.yaml holds binary data/);
  });

  test("a later gate is spoken of only where this change will owe it an answer", () => {
    const repo = shop();
    repo.commit("Grace", { "OWNERS.md": "x\n", ".github/CODEOWNERS": "/src/auth/ @grace\n" });
    repo.git("-c", "user.name=Grace", "commit", "--quiet", "--allow-empty", "--message", "More", "--author=Grace <grace@example.org>");
    repo.write("src/price.js", "export const total = () => 0;\n");
    expect(verdictOf(repo).later).toEqual([]);
    repo.write("src/auth/sign-in.js", "export function signIn(user) {\n  return user.id;\n}\n");
    expect(verdictOf(repo).later).toEqual(["risk/needs-approval at the pull-request gate"]);
    expect(verdictOf(repo, "--gate", "pull-request").later).toEqual([]);
  });

  test.each([
    ["linguist-generated", "src/auth/** linguist-generated\n"],
    ["without a diff", "*.js -diff\n"],
  ])("source that the change itself marks %s is looked at all the same, and the mark is asked about", (_, attributes) => {
    const repo = shop();
    repo.commit("Gate", { "proofline.yaml": "areas: []\n" });
    repo.write(".gitattributes", attributes);
    repo.write("src/auth/sign-in.js", `export function signIn(user) {\n  return user.id;\n}\nexport const key = "${KEY}";\n`);
    const verdict = verdictOf(repo);
    expect(decided(verdict).sort()).toEqual(["gate/changed", "risk/high-needs-test", "security/secret"]);
    expect(verdict.findings.find((finding) => finding.check === "gate/changed")).toMatchObject({ effect: "ask", because: expect.stringContaining("src/auth/sign-in.js") });
  });

  test("a secret in a file too large to compare is found at its line; one that was there before is not this change's, and the rest is a blind spot", () => {
    const repo = shop();
    const rows = (count: number): string => "insert into t values (1, 'x');\n".repeat(count);
    repo.commit("Dump", { "old.sql": `${rows(160_000)}-- ${KEY}\n` });
    repo.write("old.sql", `${rows(160_001)}-- ${KEY}\n`);
    const before = verdictOf(repo);
    expect(decided(before)).not.toContain("security/secret");
    expect(before.blindSpots.join()).toContain("old.sql is larger than 4 MB: it was looked through for secrets and not compared");
    const other = [...KEY].map((char) => (char === "4" ? "5" : char)).join("");
    repo.write("new.sql", `${rows(160_000)}-- ${other}\n`);
    const verdict = verdictOf(repo);
    expect(verdict.findings.find((finding) => finding.check === "security/secret" && finding.effect === "block")?.places).toEqual([expect.objectContaining({ file: "new.sql", line: 160_001 })]);
    expect(JSON.stringify(verdict)).not.toContain(other);
  });

  test("everyday attributes, and marks on what a program wrote, are no question", () => {
    const repo = shop();
    repo.commit("Gate", { "proofline.yaml": "areas: []\n", "src/api.js": "// Code generated by x. DO NOT EDIT.\nexport const a = 1;\n", "logo.png": Buffer.from([0]) });
    repo.write(".gitattributes", "*.js text eol=lf diff=javascript\n*.png binary\nsrc/api.js linguist-generated\npackage-lock.json -diff linguist-generated\n");
    expect(verdictOf(repo).decision).toBe("ship");
  });

  test("attributes of the checkout alone hide nothing", () => {
    const repo = shop();
    repo.write(".git/info/attributes", "*.js -diff\n");
    repo.write("src/pay.js", `export const key = "${KEY}";\n`);
    expect(decided(verdictOf(repo))).toContain("security/secret");
  });

  test("a policy rule in CEL decides, and only where it applies", () => {
    const repo = shop();
    repo.commit("Rule", { "proofline.yaml": "policy:\n  rules:\n    - name: no-friday-migrations\n      when: change.files.exists(file, file.path.startsWith('db/'))\n      effect: block\n      because: Database files change through the release train.\n      fix: Move it to the train.\n" });
    repo.write("db/001.sql", "select 1;\n");
    expect(verdictOf(repo)).toMatchObject({ decision: "hold", exit: 1 });
    repo.remove("db");
    repo.write("README.md", "# Shop 2\n");
    expect(verdictOf(repo).decision).toBe("ship");
  });
});

describe("running the tests", () => {
  test("a red test is held and named at its line; unchanged code ships", () => {
    const repo = shop();
    repo.write("src/price.js", "export function total(items) {\n  return items.length;\n}\n");
    const verdict = verdictOf(repo, "--run");
    expect([verdict.decision, decided(verdict)]).toEqual(["hold", ["tests/failing"]]);
    expect(verdict.findings.find((finding) => finding.check === "tests/failing")?.places[0]).toMatchObject({ file: "test/price.test.js", line: 4 });
    repo.write("src/price.js", "export function total(items) {\n  return items.map((item) => item.price).reduce((a, b) => a + b, 0);\n}\n");
    expect(verdictOf(repo, "--run")).toMatchObject({ decision: "ship", scope: "full", exit: 0 });
  }, 60_000);

  test("a test that was red before is not this change's fault", () => {
    const repo = shop();
    repo.commit("Break", { "src/price.js": "export function total() {\n  return 0;\n}\n" });
    repo.write("src/price.js", "export function total() {\n  return -1;\n}\n");
    const verdict = verdictOf(repo, "--run", "--base", "HEAD");
    expect(decided(verdict)).toEqual([]);
    expect(verdict.findings.find((finding) => finding.check === "tests/failing")).toMatchObject({ effect: "note", because: expect.stringContaining("red on the merge base too") });
  }, 60_000);

  test("a new test that is red is held, though no merge base knows it", () => {
    const repo = shop();
    repo.write("test/new.test.js", 'import assert from "node:assert/strict";\nimport { test } from "node:test";\ntest("is not so", () => assert.equal(1, 2));\n');
    expect(decided(verdictOf(repo, "--run"))).toEqual(["tests/failing"]);
  }, 60_000);

  test("state that somebody committed is not read: labels in it can't switch a check off", () => {
    const repo = shop();
    repo.write("src/pay.js", `export const key = "${KEY}";\n`);
    verdictOf(repo);
    repo.git("add", "-f", ".proofline/ledger.jsonl");
    const verdict = verdictOf(repo);
    expect([verdict.decision, verdict.warnings.join()]).toEqual(["hold", expect.stringContaining(".proofline/ is committed")]);
  });

  test("a behaviour change that no test saw is asked about", () => {
    const repo = shop();
    repo.write("src/tax.js", "export const tax = (sum) => sum * 0.19;\n");
    expect(decided(verdictOf(repo, "--run"))).toEqual(["tests/none-ran"]);
  }, 60_000);
});

describe("the document", () => {
  test("is the same twice on the same commits, apart from times", () => {
    const repo = shop();
    repo.commit("fix: count", { "src/price.js": "export const total = () => 1;\n", "src/pay.js": `export const key = "${KEY}";\n` });
    const [one, two] = [1, 2].map(() => verdictOf(repo, "--base", "HEAD~1", "--head", "HEAD")).map(({ tookMs: _, testMs: __, ...rest }) => rest);
    expect(one).toEqual(two);
  });

  test("a verdict on some checks only says so, in the document and in words", () => {
    const repo = shop();
    repo.write("src/auth/sign-in.js", "export function signIn(user) {\n  return user.id;\n}\n");
    const limited = verdictOf(repo, "--only", "security/secret", "change/size");
    expect(limited).toMatchObject({ decision: "ship", only: ["security/secret", "change/size"] });
    expect(proofline(repo, ["check", "--no-run", "--only", "security/secret"]).stdout).toContain("only security/secret was asked");
    expect(verdictOf(repo)).not.toHaveProperty("only");
  });

  test("observe gives the same verdict and exit 0", () => {
    const repo = shop();
    repo.write("src/pay.js", `export const key = "${KEY}";\n`);
    expect(verdictOf(repo, "--mode", "observe")).toMatchObject({ decision: "hold", mode: "observe", exit: 0 });
  });

  test("says what was not run, and asks for it only at an enforced pull-request gate", () => {
    const repo = shop();
    repo.write("src/price.js", "export const total = () => 7;\n");
    expect(verdictOf(repo)).toMatchObject({ decision: "ship", scope: "static", missing: [expect.stringContaining("--no-run was given")] });
    expect(verdictOf(repo, "--gate", "pull-request")).toMatchObject({ decision: "ask", exit: 3 });
  });

  test("SARIF carries what GitHub demands: a location, a rule and a fingerprint for every result", () => {
    const repo = shop();
    repo.write("src/a b/pay.js", `export const key = "${KEY}";\n`);
    const { runs } = JSON.parse(proofline(repo, ["check", "--no-run", "--format", "sarif"]).stdout) as { runs: { tool: { driver: { rules: { id: string }[] } }; results: { ruleId: string; ruleIndex: number; locations: { physicalLocation: { artifactLocation: { uri: string } } }[]; partialFingerprints: object }[] }[] };
    const [run] = runs;
    expect(run?.results.length).toBeGreaterThan(0);
    for (const result of run?.results ?? []) {
      expect(run?.tool.driver.rules[result.ruleIndex]?.id).toBe(result.ruleId);
      expect(result.locations).toHaveLength(1);
      expect(Object.values(result.partialFingerprints)[0]).toMatch(/^[0-9a-f]{64}$/);
    }
    expect(run?.results[0]?.locations[0]?.physicalLocation.artifactLocation.uri).toBe("src/a%20b/pay.js");
  });

  test("JUnit is well-formed and fails only what decides; Markdown can't be driven by the repository", () => {
    const repo = shop();
    repo.write("src/<script>@everyone`.js", `export const key = "${KEY}";\n`);
    const junit = proofline(repo, ["check", "--no-run", "--format", "junit"]).stdout;
    expect(new XMLParser({ ignoreAttributes: false }).parse(junit)).toMatchObject({ testsuites: { "@_failures": expect.stringMatching(/^[1-9]/) } });
    const markdown = proofline(repo, ["check", "--no-run", "--format", "markdown"]).stdout;
    expect(markdown).toMatch(/^### Hold/);
    // Inside a code span everything is literal; outside of it nothing may begin a tag or a mention.
    const prose = markdown.replace(/`[^`\n]*`/g, "");
    expect(prose).not.toMatch(/(?<!\\)<script|@everyone/);
    expect(prose).toContain("script");
  });

  test("an error is one document too, and prose goes to standard error", () => {
    const repo = shop();
    for (const [args, code] of [
      [["check", "--base", "nowhere", "--format", "json"], "git/unknown-revision"],
      [["check", "--format=json", "--no-such-option"], "usage"],
    ] as const) {
      const run = proofline(repo, args as unknown as string[]);
      expect(run.status).toBe(2);
      expect(JSON.parse(run.stdout)).toMatchObject({ schema: "proofline/error/1", code, exit: 2, fix: expect.stringMatching(/\S/) as string });
      expect(run.stderr).toMatch(/\S/);
    }
    expect(proofline(repo, ["check", "--base", "nowhere"]).stdout).toBe("");
  });

  test("--out writes the document whole and prints nothing on standard output", () => {
    const repo = shop();
    repo.write("notes.md", "x\n");
    const run = proofline(repo, ["check", "--no-run", "--format", "json", "--out", "reports/verdict.json"]);
    expect(run.stdout).toBe("");
    expect(JSON.parse(readFileSync(join(repo.dir, "reports/verdict.json"), "utf8"))).toMatchObject({ schema: "proofline/verdict/1" });
  });
});

describe("bad input gets a named error, exit 2 and no verdict", () => {
  test.each([
    ["an unknown revision", ["check", "--base", "nowhere"], /nowhere/],
    ["a revision that looks like an option", ["check", "--base=--upload-pack=x"], /upload-pack/],
    ["a check nobody knows, with the nearest one", ["check", "--only", "security/secrets"], /Did you mean security\/secret\?/],
    ["a report that is not there", ["check", "--no-run", "--evidence", "nothing/*.xml"], /nothing\/\*\.xml/],
    ["contradicting flags", ["check", "--all", "--no-run"], /--all and --no-run/],
    ["posting a verdict on some checks only", ["check", "--post", "github", "--only", "security/secret"], /--only and --post/],
    ["signing a verdict on some checks only", ["check", "--attest", "x.jsonl", "--key", "k.pem", "--only", "security/secret"], /--only and --attest/],
    ["a budget that is no number", ["check", "--budget", "soon"], /--budget/],
    ["a patch that does not apply", ["check", "--patch", "bad.patch"], /bad\.patch/],
  ])("%s", (_, args, says) => {
    const repo = shop();
    repo.write("bad.patch", "--- a/src/price.js\n+++ b/src/price.js\n@@ -1 +1 @@\n-not there\n+new\n");
    const run = proofline(repo, args);
    expect(run.stderr).toMatch(says);
    expect(run.stderr).toMatch(/fix {3}/);
    expect([run.status, run.stdout]).toEqual([2, ""]);
  });

  test("a broken configuration names file, line and the nearest key", () => {
    const repo = shop();
    repo.commit("Config", { "proofline.yaml": "area:\n  - { name: x, paths: [a] }\n" });
    repo.write("notes.md", "x\n");
    const run = proofline(repo, ["check", "--no-run"]);
    expect(run.status).toBe(2);
    expect(run.stderr).toMatch(/proofline\.yaml:1:1.*`area`[\s\S]*`areas`/);
  });

  test("a folder that is no repository", () => {
    const repo = shop();
    const run = proofline(repo, ["check", "--repo", repo.home]);
    expect([run.status, run.stdout]).toEqual([2, ""]);
    expect(run.stderr).toMatch(/fix {3}/);
  });
});
