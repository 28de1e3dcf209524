import { open, readFile, rm, unlink } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { ledgerLocked } from "./errors.ts";

const PATIENCE_MS = 5_000;

/** Runs `act` while no other process holds the lock of `file`. A lock whose owner has died is taken over. */
export async function withFileLock<T>(file: string, act: () => Promise<T>): Promise<T> {
  const lock = `${file}.lock`;
  let deadline: number | undefined;
  while (!(await take(lock))) {
    deadline ??= performance.now() + PATIENCE_MS;
    const owner = await readFile(lock, "utf8").catch(() => "");
    if (owner !== "" && !isAlive(Number(owner))) await rm(lock, { force: true });
    else if (performance.now() > deadline) throw ledgerLocked({ file, pid: owner || "unknown" });
    else await pause(20);
  }
  try {
    return await act();
  } finally {
    await unlink(lock).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "ENOENT") throw error;
    });
  }
}

async function take(lock: string): Promise<boolean> {
  try {
    const handle = await open(lock, "wx");
    await handle.writeFile(String(process.pid));
    await handle.close();
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, but belongs to somebody else.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
