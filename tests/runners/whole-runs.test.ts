import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { createReportReader } from "../../packages/core/src/adapters/formats/index.ts";
import type { Coverage, RunRequest, TestRun } from "../../packages/core/src/evidence/index.ts";
import { contentsOf, makeProject, told, type FixtureProject } from "./fixture-project.ts";

let project: FixtureProject | undefined;
afterEach(async () => {
  await project?.remove();
  project = undefined;
});

const make = (packages: readonly string[], ...more: Parameters<typeof makeProject> extends [unknown, ...infer Rest] ? Rest : never): FixtureProject =>
  (project = makeProject(packages, ...more));
const nodeTest = (body: string): string =>
  `const test = require('node:test');\nconst assert = require('node:assert');\nconst fs = require('node:fs');\n${body}\n`;
const request = (tree: string, more: Partial<RunRequest> = {}): RunRequest => ({
  tree,
  selection: "all",
  budgetMs: 30_000,
  signal: new AbortController().signal,
  ...more,
});
const manifest = (test: string, more: object = {}): string => JSON.stringify({ name: "fixture", scripts: { test }, ...more });

describe("the user's tree", () => {
  it("is untouched by tests that write, delete and leave processes", async () => {
    const own = make(["tape"]);
    const body = `test('writes', () => { assert.equal(fs.existsSync('node_modules/litter.js'), false); fs.writeFileSync('litter.txt', 'x'); fs.rmSync('keep.txt'); fs.writeFileSync('node_modules/litter.js', 'x');
      require('node:child_process').spawn('sleep', ['300'], { detached: true, stdio: 'ignore' }).unref(); });`;
    const tree = own.commit({ "package.json": manifest("node --test", { devDependencies: { tape: "*" } }), "keep.txt": "kept", "a.test.js": nodeTest(body) });
    const before = contentsOf(own.root);
    const run = await own.run(tree);
    expect(told(run)).toEqual(["writes: passed"]);
    expect(run.environment?.["leftRunning"]).toContain("1 processes");
    expect(contentsOf(own.root)).toBe(before);
    expect(told(await own.run(tree))).toEqual(["writes: passed"]); // and for the second run everything is as it was
  });

  it("shows tests no secret of the environment, a home of their own and a real repository", async () => {
    process.env["SECRET_TOKEN_FOR_TEST"] = "secret";
    const own = make([]);
    const body = `test('sees', () => { assert.equal(process.env.SECRET_TOKEN_FOR_TEST, undefined); assert.equal(process.env.PROOFLINE_RESULTS, undefined);
      assert.ok(process.env.HOME.includes('scratch')); assert.equal(process.env.CI, 'true');
      assert.equal(require('node:child_process').execSync('git rev-parse HEAD').toString().trim().length, 40); });`;
    const tree = own.commit({ "package.json": manifest("node --test"), "a.test.js": nodeTest(body) });
    const run = await own.run(tree);
    delete process.env["SECRET_TOKEN_FOR_TEST"];
    expect(run.cases.map((one) => one.failure?.message)).toEqual([undefined]);
  });
});

describe("an interrupted run", () => {
  const endless = { "package.json": manifest("node --test"), "a.test.js": nodeTest("test('hangs', () => { for (;;) {} });") };

  it("comes back incomplete when the caller aborts", async () => {
    const own = make([]);
    const tree = own.commit(endless);
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 1000);
    expect(await own.run(tree, { signal: abort.signal })).toMatchObject({ complete: false, because: "node:test was interrupted" });
  });

  it.runIf(process.platform === "linux").each(["SIGKILL", "SIGINT"] as const)("leaves no folder and no process behind after %s", async (signal) => {
    const own = make([]);
    const tree = own.commit(endless);
    const script = join(own.temporary, "..", "main.mts");
    const at = (path: string): string => JSON.stringify(fileURLToPath(new URL(`../../packages/core/src/adapters/${path}`, import.meta.url)));
    writeFileSync(
      script,
      `import { launch, projectTestExecutor } from ${at("runners/index.ts")};
       import { openWorkspaces } from ${at("workspaces/index.ts")};
       const repository = { listFiles: async () => [], readFiles: async () => new Map() };
       const workspaces = openWorkspaces({ repository: ${JSON.stringify(own.root)}, temporaryFolder: ${JSON.stringify(own.temporary)}, launch });
       const executor = projectTestExecutor({ repository, workspaces, reports: { read: async () => [] } });
       const request = { tree: ${JSON.stringify(tree)}, selection: "all", budgetMs: 60000, signal: new AbortController().signal };
       await executor.run([{ runner: "node:test", packageDir: ".", because: "", start: {} }], request);`,
    );
    const tsx = fileURLToPath(new URL("../../node_modules/tsx/dist/loader.mjs", import.meta.url));
    const child = spawn(process.execPath, ["--import", tsx, script], { stdio: "ignore" });
    await expect.poll(() => processesOf(own.temporary), { timeout: 15_000 }).not.toEqual([]);
    child.kill(signal);
    await expect.poll(() => [...sessions(own.temporary), ...processesOf(own.temporary)], { timeout: 10_000 }).toEqual([]);
  });

  function sessions(temporary: string): string[] {
    return readdirSync(temporary).flatMap((name) => readdirSync(join(temporary, name)));
  }

  /** Living test processes that stand in a tree below this folder. */
  function processesOf(temporary: string): string[] {
    return readdirSync("/proc").filter((pid) => {
      try {
        return (
          /^\d+$/.test(pid) &&
          !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8")) &&
          readFileSync(`/proc/${pid}/environ`, "utf8").includes(`HOME=${temporary}`)
        );
      } catch {
        return false;
      }
    });
  }
});

