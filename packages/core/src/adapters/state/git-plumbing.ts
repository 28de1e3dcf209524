import { spawn } from "node:child_process";
import { gitRefused } from "./errors.ts";

/** One call of Git. */
export interface GitAnswer {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

export interface GitCall {
  readonly input?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs Git in one repository: no hooks, no prompts, no shell, a time limit. */
export type Git = (args: readonly string[], call?: GitCall) => Promise<GitAnswer>;

const LIMIT_MS = 60_000;
const MAX_OUTPUT = 256 * 1024 * 1024;
/** Hooks of the user (pre-push runs whole suites) have nothing to say about refs/proofline. */
const QUIET = ["-c", "core.hooksPath=/dev/null", "-c", "gc.auto=0", "-c", "push.gpgSign=false", "-c", "core.quotePath=false"];

/** Git for one folder; `more` is added to the environment of every call. */
export function gitIn(root: string, more: Readonly<Record<string, string>> = {}): Git {
  return (args, call = {}) =>
    new Promise((resolve, reject) => {
      const child = spawn("git", [...QUIET, ...args], {
        cwd: root,
        env: { ...outsideHooks(), LC_ALL: "C", GIT_TERMINAL_PROMPT: "0", GIT_OPTIONAL_LOCKS: "0", ...more, ...call.env },
        stdio: ["pipe", "pipe", "pipe"],
        timeout: LIMIT_MS,
      });
      const out: Buffer[] = [];
      let size = 0;
      let stderr = "";
      child.stdout.on("data", (chunk: Buffer) => {
        size += chunk.length;
        if (size > MAX_OUTPUT) child.kill();
        else out.push(chunk);
      });
      child.stderr.on("data", (chunk: Buffer) => {
        if (stderr.length < 10_000) stderr += chunk.toString("utf8");
      });
      child.on("error", reject);
      child.on("close", (code) => resolve({ code: code ?? 1, stdout: Buffer.concat(out), stderr }));
      // Git may end before it has read everything; its exit code says more than EPIPE.
      child.stdin.on("error", () => undefined);
      child.stdin.end(call.input);
    });
}

/** Inside a hook these send every command to the repository it runs in, whatever folder it was given. */
const HOOKS = new Set(["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX", "GIT_QUARANTINE_PATH"]);
const outsideHooks = (): NodeJS.ProcessEnv => Object.fromEntries(Object.entries(process.env).filter(([name]) => !HOOKS.has(name)));

/** Text of a call that must succeed. */
export async function must(git: Git, where: string, args: readonly string[], call?: GitCall): Promise<Buffer> {
  const { code, stdout, stderr } = await git(args, call).catch((error: unknown) => ({ code: 127, stdout: Buffer.alloc(0), stderr: String(error) }));
  if (code !== 0) throw gitRefused({ where, call: args[0] ?? "", says: stderr.trim().split("\n").at(-1) ?? `exit ${code}` });
  return stdout;
}

/** First line of such a call. */
export const mustLine = async (git: Git, where: string, args: readonly string[], call?: GitCall): Promise<string> =>
  (await must(git, where, args, call)).toString("utf8").trim();
