import { execFile, spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdir, readdir, realpath, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { foreignFolder } from "./errors.ts";
import { endMarked, isAlive, nameOf, ownerNamed, self } from "./process-owner.ts";

/** The temporary folder of one Proofline process, and what removes it whatever happens to that process. */
export interface SessionFolder {
  readonly path: string;
  /** Value that processes started for this session carry in their environment. */
  readonly mark: string;
  remove(): Promise<void>;
}

/** Environment variable by which processes of a session are recognised after their parent is gone. */
export const MARK = "PROOFLINE_SESSION";

const NAME = /^s-(.{1,60})-[0-9a-f]+$/;

/** Makes a folder below the system's temporary folder whose name says who owns it, and clears what dead owners left. */
export async function openSessionFolder(base: string = tmpdir()): Promise<SessionFolder> {
  const parent = join(await realpath(base), `proofline-${process.getuid?.() ?? "user"}`);
  await mkdir(parent, { recursive: true, mode: 0o700 });
  await assertOurs(parent);
  await removeLeftovers(parent);
  const name = `s-${nameOf(self())}-${randomBytes(6).toString("hex")}`;
  const path = join(parent, name);
  await mkdir(path, { mode: 0o700 });
  const guard = startGuard(path, name);
  return { path, mark: name, remove: () => removeSession(path, guard) };
}

/** Ends processes and removes folders whose owner is gone; gives how many folders. */
export async function removeLeftovers(parent: string): Promise<number> {
  const names = await readdir(parent).catch(() => []);
  const dead = names.filter((name) => {
    const owner = ownerNamed(NAME.exec(name)?.[1] ?? "");
    return owner !== undefined && !isAlive(owner);
  });
  if (dead.length > 0) endMarked(MARK, new Set(dead)); // the guard did so, unless it was killed together with its session
  await Promise.all(dead.map((name) => removeTree(join(parent, name))));
  return dead.length;
}

/** In a shared temporary folder somebody else may have made ours first, to read or replace what we run. */
async function assertOurs(parent: string): Promise<void> {
  const uid = process.getuid?.();
  const found = await stat(parent);
  if (uid !== undefined && found.uid !== uid) throw foreignFolder({ path: parent });
}

/**
 * Outlives us by design: when our end of its standard input closes, however we died, it kills every process that carries
 * the session's mark and removes the folder. The folder's name is generated here, so it is safe inside the script.
 */
const GUARD = `cat >/dev/null
marked() {
  if [ -r /proc/self/environ ]; then grep -lzxF "${MARK}=$2" /proc/[0-9]*/environ 2>/dev/null | tr '\\0' '\\n' | cut -d/ -f3
  else ps -axEww -o pid=,command= 2>/dev/null | grep -F "${MARK}=$2" | grep -v grep | awk '{print $1}'; fi
}
for round in 1 2 3; do
  pids=$(marked "$1" "$2"); [ -z "$pids" ] && break
  kill -9 $pids 2>/dev/null; sleep 0.05
done
chmod -R u+rwX "$1" 2>/dev/null
rm -rf "$1"`;

function startGuard(path: string, mark: string): ChildProcess | undefined {
  if (process.platform === "win32") return undefined;
  const env = { PATH: process.env["PATH"] ?? "/usr/bin:/bin" };
  const guard = spawn("sh", ["-c", GUARD, "sh", path, mark], { cwd: "/", env, detached: true, stdio: ["pipe", "ignore", "ignore"] });
  guard.on("error", () => undefined); // without a shell the next start clears leftovers
  guard.unref();
  (guard.stdin as unknown as { unref?: () => void } | null)?.unref?.();
  return guard;
}

async function removeSession(path: string, guard: ChildProcess | undefined): Promise<void> {
  const gone = new Promise<void>((done) => {
    if (!guard || guard.exitCode !== null || guard.pid === undefined) return done();
    guard.ref();
    guard.once("exit", () => done());
  });
  guard?.stdin?.end();
  await gone;
  await removeTree(path);
}

/** Removes a tree even where a test took away its own write permission. */
export async function removeTree(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true, maxRetries: 3 }).catch(async () => {
    await new Promise<void>((done) => execFile("chmod", ["-R", "u+rwX", path], () => done()));
    await rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  });
}
