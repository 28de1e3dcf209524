import { spawn, type ChildProcess } from "node:child_process";
import { randomUUID } from "node:crypto";
import type { Place } from "./isolation-layout.ts";
import { strictIsolation } from "./isolation-strict.ts";
import { keepOutput, type KeptOutput } from "./kept-output.ts";
import { defaultLimits, exceeded, limitWords, metFileLimit, type Limits } from "./limits.ts";
import { watchLimits, type LimitsWatch } from "./limits-watch.ts";
import { killGroup, killMarked, RUN_MARK } from "./process-tree.ts";

export interface LaunchCommand {
  readonly argv: readonly string[];
  readonly cwd: string;
  /** The whole environment: nothing is inherited. */
  readonly env: Readonly<Record<string, string>>;
  readonly budgetMs: number;
  readonly signal: AbortSignal;
  /** Ends the command when it fires, with no fault of the command's: all it has to say is said. */
  readonly enough?: AbortSignal;
  /** Session mark, so that whoever outlives us can end these processes. */
  readonly mark: string;
  /** Mark shared by several commands; the caller ends what carries it when the last is over. Looking costs some 25 ms each time. */
  readonly sharedMark?: string;
  /** What it may use of the machine; absent means `defaultLimits`. */
  readonly limits?: Limits;
  /** Folders whose growth counts as its use of the disk; absent means where it runs. */
  readonly writes?: readonly string[];
  /** Started under strict isolation here, or not at all. */
  readonly confine?: Place;
}

export interface LaunchResult {
  /** Null when a signal ended it or it never started. */
  readonly code: number | null;
  readonly killedBy?: string;
  /** `lingered`: it was ended because `enough` fired. */
  readonly ended: "exit" | "budget" | "aborted" | "limit" | "lingered";
  /** For `limit`: which one, and how large it is. */
  readonly limit?: string;
  /** Standard output and error as they came, the middle left out when long. */
  readonly output: string;
  readonly tookMs: number;
  /** The most its processes held together, where the system tells. */
  readonly peakMemoryMb?: number;
  /** Processes that were still running when the command had ended, and were ended too. */
  readonly leftRunning: number;
}

/** A command that ended may leave a pipe open in a grandchild; its last words get this long to arrive. */
const LAST_WORDS_MS = 300;

/**
 * Runs a program in a process group of its own and ends all of it — children, and grandchildren that left the group — when
 * it exits, its budget is spent, it exceeds a limit or the caller aborts. Never throws: a program that can't be started is a
 * result with a reason.
 */
export async function launch(command: LaunchCommand): Promise<LaunchResult> {
  const nothing = { code: null, output: "", tookMs: 0, leftRunning: 0 };
  if (command.signal.aborted) return { ...nothing, ended: "aborted" };
  if (command.budgetMs <= 0) return { ...nothing, ended: "budget" };
  const isolation = command.confine && (await strictIsolation(command.confine));
  if (isolation && "denied" in isolation) return { ...nothing, ended: "exit", output: `not started, for want of strict isolation: ${isolation.denied}` };
  return start(command, isolation?.prefix ?? []);
}

async function start(command: LaunchCommand, prefix: readonly string[]): Promise<LaunchResult> {
  const started = performance.now();
  const output = keepOutput();
  const run = command.sharedMark ?? randomUUID();
  const limits = command.limits ?? defaultLimits();
  const [program = "", ...args] = [...limitWords(limits, command.budgetMs), ...prefix, ...command.argv];
  const env = { ...command.env, [RUN_MARK]: run, PROOFLINE_SESSION: command.mark };
  const child = spawn(program, args, { cwd: command.cwd, env, detached: process.platform !== "win32", stdio: ["ignore", "pipe", "pipe"], windowsHide: true });
  const folders = command.writes ?? (command.confine ? [command.confine.root, command.confine.scratch] : [command.cwd]);
  let watch: LimitsWatch | undefined;
  const guard = (stop: (why: string) => void): void => {
    if (child.pid !== undefined) watch = watchLimits({ pid: child.pid, limits, folders, onExceeded: stop });
  };
  const sweep = (): void => {
    watch?.end();
    void killMarked(run);
  };
  const end = await waitFor(child, command, output, { guard, sweep });
  const peakMemory = watch?.stop();
  const left = new Set(watch?.end());
  if (command.sharedMark === undefined || end.ended !== "exit") for (const pid of await killMarked(run)) left.add(pid);
  const tookMs = Math.round(performance.now() - started);
  const met = end.ended === "exit" && metFileLimit(end) ? ({ ended: "limit", limit: exceeded.file(limits) } as const) : {};
  return {
    ...end,
    ...met,
    output: output.text(),
    tookMs,
    leftRunning: left.size,
    ...(peakMemory === undefined ? {} : { peakMemoryMb: Math.round(peakMemory / 1024 ** 2) }),
  };
}

type End = Pick<LaunchResult, "code" | "killedBy" | "ended" | "limit">;

interface Watching {
  /** Starts what may end the command early. */
  guard(stop: (limit: string) => void): void;
  /** Ends what left the group. */
  sweep(): void;
}

function waitFor(child: ChildProcess, command: LaunchCommand, output: KeptOutput, { guard, sweep }: Watching): Promise<End> {
  return new Promise((done) => {
    let why: Pick<End, "ended" | "limit"> = { ended: "exit" };
    const stop = (because: typeof why): void => {
      why = because;
      sweep();
      if (child.pid !== undefined) killGroup(child.pid);
      child.kill("SIGKILL");
    };
    const onAbort = (): void => stop({ ended: "aborted" });
    const timer = setTimeout(() => stop({ ended: "budget" }), Math.min(command.budgetMs, 2 ** 31 - 1));
    const onEnough = (): void => stop({ ended: "lingered" });
    command.signal.addEventListener("abort", onAbort, { once: true });
    command.enough?.addEventListener("abort", onEnough, { once: true });
    guard((limit) => stop({ ended: "limit", limit }));
    let settled = false;
    const settle = (end: Omit<End, "ended" | "limit">): void => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      command.signal.removeEventListener("abort", onAbort);
      command.enough?.removeEventListener("abort", onEnough);
      child.stdout?.destroy();
      child.stderr?.destroy();
      done({ ...end, ...why });
    };
    child.stdout?.on("data", (chunk: Buffer) => output.add(chunk));
    child.stderr?.on("data", (chunk: Buffer) => output.add(chunk));
    child.on("error", (error) => {
      output.add(Buffer.from(`could not start ${command.argv[0]}: ${error.message}\n`));
      settle({ code: null });
    });
    const outcome = (code: number | null, signal: NodeJS.Signals | null): Omit<End, "ended" | "limit"> => ({ code, ...(signal ? { killedBy: signal } : {}) });
    child.on("close", (code, signal) => settle(outcome(code, signal)));
    child.on("exit", (code, signal) => {
      if (child.pid !== undefined) killGroup(child.pid);
      setTimeout(() => settle(outcome(code, signal)), LAST_WORDS_MS).unref();
    });
  });
}
