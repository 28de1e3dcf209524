import { spawn, type ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import { keepOutput, type KeptOutput } from "./kept-output.ts";
import { killGroup, killMarked, peakMemory, RUN_MARK } from "./process-tree.ts";

export interface LaunchCommand {
  readonly argv: readonly string[];
  readonly cwd: string;
  /** The whole environment: nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  readonly budgetMs: number;
  readonly signal: AbortSignal;
  /** Session mark, so that whoever outlives us can end these processes. */
  readonly mark: string;
  /** Mark shared by several commands; the caller ends what carries it when the last is over. Looking costs some 25 ms each time. */
  readonly sharedMark?: string;
}

export interface LaunchResult {
  /** Null when a signal ended it or it never started. */
  readonly code: number | null;
  readonly killedBy?: string;
  readonly ended: "exit" | "budget" | "aborted";
  /** Standard output and error as they came, the middle left out when long. */
  readonly output: string;
  readonly tookMs: number;
  readonly peakMemoryMb?: number;
  /** Processes that were still running when the command had ended, and were ended too. */
  readonly leftRunning: number;
}

/** A command that ended may leave a pipe open in a grandchild; its last words get this long to arrive. */
const LAST_WORDS_MS = 300;

/**
 * Runs a program in a process group of its own and ends all of it — children, and grandchildren that left the group — when
 * it exits, its budget is spent or the caller aborts. Never throws: a program that can't be started is a result with a reason.
 */
export async function launch(command: LaunchCommand): Promise<LaunchResult> {
  const started = performance.now();
  const output = keepOutput();
  const nothing = { code: null, output: "", tookMs: 0, leftRunning: 0 };
  if (command.signal.aborted) return { ...nothing, ended: "aborted" };
  if (command.budgetMs <= 0) return { ...nothing, ended: "budget" };
  const run = command.sharedMark ?? randomUUID();
  const [program = "", ...args] = command.argv;
  const env = { ...command.env, [RUN_MARK]: run, PROOFLINE_SESSION: command.mark };
  const child = spawn(program, args, { cwd: command.cwd, env, detached: process.platform !== "win32", stdio: ["ignore", "pipe", "pipe"], windowsHide: true });
  const memory = watchMemory(child);
  const end = await waitFor(child, command, output, () => void killMarked(run));
  const leftRunning = command.sharedMark !== undefined && end.ended === "exit" ? 0 : await killMarked(run);
  const peakMemoryMb = memory.stop();
  const tookMs = Math.round(performance.now() - started);
  return { ...end, output: output.text(), tookMs, leftRunning, ...(peakMemoryMb === undefined ? {} : { peakMemoryMb }) };
}

type End = Pick<LaunchResult, "code" | "killedBy" | "ended">;

function waitFor(child: ChildProcess, command: LaunchCommand, output: KeptOutput, sweep: () => void): Promise<End> {
  return new Promise((done) => {
    let ended: LaunchResult["ended"] = "exit";
    const stop = (why: "budget" | "aborted"): void => {
      ended = why;
      if (child.pid !== undefined) killGroup(child.pid);
      child.kill("SIGKILL");
      sweep();
    };
    const onAbort = (): void => stop("aborted");
    const timer = setTimeout(() => stop("budget"), Math.min(command.budgetMs, 2 ** 31 - 1));
    command.signal.addEventListener("abort", onAbort, { once: true });
    let settled = false;
    const settle = (end: Omit<End, "ended">): void => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      command.signal.removeEventListener("abort", onAbort);
      child.stdout?.destroy();
      child.stderr?.destroy();
      done({ ...end, ended });
    };
    child.stdout?.on("data", (chunk: Buffer) => output.add(chunk));
    child.stderr?.on("data", (chunk: Buffer) => output.add(chunk));
    child.on("error", (error) => {
      output.add(Buffer.from(`could not start ${command.argv[0]}: ${error.message}\n`));
      settle({ code: null });
    });
    const outcome = (code: number | null, signal: NodeJS.Signals | null): Omit<End, "ended"> => ({ code, ...(signal ? { killedBy: signal } : {}) });
    child.on("close", (code, signal) => settle(outcome(code, signal)));
    child.on("exit", (code, signal) => {
      if (child.pid !== undefined) killGroup(child.pid);
      setTimeout(() => settle(outcome(code, signal)), LAST_WORDS_MS).unref();
    });
  });
}

function watchMemory(child: ChildProcess): { stop(): number | undefined } {
  let peak: number | undefined;
  const look = (): void => {
    if (child.pid !== undefined) peak = Math.max(peak ?? 0, peakMemory(child.pid) ?? 0) || undefined;
  };
  const timer = setInterval(look, 250);
  timer.unref();
  return {
    stop: () => {
      clearInterval(timer);
      return peak;
    },
  };
}
