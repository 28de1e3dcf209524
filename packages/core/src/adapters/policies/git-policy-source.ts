import { createHash } from "node:crypto";
import { mkdir } from "node:fs/promises";
import { isAbsolute, join, resolve } from "node:path";
import { withoutCredentials } from "#kernel";
import type { PolicySource } from "#operations";
import { policyFileMissing, policyNotReachable } from "./errors.ts";

const FILES = ["proofline.yaml", "proofline.yml"];

export interface PolicySourceOptions {
  /** Root of the repository that extends: relative paths start here. */
  readonly root: string;
  /** Where fetched policies are kept between runs, so that the second run needs no network. */
  readonly cacheFolder: string;
  /** Runs Git in a folder; rejects with what Git said, without credentials. */
  readonly git: (folder: string, args: readonly string[]) => Promise<string>;
}

/**
 * Reads policies of other repositories with Git. A commit id names its content, so what was fetched once is never fetched again; a
 * repository that is a path on this machine is read in place.
 */
export const gitPolicySource = (options: PolicySourceOptions): PolicySource => ({
  read: async ({ repository, commit }) => {
    const folder = isPath(repository) ? resolve(options.root, repository) : await fetched(repository, commit, options);
    for (const file of FILES) {
      const text = await show(folder, commit, file, options.git);
      if (text !== undefined) return { text, digest: `sha256:${createHash("sha256").update(text).digest("hex")}` };
    }
    if (!(await holds(folder, commit, options.git))) throw policyNotReachable({ repository: withoutCredentials(repository), commit, says: "the repository does not hold that commit" });
    throw policyFileMissing({ repository: withoutCredentials(repository), commit });
  },
});

const isPath = (repository: string): boolean => isAbsolute(repository) || repository.startsWith("./") || repository.startsWith("../");

/** `owner/name` means the host everybody means by it; anything else is a URL Git understands. */
const urlOf = (repository: string): string => (/^[\w.-]+\/[\w.-]+$/.test(repository) ? `https://github.com/${repository}.git` : repository);

async function fetched(repository: string, commit: string, { cacheFolder, git }: PolicySourceOptions): Promise<string> {
  const url = urlOf(repository);
  const folder = join(cacheFolder, "policies", createHash("sha256").update(url).digest("hex").slice(0, 20));
  if (await holds(folder, commit, git)) return folder;
  try {
    await mkdir(folder, { recursive: true });
    await git(folder, ["init", "--quiet", "--bare"]);
    await git(folder, ["fetch", "--quiet", "--depth=1", "--no-tags", "--end-of-options", url, commit]);
  } catch (error) {
    throw policyNotReachable({ repository: withoutCredentials(repository), commit, says: error instanceof Error ? error.message : String(error) });
  }
  return folder;
}

const holds = (folder: string, commit: string, git: PolicySourceOptions["git"]): Promise<boolean> =>
  git(folder, ["cat-file", "-e", `${commit}^{commit}`]).then(
    () => true,
    () => false,
  );

const show = (folder: string, commit: string, file: string, git: PolicySourceOptions["git"]): Promise<string | undefined> =>
  git(folder, ["cat-file", "blob", `${commit}:${file}`]).catch(() => undefined);
