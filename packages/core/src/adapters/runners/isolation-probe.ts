import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, readlinkSync, realpathSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo, type Server } from "node:net";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { LAYOUT_FOLDERS, type Place } from "./isolation-layout.ts";

/** Runs inside and tries everything that must fail, and what must work. It ends with the first promise that does not hold. */
const INSIDE = `
const fs = require('node:fs'), net = require('node:net');
const want = JSON.parse(process.argv[1]);
const fail = (why) => { console.log('broken: ' + why); process.exit(3); };
const can = (act) => { try { act(); return true; } catch { return false; } };
if (can(() => fs.readFileSync(want.secret))) fail('a file outside could be read');
for (const path of want.hidden) if (can(() => fs.readdirSync(path)) && fs.readdirSync(path).some((name) => want.names[path].includes(name))) fail(path + ' could be read');
can(() => fs.writeFileSync(want.planted, 'x'));
for (const path of ['/proofline-probe', '/usr/proofline-probe', '/etc/proofline-probe', '/dev/proofline-probe']) if (can(() => fs.writeFileSync(path, 'x'))) fail(path + ' could be written');
// Only opened, never written: were it open, a byte could restart the machine.
for (const path of ['/proc/sys/kernel/core_pattern', '/proc/sysrq-trigger']) if (can(() => fs.closeSync(fs.openSync(path, 'r+')))) fail(path + ' could be written');
if (fs.existsSync('/var/run/docker.sock') || fs.existsSync('/run/docker.sock')) fail('the container socket could be seen');
if (fs.readlinkSync('/proc/self/ns/pid') === want.pids || fs.readlinkSync('/proc/self') !== String(process.pid)) fail('processes of the machine could be seen');
const status = fs.readFileSync('/proc/self/status', 'latin1');
if (!/^NoNewPrivs:\\s+1$/m.test(status) || !/^CapEff:\\s+0+$/m.test(status)) fail('rights could be gained');
for (const folder of want.own) if (!can(() => fs.writeFileSync(folder + '/probe', 'x'))) fail(folder + ' could not be written');
const open = Object.values(require('node:os').networkInterfaces()).flat().some((one) => !one.internal);
if (open) fail('a network beside loopback was there');
net.connect(want.port, '127.0.0.1').on('connect', () => fail('a port of the machine could be reached')).on('error', () => {
  const away = net.connect(9, '192.0.2.1').on('connect', () => fail('an address outside could be reached')).on('error', () => {
    const own = net.createServer().on('error', () => fail('loopback did not listen')).listen(0, '127.0.0.1', () => {
      net.connect(own.address().port, '127.0.0.1').on('error', () => fail('loopback did not answer')).on('connect', () => process.exit(0));
    });
  });
  away.setTimeout(1500, () => fail('connections to the outside were not refused'));
});`;

/**
 * Tries a way for real, with a file to read, a port to reach and a folder to write planted outside. Gives what is wrong with the
 * way in words, or undefined when every promise of strict isolation held.
 */
export async function whyNotStrict(words: (place: Place) => readonly string[]): Promise<string | undefined> {
  const folder = mkdtempSync(join(realpathSync(tmpdir()), `proofline-probe-${process.pid}-`));
  const server = await listening();
  try {
    const place: Place = { root: join(folder, "tree"), scratch: join(folder, "scratch"), network: "loopback" };
    for (const path of [place.root, ...LAYOUT_FOLDERS.map((name) => join(place.scratch, name))]) await mkdir(path, { recursive: true });
    const secret = join(folder, "secret");
    const planted = join(folder, "planted");
    await writeFile(secret, "secret");
    const hidden = [folder, homedir()];
    const names = { [folder]: ["secret"], [homedir()]: [".ssh", ".npmrc", ".gitconfig", ".bashrc", ".profile", ".cache", ".config"] };
    const own = [place.root, place.scratch, "/tmp", "/dev/shm"];
    const want = { secret, planted, hidden, names, own, port: (server.address() as AddressInfo).port, pids: readlinkSync("/proc/self/ns/pid") };
    const said = await run([...words(place), process.execPath, "-e", INSIDE, JSON.stringify(want)], place.root);
    return said ?? (existsSync(planted) ? "a file outside could be written" : undefined);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    server.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function listening(): Promise<Server> {
  return new Promise((done, fail) => {
    const server = createServer((socket) => socket.destroy());
    server.once("error", fail);
    server.listen(0, "127.0.0.1", () => done(server));
  });
}

const PATIENCE_MS = 10_000;

function run(argv: readonly string[], cwd: string): Promise<string | undefined> {
  const [program = "", ...args] = argv;
  const env = { PATH: process.env["PATH"] ?? "/usr/bin:/bin:/usr/sbin:/sbin" };
  return new Promise((done) => {
    execFile(program, args, { cwd, env, timeout: PATIENCE_MS, killSignal: "SIGKILL" }, (error, stdout, stderr) => {
      if (error === null) return done(undefined);
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return done("is not installed");
      const line = [...stdout.split("\n"), ...stderr.split("\n")].map((one) => one.trim()).find(Boolean);
      done((line ?? "did not start").replace(/^broken: /, "").slice(0, 200));
    });
  });
}
