import { readFileSync } from "node:fs";
import { availableParallelism, totalmem } from "node:os";
import { posix } from "node:path";

/** What this process may use of the machine: all of it, or what its container leaves. */
export interface Bounds {
  readonly memoryBytes: number;
  /** Cores that can be busy at the same time; at least one. */
  readonly cores: number;
}

/** Gives a file's text; undefined where it can't be read. */
export type ReadText = (path: string) => string | undefined;

/** The least that any control group round this process allows (version 2: memory.max and cpu.max, version 1: their forerunners), never more than the machine has. */
export function boundsHere(read: ReadText = textOf, machine: Bounds = { memoryBytes: memoryOfMachine(), cores: availableParallelism() }): Bounds {
  const groups = groupsOf(read("/proc/self/cgroup") ?? "");
  const memory = groups.flatMap(({ memory: folders }) => folders.flatMap((folder) => [number(read(`${folder}/memory.max`)), number(read(`${folder}/memory.limit_in_bytes`))]));
  const cores = groups.flatMap(({ cpu: folders }) => folders.flatMap((folder) => [quotaOf(read(`${folder}/cpu.max`)), share(read(`${folder}/cpu.cfs_quota_us`), read(`${folder}/cpu.cfs_period_us`))]));
  return { memoryBytes: Math.min(machine.memoryBytes, ...memory.filter(known)), cores: Math.max(1, Math.min(machine.cores, ...cores.filter(known).map(Math.ceil))) };
}

/** A test process with what it loads holds a few hundred megabytes. */
const PROCESS_BYTES = 768 * 1024 ** 2;

/** Test processes that fit side by side. */
export const sideBySide = ({ memoryBytes, cores }: Bounds): number => Math.max(1, Math.min(cores, Math.floor(memoryBytes / PROCESS_BYTES)));

const known = (value: number | undefined): value is number => value !== undefined && value > 0;

interface Group {
  readonly memory: readonly string[];
  readonly cpu: readonly string[];
}

const ROOT = "/sys/fs/cgroup";

/** `0::/a/b` (version 2) and `4:memory:/a/b` (version 1). A limit of any folder on the way holds, and inside a container the way shown may not exist. */
function groupsOf(text: string): readonly Group[] {
  return text.split("\n").slice(0, 50).flatMap((line): readonly Group[] => {
    const [, hierarchy, controllers = "", path = ""] = /^(\d{1,6}):([^:]{0,200}):(\/.{0,4000})$/.exec(line) ?? [];
    if (hierarchy === undefined) return [];
    const names = controllers.split(",");
    if (hierarchy === "0") return [ROOT, `${ROOT}/unified`].map((root) => ({ memory: upwards(root, path), cpu: upwards(root, path) }));
    const below = (name: string, mounts: readonly string[]): readonly string[] => (names.includes(name) ? mounts.flatMap((mount) => upwards(`${ROOT}/${mount}`, path)) : []);
    return [{ memory: below("memory", ["memory"]), cpu: below("cpu", ["cpu", "cpu,cpuacct"]) }];
  });
}

/** Folders from the one of this process up to the mount itself. */
function upwards(mount: string, path: string): readonly string[] {
  const folders: string[] = [];
  for (let at = posix.normalize(path); at !== "/" && folders.length < 40; at = posix.dirname(at)) if (!at.includes("..")) folders.push(mount + at);
  return [...folders, mount];
}

/** `max` and the huge number of version 1 are no limit: the machine's own is smaller. */
const number = (text: string | undefined): number | undefined => (/^\d{1,20}\s*$/.test(text ?? "") ? Number(text) : undefined);

/** `200000 100000`: so much time in each so long. */
function quotaOf(text: string | undefined): number | undefined {
  const [, quota, period] = /^(\d{1,12}) (\d{1,12})\s*$/.exec(text ?? "") ?? [];
  return share(quota, period);
}

function share(quota: string | undefined, period: string | undefined): number | undefined {
  const [time, per] = [number(quota), number(period)];
  return time === undefined || per === undefined || per === 0 ? undefined : time / per;
}

/** Node knows some limits by itself. */
function memoryOfMachine(): number {
  const constrained = process.constrainedMemory?.() ?? 0;
  return constrained > 0 ? Math.min(constrained, totalmem()) : totalmem();
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8").slice(0, 100_000);
  } catch {
    return undefined;
  }
}
