import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { VerdictDocument } from "../../packages/core/src/operations/index.ts";
import { chainEntries, EMPTY_TAIL, readLedger } from "../../packages/core/src/ledger/index.ts";
import { decided, proofline } from "../support/cli.ts";
import { makeFolder, makeRepo, type TestRepository } from "../support/repo.ts";

const CONFIG = `surfaces:
  - { name: checkout, paths: ["src/**"], floor: { lines: 50 } }
`;

/** `covered` of ten lines. */
const lcov = (covered: number): string => `SF:src/pay.js\n${Array.from({ length: 10 }, (_, n) => `DA:${n + 1},${n < covered ? 1 : 0}\n`).join("")}end_of_record\n`;
const source = (last: string): string => `${Array.from({ length: 9 }, (_, n) => `export const a${n} = ${n};`).join("\n")}\n${last}\n`;

function shop(prepare: (origin: TestRepository) => void = () => {}): { readonly origin: TestRepository; readonly before: string; readonly landed: string } {
  const origin = makeRepo();
  prepare(origin);
  const before = origin.commit("Start", { "proofline.yaml": CONFIG, "src/pay.js": source("export const last = 1;") });
  const landed = origin.commit("feat: pay", { "src/pay.js": source("export const last = 2;") });
  return { origin, before, landed };
}

/** A change of the surface on a branch of a fresh clone. */
function pullRequest(origin: TestRepository): TestRepository {
  const clone = origin.clone();
  clone.branch("fix-rounding");
  clone.commit("feat: round", { "src/pay.js": source("export const last = 3;") });
  return clone;
}

const push = (repo: TestRepository, event: object = {}): Readonly<Record<string, string>> => {
  const file = join(repo.home, "event.json");
  writeFileSync(file, JSON.stringify({ repository: { default_branch: "main" }, ...event }));
  return { CI: "true", GITHUB_ACTIONS: "true", GITHUB_REPOSITORY: "acme/shop", GITHUB_EVENT_NAME: "push", GITHUB_REF: "refs/heads/main", GITHUB_EVENT_PATH: file };
};
const pull = (repo: TestRepository, from = "acme/shop"): Readonly<Record<string, string>> => {
  const side = (sha: string, full_name: string) => ({ sha, repo: { full_name } });
  const event = { pull_request: { number: 7, head: side(repo.id("HEAD"), from), base: { ...side(repo.id("origin/main"), "acme/shop"), ref: "main" } } };
  return { ...push(repo, event), GITHUB_EVENT_NAME: "pull_request", GITHUB_REF: "refs/pull/7/merge" };
};

/** One job: a static verdict with the coverage report it made. */
function job(repo: TestRepository, env: Readonly<Record<string, string>>, covered: number, base: string, ...more: readonly string[]): VerdictDocument {
  const report = join(repo.home, "lcov.info");
  writeFileSync(report, lcov(covered));
  const run = proofline(repo, ["check", "--base", base, "--head", "HEAD", "--no-run", "--only", "coverage/surface-floor", "--evidence", report, "--format", "json", ...more], { env });
  if (run.stdout === "") throw new Error(run.stderr);
  return JSON.parse(run.stdout) as VerdictDocument;
}

const about = (verdict: VerdictDocument): string => verdict.findings.map((finding) => `${finding.answer}: ${finding.because}`).join();
const said = (verdict: VerdictDocument): string => verdict.warnings.filter((warning) => warning.includes("state")).join();

describe("under a ref of the remote", () => {
  test("the floor one runner recorded is enforced in the next", () => {
    const { origin, before, landed } = shop();
    const first = origin.clone();
    expect(said(job(first, push(first), 9, before, "--state", "ref"))).toContain("start here");
    expect(origin.git("ls-tree", "--name-only", "refs/proofline/state")).toContain("ledger.jsonl");

    const second = pullRequest(origin);
    const verdict = job(second, pull(second), 7, landed, "--state", "ref");
    expect(about(verdict)).toContain("broken: checkout: 70 % of lines covered, floor 90 %");
    expect([decided(verdict), said(verdict)]).toEqual([["coverage/surface-floor"], ""]);
    // The innocent twin, and the same change where nothing travelled.
    expect(about(job(second, pull(second), 9, landed, "--state", "ref"))).toContain("holds");
    expect(about(job(second, pull(second), 7, landed))).toContain("holds: checkout: 70 % of lines covered, floor 50 %");
  });

  test("a pull request's job reads and never saves", () => {
    const { origin, before, landed } = shop();
    const first = origin.clone();
    job(first, push(first), 9, before, "--state", "ref");
    const kept = origin.id("refs/proofline/state");
    const second = pullRequest(origin);
    job(second, pull(second), 10, landed, "--state", "ref");
    expect(origin.id("refs/proofline/state")).toBe(kept);
  });

  test("two jobs of the target branch keep both their records", () => {
    const { origin, before } = shop();
    for (const covered of [8, 9]) {
      const clone = origin.clone();
      job(clone, push(clone), covered, before, "--state", "ref");
    }
    const floors = readLedger(origin.git("cat-file", "blob", "refs/proofline/state:ledger.jsonl") + "\n").records.filter(({ entry }) => entry.kind === "floor");
    expect(floors.map(({ entry }) => (entry.kind === "floor" ? entry.lines : 0)).sort()).toEqual([80, 90]);
  });

  test("a remote that refuses costs no verdict, and is said", () => {
    const { origin, before } = shop();
    const clone = origin.clone();
    clone.git("remote", "set-url", "origin", join(clone.home, "nowhere"));
    const verdict = job(clone, push(clone), 9, before, "--state", "ref");
    expect(verdict.decision).toBe("ship");
    expect(said(verdict)).toMatch(/does not count.*was not saved/s);
  });
});

