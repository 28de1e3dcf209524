import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readLedger } from "../packages/core/src/ledger/index.ts";

const cli = fileURLToPath(new URL("../packages/cli/dist/proofline.js", import.meta.url));

export interface KillRound {
  readonly killedAfterMs: number;
  /** Verdicts acknowledged (printed) so far, and found in the ledger. */
  readonly acknowledged: number;
  readonly recorded: number;
  readonly problems: readonly string[];
}

/**
 * Kills `check` with SIGKILL at moments spread over its run, each time followed by one that is left alone. After every round nothing
 * acknowledged may be lost, the ledger has to be one unbroken chain, the user's files unchanged, and nothing of ours left behind.
 */
export async function* killRounds(rounds: number, seed: number): AsyncGenerator<KillRound> {
  const home = mkdtempSync(join(tmpdir(), "proofline-soak-"));
  const temporary = join(home, "tmp");
  mkdirSync(temporary);
  const dir = makeRepository(join(home, "repo"));
  const env = { PATH: process.env["PATH"] ?? "", HOME: home, TMPDIR: temporary, GIT_CONFIG_NOSYSTEM: "1", LC_ALL: "C" };
  let acknowledged = 0;
  try {
    const before = stateOf(dir);
    const whole = await checkOnce(dir, env, undefined);
    if (whole.printed) acknowledged += 1;
    const random = randomFrom(seed);
    for (let round = 0; round < rounds; round += 1) {
      const killedAfterMs = Math.round(random() * whole.tookMs * 1.1);
      if ((await checkOnce(dir, env, killedAfterMs)).printed) acknowledged += 1;
      if ((await checkOnce(dir, env, undefined)).printed) acknowledged += 1;
      const ledger = readLedger(readFileSync(join(dir, ".proofline/ledger.jsonl"), "utf8"));
      const recorded = ledger.records.filter((record) => record.entry.kind === "verdict").length;
      const problems = [
        ...ledger.problems.map((problem) => `ledger line ${problem.line}: ${problem.because}`),
        ...(recorded < acknowledged ? [`${acknowledged - recorded} acknowledged verdicts are missing`] : []),
        ...(stateOf(dir) === before ? [] : ["the user's checkout changed"]),
        ...leftovers(temporary),
        ...processesUnder(home),
      ];
      yield { killedAfterMs, acknowledged, recorded, problems };
    }
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

function makeRepository(dir: string): string {
  mkdirSync(join(dir, "test"), { recursive: true });
  const git = (...args: string[]): string => execFileSync("git", ["-c", "user.name=Soak", "-c", "user.email=soak@example.com", "-c", "init.defaultBranch=main", ...args], { cwd: dir, encoding: "utf8" });
  writeFileSync(join(dir, "package.json"), '{ "name": "soak", "type": "module", "scripts": { "test": "node --test" } }\n');
  writeFileSync(join(dir, "sum.js"), "export const sum = (a, b) => a + b;\n");
  writeFileSync(join(dir, "test/sum.test.js"), 'import assert from "node:assert/strict";\nimport { test } from "node:test";\nimport { sum } from "../sum.js";\ntest("adds, slowly", async () => {\n  await new Promise((done) => setTimeout(done, 150));\n  assert.equal(sum(1, 2), 3);\n});\n');
  git("init", "-q");
  git("add", "-A");
  git("commit", "-qm", "Start");
  writeFileSync(join(dir, "sum.js"), "export const sum = (a, b) => b + a;\n");
  return dir;
}

/** Everything the user owns: status, index, refs, and the content of the working tree. */
function stateOf(dir: string): string {
  const git = (...args: string[]): string => execFileSync("git", args, { cwd: dir, encoding: "utf8", env: { ...process.env, GIT_OPTIONAL_LOCKS: "0" } });
  return [git("status", "--porcelain", "--ignored=no"), git("for-each-ref"), git("diff"), git("count-objects")].join("\u0000");
}

async function checkOnce(dir: string, env: Record<string, string>, killAfterMs: number | undefined): Promise<{ printed: boolean; tookMs: number }> {
  const started = performance.now();
  const child = spawn(process.execPath, [cli, "check", "--base", "HEAD", "--gate", "local", "--format", "json"], { cwd: dir, env, stdio: ["ignore", "pipe", "ignore"] });
  let out = "";
  child.stdout.on("data", (part: Buffer) => (out += part.toString()));
  const timer = killAfterMs === undefined ? undefined : setTimeout(() => child.kill("SIGKILL"), killAfterMs);
  await new Promise((done) => child.once("close", done));
  clearTimeout(timer);
  return { printed: out.includes('"proofline/verdict/1"') && out.trimEnd().endsWith("}"), tookMs: performance.now() - started };
}

/** What of ours is in the temporary folder after a run that ended by itself; the empty folder all sessions share is nobody's leftover. */
const leftovers = (temporary: string): string[] =>
  readdirSync(temporary)
    .filter((name) => name.startsWith("proofline") && readdirSync(join(temporary, name)).length > 0)
    .map((name) => `left in the temporary folder: ${name}`);

/** Processes that still work in our home (Linux only: elsewhere nothing can be said). */
function processesUnder(home: string): string[] {
  if (process.platform !== "linux") return [];
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((pid) => {
      try {
        return readFileSync(`/proc/${pid}/environ`, "utf8").includes(`HOME=${home}`) ? [`still running: process ${readFileSync(`/proc/${pid}/comm`, "utf8").trim()}`] : [];
      } catch {
        return [];
      }
    });
}

/** Mulberry32: small, seeded, good enough to spread kills. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
