import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import type { RanThrough } from "../../packages/core/src/evidence/index.ts";
import { jestReporter } from "../../packages/core/src/adapters/runners/reporters/jest-reporter.ts";
import { readTrace } from "../../packages/core/src/adapters/runners/trace/read-trace.ts";
import { traceProvider } from "../../packages/core/src/adapters/runners/trace/trace-hook.ts";

/** One start of a runner: what ran, what was red, and what it cost. */
export interface Ran {
  readonly files: readonly string[];
  readonly red: readonly string[];
  /** Seconds by the wall, and of processor time with all children. */
  readonly wall: number;
  readonly cpu: number;
  readonly trace?: readonly RanThrough[];
}

export type Runner = "vitest" | "jest";

export const git = (dir: string, ...args: string[]): string => execFileSync("git", ["-C", dir, ...args], { encoding: "utf8", maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "ignore"] });

const START: Readonly<Record<Runner, readonly string[]>> = { vitest: ["node_modules/vitest/vitest.mjs", "run", "--coverage.enabled=false", "--typecheck.enabled=false", "--passWithNoTests", "--reporter=json"], jest: ["node_modules/jest/bin/jest.js", "--coverage=false", "--passWithNoTests", "--json", "--silent"] };

/** Starts the project's own runner in a clone with these words more, and reads its own JSON report. */
export async function run(dir: string, runner: Runner, words: readonly string[], traced = false): Promise<Ran> {
  const root = realpathSync(dir);
  const scratch = mkdtempSync(join(tmpdir(), "proofline-compare-"));
  try {
    const report = join(scratch, "report.json");
    const folder = mkdtempSync(join(scratch, "trace-"));
    const extra = traced ? tracing(runner, scratch, folder) : { words: [], env: {} };
    const argv = [...START[runner].filter((word) => !traced || !word.includes("coverage")), `--outputFile=${report}`, ...extra.words, ...words];
    const told = spawnSync("bash", ["-c", 'TIMEFORMAT="%R %U %S"; time "$@" >/dev/null 2>&1', "run", process.execPath, ...argv], { cwd: root, env: { ...process.env, CI: "1", ...extra.env }, encoding: "utf8", timeout: 300_000, maxBuffer: 1 << 26 });
    const [wall = 0, user = 0, system = 0] = (/([\d.]+) ([\d.]+) ([\d.]+)\s*$/.exec(told.stderr) ?? []).slice(1).map(Number);
    const { files, red } = readReport(report, root);
    return { files, red, wall, cpu: user + system, ...(traced && { trace: await readTrace({ folder }, root, new Set(files)) }) };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function tracing(runner: Runner, scratch: string, folder: string): { readonly words: readonly string[]; readonly env: Readonly<Record<string, string>> } {
  const path = join(scratch, runner === "vitest" ? "provider.mjs" : "reporter.cjs");
  writeFileSync(path, runner === "vitest" ? traceProvider(folder) : jestReporter);
  if (runner === "vitest") return { words: ["--coverage.enabled=true", "--coverage.provider=custom", `--coverage.customProviderModule=${path}`], env: {} };
  return { words: ["--coverage", "--coverageReporters=none", "--coverageThreshold={}", `--reporters=${path}`], env: { PROOFLINE_TRACE: folder, PROOFLINE_RESULTS: scratch } };
}

function readReport(path: string, root: string): Pick<Ran, "files" | "red"> {
  let report: { readonly testResults?: readonly { readonly name: string; readonly status: string }[] } = {};
  try {
    report = JSON.parse(readFileSync(path, "utf8")) as typeof report;
  } catch {
    // Nothing ran.
  }
  const all = (report.testResults ?? []).map(({ name, status }) => ({ file: relative(root, name), status }));
  return { files: [...new Set(all.map(({ file }) => file))].sort(), red: [...new Set(all.filter(({ status }) => status === "failed").map(({ file }) => file))].sort() };
}
