import { readdirSync, readFileSync } from "node:fs";
import { killGroup, signal } from "./process-tree.ts";

/** A living process as the system lists it. */
interface Listed {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  /** Clock ticks since boot: with the id, an identity that is never used twice. */
  readonly started: string;
}

/** Follows the processes that descend from one, also those that were given away to the system since. */
export interface ProcessFamily {
  /** Process ids alive now. Reads one small file per process of the machine. */
  look(): readonly number[];
  /**
   * Ends all of them; gives those there were. They are stopped before they are ended, whole groups at a stroke: whoever still ran
   * could start another.
   */
  end(): readonly number[];
}

/** Looks for more while one may still have been starting; what is stopped starts nothing, so it takes few. */
const ROUNDS = 10;

/** The family of a process that leads its own group. Linux only: elsewhere it is empty. */
export function familyOf(root: number): ProcessFamily {
  const known = new Map<number, string>();
  const first = read(root);
  if (first) known.set(root, first.started);
  const members = (): readonly Listed[] => {
    const all = listed();
    const ours = new Set<number>();
    const byParent = new Map<number, Listed[]>();
    for (const one of all) {
      if (one.group === root || known.get(one.pid) === one.started) ours.add(one.pid);
      byParent.set(one.parent, [...(byParent.get(one.parent) ?? []), one]);
    }
    const queue = [...ours];
    for (let pid = queue.pop(); pid !== undefined; pid = queue.pop()) {
      for (const child of byParent.get(pid) ?? []) {
        if (ours.has(child.pid)) continue;
        ours.add(child.pid);
        queue.push(child.pid);
      }
    }
    known.clear();
    const found = all.filter((one) => ours.has(one.pid));
    for (const one of found) known.set(one.pid, one.started);
    return found;
  };
  return { look: () => members().map((one) => one.pid), end: () => endAll(members) };
}

/** The first process leads a session of its own, which nobody joins from outside: every group its family is in is the family's. */
function endAll(members: () => readonly Listed[]): readonly number[] {
  const stopped = new Map<number, Listed>();
  for (let round = 0; round < ROUNDS; round++) {
    const fresh = members().filter((one) => !stopped.has(one.pid));
    if (fresh.length === 0) break;
    for (const group of groupsOf(fresh)) killGroup(group, "SIGSTOP");
    for (const one of fresh) if (signal(one.pid, "SIGSTOP")) stopped.set(one.pid, one);
  }
  const pids = [...stopped.keys()];
  for (const group of groupsOf([...stopped.values()])) killGroup(group);
  for (const pid of pids) signal(pid, "SIGKILL");
  return pids;
}

const groupsOf = (some: readonly Listed[]): ReadonlySet<number> => new Set(some.map((one) => one.group).filter((group) => group > 1));

function listed(): readonly Listed[] {
  if (process.platform !== "linux") return [];
  return readdirSync("/proc").flatMap((name) => (/^\d+$/.test(name) ? (read(Number(name)) ?? []) : []));
}

function read(pid: number): Listed | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" "); // a program's name may hold anything, brackets too
    if (fields[0] === "Z") return undefined;
    return { pid, parent: Number(fields[1]), group: Number(fields[2]), started: fields[19] ?? "0" };
  } catch {
    return undefined; // ended meanwhile
  }
}

const OWN_MEMORY = /^Rss(?:Anon|Shmem):\s+(\d+) kB$/gm;

/** Memory of these processes in bytes, without what they share with others: program text counts for nobody. */
export function memoryOf(pids: readonly number[]): number {
  let sum = 0;
  for (const pid of pids) {
    try {
      for (const [, kilobytes] of readFileSync(`/proc/${pid}/status`, "latin1").matchAll(OWN_MEMORY)) sum += Number(kilobytes) * 1024;
    } catch {
      // ended meanwhile
    }
  }
  return sum;
}
