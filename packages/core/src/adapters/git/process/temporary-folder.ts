import { mkdtempSync, rmSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";

/** A folder that lives as long as its repository is open. */
export interface TemporaryFolder {
  /** Made at the first call. */
  path(): string;
  remove(): Promise<void>;
}

const PREFIX = "proofline-git-";

/** Folders of other hosts share a network drive, not our process table: they are never judged. */
const host = (): string => hostname().toLowerCase().replace(/[^a-z0-9]+/g, "_");

/** Folders of this process that are there. One listener at the process's end serves them all. */
const here = new Set<string>();

function removeAll(): void {
  for (const path of here) rmSync(path, { recursive: true, force: true });
}

/** The name says whose it is; what dead processes of this host left is removed on the way. Removed at the process's end too, unless it is killed. */
export function temporaryFolder(base: string = tmpdir()): TemporaryFolder {
  let made: string | undefined;
  let clearing: Promise<void> | undefined;
  return {
    path: () => {
      if (made !== undefined) return made;
      made = mkdtempSync(join(base, `${PREFIX}${host()}-${process.pid}-`));
      if (!process.listeners("exit").includes(removeAll)) process.once("exit", removeAll);
      here.add(made);
      clearing = removeLeftovers(base);
      return made;
    },
    remove: async () => {
      const path = made;
      made = undefined;
      await Promise.all([clearing, path === undefined ? undefined : rm(path, { recursive: true, force: true, maxRetries: 3 })]);
      if (path !== undefined) here.delete(path);
    },
  };
}

/** Removes folders whose process is gone. */
export async function removeLeftovers(base: string): Promise<void> {
  const names = await readdir(base).catch(() => []);
  const dead = names.filter((name) => {
    const [of, pid] = name.startsWith(PREFIX) ? name.slice(PREFIX.length).split("-") : [];
    return of === host() && pid !== undefined && /^\d+$/.test(pid) && !isAlive(Number(pid));
  });
  await Promise.all(dead.map((name) => rm(join(base, name), { recursive: true, force: true }).catch(() => undefined)));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
