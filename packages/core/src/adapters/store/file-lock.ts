import { randomUUID } from "node:crypto";
import { link, open, readFile, rm, stat, writeFile } from "node:fs/promises";
import { setTimeout as pause } from "node:timers/promises";
import { ledgerLocked } from "./errors.ts";

const PATIENCE_MS = 5_000;
/** A lock nobody can read an owner from was left by a writer that died before it wrote one; a live one needs far less than this. */
const NAMELESS_MS = 1_000;

/** Runs `act` while no other process holds the lock of `file`. A lock whose owner has died is taken over. */
export async function withFileLock<T>(file: string, act: () => Promise<T>): Promise<T> {
  const lock = lockOf(file);
  const mine = `${process.pid} ${randomUUID()}`;
  let deadline: number | undefined;
  while (!(await take(lock, mine))) {
    deadline ??= performance.now() + PATIENCE_MS;
    const owner = await ownerOf(lock);
    if (await isLeftBehind(lock, owner)) await clear(lock, owner);
    else if (performance.now() > deadline) throw ledgerLocked({ file, pid: owner.split(" ")[0] || "unknown" });
    else await pause(20);
  }
  try {
    return await act();
  } finally {
    // Whoever took it over meanwhile keeps theirs.
    if ((await ownerOf(lock)) === mine) await rm(lock, { force: true });
  }
}

/** True while a living process holds the lock. */
export async function isLocked(file: string): Promise<boolean> {
  const owner = await ownerOf(lockOf(file));
  return owner !== "" && isAlive(owner);
}

const lockOf = (file: string): string => `${file}.lock`;
const ownerOf = (lock: string): Promise<string> => readFile(lock, "utf8").catch(() => "");

/** A lock appears with its owner's name in it, never empty: it is written aside and linked into place. */
async function take(lock: string, mine: string): Promise<boolean> {
  const aside = `${lock}.${mine.split(" ")[1]}`;
  try {
    await writeFile(aside, mine, { flag: "wx", mode: 0o600 });
    await link(aside, lock);
    return true;
  } catch (error) {
    const code = codeOf(error);
    if (code === "EEXIST") return false;
    // A file system without links: an empty lock is then possible, and runs out.
    if (code === "EPERM" || code === "ENOTSUP" || code === "ENOSYS") return takePlainly(lock, mine);
    throw error;
  } finally {
    await rm(aside, { force: true });
  }
}

async function takePlainly(lock: string, mine: string): Promise<boolean> {
  try {
    const handle = await open(lock, "wx", 0o600);
    await handle.writeFile(mine);
    await handle.close();
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

async function isLeftBehind(lock: string, owner: string): Promise<boolean> {
  if (/^\d/.test(owner)) return !isAlive(owner);
  return (await ageOf(lock)) > NAMELESS_MS;
}

/** Takes a dead owner's lock away. Only one process at a time does that, and looks again first: another's fresh lock must stay. */
async function clear(lock: string, owner: string): Promise<void> {
  const guard = `${lock}.clearing`;
  try {
    await writeFile(guard, "", { flag: "wx" });
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
    if ((await ageOf(guard)) > NAMELESS_MS) await rm(guard, { force: true });
    await pause(20);
    return;
  }
  try {
    if ((await ownerOf(lock)) === owner) await rm(lock, { force: true });
  } finally {
    await rm(guard, { force: true });
  }
}

const ageOf = (file: string): Promise<number> =>
  stat(file).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => 0,
  );

function isAlive(owner: string): boolean {
  try {
    process.kill(Number(owner.split(" ")[0]), 0);
    return true;
  } catch (error) {
    // EPERM: it lives, but belongs to somebody else.
    return codeOf(error) === "EPERM";
  }
}

const codeOf = (error: unknown): unknown => (error instanceof Error && "code" in error ? error.code : undefined);
