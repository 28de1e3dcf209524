import { execFileSync } from "node:child_process";
import { afterEach, describe, expect, it } from "vitest";
import { defaultLimits, type Limits } from "../../packages/core/src/adapters/runners/limits.ts";
import { makeProject, told, type FixtureProject } from "./fixture-project.ts";
import type { TestRun } from "../../packages/core/src/evidence/index.ts";

let project: FixtureProject | undefined;
afterEach(async () => {
  await project?.remove();
  project = undefined;
});

const MB = 1024 ** 2;
const nodeTest = (body: string): string =>
  `const test = require('node:test');\nconst fs = require('node:fs');\nconst cp = require('node:child_process');\nconst sleep = (ms) => new Promise((done) => setTimeout(done, ms));\n${body}\n`;

async function run(body: string, limits: Partial<Limits>): Promise<TestRun> {
  project = makeProject([], undefined, { limits: { ...defaultLimits(), ...limits } });
  const tree = project.commit({ "package.json": JSON.stringify({ scripts: { test: "node --test" } }), "a.test.js": nodeTest(body) });
  return project.run(tree);
}

const because = (text: string): object => ({ complete: false, because: expect.stringContaining(text) as string });

describe.runIf(process.platform === "linux")("a run that exceeds a limit is ended and says which", () => {
  const running = (words: string): number =>
    execFileSync("ps", ["-axo", "args="], { encoding: "utf8" })
      .split("\n")
      .filter((line) => line === words).length;

  it("processes: a fork bomb", async () => {
    const found = await run(
      `test('forks', async () => { for (let at = 0; at < 300; at++) cp.spawn('sleep', ['302${process.pid}'], { detached: at % 2 === 0, stdio: 'ignore', env: {} }); await sleep(60000); });`,
      { processes: 60 },
    );
    expect(found).toMatchObject(because("it started more than 60 processes"));
    expect(running(`sleep 302${process.pid}`)).toBe(0);
  });

  it("processes: children that start children that leave their group, faster than anybody can look", async () => {
    // Bounded by itself: 2 ** 9 at most, so that a failure of this test leaves a machine one can work on.
    const script = `depth=$1; [ $depth -gt 0 ] || exec sleep 303${process.pid}; setsid sh bomb.sh $((depth-1)) & sh bomb.sh $((depth-1)) & wait`;
    const found = await run(
      `test('forks', async () => { fs.writeFileSync('bomb.sh', ${JSON.stringify(script)}); cp.spawn('sh', ['bomb.sh', '9'], { stdio: 'ignore', env: { PATH: process.env.PATH } }); await sleep(60000); });`,
      { processes: 60 },
    );
    expect(found).toMatchObject(because("it started more than 60 processes"));
    expect(running(`sleep 303${process.pid}`)).toBe(0);
  });

  it("disk: many files", async () => {
    const found = await run(
      `test('fills', async () => { const block = Buffer.alloc(4 * 1024 * 1024, 1); for (let at = 0; at < 200; at++) { fs.writeFileSync('fill-' + at, block); await sleep(20); } await sleep(60000); });`,
      { diskBytes: 100 * MB },
    );
    expect(found).toMatchObject(because("it wrote more than 100 MB to disk"));
  });

  it("disk: a file that was deleted and is still written", async () => {
    const found = await run(
      `test('fills', async () => { const file = fs.openSync('fill', 'w'); fs.unlinkSync('fill'); const block = Buffer.alloc(4 * 1024 * 1024, 1); for (let at = 0; at < 100; at++) { fs.writeSync(file, block); await sleep(20); } await sleep(60000); });`,
      { diskBytes: 100 * MB },
    );
    expect(found).toMatchObject(because("it wrote more than 100 MB to disk"));
  });

  it("file size", async () => {
    const found = await run(`test('grows', () => { fs.writeFileSync('large', Buffer.alloc(20 * 1024 * 1024)); });`, { fileBytes: 10 * MB });
    expect(found).toMatchObject(because("a file larger than one may be"));
    expect(told(found)).toEqual(["grows: failed error"]);
  });

  it("memory", async () => {
    const found = await run(`test('holds', async () => { const held = []; for (;;) { held.push(Buffer.alloc(16 * 1024 * 1024, 1)); await sleep(20); } });`, {
      memoryBytes: 400 * MB,
    });
    expect(found).toMatchObject(because("its processes held more than 400 MB of memory"));
  });

  it("time and output: an endless printer costs neither memory nor more than its time", async () => {
    project = makeProject([]);
    const tree = project.commit({
      "package.json": JSON.stringify({ scripts: { test: "node --test" } }),
      "a.test.js": nodeTest("test('prints', () => { cp.spawnSync('yes', { stdio: 'inherit' }); });"),
    });
    const before = process.memoryUsage().rss;
    const found = await project.run(tree, { budgetMs: 4000 });
    expect(found).toMatchObject(because("time was spent"));
    expect(process.memoryUsage().rss - before).toBeLessThan(300 * MB);
  });
});

it("leaves an innocent suite alone that starts children, writes files and holds memory below its limits", async () => {
  const found = await run(
    `test('works', async () => { const held = Buffer.alloc(64 * 1024 * 1024, 1); fs.writeFileSync('file', held); await Promise.all(Array.from({ length: 8 }, () => new Promise((done) => cp.spawn('sleep', ['1']).on('exit', done)))); fs.rmSync('file'); });`,
    { processes: 60, diskBytes: 200 * MB, fileBytes: 100 * MB, memoryBytes: 1024 * MB },
  );
  expect([told(found), found.complete, found.because]).toEqual([["works: passed"], true, undefined]);
});

it.runIf(process.platform === "linux")("lets no crash write a core dump", async () => {
  const found = await run(`test('crashes', () => { require('node:assert').equal(cp.execSync('ulimit -H -c').toString().trim(), '0'); });`, {});
  expect(told(found)).toEqual(["crashes: passed"]);
});

it.runIf(process.platform === "linux")("bounds what one process may compute by its time on all cores", async () => {
  const found = await run(`test('knows', () => { require('node:assert').match(cp.execSync('ulimit -H -t').toString(), /^\\d+$/m); });`, {});
  expect(told(found)).toEqual(["knows: passed"]);
});
