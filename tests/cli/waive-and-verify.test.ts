import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { decided, proofline, verdictOf } from "../support/cli.ts";
import { makeRepo, type TestRepository } from "../support/repo.ts";

const KEY = ["sk", "live", "4eC39HqLyjW7arjtT1zd8Qb2"].join("_");
const REASON = "The account behind this key was closed last year.";

/** Two people work here, so a waiver has to be signed. */
function sharedRepo(): { repo: TestRepository; keyFile: string } {
  const repo = makeRepo();
  repo.commit("Start", { "src/app.js": "export const a = 1;\n" });
  repo.git("-c", "user.name=Grace", "-c", "user.email=grace@example.com", "commit", "--allow-empty", "-qm", "Second person", "--author=Grace <grace@example.com>");
  const keyFile = join(repo.home, "key.pem");
  const made = proofline(repo, ["waive", "--new-key", "@owner", "--key", keyFile]);
  expect(made.stderr).toBe("");
  repo.commit("List the owner's key", {});
  return { repo, keyFile };
}

test("a signed waiver in the same change lets exactly one finding pass, survives a rebase, and is counted", () => {
  const { repo, keyFile } = sharedRepo();
  repo.branch("pay");
  repo.commit("feat: pay", { "src/pay.js": `export const key = "${KEY}";\n` });
  expect(verdictOf(repo, "--base", "main", "--head", "HEAD").decision).toBe("hold");
  const unsigned = proofline(repo, ["waive", "1", "--reason", REASON]);
  expect([unsigned.status, unsigned.stderr]).toEqual([2, expect.stringContaining("waive/signer-missing")]);
  const stranger = join(repo.home, "stranger.pem");
  proofline(repo, ["waive", "--new-key", "@stranger", "--key", stranger]);
  const unlisted = proofline(repo, ["waive", "1", "--reason", REASON, "--key", stranger]);
  expect([unlisted.status, unlisted.stderr, existsSync(join(repo.dir, "proofline/waivers"))]).toEqual([2, expect.stringContaining("waive/key-not-listed"), false]);
  repo.remove("proofline/keys/stranger.pem");
  expect(proofline(repo, ["waive", "1", "--reason", REASON, "--key", keyFile]).status).toBe(0);
  repo.commit("Waive it", {});
  const waived = verdictOf(repo, "--base", "main", "--head", "HEAD");
  expect(waived.findings.find((finding) => finding.check === "security/secret")?.waived).toMatchObject({ by: "@owner", reason: REASON });
  expect(decided(waived)).not.toContain("security/secret");
  expect(decided(waived)).not.toContain("gate/changed");

  repo.switchTo("main");
  repo.commit("Meanwhile", { "README.md": "# x\n" });
  repo.git("rebase", "-q", "main", "pay");
  expect(decided(verdictOf(repo, "--base", "main", "--head", "HEAD"))).not.toContain("security/secret");

  repo.commit("feat: another key", { "src/other.js": `export const other = "${KEY.replace("4eC3", "9fD2")}";\n` });
  expect(decided(verdictOf(repo, "--base", "main", "--head", "HEAD"))).toContain("security/secret");
  expect(readFileSync(join(repo.dir, ".proofline/ledger.jsonl"), "utf8")).toContain('"kind":"waiver-used"');
});

test("a waiver that was edited after signing does not count, and the verdict says so", () => {
  const { repo, keyFile } = sharedRepo();
  repo.branch("pay");
  repo.commit("feat: pay", { "src/pay.js": `export const key = "${KEY}";\n` });
  verdictOf(repo, "--base", "main", "--head", "HEAD");
  proofline(repo, ["waive", "1", "--reason", REASON, "--key", keyFile]);
  const file = join(repo.dir, "proofline/waivers", `${verdictOf(repo, "--base", "main", "--head", "HEAD").findings.find((finding) => finding.check === "security/secret")?.fingerprint.slice(0, 16)}.json`);
  writeFileSync(file, readFileSync(file, "utf8").replace("last year", "tomorrow"));
  repo.commit("Waive it", {});
  const verdict = verdictOf(repo, "--base", "main", "--head", "HEAD");
  expect(decided(verdict)).toContain("security/secret");
  expect(verdict.warnings.join()).toContain("signature");
});

test("who works alone may waive for themself, recorded as self", () => {
  const repo = makeRepo();
  repo.commit("Start", { "src/app.js": "export const a = 1;\n" });
  repo.branch("pay");
  repo.commit("feat: pay", { "src/pay.js": `export const key = "${KEY}";\n` });
  verdictOf(repo, "--base", "main", "--head", "HEAD");
  expect(proofline(repo, ["waive", "1", "--reason", REASON]).status).toBe(0);
  repo.commit("Waive it", {});
  expect(verdictOf(repo, "--base", "main", "--head", "HEAD").findings.find((finding) => finding.check === "security/secret")?.waived?.kind).toBe("self");
});

