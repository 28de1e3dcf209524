import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import type { ProofRecord, VerdictDocument } from "../../packages/core/src/operations/index.ts";
import { proofline, type CliRun } from "../support/cli.ts";
import { makeRepo, type TestRepository } from "../support/repo.ts";

// Every step starts the built command, and most of them a runner on two sides.
vi.setConfig({ testTimeout: 180_000 });

const HEAD = 'import { test } from "node:test";\nimport assert from "node:assert";\nimport { round } from "../src/price.js";\n';
const LOCK = '{ "name": "shop", "version": "1.0.0", "lockfileVersion": 3, "packages": { "": { "name": "shop", "version": "1.0.0" } } }\n';

/** A fix with its test on branch `fix`; a key of an owner is listed on main. */
function shop(test = "assert.equal(round(1.5), 2)"): { readonly repo: TestRepository; readonly keyFile: string } {
  const repo = makeRepo();
  repo.commit("start", {
    "package.json": JSON.stringify({ name: "shop", version: "1.0.0", type: "module", scripts: { test: "node --test" } }),
    ".gitignore": ".proofline\n",
    "src/price.js": "export const round = (n) => Math.floor(n);\n",
    "test/price.test.js": `${HEAD}test("rounds zero", () => assert.equal(round(0), 0));\n`,
    "package-lock.json": LOCK,
  });
  const keyFile = join(repo.home, "key.pem");
  expect(proofline(repo, ["waive", "--new-key", "@owner", "--key", keyFile]).status).toBe(0);
  repo.commit("List the owner's key", {});
  repo.branch("fix");
  repo.commit("fix: round half up", { "src/price.js": "export const round = (n) => Math.round(n);\n", "test/price.test.js": `${HEAD}test("rounds half up", () => ${test});\n` });
  return { repo, keyFile };
}

const SIDES = ["--broken", "main", "--fixed", "fix", "--repeat", "1"] as const;
const prove = (repo: TestRepository, ...args: readonly string[]): CliRun => proofline(repo, ["prove", ...args]);
const kept = (repo: TestRepository): readonly string[] => readdirSync(join(repo.dir, ".proofline/proofs")).sort();
const onlyRecord = (repo: TestRepository): string => kept(repo).find((name) => name.endsWith(".json")) ?? "";
const json = (run: CliRun): ProofRecord & { readonly replayed: { readonly record: string; readonly same: boolean; readonly differences: readonly string[] } } => JSON.parse(run.stdout) as never;

