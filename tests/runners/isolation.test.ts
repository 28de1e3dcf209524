import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { homedir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { TestRun } from "../../packages/core/src/evidence/index.ts";
import { examineIsolation } from "../../packages/core/src/adapters/runners/isolation.ts";
import { contentsOf, makeProject, told, type FixtureProject } from "./fixture-project.ts";

const strict = await examineIsolation("strict");
if (!strict.achieved) it.skip(`strict isolation can't be had on this machine: ${strict.says}`);

let project: FixtureProject | undefined;
afterEach(async () => {
  await project?.remove();
  project = undefined;
});

const nodeTest = (body: string): string =>
  `const test = require('node:test');\nconst assert = require('node:assert');\nconst fs = require('node:fs');\nconst path = require('node:path');\nconst cp = require('node:child_process');\nconst net = require('node:net');\n${body}\n`;
const manifest = { "package.json": JSON.stringify({ name: "fixture", scripts: { test: "node --test" } }) };

async function runStrict(body: string, more: Readonly<Record<string, string>> = {}): Promise<TestRun> {
  project ??= makeProject([]);
  return project.run(project.commit({ ...manifest, "a.test.js": nodeTest(body), ...more }), { isolation: "strict" });
}

const messages = (run: TestRun): readonly unknown[] => run.cases.map((one) => one.failure?.message);

describe.runIf(strict.achieved)("strict isolation, against a hostile test", () => {
  it("shows no file of the user's: not the home, not the checkout, not another folder", async () => {
    project = makeProject([]);
    const secret = join(project.root, "..", "secret.txt");
    writeFileSync(secret, "secret");
    const key = join(homedir(), ".ssh", `proofline-test-${process.pid}`);
    const madeSsh = !existsSync(join(homedir(), ".ssh"));
    mkdirSync(join(homedir(), ".ssh"), { recursive: true });
    writeFileSync(key, "private key");
    try {
      const paths = [
        key,
        secret,
        join(project.root, "package.json"),
        join(project.root, ".git", "HEAD"),
        "/etc/shadow",
        "/var/run/docker.sock",
        "/run/docker.sock",
      ];
      const run = await runStrict(
        `test('sees', () => { assert.deepEqual(${JSON.stringify(paths)}.filter((one) => { try { fs.readFileSync(one); return true; } catch { return false; } }), []); });`,
      );
      expect(messages(run)).toEqual([undefined]);
      expect(run).toMatchObject({ complete: true, isolation: expect.stringMatching(/^strict: .*loopback/) as string });
      // The planted violation: without strict isolation the same test finds what it looks for.
      const open = await project.run(run.subject, { isolation: "ordinary" });
      expect(told(open)).toEqual(["sees: failed assertion"]);
      expect(String(messages(open)[0])).toContain(key);
    } finally {
      rmSync(madeSsh ? join(homedir(), ".ssh") : key, { recursive: true });
    }
  });

  it("writes nothing outside of its clone", async () => {
    project = makeProject([]);
    const litter = join(project.root, "litter.txt");
    const outside = join(project.root, "..", "litter.txt");
    const before = (): string => contentsOf(project?.root ?? "");
    const tree = project.commit({
      ...manifest,
      "a.test.js": nodeTest(`test('writes', () => { const done = [];
        for (const one of ${JSON.stringify([litter, outside, "/usr/litter", "/etc/litter", "/dev/litter", "/litter", "/proc/sys/kernel/acct"])}) { try { fs.mkdirSync(path.dirname(one), { recursive: true }); fs.writeFileSync(one, '4 2 30'); done.push(one); } catch {} }
        assert.deepEqual(done.filter((one) => !one.startsWith('/tmp/')), []); });`),
    });
    const content = before();
    const run = await project.run(tree, { isolation: "strict" });
    expect(messages(run)).toEqual([undefined]);
    expect([before() === content, existsSync(litter), existsSync(outside)]).toEqual([true, false, false]);
  });

  it("reaches neither the network nor a port of this machine", async () => {
    let reached = 0;
    const server = createServer((socket) => socket.end(String(reached++))).listen(0, "127.0.0.1");
    await new Promise((done) => server.once("listening", done));
    const { port } = server.address() as AddressInfo;
    try {
      const run =
        await runStrict(`const refused = (port, host) => new Promise((done) => net.connect(port, host).on('connect', () => done(false)).on('error', () => done(true)));
        test('connects', async () => { assert.deepEqual([await refused(${port}, '127.0.0.1'), await refused(443, '192.0.2.1')], [true, true]); });`);
      expect(messages(run)).toEqual([undefined]);
      expect(reached).toBe(0);
    } finally {
      server.close();
    }
  });

  it("neither sees nor ends other processes", async () => {
    const other = spawn("sleep", ["300"], { stdio: "ignore", env: { ...process.env, VISIBLE_FROM_OUTSIDE: "yes" } });
    try {
      const run = await runStrict(`test('kills', () => { try { process.kill(${other.pid}, 'SIGKILL'); } catch {}
        try { process.kill(-1, 'SIGTERM'); } catch {}
        const seen = fs.readdirSync('/proc').filter((one) => { try { return fs.readFileSync('/proc/' + one + '/environ', 'utf8').includes('VISIBLE_FROM_OUTSIDE'); } catch { return false; } });
        assert.deepEqual(seen, []); });`);
      expect(told(run)).not.toContain("kills: failed assertion");
      expect(other.exitCode ?? other.signalCode).toBeNull();
    } finally {
      other.kill("SIGKILL");
    }
  });

  it("gets no more rights: set-user-id programs, devices and kernel settings are of no use", async () => {
    const run = await runStrict(`test('rises', () => {
      const status = fs.readFileSync('/proc/self/status', 'utf8');
      assert.match(status, /^NoNewPrivs:\\s+1$/m); assert.match(status, /^CapEff:\\s+0+$/m); assert.match(status, /^CapPrm:\\s+0+$/m);
      for (const one of ['mknod x b 254 0', 'mount -t tmpfs tmpfs /tmp', 'umount /usr', 'chroot / true']) assert.throws(() => cp.execSync(one, { stdio: 'ignore' }), one);
      for (const one of ['/proc/sys/kernel/core_pattern', '/proc/sysrq-trigger']) assert.throws(() => fs.openSync(one, 'r+')); });`);
    expect(messages(run)).toEqual([undefined]);
  });

  it("finds none of the user's other objects in its repository", async () => {
    project = makeProject([]);
    project.commit({ "private.txt": "an unpublished thought" });
    const blob = execFileSync("git", ["rev-parse", "HEAD:private.txt"], { cwd: project.root, encoding: "utf8" }).trim();
    rmSync(join(project.root, "private.txt"));
    const run = await runStrict(`const git = (words) => cp.execSync('git ' + words, { stdio: ['ignore', 'pipe', 'pipe'] }).toString().trim();
      test('reads', () => { assert.throws(() => git('cat-file blob ${blob}')); assert.equal(git('status --porcelain'), ''); assert.equal(git('log --format=%s'), 'change'); assert.match(git('ls-files'), /a.test.js/); });`);
    expect(messages(run)).toEqual([undefined]);
  });

  it("leaves packages to others as they were, whatever it does to their times", { timeout: 120_000 }, async () => {
    project = makeProject(["tape"], undefined, { copied: true, cached: true });
    const file = "require.resolve('tape/package.json')";
    const poison = nodeTest(
      `test('poisons', () => { const file = ${file}; const { atime, mtime } = fs.statSync(file); fs.appendFileSync(file, ' '); fs.writeFileSync(file.replace('package.json', 'index.js'), 'module.exports = 666;'); fs.utimesSync(file.replace('package.json', 'index.js'), atime, mtime); fs.utimesSync(file, atime, mtime); });`,
    );
    const own = { name: "fixture", scripts: { test: "node --test" }, devDependencies: { tape: "*" } };
    const honest = project.commit({
      "package.json": JSON.stringify(own),
      "a.test.js": nodeTest("test('is whole', () => { assert.notEqual(require('tape'), 666); });"),
    });
    expect(told(await project.run(honest))).toEqual(["is whole: passed"]);
    const hostile = project.commit({ "a.test.js": poison });
    expect(told(await project.run(hostile, { isolation: "strict" }))).toEqual(["poisons: passed"]);
    expect(told(await project.run(honest, { isolation: "strict" }))).toEqual(["is whole: passed"]);
    expect(told(await project.run(honest))).toEqual(["is whole: passed"]);
  });

  it("leaves no link that a later command, or what starts it, follows out", async () => {
    project = makeProject([]);
    const victim = join(project.root, "..", "victim");
    mkdirSync(victim);
    for (const name of ["secret", "node-test.mjs", "selected.json"]) writeFileSync(join(victim, name), "secret");
    const before = contentsOf(victim);
    const scripts = { build: "node evil.js", test: "npm run build && node --test" };
    const evil = `const fs = require('node:fs'); const path = require('node:path'); const scratch = path.dirname(process.env.HOME);
      for (const name of ['private-tmp', 'shm', 'tmp', 'results', 'reporters', 'runner-cache']) {
        try { fs.renameSync(path.join(scratch, name), path.join(scratch, 'old-' + name)); } catch {}
        try { fs.symlinkSync(${JSON.stringify(victim)}, path.join(scratch, name)); } catch {} }
      for (const name of fs.readdirSync(scratch)) { try { fs.symlinkSync(${JSON.stringify(victim)}, path.join(scratch, name, 'reporters')); } catch {} }`;
    const run = await runStrict(`test('sees', () => { for (const one of ['/tmp', '/dev/shm', require('node:os').tmpdir()]) { let text; try { text = fs.readFileSync(path.join(one, 'secret'), 'utf8'); } catch {} assert.equal(text, undefined); try { fs.writeFileSync(path.join(one, 'made'), ''); } catch {} } });`, {
      "package.json": JSON.stringify({ name: "fixture", scripts }),
      "evil.js": evil,
    });
    expect([run.because, messages(run)]).toEqual([undefined, [undefined]]);
    expect(contentsOf(victim)).toBe(before);
  });

  it("is given no declared variable", async () => {
    process.env["DATABASE_PASSWORD"] = "secret";
    project = makeProject([]);
    const tree = project.commit({ ...manifest, "a.test.js": nodeTest("test('sees', () => assert.equal(process.env.DATABASE_PASSWORD, undefined));") });
    const setups = (await project.executor.detect(tree)).map((one) => ({ ...one, needs: { env: ["DATABASE_PASSWORD"] } }));
    const kept = await project.run(tree, { isolation: "strict" }, setups);
    const given = await project.run(tree, {}, setups);
    delete process.env["DATABASE_PASSWORD"];
    expect([told(kept), told(given)]).toEqual([["sees: passed"], ["sees: failed assertion"]]);
  });

  it("leaves nothing running", async () => {
    const run = await runStrict(`test('leaves', () => { cp.spawn('sleep', ['301${process.pid}'], { detached: true, stdio: 'ignore', env: {} }).unref(); });`);
    expect(told(run)).toEqual(["leaves: passed"]);
    const left = execFileSync("ps", ["-axo", "args="], { encoding: "utf8" })
      .split("\n")
      .filter((line) => line === `sleep 301${process.pid}`);
    expect(left).toEqual([]);
  });

  it("is stopped when its time is spent", async () => {
    project = makeProject([]);
    const tree = project.commit({ ...manifest, "a.test.js": nodeTest("test('hangs', () => { for (;;) {} });") });
    expect(await project.run(tree, { isolation: "strict", budgetMs: 3000 })).toMatchObject({
      complete: false,
      because: "node:test was stopped when its time was spent",
    });
  });
});

describe.runIf(strict.achieved)("strict isolation, for an innocent suite", () => {
  const innocent = `
test('listens on loopback', async () => {
  const server = net.createServer((socket) => socket.end('hello')).listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const said = await new Promise((done) => net.connect(server.address().port, 'localhost').on('data', (data) => done(String(data))));
  server.close(); assert.equal(said, 'hello'); });
test('starts children', () => { assert.equal(cp.execFileSync(process.execPath, ['-p', '6*7']).toString().trim(), '42'); assert.equal(cp.execSync('echo out | tr a-z A-Z').toString().trim(), 'OUT');
  assert.match(cp.execSync('npm --version').toString(), /\\d/); assert.match(cp.execSync('git rev-parse HEAD').toString(), /^[0-9a-f]{40}/); });
test('writes temporary files, its home and its own snapshot', () => {
  for (const folder of [require('node:os').tmpdir(), '/tmp', require('node:os').homedir(), '/dev/shm', __dirname]) { const one = fs.mkdtempSync(path.join(folder, 'x-')); fs.writeFileSync(path.join(one, 'f'), 'x'); fs.rmSync(one, { recursive: true }); }
  fs.mkdirSync(path.join(__dirname, '__snapshots__'), { recursive: true }); fs.writeFileSync(path.join(__dirname, '__snapshots__', 'a.snap'), 'x'); });
test('signals itself', async () => { const got = new Promise((done) => process.once('SIGTERM', done)); process.kill(process.pid, 'SIGTERM'); await got; });
test('knows the user and the machine', () => { assert.ok(require('node:os').userInfo().username); assert.ok(require('node:os').cpus().length > 0); assert.ok(new Date().toLocaleString('de-DE')); });`;

  it("passes, as it does without", async () => {
    const run = await runStrict(innocent);
    expect(messages(run)).toEqual([undefined, undefined, undefined, undefined, undefined]);
    expect(run.complete).toBe(true);
  });

  const files = {
    mocha: "const assert = require('node:assert');\nit('adds', () => assert.equal(1 + 1, 2)); it('fails', () => assert.equal(1, 2));",
    jest: "test('adds', () => expect(1 + 1).toBe(2)); test('fails', () => expect(1).toBe(2)); test('snaps', () => expect({ a: 1 }).toMatchInlineSnapshot(`\n{\n  \"a\": 1,\n}\n`));",
    vitest: "import { expect, test } from 'vitest';\ntest('adds', () => expect(1 + 1).toBe(2)); test('fails', () => expect(1).toBe(2));",
    ava: "import test from 'ava';\ntest('adds', (t) => t.is(1 + 1, 2)); test('fails', (t) => t.is(1, 2));",
  };

  it.each(["mocha", "jest", "vitest", "ava"] as const)("lets %s do its work, with workers, caches and transforms", { timeout: 120_000 }, async (runner) => {
    project = makeProject([runner], undefined, { copied: true });
    const own = {
      name: "fixture",
      ...(runner === "vitest" || runner === "ava" ? { type: "module" } : {}),
      scripts: { test: runner },
      devDependencies: { [runner]: "*" },
    };
    const tree = project.commit({ "package.json": JSON.stringify(own), "test/a.test.js": files[runner], "test/b.test.js": files[runner] });
    const run = await project.run(tree, { isolation: "strict" });
    expect(run.because).toBeUndefined();
    expect(run).toMatchObject({ complete: true, isolation: expect.stringContaining("strict") as string, unloaded: [] });
    const snaps = runner === "jest" ? ["snaps: passed", "snaps: passed"] : [];
    expect(told(run)).toEqual(["adds: passed", "adds: passed", "fails: failed assertion", "fails: failed assertion", ...snaps]);
  });

  it("builds first where the tests need it, inside the same walls", async () => {
    project = makeProject([]);
    const script =
      "const fs = require('fs'); fs.mkdirSync('dist', { recursive: true }); fs.writeFileSync('dist/a.js', 'module.exports = ' + fs.existsSync(process.argv[2]));";
    const setups = [{ runner: "node:test", packageDir: ".", because: "", start: { build: [`node build.js ${project.root}/package.json`] } }];
    const tree = project.commit({
      ...manifest,
      "build.js": script,
      "a.test.js": nodeTest("test('built', () => assert.equal(require('./dist/a.js'), false));"),
    });
    expect(messages(await project.run(tree, { isolation: "strict" }, setups))).toEqual([undefined]);
    expect(told(await project.run(tree, {}, setups))).toEqual(["built: failed assertion"]);
  });
});

it.runIf(strict.achieved)("does a declared command's work under strict isolation too", async () => {
  project = makeProject([]);
  const setups = [{ runner: "command", packageDir: ".", because: "", command: `cat ${project.root}/package.json`, report: "out.xml" }];
  const run = await project.run(project.commit(manifest), { isolation: "strict" }, setups);
  expect(run).toMatchObject({ complete: false, because: expect.stringContaining("No such file") as string });
  expect(readFileSync(join(project.root, "package.json"), "utf8")).toContain("fixture");
});