test("signed evidence verifies offline, and is refused for another commit, another key, an edit and another policy", () => {
  const { repo, keyFile } = sharedRepo();
  repo.branch("docs");
  const head = repo.commit("Words", { "README.md": "# Words\n" });
  const evidence = join(repo.home, "evidence.jsonl");
  const check = proofline(repo, ["check", "--base", "main", "--head", "HEAD", "--attest", evidence, "--key", keyFile, "--format", "json"]);
  expect(check.stderr).toBe("");
  const good = proofline(repo, ["verify", evidence, "--base", "main", "--format", "json"]);
  expect([good.status, JSON.parse(good.stdout)]).toEqual([0, expect.objectContaining({ commit: head, signedBy: ["@owner"], result: "PASSED", passed: true, decision: "ship", scope: "full", mode: "enforce" })]);

  repo.commit("More words", { "README.md": "# More words\n" });
  const replayed = proofline(repo, ["verify", evidence, "--base", "main"]);
  expect([replayed.status === 0, replayed.stdout]).toEqual([false, ""]);

  const text = readFileSync(evidence, "utf8");
  writeFileSync(join(repo.home, "edited.jsonl"), text.replace(/"payload":"(.{40})/, (_, start: string) => `"payload":"${[...start].reverse().join("")}`));
  expect(proofline(repo, ["verify", join(repo.home, "edited.jsonl"), "--head", head, "--base", "main"]).status).not.toBe(0);

  const stranger = join(repo.home, "stranger.pem");
  proofline(repo, ["waive", "--new-key", "@stranger", "--key", stranger]);
  repo.remove("proofline/keys/stranger.pem");
  repo.git("checkout", "-q", head);
  const forged = join(repo.home, "forged.jsonl");
  proofline(repo, ["check", "--base", "main", "--head", head, "--no-run", "--attest", forged, "--key", stranger]);
  expect(proofline(repo, ["verify", forged, "--head", head, "--base", "main"]).status).not.toBe(0);

  repo.switchTo("main");
  repo.commit("Change the policy", { "proofline.yaml": "checks:\n  change/size: { effect: off }\n" });
  const otherPolicy = proofline(repo, ["verify", evidence, "--head", head, "--base", "main"]);
  expect(otherPolicy.status).not.toBe(0);
  expect(otherPolicy.stderr).toMatch(/policy/i);
});

test.each([
  ["a static verdict", ["--no-run"], 3, "nothing was run"],
  ["an observed verdict", ["--mode", "observe"], 3, "the gate did not enforce"],
] as const)("%s is genuine evidence and no pass, for a machine and for a person", (_, flags, exit, because) => {
  const { repo, keyFile } = sharedRepo();
  repo.branch("docs");
  repo.commit("Words", { "README.md": "# Words\n" });
  const evidence = join(repo.home, "evidence.jsonl");
  proofline(repo, ["check", "--base", "main", "--head", "HEAD", ...flags, "--attest", evidence, "--key", keyFile]);
  const verified = proofline(repo, ["verify", evidence, "--base", "main"]);
  expect([verified.status, verified.stderr]).toEqual([exit, ""]);
  expect(verified.stdout).toMatch(new RegExp(`verdict  ship .*\\n passes   no: .*${because}`));
  const [summary = ""] = readFileSync(evidence, "utf8").trim().split("\n").slice(-1);
  const statement = JSON.parse(Buffer.from((JSON.parse(summary) as { payload: string }).payload, "base64").toString()) as { predicate: object };
  expect(statement.predicate).toMatchObject({ verificationResult: "FAILED", verifiedLevels: ["FAILED"] });
});

test("signed evidence of a hold verifies and exits like the hold", () => {
  const { repo, keyFile } = sharedRepo();
  repo.branch("pay");
  repo.commit("feat: pay", { "src/pay.js": `export const key = "${KEY}";\n` });
  const evidence = join(repo.home, "evidence.jsonl");
  proofline(repo, ["check", "--base", "main", "--head", "HEAD", "--no-run", "--attest", evidence, "--key", keyFile]);
  const verified = proofline(repo, ["verify", evidence, "--base", "main", "--format", "json"]);
  expect([verified.status, JSON.parse(verified.stdout)]).toEqual([1, expect.objectContaining({ passed: false, decision: "hold", scope: "static" })]);
});
