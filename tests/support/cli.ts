import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { VerdictDocument } from "../../packages/core/src/operations/index.ts";
import type { TestRepository } from "./repo.ts";

const cli = fileURLToPath(new URL("../../packages/cli/dist/proofline.js", import.meta.url));

export interface CliRun {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built CLI in a repository, with nobody's environment but the repository's. */
export function proofline(
  repo: TestRepository,
  args: readonly string[],
  extra: { readonly input?: string; readonly env?: Readonly<Record<string, string>> } = {},
): CliRun {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    cwd: repo.dir,
    env: { ...repo.env, PATH: process.env["PATH"] ?? "", ...extra.env },
    input: extra.input ?? "",
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  return { status, stdout, stderr };
}

/** The verdict on a change, with the exit code. Static unless told otherwise. */
export function verdictOf(repo: TestRepository, ...args: readonly string[]): VerdictDocument & { readonly exit: number | null } {
  const run = proofline(repo, [
    "check",
    "--format",
    "json",
    "--gate",
    "local",
    ...(args.includes("--run") ? args.filter((arg) => arg !== "--run") : [...args, "--no-run"]),
  ]);
  if (run.stdout === "") throw new Error(`no document: ${run.stderr}`);
  return { ...(JSON.parse(run.stdout) as VerdictDocument), exit: run.status };
}

/** Ids of the findings that decided. */
export const decided = (verdict: VerdictDocument): string[] =>
  verdict.findings
    .filter((finding) => finding.answer !== "holds" && !finding.waived && (finding.effect === "block" || finding.effect === "ask"))
    .map((finding) => finding.check);