describe("a proof is kept", () => {
  it("under the digest of its bytes, with commits, trees, tests and the digest of every run's output", () => {
    const { repo } = shop();
    const printed = json(prove(repo, ...SIDES, "--format", "json"));
    const name = onlyRecord(repo);
    const text = readFileSync(join(repo.dir, ".proofline/proofs", name), "utf8");
    expect(name).toBe(`${createHash("sha256").update(text).digest("hex")}.json`);
    expect(JSON.parse(text)).toEqual(printed);
    expect(printed).toMatchObject({ broken: repo.git("rev-parse", "main").trim(), fixed: repo.git("rev-parse", "fix").trim(), fixedTree: repo.git("rev-parse", "fix^{tree}").trim() });
    expect(printed.runs?.map((run) => run.side)).toEqual(expect.arrayContaining(["head", "base"]));
    for (const run of printed.runs ?? []) expect(run.digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(printed.tests.map((test) => test.id.name)).toContain("rounds half up");
  });

  it("by check as well, signed where a key is at hand, and by nobody where nothing was run", () => {
    const { repo, keyFile } = shop();
    expect(proofline(repo, ["check", "--base", "main", "--head", "fix", "--no-run"]).status).not.toBe(70);
    expect(existsSync(join(repo.dir, ".proofline/proofs"))).toBe(false);
    proofline(repo, ["check", "--base", "main", "--head", "fix", "--gate", "local"], { env: { PROOFLINE_KEY_FILE: keyFile } });
    expect(kept(repo).map((name) => name.slice(64))).toEqual([".json", ".jsonl"]);
    expect(proofline(repo, ["verify", join(".proofline/proofs", kept(repo).find((name) => name.endsWith(".jsonl")) ?? ""), "--base", "main", "--head", "fix"]).status).toBe(0);
  });
});

describe("prove --replay", () => {
  it("makes it again by digest, by file and out of signed evidence, and says it is the same", () => {
    const { repo, keyFile } = shop();
    const signed = join(repo.home, "proof.jsonl");
    expect(prove(repo, ...SIDES, "--attest", signed, "--key", keyFile).status).toBe(0);
    const name = onlyRecord(repo);
    for (const record of [name.slice(0, 12), join(".proofline/proofs", name), signed]) {
      const again = prove(repo, "--replay", record, "--format", "json");
      expect([again.status, json(again).replayed, json(again).runs?.length]).toEqual([0, { record: `sha256:${name.slice(0, 64)}`, same: true, differences: [], surroundings: [] }, 2]);
    }
    expect(prove(repo, "--replay", name.slice(0, 12)).stdout).toContain(`Replay  the same as sha256:${name.slice(0, 12)}`);
  });

  it("asks no earlier run: what depends on more than the trees comes out different, and is said", () => {
    const mark = 'import { existsSync } from "node:fs";\n';
    const repo = shop("assert.equal(round(1.5), existsSync(process.env.SHOP_DAY) ? 1 : 2)").repo;
    repo.switchTo("main");
    repo.commit("declare", { "proofline.yaml": "tests:\n  needs: { env: [SHOP_DAY] }\n" });
    repo.switchTo("fix");
    repo.commit("fix: look at the day", { "test/price.test.js": `${mark}${HEAD}test("rounds half up", () => assert.equal(round(1.5), existsSync(process.env.SHOP_DAY) ? 1 : 2));\n` });
    const env = { SHOP_DAY: join(repo.home, "sunday") };
    expect(proofline(repo, ["prove", ...SIDES], { env }).status).toBe(0);
    mkdirSync(env.SHOP_DAY);
    const again = proofline(repo, ["prove", "--replay", onlyRecord(repo).slice(0, 20), "--format", "json"], { env });
    expect(again.status).toBe(3);
    expect(json(again).replayed.same).toBe(false);
    expect(json(again).replayed.differences).toEqual([
      "it was proven, and is not proven",
      "test/price.test.js › rounds half up: without the change it was red (assertion), and is green",
      "test/price.test.js › rounds half up: with the change it was green, and is red",
    ]);
  });

  it("names a record that was changed, one that is none, one that is not there, and one whose commits are not here", () => {
    const { repo } = shop();
    prove(repo, ...SIDES);
    const name = onlyRecord(repo);
    const file = join(repo.dir, ".proofline/proofs", name);
    const text = readFileSync(file, "utf8");
    const elsewhere = join(repo.home, "proof.json");
    const replay = (content: string, at = elsewhere): [number | null, string] => {
      writeFileSync(at, content);
      const run = prove(repo, "--replay", at);
      return [run.status, /[a-z]+\/[a-z-]+/.exec(run.stderr.replaceAll(repo.home, "").replaceAll(repo.dir, ""))?.[0] ?? run.stderr];
    };
    expect(replay(text.replace('"name":"rounds half up"', '"name":"rounds half ap"'))).toEqual([3, "proof/record-tampered"]);
    expect(replay(text.replace('"isolation":"', '"isolation":"not '), file)).toEqual([3, "proof/record-tampered"]);
    expect(replay('{"schema":"proofline/verdict/1"}')).toEqual([2, "proof/record-unreadable"]);
    expect(replay(text.replace('"outcome":"proven"', '"outcome":"fine"'))).toEqual([2, "proof/record-unreadable"]);
    expect(replay("not json")).toEqual([2, "proof/record-unreadable"]);
    const missing = prove(repo, "--replay", "0".repeat(64));
    expect([missing.status, missing.stderr]).toEqual([2, expect.stringContaining("proof/no-such-record")]);
    const other = shop("assert.equal(round(2.5), 3)").repo;
    writeFileSync(file, text);
    const far = proofline(other, ["prove", "--replay", file]);
    expect([far.status, far.stderr]).toEqual([2, expect.stringContaining("proof/not-replayable")]);
    const both = prove(repo, "--replay", name.slice(0, 12), "--broken", "main");
    expect([both.status, both.stderr]).toEqual([2, expect.stringContaining("--broken")]);
  });
});

describe("a proof made elsewhere", () => {
  /** The same repository on another machine, with the proof that was made here. */
  const elsewhere = (made: ReturnType<typeof shop>): { readonly repo: TestRepository; readonly file: string } => {
    const file = join(made.repo.home, "proof.jsonl");
    expect(proofline(made.repo, ["prove", "--broken", "main", "--fixed", "fix", "--repeat", "2", "--attest", file, "--key", made.keyFile]).status).toBe(0);
    const repo = makeRepo();
    repo.git("fetch", "-q", made.repo.dir, "main:main", "fix:fix", "--update-head-ok");
    repo.git("checkout", "-q", "-f", "main");
    return { repo, file };
  };
  const says = (run: CliRun): string => json(run).notes.join("\n");

  it("is taken over when a key of the target branch signed it and it was made from the same", () => {
    const { repo, file } = elsewhere(shop());
    const taken = prove(repo, "--broken", "main", "--fixed", "fix", "--repeat", "2", "--evidence", file, "--format", "json");
    expect([taken.status, says(taken)]).toEqual([0, expect.stringContaining("signed by @owner")]);
    expect(existsSync(join(repo.dir, ".proofline/cache/runs"))).toBe(false);
    const verdict = JSON.parse(proofline(repo, ["check", "--base", "main", "--head", "fix", "--gate", "local", "--no-run", "--evidence", file, "--format", "json"]).stdout) as VerdictDocument;
    expect(verdict.evidence.find((item) => item.kind === "proof")).toMatchObject({ source: "ran", origin: expect.stringContaining("signed by @owner") as string });
    expect(verdict.findings.find((finding) => finding.check === "tests/pass-without-change")).toMatchObject({ answer: "holds" });
  });

  it("stays reported when nobody we know signed it, and the tests are run; check then sees no proof in it", () => {
    const made = shop();
    const { repo, file } = elsewhere(made);
    writeFileSync(file, readFileSync(join(made.repo.dir, ".proofline/proofs", onlyRecord(made.repo))));
    const run = prove(repo, ...SIDES, "--evidence", file, "--format", "json");
    expect([run.status, says(run), json(run).runs?.length]).toEqual([0, expect.stringContaining("nobody signed it"), 2]);
    const verdict = JSON.parse(proofline(repo, ["check", "--base", "main", "--head", "fix", "--gate", "local", "--no-run", "--evidence", file, "--format", "json"]).stdout) as VerdictDocument;
    expect(verdict.evidence.find((item) => item.kind === "proof")).toMatchObject({ source: "reported", says: expect.stringContaining("nobody signed it") as string });
    expect(verdict.findings.find((finding) => finding.check === "tests/pass-without-change" && finding.answer === "holds")).toBeUndefined();
  });

  it("stays reported when the target branch does not list the key, and when it was made in another environment", () => {
    const made = shop();
    const { repo, file } = elsewhere(made);
    expect(says(proofline(repo, ["prove", ...SIDES, "--evidence", file, "--format", "json"], { env: { TZ: "Asia/Tokyo" } }))).toContain("another environment: time zone");
    repo.switchTo("main");
    repo.git("rm", "-rq", "proofline/keys");
    repo.commit("Take the key away", {});
    expect(says(prove(repo, "--broken", "fix~1", "--fixed", "fix", "--repeat", "1", "--evidence", file, "--format", "json"))).toContain("which is not in proofline/keys/ of the target branch");
  });

  it("is refused by name when it was changed, and when it is about another commit", () => {
    const { repo, file } = elsewhere(shop());
    const text = readFileSync(file, "utf8");
    const ask = (...args: readonly string[]): CliRun => prove(repo, "--broken", "main", "--evidence", file, ...args);
    writeFileSync(file, text.replace(/"payload":"([^"]+)"/, (_, payload: string) => `"payload":"${Buffer.from(Buffer.from(payload, "base64").toString("utf8").replace("rounds half up", "rounds half ap")).toString("base64")}"`));
    expect([ask("--fixed", "fix").status, ask("--fixed", "fix").stderr]).toEqual([3, expect.stringContaining("statement/bad-signature")]);
    writeFileSync(file, text);
    repo.switchTo("fix");
    repo.commit("fix: more", { "src/price.js": "export const round = (n) => Math.round(n + 0);\n" });
    expect([ask("--fixed", "HEAD").status, ask("--fixed", "HEAD").stderr]).toEqual([3, expect.stringContaining("statement/other-commit")]);
    expect(proofline(repo, ["check", "--base", "main", "--head", "HEAD", "--evidence", file]).stderr).toContain("statement/other-commit");
  });
});
