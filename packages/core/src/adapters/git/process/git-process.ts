import { spawn, type ChildProcessByStdio, type ChildProcessWithoutNullStreams } from "node:child_process";
import type { Readable } from "node:stream";
import { gitNotInstalled } from "../errors.ts";
import { GIT_FLAGS } from "./environment.ts";

export interface GitCall {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly input?: string | Buffer;
  /** Takes the output as it comes; without it the output is collected. */
  readonly onOutput?: (chunk: Buffer) => void;
  readonly timeoutMs?: number;
}

export interface GitOutput {
  readonly code: number;
  readonly out: Buffer;
  /** The last part of what Git wrote to standard error. */
  readonly err: string;
}

const ERRORS_KEPT = 64 * 1024;

/** Starts Git with an argument array, never through a shell. */
export const startGit = (args: readonly string[], { cwd, env }: Pick<GitCall, "cwd" | "env">): ChildProcessWithoutNullStreams =>
  spawn("git", [...GIT_FLAGS, ...args], { cwd, env, stdio: ["pipe", "pipe", "pipe"], windowsHide: true });

/** The same with nothing to read: a pipe less to set up and to close. */
const startGitWithoutInput = (args: readonly string[], { cwd, env }: Pick<GitCall, "cwd" | "env">): ChildProcessByStdio<null, Readable, Readable> =>
  spawn("git", [...GIT_FLAGS, ...args], { cwd, env, stdio: ["ignore", "pipe", "pipe"], windowsHide: true });

/** Runs Git to its end and gives exit code and output, whatever the code; only a Git that can't be started is an error. */
export function runGit(args: readonly string[], call: GitCall): Promise<GitOutput> {
  return new Promise((done, fail) => {
    const child = call.input === undefined ? startGitWithoutInput(args, call) : startGit(args, call);
    const out: Buffer[] = [];
    let err = "";
    const timer = call.timeoutMs === undefined ? undefined : setTimeout(() => child.kill("SIGKILL"), call.timeoutMs);
    child.stdout.on("data", call.onOutput ?? ((chunk: Buffer) => out.push(chunk)));
    child.stderr.on("data", (chunk: Buffer) => (err = (err + chunk.toString("latin1")).slice(-ERRORS_KEPT)));
    child.on("error", (error) => {
      clearTimeout(timer);
      fail(gitNotInstalled({ says: error.message }, error));
    });
    child.on("close", (code) => {
      clearTimeout(timer);
      done({ code: code ?? 128, out: out.length === 1 ? (out[0] ?? Buffer.alloc(0)) : Buffer.concat(out), err: Buffer.from(err, "latin1").toString("utf8") });
    });
    child.stdin?.on("error", () => undefined); // a Git that stops early closes its end; its exit code tells
    child.stdin?.end(call.input);
  });
}
