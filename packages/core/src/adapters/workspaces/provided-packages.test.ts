import { existsSync, lstatSync, mkdirSync, readFileSync, realpathSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { workspaceBench } from "../../../../../tests/support/workspace-bench.ts";
import type { WorkspacesOptions } from "./git-workspaces.ts";

let folder = "";
let repo = "";
const bench = workspaceBench();
const { put, commit, workspaces } = bench;
beforeEach(() => {
  ({ folder, repo } = bench.places());
});

const request = () => ({ deadline: Date.now() + 60_000, signal: new AbortController().signal });

describe("installed packages", () => {
  const manifest = (more: object = {}): string =>
    JSON.stringify({ name: "root", private: true, workspaces: ["packages/*"], devDependencies: { dep: "^1.0.0" }, ...more });
  const lock = (version: string, integrity = "sha512-a"): string =>
    JSON.stringify({
      name: "root",
      version,
      lockfileVersion: 3,
      packages: { "": { name: "root", version }, "node_modules/dep": { version: "1.0.0", integrity } },
    });

  function installed(): void {
    put({
      ".gitignore": "node_modules\n",
      "node_modules/dep/package.json": JSON.stringify({ name: "dep", version: "1.0.0" }),
      "node_modules/dep/index.js": "module.exports = 1",
      "node_modules/.cache/old.txt": "stale",
      "packages/a/node_modules/inner/index.js": "module.exports = 2",
    });
  }

  it("are copied when the lock file is the same, nested ones too, and workspace links lead into the copy", async () => {
    installed();
    const head = commit({
      "package.json": manifest(),
      "package-lock.json": lock("1.0.0"),
      "packages/a/package.json": '{"name":"@x/a"}',
      "packages/a/index.js": "1",
    });
    mkdirSync(join(repo, "node_modules/@x"), { recursive: true });
    symlinkSync(join(repo, "packages/a"), join(repo, "node_modules/@x/a"));
    symlinkSync("../packages/a", join(repo, "node_modules/relative-a"));
    const workspace = await workspaces().open(head, request());
    expect(workspace.dependencies.how).toBe("copied");
    expect(realpathSync(join(workspace.root, "node_modules/@x/a"))).toBe(join(workspace.root, "packages/a"));
    expect(realpathSync(join(workspace.root, "node_modules/relative-a"))).toBe(join(workspace.root, "packages/a"));
    expect(readFileSync(join(workspace.root, "packages/a/node_modules/inner/index.js"), "utf8")).toContain("2");
    expect(existsSync(join(workspace.root, "node_modules/.cache"))).toBe(false);
    writeFileSync(join(workspace.root, "node_modules/dep/index.js"), "changed by a test");
    expect(readFileSync(join(repo, "node_modules/dep/index.js"), "utf8")).toBe("module.exports = 1");
    expect(lstatSync(join(workspace.root, "node_modules")).isSymbolicLink()).toBe(false);
  });

  it("come ready laid out from the cache the next time, unless a test wrote into them", async () => {
    installed();
    const head = commit({ "package.json": manifest(), "package-lock.json": lock("1.0.0"), "packages/a/package.json": '{"name":"@x/a"}' });
    symlinkSync("../packages/a", join(repo, "node_modules/a"));
    const cacheFolder = join(folder, "cache");
    const places: number[] = [];
    for (const round of [1, 2, 3]) {
      const all = workspaces({ cacheFolder });
      const workspace = await all.open(head, request());
      expect(realpathSync(join(workspace.root, "node_modules/a"))).toBe(join(workspace.root, "packages/a"));
      expect(readFileSync(join(workspace.root, "node_modules/dep/index.js"), "utf8")).toBe("module.exports = 1");
      places.push(lstatSync(join(workspace.root, "node_modules/dep")).ino);
      await new Promise((done) => setTimeout(done, 20));
      if (round === 2) writeFileSync(join(workspace.root, "node_modules/dep/index.js"), "changed by a test");
      await workspace.release();
      await all.close();
    }
    expect(places[1] === places[0]).toBe(process.platform === "linux");
  });

  it.each([
    ["a file of a package", "node_modules/dep/index.js"],
    ["a package", "node_modules/dep"],
    ["all packages", "node_modules"],
    ["the packages of a workspace package", "packages/a/node_modules"],
  ])("are whole again for the next tree when a test took away %s", async (_, gone) => {
    installed();
    const head = commit({ "package.json": manifest(), "package-lock.json": lock("1.0.0"), "packages/a/package.json": '{"name":"@x/a"}' });
    const before = new Date(Date.now() - 60_000);
    for (const path of ["node_modules/dep/index.js", "node_modules/dep", "packages/a/node_modules/inner"]) utimesSync(join(repo, path), before, before);
    const expectWhole = (root: string): void => {
      for (const path of ["node_modules/dep/index.js", "packages/a/node_modules/inner/index.js"]) expect([path, existsSync(join(root, path))]).toEqual([path, true]);
    };
    const cacheFolder = join(folder, "cache");
    for (const all of [workspaces({ cacheFolder }), workspaces({ cacheFolder })]) {
      for (let round = 0; round < 2; round += 1) {
        const workspace = await all.open(head, request());
        expectWhole(workspace.root);
        await new Promise((done) => setTimeout(done, 20));
        rmSync(join(workspace.root, gone), { recursive: true });
        await workspace.release();
      }
      await all.close();
    }
  });

  it("count as the same when only the project's own version moved", async () => {
    installed();
    const first = commit({ "package.json": manifest(), "package-lock.json": lock("1.0.0") });
    commit({ "package-lock.json": lock("2.0.0") });
    expect((await workspaces().open(first, request())).dependencies.how).toBe("copied");
  });

  it("that cannot be installed are about the surroundings, said once and not tried again", async () => {
    installed();
    const first = commit({ "package.json": manifest(), "package-lock.json": lock("1.0.0", "sha512-other") });
    commit({ "package-lock.json": lock("1.0.0") });
    let tries = 0;
    const all = workspaces({ launch: () => Promise.resolve({ code: ++tries, ended: "exit", output: "npm error network is off" }) });
    const one = await all.open(first, request());
    await one.release();
    const two = await all.open(first, request());
    expect(one.dependencies).toMatchObject({ how: "failed", failure: { kind: "environment" } });
    expect(two.dependencies.says).toContain("network is off");
    expect(tries).toBe(1);
  });

  it("are installed for another lock file and then come from the cache", async () => {
    installed();
    const first = commit({ "package.json": manifest(), "package-lock.json": lock("1.0.0", "sha512-other") });
    commit({ "package-lock.json": lock("1.0.0") });
    const calls: (readonly string[])[] = [];
    const launch: WorkspacesOptions["launch"] = (command) => {
      calls.push(command.argv);
      mkdirSync(join(command.cwd, "node_modules/dep"), { recursive: true });
      writeFileSync(join(command.cwd, "node_modules/dep/index.js"), "fresh");
      return Promise.resolve({ code: 0, ended: "exit", output: "" });
    };
    const cacheFolder = join(folder, "cache");
    const one = await workspaces({ launch, cacheFolder }).open(first, request());
    const two = await workspaces({ launch, cacheFolder }).open(first, request());
    expect([one.dependencies.how, two.dependencies.how]).toEqual(["installed", "cached"]);
    expect(calls).toEqual([["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"]]);
    expect(readFileSync(join(two.root, "node_modules/dep/index.js"), "utf8")).toBe("fresh");
  });

  it("without a lock file are copied when they satisfy the manifest, else not", async () => {
    installed();
    const fits = commit({ "package.json": manifest() });
    const doesNot = commit({ "package.json": manifest({ devDependencies: { dep: "^2.0.0" } }) });
    const all = workspaces();
    expect((await all.open(fits, request())).dependencies.how).toBe("copied");
    const other = await all.open(doesNot, request());
    expect(other.dependencies.how).toBe("failed");
    expect(await packagesSaid(doesNot)).toContain("dep is 1.0.0, wanted ^2.0.0");
  });

  async function packagesSaid(tree: string): Promise<string> {
    const said: string[] = [];
    await workspaces().open(tree, { ...request(), onProgress: (progress) => said.push(progress.says) });
    return said.join("\n");
  }

  it("that lag behind the lock file are not trusted", async () => {
    installed();
    put({ "node_modules/.package-lock.json": JSON.stringify({ packages: { "node_modules/dep": { version: "0.9.0" } } }) });
    const head = commit({ "package.json": manifest(), "package-lock.json": lock("1.0.0") });
    expect(await packagesSaid(head)).toContain("node_modules/dep is 0.9.0, the lock file says 1.0.0");
  });
});
