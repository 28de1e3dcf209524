import { spawn } from "node:child_process";
import { gitFailed } from "./errors.ts";

export interface GitCall {
  readonly cwd: string;
  readonly input?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** No hooks, no filters, no configuration of the user or the system: what the tree says is what is written. */
const QUIET = {
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_TERMINAL_PROMPT: "0",
  GIT_OPTIONAL_LOCKS: "0",
  GIT_AUTHOR_NAME: "Proofline",
  GIT_AUTHOR_EMAIL: "proofline@localhost",
  GIT_AUTHOR_DATE: "2000-01-01T00:00:00Z",
  GIT_COMMITTER_NAME: "Proofline",
  GIT_COMMITTER_EMAIL: "proofline@localhost",
  GIT_COMMITTER_DATE: "2000-01-01T00:00:00Z",
};

const FLAGS = ["-c", "core.hooksPath=/dev/null", "-c", "core.fsmonitor=false", "-c", "gc.auto=0", "-c", "advice.detachedHead=false"];

/** Variables such as GIT_DIR (set inside hooks) would send our commands to the user's repository. */
function cleanEnv(extra: Readonly<Record<string, string>> | undefined): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [key, value] of Object.entries(process.env)) {
    if (value !== undefined && !key.startsWith("GIT_")) env[key] = value;
  }
  return { ...env, ...QUIET, ...extra };
}

/** Runs Git without hooks, filters and foreign configuration and gives its standard output; a non-zero exit is an error. */
export function git(args: readonly string[], call: GitCall): Promise<string> {
  return new Promise((done, fail) => {
    const options = { cwd: call.cwd, env: cleanEnv(call.env), ...(call.signal ? { signal: call.signal } : {}) };
    const child = spawn("git", [...FLAGS, ...args], { ...options, stdio: ["pipe", "pipe", "pipe"] });
    const out: Buffer[] = [];
    let errors = "";
    child.stdout.on("data", (chunk: Buffer) => out.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => (errors = (errors + chunk.toString()).slice(-4000)));
    child.on("error", (error) => fail(gitFailed({ command: args[0] ?? "", says: error.message }, error)));
    child.on("close", (code) => {
      if (code === 0) done(Buffer.concat(out).toString("utf8"));
      else fail(gitFailed({ command: args.slice(0, 3).join(" "), says: errors.trim() }));
    });
    child.stdin.on("error", () => undefined); // a Git that stops early closes its end; its exit code tells
    child.stdin.end(call.input ?? "");
  });
}