describe("TypeScript and built files", () => {
  it("runs TypeScript tests with the loader of the project's own script", async () => {
    const own = make(["tsx", "mocha"]);
    const test = `import assert from 'node:assert';\nimport { two } from '../src/two';\nconst n: number = two();\nit('adds', () => assert.equal(n, 2));\n`;
    const files = { "src/two.ts": "export const two = (): number => 2;\n", "test/a.test.ts": test };
    const packages = { devDependencies: { tsx: "*", mocha: "*" } };
    const mocha = own.commit({
      "package.json": manifest("mocha", packages),
      ".mocharc.json": JSON.stringify({ require: "tsx/cjs", spec: "test/*.ts" }),
      ...files,
    });
    expect(told(await own.run(mocha))).toEqual(["adds: passed"]);
    const native = own.commit({
      "package.json": manifest("node --import tsx --test test/*.ts", packages),
      "test/a.test.ts": `import { it } from 'node:test';\n${test}`,
    });
    expect(told(await own.run(native))).toEqual(["adds: passed"]);
  });

  it("builds what the tests turn out to need, and runs only those files again", async () => {
    const own = make([]);
    const build = { scripts: { test: "node --test", build: "node build.js" } };
    const tree = own.commit({
      "package.json": JSON.stringify({ name: "fixture", ...build }),
      ".gitignore": "node_modules\ndist\n",
      "build.js": "require('node:fs').mkdirSync('dist'); require('node:fs').writeFileSync('dist/index.js', 'module.exports = 2')",
      "a.test.js": nodeTest("const built = require('./dist/index.js'); test('uses what is built', () => assert.equal(built, 2));"),
      "b.test.js": nodeTest("test('needs nothing', () => {});"),
    });
    const said: string[] = [];
    const run = await own.run(tree, { onProgress: (progress) => said.push(`${progress.phase} ${progress.says}`) });
    expect(told(run)).toEqual(["needs nothing: passed", "uses what is built: passed"]);
    expect(run).toMatchObject({ complete: true, unloaded: [] });
    expect(said).toContain("build npm run build");
  });

  it.each([
    ["and complains: what it made counts", "require('node:fs').mkdirSync('made'); require('node:fs').writeFileSync('made/index.js', 'module.exports = 2'); process.exit(2)", ["passed"], []],
    ["and makes nothing: that is told beside the red", "throw new Error('no compiler')", [], ["`npm run build` failed"]],
  ])("builds when a test asks for its package by the folder, %s", async (_, build, outcomes, notes) => {
    const own = make([]);
    const tree = own.commit({
      "package.json": JSON.stringify({ name: "fixture", main: "made/index.js", scripts: { test: "node --test", build: "node build.js" } }),
      "build.js": build,
      "test/a.test.js": nodeTest("const own = require('..'); test('asks for the package', () => assert.equal(own, 2));"),
    });
    const run = await own.run(tree, { selection: ["test/a.test.js"] });
    expect(run.cases.filter((one) => one.outcome === "passed").map((one) => one.outcome)).toEqual(outcomes);
    expect(run.notes ?? []).toEqual(notes.map((note) => expect.stringContaining(note) as string));
  });

  const unbuilt = manifest("npm run build && node --test", {}).replace('"scripts":{', '"scripts":{"build":"node -e \\"throw new Error(1)\\"",');

  it("says that a build which must come first failed, and makes no test red for it", async () => {
    const own = make([]);
    const tree = own.commit({ "package.json": unbuilt, "a.test.js": `import "./dist/a.js";\n${nodeTest("test('a', () => {});")}` });
    const run = await own.run(tree, { selection: ["a.test.js"] });
    expect(run).toMatchObject({ complete: false, cases: [], unloaded: [{ file: "a.test.js", failure: { kind: "load" } }] });
    expect(run.because).toContain("npm run build");
  });

  it("runs what needs nothing of a build that failed, and says so", async () => {
    const own = make([]);
    const run = await own.run(own.commit({ "package.json": unbuilt, "a.test.js": nodeTest("test('a', () => {});") }), { selection: ["a.test.js"] });
    expect(run).toMatchObject({ complete: true, cases: [{ outcome: "passed" }], notes: [expect.stringContaining("the tests ran without it") as string] });
  });
});

