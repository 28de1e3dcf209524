import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { ProofRecord, VerdictDocument } from "../../packages/core/src/operations/index.ts";
import { decided, proofline, verdictOf, type CliRun } from "../support/cli.ts";
import { makeRepo, type TestRepository } from "../support/repo.ts";

const HEAD = 'import { test } from "node:test";\nimport assert from "node:assert";\nimport { round } from "../src/price.js";\n';
const GOOD = 'test("rounds half up", () => assert.equal(round(1.5), 2));\n';
const EMPTY = 'test("rounds down", () => assert.equal(round(1.2), 1));\n';

/** A fix with the tests that came with it, committed on a branch. */
function fixWith(tests: string, message = "fix: round half up"): TestRepository {
  const repo = makeRepo();
  repo.commit("start", {
    "package.json": JSON.stringify({ name: "shop", version: "1.0.0", type: "module", scripts: { test: "node --test" } }),
    ".gitignore": ".proofline\n",
    "src/price.js": "export const round = (n) => Math.floor(n);\n",
    "test/price.test.js": `${HEAD}test("rounds zero", () => assert.equal(round(0), 0));\n`,
  });
  repo.branch("fix");
  repo.commit(message, { "src/price.js": "export const round = (n) => Math.round(n);\n", "test/price.test.js": `${HEAD}${tests}` });
  return repo;
}

describe("proofline check on a fix", () => {
  it("holds one whose tests pass on the code before it as well", () => {
    const verdict = verdictOf(fixWith(EMPTY), "--base", "main", "--head", "fix", "--run");
    expect([verdict.exit, verdict.decision, decided(verdict)]).toEqual([1, "hold", ["tests/pass-without-change"]]);
    expect(verdict.findings.find((finding) => finding.check === "tests/pass-without-change")?.places).toEqual([{ file: "test/price.test.js", side: "head" }]);
  });

  it("ships one that its tests show, with the proof among the evidence", () => {
    const verdict = verdictOf(fixWith(GOOD), "--base", "main", "--head", "fix", "--run");
    expect([verdict.exit, verdict.decision]).toEqual([0, "ship"]);
    expect(verdict.evidence.find((item) => item.kind === "proof")).toMatchObject({ source: "ran", says: "red-green: proven, 2 runs a side of 1 test file" });
  });

  it("holds no change to a declaration nobody made", () => {
    const verdict = verdictOf(fixWith(EMPTY, "Fix the rounding of half cents"), "--base", "main", "--head", "fix", "--run");
    expect([verdict.exit, decided(verdict)]).toEqual([3, ["tests/pass-without-change"]]);
  });

  it("says that a proof is missing when nothing may run, in the line that says so of the tests", () => {
    const verdict = verdictOf(fixWith(GOOD), "--base", "main", "--head", "fix");
    expect(verdict.missing).toEqual([expect.stringMatching(/^tests: --no-run was given \(.*tests\/failing.*tests\/pass-without-change.*\)$/)]);
  });

  it("gives the same verdict again without running anything", () => {
    const repo = fixWith(GOOD);
    const timeless = ({ tookMs: _took, testMs: _tests, ...rest }: VerdictDocument): unknown => rest;
    const first = verdictOf(repo, "--base", "main", "--head", "fix", "--run");
    const kept = readdirSync(join(repo.dir, ".proofline/cache/runs")).length;
    const second = verdictOf(repo, "--base", "main", "--head", "fix", "--run");
    expect(timeless(second)).toEqual(timeless(first));
    expect(kept).toBeGreaterThan(0);
    expect(readdirSync(join(repo.dir, ".proofline/cache/runs")).length).toBe(kept);
  });
});

describe("a flaky test", () => {
  it("proves nothing, holds nothing, and is named", () => {
    const counter = 'import { existsSync, mkdirSync, rmSync } from "node:fs";\nconst mark = process.env.PROOFLINE_FLAKE_MARK;\nconst first = !existsSync(mark);\nif (first) mkdirSync(mark); else rmSync(mark, { recursive: true });\n';
    const repo = fixWith(`${counter}test("rounds half up", () => assert.equal(round(1.5), first ? 1 : 2));\n`);
    repo.switchTo("main");
    repo.commit("declare", { "proofline.yaml": "tests:\n  needs: { env: [PROOFLINE_FLAKE_MARK] }\n" });
    const mark = join(repo.home, "flake");
    const run = proofline(repo, ["check", "--base", "main", "--head", "fix", "--gate", "local", "--format", "json"], { env: { PROOFLINE_FLAKE_MARK: mark } });
    const verdict = JSON.parse(run.stdout) as VerdictDocument;
    expect(verdict.findings.filter((finding) => finding.answer === "broken").map((finding) => [finding.check, finding.effect])).toContainEqual(["tests/flaky", "note"]);
    expect(decided(verdict)).not.toContain("tests/failing");
    expect(verdict.evidence.find((item) => item.kind === "proof")?.says ?? "not proven").not.toContain("red-green: proven");
  });
});

