import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { isAbsolute, join, resolve } from "node:path";
import { promisify } from "node:util";
import type { PolicySource } from "#operations";
import { policyFileMissing, policyNotReachable } from "./errors.ts";

const run = promisify(execFile);
const FILES = ["proofline.yaml", "proofline.yml"];
const LARGEST = 1 << 20;
const PATIENCE_MS = 60_000;

export interface PolicySourceOptions {
  /** Root of the repository that extends: relative paths start here. */
  readonly root: string;
  /** Where fetched policies are kept between runs, so that the second run needs no network. */
  readonly cacheFolder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Reads policies of other repositories with Git. A commit id names its content, so what was fetched once is never fetched again; a
 * repository that is a path on this machine is read in place.
 */
export const gitPolicySource = (options: PolicySourceOptions): PolicySource => ({
  read: async ({ repository, commit }) => {
    const folder = isPath(repository) ? resolve(options.root, repository) : await fetched(repository, commit, options);
    for (const file of FILES) {
      const text = await show(folder, commit, file, options.env);
      if (text !== undefined) return { text, digest: `sha256:${createHash("sha256").update(text).digest("hex")}` };
    }
    if (!(await holds(folder, commit, options.env))) throw policyNotReachable({ repository: withoutCredentials(repository), commit, says: "the repository does not hold that commit" });
    throw policyFileMissing({ repository: withoutCredentials(repository), commit });
  },
});

const isPath = (repository: string): boolean => isAbsolute(repository) || repository.startsWith("./") || repository.startsWith("../");

/** `owner/name` means the host everybody means by it; anything else is a URL Git understands. */
const urlOf = (repository: string): string => (/^[\w.-]+\/[\w.-]+$/.test(repository) ? `https://github.com/${repository}.git` : repository);

async function fetched(repository: string, commit: string, { cacheFolder, env }: PolicySourceOptions): Promise<string> {
  const url = urlOf(repository);
  const folder = join(cacheFolder, "policies", createHash("sha256").update(url).digest("hex").slice(0, 20));
  if (await holds(folder, commit, env)) return folder;
  try {
    await mkdir(folder, { recursive: true });
    await git(folder, ["init", "--quiet", "--bare"], env);
    await git(folder, ["fetch", "--quiet", "--depth=1", "--no-tags", "--end-of-options", url, commit], env);
  } catch (error) {
    throw policyNotReachable({ repository: withoutCredentials(repository), commit, says: saidBy(error) });
  }
  return folder;
}

const holds = (folder: string, commit: string, env: PolicySourceOptions["env"]): Promise<boolean> =>
  git(folder, ["cat-file", "-e", `${commit}^{commit}`], env).then(
    () => true,
    () => false,
  );

const show = (folder: string, commit: string, file: string, env: PolicySourceOptions["env"]): Promise<string | undefined> =>
  git(folder, ["cat-file", "blob", `${commit}:${file}`], env).catch(() => undefined);

/** Git that never asks a person anything, runs no hook and speaks only protocols that can't execute a helper of the URL's choosing. */
async function git(folder: string, args: readonly string[], env: PolicySourceOptions["env"]): Promise<string> {
  const quiet = { ...env, GIT_TERMINAL_PROMPT: "0", GIT_ALLOW_PROTOCOL: "https:ssh:git:file", GIT_OPTIONAL_LOCKS: "0", LC_ALL: "C" };
  const { stdout } = await run("git", ["-C", folder, "-c", "core.hooksPath=/dev/null", ...args], { env: quiet, maxBuffer: LARGEST, timeout: PATIENCE_MS });
  return stdout;
}

/** The last line Git wrote, without credentials a URL may carry. */
function saidBy(error: unknown): string {
  const said = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : String(error);
  return withoutCredentials(said.split("\n").at(-1) ?? "git failed");
}

const withoutCredentials = (text: string): string => text.replace(/\/\/[^@/\s]+@/g, "//");
