import { readdirSync, readFileSync } from "node:fs";

/** Environment variable every process of a run carries; processes that left the group are found by it. */
export const RUN_MARK = "PROOFLINE_RUN";

/** Ends a process group at once. A group that is already gone is fine. */
export function killGroup(pid: number, signal: NodeJS.Signals = "SIGKILL"): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // gone, or a system without groups: the child itself is ended by its handle
  }
}

/** Ends every process that carries the mark, again until none is found: one may fork while we look. Linux only; gives how many. */
export function killMarked(mark: string): number {
  let killed = 0;
  for (let round = 0; round < 5; round++) {
    const found = markedProcesses(mark);
    if (found.length === 0) break;
    for (const pid of found) {
      try {
        process.kill(pid, "SIGKILL");
        killed++;
      } catch {
        // ended meanwhile
      }
    }
  }
  return killed;
}

/** Living processes that carry the mark. A killed one may stay listed as a zombie without environment. */
export function markedProcesses(mark: string): readonly number[] {
  if (process.platform !== "linux") return [];
  const wanted = `${RUN_MARK}=${mark}`;
  return readdirSync("/proc").filter((name) => /^\d+$/.test(name)).map(Number).filter((pid) => pid !== process.pid && carries(pid, wanted));
}

function carries(pid: number, wanted: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, "utf8").split("\0").includes(wanted);
  } catch {
    return false; // another user's, or gone
  }
}

/** Peak memory of a process so far in megabytes, where the system tells. */
export function peakMemory(pid: number): number | undefined {
  try {
    const line = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
    return line ? Math.round(Number(line[1]) / 1024) : undefined;
  } catch {
    return undefined;
  }
}