describe("in a folder CI keeps", () => {
  test("a fork's artifact with a lower floor and made-up overrules is ignored, and that is said; ours, signed, counts", () => {
    let keyFile = "";
    const { origin, before, landed } = shop((repo) => {
      keyFile = join(repo.home, "ci.pem");
      expect(proofline(repo, ["waive", "--new-key", "proofline-ci", "--key", keyFile]).status).toBe(0);
      const listed = join(repo.dir, "proofline/keys/proofline-ci.pem");
      writeFileSync(listed, readFileSync(listed, "utf8").replace("Kind: person", "Kind: service").replace(/Role:.*\n/, ""));
    });
    const folder = makeFolder();

    const first = origin.clone();
    const signed = { ...push(first), PROOFLINE_KEY_FILE: keyFile, PROOFLINE_STATE: folder };
    expect(said(job(first, signed, 9, before))).toContain("start here");
    const file = join(folder, "proofline-state.gz");
    expect(existsSync(file)).toBe(true);

    const second = pullRequest(origin);
    const theirs = { ...pull(second, "mallory/shop"), PROOFLINE_STATE: folder };
    const good = job(second, theirs, 7, landed);
    expect([about(good), said(good)]).toEqual([expect.stringContaining("floor 90 %"), ""]);

    const floor = { kind: "floor", surface: "checkout", commit: landed, lines: 1 } as const;
    const flood = Array.from({ length: 50 }, (_, n) => ({ kind: "overruled", check: "coverage/surface-floor", fingerprint: `f${n}`, by: "@mallory", reason: "fine" }) as const);
    const ledger = Buffer.from(chainEntries(EMPTY_TAIL, [floor, ...flood], "2026-11-21T10:00:00Z").lines);
    const manifest = { schema: "proofline/state/1", repository: "repo", name: "state", files: [] };
    writeFileSync(file, gzipSync(`${JSON.stringify({ schema: "proofline/state/1", sealed: JSON.stringify(manifest) })}\n${JSON.stringify({ name: "ledger.jsonl", content: ledger.toString("base64") })}\n`));
    const forged = job(second, theirs, 7, landed);
    expect(said(forged)).toContain("does not count");
    expect(about(forged)).toContain("floor 50 %");

    // A job of the target branch that finds it says so too, and starts afresh only when somebody takes it away.
    const third = origin.clone();
    expect(said(job(third, { ...push(third), PROOFLINE_KEY_FILE: keyFile, PROOFLINE_STATE: folder }, 9, before))).toContain("was not saved");
    rmSync(file);
    expect(said(job(third, { ...push(third), PROOFLINE_KEY_FILE: keyFile, PROOFLINE_STATE: folder }, 9, before))).toContain("start here");
  });

  test("unsigned it serves jobs of the target branch alone; committed it serves nobody", () => {
    const { origin, before, landed } = shop();
    const folder = makeFolder();
    const first = origin.clone();
    job(first, push(first), 9, before, "--state", folder);
    const again = origin.clone();
    expect(said(job(again, push(again), 9, before, "--state", folder))).toBe("");
    const second = pullRequest(origin);
    const verdict = job(second, pull(second), 7, landed, "--state", folder);
    expect([about(verdict), said(verdict)]).toEqual([expect.stringContaining("floor 50 %"), expect.stringContaining("the code under judgement could have written it")]);

    mkdirSync(join(again.dir, "kept"));
    writeFileSync(join(again.dir, "kept/proofline-state.gz"), readFileSync(join(folder, "proofline-state.gz")));
    again.commit("chore: bring state along", {});
    expect(said(job(again, push(again), 9, before, "--state", "kept"))).toContain("it is committed");
  });
});

test("a change that touches no surface with a floor owes no coverage at the gate that enforces it", () => {
  const { origin } = shop();
  origin.commit("docs: words", { "README.md": "# Shop\n" });
  const at = (base: string): VerdictDocument => JSON.parse(proofline(origin, ["check", "--base", base, "--head", "HEAD", "--gate", "pull-request", "--format", "json"]).stdout) as VerdictDocument;
  expect([decided(at("HEAD~1")), at("HEAD~1").missing]).toEqual([[], []]);
  // Its twin touches the surface.
  expect(decided(at("HEAD~2"))).toContain("coverage/surface-floor");
});
