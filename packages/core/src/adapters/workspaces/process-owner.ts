import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { hostname } from "node:os";

/** Who made a temporary folder: process id, when that process started (ids are used again), and on which host. */
export interface Owner {
  readonly pid: number;
  readonly started: string;
  readonly host: string;
}

/** This process. */
export function self(): Owner {
  return { pid: process.pid, started: stateOf(process.pid)?.started ?? "0", host: hostMark() };
}

/** An owner as part of a file name. */
export const nameOf = ({ pid, started, host }: Owner): string => `${pid}-${started}-${host}`;

/** The owner a part of a file name tells of; undefined for any other name. */
export function ownerNamed(name: string): Owner | undefined {
  const [, pid, started = "0", host = ""] = /^(\d{1,10})-(\d{1,20})-([0-9a-f]{8})$/.exec(name) ?? [];
  return pid === undefined ? undefined : { pid: Number(pid), started, host };
}

/** False only when it is certain that the owner is gone: folders of other hosts are never judged. */
export function isAlive(owner: Owner): boolean {
  if (owner.host !== hostMark()) return true;
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
  const found = stateOf(owner.pid);
  if (found === undefined) return true; // a system that does not tell: believe the process id
  return !found.zombie && (owner.started === "0" || found.started === owner.started);
}

/** Ends every process whose environment gives a variable one of these values. Linux only. */
export function endMarked(variable: string, values: ReadonlySet<string>): void {
  if (process.platform !== "linux") return;
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name) || Number(name) === process.pid) continue;
    try {
      const marks = readFileSync(`/proc/${name}/environ`, "utf8").split("\0").filter((entry) => entry.startsWith(`${variable}=`));
      if (marks.some((entry) => values.has(entry.slice(variable.length + 1)))) process.kill(Number(name), "SIGKILL");
    } catch {
      // another user's, or gone
    }
  }
}

function hostMark(): string {
  return createHash("sha256").update(hostname()).digest("hex").slice(0, 8);
}

/** Start time in clock ticks since boot, where the system tells. A zombie is a dead process nobody collected. */
function stateOf(pid: number): { readonly started: string; readonly zombie: boolean } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return { zombie: fields[0] === "Z", started: fields[19] ?? "0" };
  } catch {
    return undefined;
  }
}
