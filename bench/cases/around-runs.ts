import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { atMost, reported, type Figure } from "../figure.ts";
import { timeProcesses, type Command } from "../time-process.ts";
import { cli } from "./check.ts";

const SUITES = 8;
const EACH_MS = 700;

/** What `check` adds to a suite it runs: the same eight files of node:test directly and through `check`; and a second check, which has nothing left to run. */
export function aroundRuns(): Figure[] {
  const dir = mkdtempSync(join(tmpdir(), "proofline-bench-runs-"));
  try {
    makeSuite(dir);
    const state = join(dir, ".proofline");
    const direct: Command = { file: process.execPath, args: ["--test", "test/"], cwd: dir };
    const check = (cold: boolean): Command => ({
      file: process.execPath,
      args: [cli, "check", "--repo", dir, "--base", "HEAD~1", "--head", "HEAD", "--gate", "local", "--format", "json"],
      ...(cold && { before: () => rmSync(state, { recursive: true, force: true }) }),
    });
    refuseOtherThan(check(false), SUITES);
    const [alone = 0, cold = 0, warm = 0] = timeProcesses([direct, check(true), check(false)], 3);
    const allowed = 2_000 + alone * 0.05;
    return [
      atMost("around test runs, first time", cold - alone, allowed, "ms", `node --test ${alone.toFixed(0)} ms; allowed are 2 s + 5 %`),
      atMost("second check of the same commits", warm / cold, 0.1, "x", `the first check, ${cold.toFixed(0)} ms`),
      reported("check with its test runs", cold, "ms", `node --test ${alone.toFixed(0)} ms`),
    ];
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** A quick run that ran nothing would be a fine figure and no measurement. */
function refuseOtherThan({ file, args }: Command, passed: number): void {
  const { stdout, stderr } = spawnSync(file, args, { encoding: "utf8", env: { ...process.env, CI: "" } });
  const { evidence } = JSON.parse(stdout || "{}") as { readonly evidence?: readonly { readonly kind: string; readonly says: string }[] };
  const run = evidence?.find((item) => item.kind === "test-run");
  if (!run?.says.includes(`${passed} passed`)) throw new Error(`check did not run the suite: ${run?.says ?? stderr}`);
}

const gitIn = (dir: string) => (...args: readonly string[]): void => {
  const { status, stderr } = spawnSync("git", ["-c", "user.name=Bench", "-c", "user.email=bench@example.com", "-c", "commit.gpgsign=false", "-c", "init.defaultBranch=main", ...args], { cwd: dir, encoding: "utf8" });
  if (status !== 0) throw new Error(`git ${args.join(" ")}: ${stderr}`);
};

function makeSuite(dir: string): void {
  const git = gitIn(dir);
  for (const folder of ["src", "test"]) mkdirSync(join(dir, folder));
  git("init", "-q");
  writeFileSync(join(dir, "package.json"), '{ "name": "suite", "version": "1.0.0", "type": "module", "scripts": { "test": "node --test test/" } }\n');
  writeFileSync(join(dir, ".gitignore"), ".proofline/\n");
  writeFileSync(join(dir, "src/sum.js"), "export const sum = (a, b) => a + b;\n");
  for (let n = 0; n < SUITES; n += 1) {
    writeFileSync(
      join(dir, `test/sum-${n}.test.js`),
      `import assert from "node:assert/strict";\nimport { test } from "node:test";\nimport { setTimeout } from "node:timers/promises";\nimport { sum } from "../src/sum.js";\ntest("adds ${n}", async () => {\n  await setTimeout(${EACH_MS});\n  assert.equal(sum(${n}, 1), ${n + 1});\n});\n`,
    );
  }
  git("add", "-A");
  git("commit", "-qm", "feat: add");
  writeFileSync(join(dir, "src/sum.js"), "export const sum = (a, b) => b + a;\n");
  git("add", "-A");
  git("commit", "-qm", "refactor: the other way round");
}

const PROOF_MS = 1500;

/** What `prove` adds to the runs it makes: one file of node:test, three times on each side. */
export function aroundProofs(): Figure[] {
  const dir = mkdtempSync(join(tmpdir(), "proofline-bench-proof-"));
  try {
    makeFix(dir);
    const direct: Command = { file: process.execPath, args: ["--test", "test/sum.test.js"], cwd: dir };
    const prove: Command = { file: process.execPath, args: [cli, "prove", "--repo", dir, "--broken", "HEAD~1", "--fixed", "HEAD", "--format", "json"], before: () => rmSync(join(dir, ".proofline"), { recursive: true, force: true }) };
    refuseUnproven(prove);
    const [alone = 0, proof = 0] = timeProcesses([direct, prove], 3);
    const runs = 6 * alone;
    return [atMost("around the runs of a proof", proof - runs, 2_000 + runs * 0.05, "ms", `six runs of node --test, ${runs.toFixed(0)} ms; allowed are 2 s + 5 %`)];
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function refuseUnproven({ file, args }: Command): void {
  const { stdout, stderr } = spawnSync(file, args, { encoding: "utf8", env: { ...process.env, CI: "" } });
  const { outcome, repeats } = JSON.parse(stdout || "{}") as { readonly outcome?: string; readonly repeats?: number };
  if (outcome !== "proven" || repeats !== 3) throw new Error(`prove did not make its six runs: ${outcome ?? stderr}`);
}

function makeFix(dir: string): void {
  const git = gitIn(dir);
  for (const folder of ["src", "test"]) mkdirSync(join(dir, folder));
  git("init", "-q");
  writeFileSync(join(dir, "package.json"), '{ "name": "fix", "version": "1.0.0", "type": "module", "scripts": { "test": "node --test test/" } }\n');
  writeFileSync(join(dir, ".gitignore"), ".proofline/\n");
  const test = (wanted: string): string =>
    `import assert from "node:assert/strict";\nimport { test } from "node:test";\nimport { setTimeout } from "node:timers/promises";\nimport { sum } from "../src/sum.js";\ntest("adds", async () => {\n  await setTimeout(${PROOF_MS});\n  assert.equal(sum(1, 2), ${wanted});\n});\n`;
  writeFileSync(join(dir, "src/sum.js"), "export const sum = (a, b) => a - b;\n");
  writeFileSync(join(dir, "test/sum.test.js"), test("-1"));
  git("add", "-A");
  git("commit", "-qm", "feat: add");
  writeFileSync(join(dir, "src/sum.js"), "export const sum = (a, b) => a + b;\n");
  writeFileSync(join(dir, "test/sum.test.js"), test("3"));
  git("add", "-A");
  git("commit", "-qm", "fix: add instead of subtract");
}
