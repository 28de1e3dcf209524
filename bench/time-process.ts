import { spawnSync } from "node:child_process";

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

/** Whole-process wall time in milliseconds of several commands, interleaved so that a busy machine disturbs all alike: the median of each. */
export function timeProcesses(commands: readonly Command[], rounds: number): number[] {
  const times: number[][] = commands.map(() => []);
  for (let round = 0; round <= rounds; round += 1) {
    commands.forEach((command, index) => {
      const took = timeOnce(command);
      // The first round warms the disk cache and counts for nobody.
      if (round > 0) times[index]?.push(took);
    });
  }
  return times.map(median);
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
