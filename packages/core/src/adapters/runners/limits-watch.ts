import { freeBytes, writtenBytes } from "./disk-use.ts";
import { exceeded, type Limits } from "./limits.ts";
import { familyOf, memoryOf } from "./process-family.ts";

export interface WatchedCommand {
  /** Leads its own process group. */
  readonly pid: number;
  readonly limits: Limits;
  /** Folders the command writes to. */
  readonly folders: readonly string[];
  /** Called once, with why. */
  onExceeded(because: string): void;
}

export interface LimitsWatch {
  /** Ends the processes that are still there, wherever they went and whatever they did to their environment; gives which. */
  end(): readonly number[];
  /** Ends the watch; gives the most memory its processes held together, in bytes, where the system tells. */
  stop(): number | undefined;
}

/** How often is looked, and how small a part of one core looking may take: the busier the machine, the rarer. */
const EVERY_MS = 250;
const LATEST_MS = 2000;
const SHARE = 0.02;

/**
 * Watches what the system itself does not bound for us: how many processes there are, the memory they hold together and what
 * they write. Processes and memory are seen on Linux only; elsewhere the time limit has to do.
 */
export function watchLimits(command: WatchedCommand): LimitsWatch {
  const { limits } = command;
  const family = familyOf(command.pid);
  const disk = watchDisk(command);
  let over = false;
  let peak: number | undefined;
  let timer: NodeJS.Timeout | undefined;
  const report = (because: string): void => {
    if (over) return;
    over = true;
    command.onExceeded(because);
  };
  const look = async (): Promise<void> => {
    const began = performance.now();
    const pids = family.look();
    const memory = memoryOf(pids);
    peak = Math.max(peak ?? 0, memory) || undefined;
    if (pids.length > limits.processes) report(exceeded.processes(limits));
    if (memory > limits.memoryBytes) report(exceeded.memory(limits));
    const took = performance.now() - began;
    const tooMuch = over ? undefined : await disk(pids);
    if (tooMuch !== undefined) report(tooMuch);
    if (!over) next(Math.max(EVERY_MS, took / SHARE));
  };
  const next = (inMs: number): void => {
    timer = setTimeout(() => void look(), Math.min(inMs, LATEST_MS));
    timer.unref();
  };
  next(EVERY_MS);
  const stop: LimitsWatch["stop"] = () => {
    over = true;
    clearTimeout(timer);
    return peak;
  };
  return { stop, end: () => family.end() };
}

/**
 * Says why once the command wrote more than it may. Free space costs nothing to read, so files are counted only after it shrank
 * by half the limit; others write to the same disk too, so their share has to be told apart by counting. A tenth of what is free
 * stays free, whatever the limit.
 */
function watchDisk({ limits, folders }: WatchedCommand): (pids: readonly number[]) => Promise<string | undefined> {
  const [first] = folders;
  const since = Date.now();
  let most = limits.diskBytes;
  let countBelow: number | undefined;
  return async (pids) => {
    const free = first === undefined ? undefined : await freeBytes(first);
    if (free === undefined) return undefined;
    if (countBelow === undefined) {
      most = Math.min(most, free * 0.9);
      countBelow = free - most / 2;
    }
    if (free > countBelow) return undefined;
    const found = await writtenBytes({ folders, since, pids, enough: most + 1 });
    // Counted again only when half of what may still be written has gone from the disk since.
    countBelow = free - Math.max(most - found, most / 16) / 2;
    return found > most ? exceeded.disk({ ...limits, diskBytes: most }) : undefined;
  };
}
