import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

export interface Command {
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Exit codes that are fine besides 0. */
  readonly accept?: readonly number[];
  /** Runs before each timing, untimed. */
  readonly before?: () => void;
}

/** What a command takes: the wall time a person waits, and the time all its processes kept a processor busy, both in milliseconds. */
export interface Taken {
  readonly wallMs: number;
  /** 0 where the system does not tell. */
  readonly cpuMs: number;
}

/** Whole-process wall time in milliseconds of several commands, interleaved so that a busy machine disturbs all alike: the median of each. */
export const timeProcesses = (commands: readonly Command[], rounds: number): number[] => measureProcesses(commands, rounds).map(({ wallMs }) => wallMs);

/** The same with processor time, the mean of each: a machine that is busy with something else makes everybody wait, but does nobody's work. */
export function measureProcesses(commands: readonly Command[], rounds: number): Taken[] {
  const taken: Taken[][] = commands.map(() => []);
  for (let round = 0; round <= rounds; round += 1) {
    commands.forEach((command, index) => {
      const cpuBefore = childrenCpuMs();
      const wallMs = timeOnce(command);
      // The first round warms the disk cache and counts for nobody.
      if (round > 0) taken[index]?.push({ wallMs, cpuMs: childrenCpuMs() - cpuBefore });
    });
  }
  return taken.map((each) => ({ wallMs: median(each.map(({ wallMs }) => wallMs)), cpuMs: each.reduce((sum, { cpuMs }) => sum + cpuMs, 0) / Math.max(1, each.length) }));
}

/** Processor time of all processes that were started here and have ended, theirs included. Linux counts it in hundredths of a second. */
function childrenCpuMs(): number {
  try {
    const fields = readFileSync("/proc/self/stat", "latin1").replace(/^.*\) /s, "").split(" ");
    return (Number(fields[13]) + Number(fields[14])) * 10;
  } catch {
    return 0;
  }
}

function timeOnce(command: Command): number {
  command.before?.();
  const started = process.hrtime.bigint();
  const { status, stderr, error } = spawnSync(command.file, command.args, {
    cwd: command.cwd,
    env: { ...process.env, CI: "", ...command.env },
    stdio: ["ignore", "pipe", "pipe"],
    maxBuffer: 1 << 30,
  });
  const took = Number(process.hrtime.bigint() - started) / 1e6;
  if (error || (status !== 0 && !command.accept?.includes(status ?? -1))) {
    throw new Error(`${command.file} ${command.args.join(" ")} ended with ${status}: ${String(error ?? stderr)}`);
  }
  return took;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
