import { execFile } from "node:child_process";
import { platform, release } from "node:os";
import { promisify } from "node:util";
import { isProoflineError } from "#kernel";
import type { Repository } from "#change";
import type { TestExecutor } from "#evidence";
import type { Diagnosis } from "#operations";

const run = promisify(execFile);
const OLDEST_GIT = [2, 34] as const;

type Examined = Repository & { readonly root: string };

/** Looks at the machine and the repository and says what works, what does not, and what to do. */
export async function examine(repository: Examined, executor: TestExecutor, env: Readonly<Record<string, string | undefined>>): Promise<readonly Diagnosis[]> {
  return [await gitVersion(), nodeVersion(), system(), ...(await history(repository)), await runners(repository, executor), ...(await isolation(executor)), ci(env)];
}

async function gitVersion(): Promise<Diagnosis> {
  const about = "git";
  const { stdout } = await run("git", ["--version"]);
  const [, major = 0, minor = 0] = (/(\d+)\.(\d+)/.exec(stdout) ?? []).map(Number);
  const ok = major > OLDEST_GIT[0] || (major === OLDEST_GIT[0] && minor >= OLDEST_GIT[1]);
  return { about, state: ok ? "ok" : "fail", says: stdout.trim(), ...(ok ? {} : { fix: `Install Git ${OLDEST_GIT.join(".")} or newer.` }) };
}

function nodeVersion(): Diagnosis {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  const ok = major > 20 || (major === 20 && minor >= 19);
  return { about: "node", state: ok ? "ok" : "fail", says: process.version, ...(ok ? {} : { fix: "Install Node 20.19 or newer." }) };
}

/** Said as it is: what is tested where. */
function system(): Diagnosis {
  const about = "system";
  const says = `${platform()} ${release()} ${process.arch}`;
  if (platform() === "linux") return { about, state: "ok", says };
  return { about, state: "warn", says: `${says}: covered by the published CI matrix; test isolation is by process only`, fix: "For strict isolation run in CI on Linux." };
}

async function history(repository: Repository): Promise<readonly Diagnosis[]> {
  try {
    const resolved = await repository.resolve({ head: { kind: "commit", rev: "HEAD" } });
    const branch: Diagnosis = { about: "target branch", state: "ok", says: `${resolved.baseName}; merge base ${resolved.mergeBase.slice(0, 7)}` };
    if (!resolved.shallow) return [branch];
    return [branch, { about: "history", state: "warn", says: "this clone is shallow: figures from history are missing", fix: "git fetch --unshallow (in GitHub Actions: fetch-depth: 0)" }];
  } catch (error) {
    if (!isProoflineError(error)) throw error;
    return [{ about: "target branch", state: "fail", says: error.message, fix: error.fix }];
  }
}

async function runners(repository: Repository, executor: TestExecutor): Promise<Diagnosis> {
  const about = "tests";
  try {
    const resolved = await repository.resolve({ head: { kind: "commit", rev: "HEAD" } });
    const setups = await executor.detect(resolved.headTree);
    if (setups.length > 0) return { about, state: "ok", says: setups.slice(0, 5).map((setup) => `${setup.runner}${setup.packageDir === "." ? "" : ` in ${setup.packageDir}`} (${setup.because})`).join("; ") };
    return { about, state: "warn", says: "no test runner was recognised", fix: "Declare `tests: { command: …, report: … }` in proofline.yaml, or hand in reports with --evidence." };
  } catch (error) {
    return { about, state: "warn", says: error instanceof Error ? error.message : String(error), fix: isProoflineError(error) ? error.fix : "Run `proofline check --no-run` meanwhile." };
  }
}

/** Both levels, each tried for real: a program that is installed may still be forbidden to do its work. */
async function isolation(executor: TestExecutor): Promise<readonly Diagnosis[]> {
  const tell = async (level: "ordinary" | "strict"): Promise<{ readonly achieved: boolean; readonly says: string }> =>
    (await executor.isolation?.(level)) ?? { achieved: false, says: "nobody here can tell" };
  const ordinary = await tell("ordinary");
  const strict = await tell("strict");
  return [
    ordinary.achieved ? { about: "isolation", state: "ok", says: ordinary.says } : { about: "isolation", state: "warn", says: ordinary.says, fix: strictFix() },
    strict.achieved
      ? { about: "strict isolation", state: "ok", says: strict.says }
      : { about: "strict isolation", state: "warn", says: `not available: ${strict.says}. Code of strangers and agents is not run here`, fix: strictFix() },
  ];
}

/** What a person can do about it. */
const strictFix = (): string =>
  platform() === "linux"
    ? "Install bubblewrap (`apt-get install bubblewrap`) and allow user namespaces (on Ubuntu 24.04: `sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0`); docs/isolation.md says more."
    : "Run such changes in CI on Linux; `--trust` runs them here without.";

function ci(env: Readonly<Record<string, string | undefined>>): Diagnosis {
  const system = env["GITHUB_ACTIONS"] ? "GitHub Actions" : env["GITLAB_CI"] ? "GitLab CI" : env["CI"] ? "a CI system" : undefined;
  if (!system) return { about: "where", state: "ok", says: "a person's machine: gate `local`, 60 s for tests" };
  const token = env["GITHUB_TOKEN"] ?? env["GITLAB_TOKEN"] ?? env["CI_JOB_TOKEN"];
  if (token) return { about: "where", state: "ok", says: `${system}: gate \`pull-request\`, with a token to read approvals` };
  return { about: "where", state: "warn", says: `${system}, without a token: approvals can't be read`, fix: "Pass the job's token (GITHUB_TOKEN) to the step." };
}
