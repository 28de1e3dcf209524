import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { withoutCredentials } from "#kernel";
import { gitEnvironment, type Environment } from "./environment.ts";

const run = promisify(execFile);
const LARGEST = 1 << 20;
const PATIENCE_MS = 60_000;

/** Runs Git in a folder and gives what it wrote, at most 1 MB. Rejects with its last line, without credentials a URL may carry. */
export type ForeignGit = (folder: string, args: readonly string[]) => Promise<string>;

/**
 * Git for repositories that others name: it asks nobody anything, runs no hook, speaks only protocols that can't execute a helper of the URL's choosing, and
 * works in the folder it is given: inside a hook `GIT_DIR` names the user's repository, and what is fetched must not land there.
 */
export const foreignGit =
  (caller: Environment): ForeignGit =>
  async (folder, args) => {
    const env = { ...gitEnvironment(caller, true), GIT_ALLOW_PROTOCOL: "https:ssh:git:file" };
    try {
      const { stdout } = await run("git", ["-C", folder, "-c", "core.hooksPath=/dev/null", ...args], { env, maxBuffer: LARGEST, timeout: PATIENCE_MS });
      return stdout;
    } catch (error) {
      throw new ForeignGitFailed(withoutCredentials(lastLine(error)), { cause: error });
    }
  };

/** What Git said of a repository that could not be read; told on by whoever asked, in an error of its own. */
class ForeignGitFailed extends Error {}

const lastLine = (error: unknown): string => {
  const said = error instanceof Error && "stderr" in error ? String(error.stderr).trim() : "";
  return said.split("\n").at(-1) || (error instanceof Error ? (error.message.split("\n")[0] ?? "") : "") || "git failed";
};