describe("proofline prove", () => {
  it("takes a range for the change it names, whatever came to the other branch since", () => {
    const repo = fixWith(EMPTY);
    repo.git("checkout", "-q", "main");
    repo.commit("feat: keep what is behind the point", { "src/price.js": "export const round = (n) => n;\n" });
    expect(proofline(repo, ["prove", "main..fix"])).toMatchObject({ status: 1, stdout: expect.stringContaining("REFUTED") as string });
  });

  it("shows both sides and answers with its exit code", () => {
    const proven = proofline(fixWith(GOOD), ["prove", "--broken", "main", "--fixed", "fix"]);
    expect(proven.status).toBe(0);
    expect(proven.stdout).toContain("PROVEN");
    expect(proven.stdout).toContain("red without it (an expectation failed), green with it");
    const refuted = proofline(fixWith(EMPTY), ["prove", "fix", "--repeat", "1", "--format", "json"]);
    expect(refuted.status).toBe(1);
    expect(JSON.parse(refuted.stdout)).toMatchObject({ schema: "proofline/proof/1", outcome: "refuted", repeats: 1 });
  });

  it("can be replayed with the command it prints", () => {
    const repo = fixWith(GOOD);
    const record = (args: readonly string[]): ProofRecord => JSON.parse(proofline(repo, [...args, "--format", "json"]).stdout) as ProofRecord;
    const first = record(["prove", "--test", "test/price.test.js::rounds half up", "--broken", "main", "--fixed", "fix", "--repeat", "1"]);
    const words = [...first.replay.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? "");
    expect(words[0]).toBe("proofline");
    expect(record(words.slice(1)).digest).toBe(first.digest);
  });

  it("signs a proof that verifies offline, and only as it was signed", () => {
    const repo = fixWith(GOOD);
    repo.switchTo("main");
    const keyFile = join(repo.home, "key.pem");
    expect(proofline(repo, ["waive", "--new-key", "@owner", "--key", keyFile]).status).toBe(0);
    repo.commit("List the owner's key", {});
    const file = join(repo.home, "proof.jsonl");
    expect(proofline(repo, ["prove", "--broken", "fix~1", "--fixed", "fix", "--repeat", "1", "--attest", file, "--key", keyFile]).status).toBe(0);
    const verify = (commit: string): CliRun => proofline(repo, ["verify", file, "--base", "main", "--head", commit]);
    const genuine = verify("fix");
    expect([genuine.status, genuine.stdout]).toEqual([0, expect.stringContaining("proven against")]);
    expect([verify("main").status, verify("main").stderr]).toEqual([3, expect.stringContaining("statement/other-commit")]);
    writeFileSync(file, readFileSync(file, "utf8").replace(/"payload":"(.{40})/, (_, start: string) => `"payload":"${start.split("").reverse().join("")}`));
    expect(verify("fix")).toMatchObject({ stdout: "", stderr: expect.stringMatching(/statement\/|signature/) as string });
  });

  it.each([
    ["a test file that is not there", ["--test", "test/nowhere.test.js"], "proof/no-such-test-file"],
    ["a revision that is not there", ["--broken", "nowhere"], "git/"],
    ["no number of runs", ["--repeat", "0"], "--repeat"],
  ])("names what is wrong with %s", (_, args, says) => {
    const run = proofline(fixWith(GOOD), ["prove", "--fixed", "fix", ...args]);
    expect([run.status, run.stdout]).toEqual([2, ""]);
    expect(run.stderr).toContain(says);
  });

  it("says what to do where no runner is known", () => {
    const repo = makeRepo();
    repo.commit("start", { "lib/a.rb": "A = 1\n" });
    repo.commit("fix: a", { "lib/a.rb": "A = 2\n", "spec/a_spec.rb": "describe 'a' do\n  it('is two') { expect(A).to eq(2) }\nend\n" });
    const run = proofline(repo, ["prove", "--broken", "HEAD~1", "--fixed", "HEAD"]);
    expect(run.status).toBe(2);
    expect(run.stderr).toContain("proof/no-runner");
  });
});
