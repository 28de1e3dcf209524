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

/**
 * Ends every process that carries the mark; gives which. Looked for until twice in a row none is found: one may fork while
 * we look, and one that is just starting another program shows no environment for a moment. Linux only.
 */
export async function killMarked(mark: string): Promise<ReadonlySet<number>> {
  const killed = new Set<number>();
  for (let empty = 0, round = 0; process.platform === "linux" && empty < 2 && round < 20; round++) {
    if (round > 0) await new Promise((done) => setTimeout(done, 10));
    const found = markedProcesses(mark);
    empty = found.length === 0 ? empty + 1 : 0;
    for (const pid of found) if (signal(pid, "SIGKILL")) killed.add(pid);
  }
  return killed;
}

/** Signals one process; false when it is gone. */
export function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false; // ended meanwhile
  }
}

/** Living processes that carry the mark. A killed one may stay listed as a zombie without environment. */
export function markedProcesses(mark: string): readonly number[] {
  if (process.platform !== "linux") return [];
  const wanted = `${RUN_MARK}=${mark}`;
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => pid !== process.pid && carries(pid, wanted));
}

function carries(pid: number, wanted: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, "utf8").split("\0").includes(wanted);
  } catch {
    return false; // another user's, or gone
  }
}
