import { boundsHere } from "./container-bounds.ts";

/** What one command may use of the machine. Generous: an ordinary suite never meets them, a fork bomb or a full disk does. */
export interface Limits {
  /** Processes alive at the same time, children and grandchildren included. */
  readonly processes: number;
  /** Bytes written below the watched folders since the start, deleted files that are still open included. */
  readonly diskBytes: number;
  /** Size of one file. */
  readonly fileBytes: number;
  /** Memory of all its processes together, shared program text left out. */
  readonly memoryBytes: number;
}

const GB = 1024 ** 3;

/** Four gigabytes of disk, a thousand processes, and of the memory (the container's, where there is a limit) all but a fifth: beyond that the system ends whom it likes. */
export function defaultLimits(memory = boundsHere().memoryBytes): Limits {
  return { processes: 1000, diskBytes: 4 * GB, fileBytes: 4 * GB, memoryBytes: Math.floor(memory * 0.8) };
}

/** Why a run was ended: the limit and its size. */
export const exceeded = {
  processes: (limits: Limits) => `it started more than ${limits.processes} processes`,
  disk: (limits: Limits) => `it wrote more than ${inWords(limits.diskBytes)} to disk`,
  file: (limits: Limits) => `it wrote a file larger than ${inWords(limits.fileBytes)}`,
  memory: (limits: Limits) => `its processes held more than ${inWords(limits.memoryBytes)} of memory`,
} as const;

function inWords(bytes: number): string {
  return bytes >= GB ? `${Math.round((bytes / GB) * 10) / 10} GB` : `${Math.round(bytes / 1024 ** 2)} MB`;
}

/**
 * Words before a command that set what the system itself enforces: no core dumps, no file above the limit, and no process that computes for longer
 * than its time allows on all cores, also when nobody watches any more. They go over into the command, so process id, signals and exit code stay its
 * own.
 */
export function limitWords(limits: Limits, budgetMs?: number): readonly string[] {
  if (process.platform === "win32") return [];
  const blocks = Math.max(1, Math.floor(limits.fileBytes / 512)); // a POSIX shell counts in blocks of 512 bytes
  // Asked in a shell of its own first: one that may not would end, and the command with it.
  const seconds = budgetMs === undefined ? "" : ` t=${Math.ceil(budgetMs / 1000) * boundsHere().cores + 60}; (ulimit -t $t) 2>/dev/null && ulimit -t $t;`;
  const script = `ulimit -c 0; ulimit -f ${blocks};${seconds} command -v "$1" >/dev/null 2>&1 || { echo "could not start $1: not found" >&2; exit 127; }; exec "$@"`;
  return ["sh", "-c", script, "sh"];
}

const SIGXFSZ = 25;

/** True when the system ended a program for writing beyond the limit for one file. Node is not ended: the error goes to who wrote. */
export function metFileLimit(end: { readonly code: number | null; readonly killedBy?: string }): boolean {
  return end.killedBy === "SIGXFSZ" || end.code === 128 + SIGXFSZ;
}

/** True for the error that writing beyond the limit gives inside a test. */
export const saysTooLarge = (message: string): boolean => /\bEFBIG\b/.test(message);