describe("what is missing", () => {
  it("is about the surroundings when the runner is not installed", async () => {
    const own = make([]);
    const tree = own.commit({ "package.json": manifest("mocha"), "test/a.test.js": "" });
    const run = await own.run(tree, { selection: ["test/a.test.js"] });
    expect(run).toMatchObject({ complete: false, unloaded: [{ failure: { kind: "missing-package", missing: "mocha" } }] });
  });

  it("is said for a runner that is not started here", async () => {
    const own = make([]);
    const tree = own.commit({ "go.mod": "module a\n", "a_test.go": "package a\n" });
    const run = await own.run(tree);
    expect(run.because).toContain("tests.command");
  });

  it("is an incomplete run for a revision that is not there, never an exception", async () => {
    const own = make([]);
    own.commit({ "package.json": manifest("node --test") });
    const [run] = await own.executor.run([{ runner: "node:test", packageDir: ".", because: "" }], request("1234567890123456789012345678901234567890"));
    expect(run).toMatchObject({ complete: false, because: expect.stringContaining("Not a valid object name") as string });
  });
});

describe("a declared command", () => {
  const junit = (failure: string): string =>
    `<testsuite name="s" tests="1"><testcase classname="s" name="adds" file="test/a.py">${failure}</testcase></testsuite>`;
  const declared = (command: string, report = "out/*.xml") => [{ command, report }];

  async function run(command: string, files: Readonly<Record<string, string>>, report?: string, selection?: readonly string[]): Promise<TestRun> {
    const own = make([], createReportReader());
    const tree = own.commit(files);
    const setups = await own.executor.detect(tree, declared(command, report));
    return own.run(tree, selection ? { selection } : {}, setups);
  }

  it("is run in the tree and its fresh report is read as evidence of our own", async () => {
    const found = await run("mkdir -p out && cp new.xml out/report.xml", { "new.xml": junit(""), "out/report.xml": junit("<failure>old</failure>") });
    expect(found).toMatchObject({ source: "ran", complete: true, cases: [{ outcome: "passed" }], tool: "command" });
  });

  it("is not believed when the report of an earlier run is all there is", async () => {
    expect(await run("true", { "out/report.xml": junit("") })).toMatchObject({
      complete: false,
      cases: [],
      because: expect.stringContaining("wrote no report") as string,
    });
  });

  it("is not believed when it fails and the report shows nothing red", async () => {
    expect(await run("mkdir -p out && cp new.xml out/report.xml && exit 4", { "new.xml": junit("") })).toMatchObject({
      complete: false,
      because: expect.stringContaining("exit code 4") as string,
    });
  });

  it("gets the chosen files, quoted", async () => {
    const name = "test/it's; touch pwned.py";
    const found = await run(
      "printf '%s' {files} > said.txt; mkdir -p out; node -e \"const fs=require('fs');fs.writeFileSync('out/r.xml', fs.existsSync('pwned.py')||fs.readFileSync('said.txt','utf8')!==process.argv[1]?'<bad':fs.readFileSync('new.xml'))\" {files}",
      { [name]: "", "new.xml": junit("") },
      "out/r.xml",
      [name],
    );
    expect(found.cases).toHaveLength(1);
    expect(existsSync(join(project?.root ?? "", "pwned.py"))).toBe(false);
  });
});

describe("coverage", () => {
  it("comes from the runner's own measuring, by line, for exactly this tree", async () => {
    const own = make(["jest"], createReportReader());
    const source = "exports.sign = (n) => {\n  if (n < 0) return 'minus';\n  return 'plus';\n};\n";
    const tree = own.commit({
      "package.json": manifest("jest", { devDependencies: { jest: "*" } }),
      "src/sign.js": source,
      "a.test.js": "test('plus', () => expect(require('./src/sign.js').sign(1)).toBe('plus'));",
    });
    const evidence = await own.executor.run(await own.executor.detect(tree), request(tree, { coverage: true }));
    const coverage = evidence.find((one): one is Coverage => one.kind === "coverage");
    expect(coverage).toMatchObject({ source: "ran", subject: tree });
    const lines = coverage?.files.get("src/sign.js")?.lines;
    expect([lines?.get(1), lines?.get(3)]).toEqual([1, 1]);
    expect(coverage?.files.get("src/sign.js")?.branches.some((one) => one.taken === 0)).toBe(true);
  });

  it("is said to be missing where the runner has none", async () => {
    const own = make([]);
    const tree = own.commit({ "package.json": manifest("node --test"), "a.test.js": nodeTest("test('a', () => {});") });
    expect((await own.run(tree, { coverage: true })).environment?.["coverage"]).toContain("not collected");
  });
});
