import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeEach, describe, expect, it } from "vitest";
import { IDENTITY, workspaceBench } from "../../../../../tests/support/workspace-bench.ts";

let folder = "";
let repo = "";
let temporary = "";
const bench = workspaceBench();
const { sh, put, commit, workspaces } = bench;
beforeEach(() => {
  ({ folder, repo, temporary } = bench.places());
});

const request = () => ({ deadline: Date.now() + 60_000, signal: new AbortController().signal });

describe("a workspace", () => {
  it("holds exactly the files of a commit and leaves the user's repository as it was", async () => {
    const first = commit({ "a.txt": "one", "dir/b.txt": "two" });
    commit({ "a.txt": "changed" });
    put({ "a.txt": "dirty" });
    const before = snapshot(repo);
    const workspace = await workspaces().open(first, request());
    expect(readFileSync(join(workspace.root, "a.txt"), "utf8")).toBe("one");
    expect(workspace.files).toEqual(["a.txt", "dir/b.txt"]);
    expect(execFileSync("git", ["status", "--porcelain"], { cwd: workspace.root, encoding: "utf8" })).toBe("");
    expect(execFileSync("git", ["rev-parse", "HEAD"], { cwd: workspace.root, encoding: "utf8" }).trim()).toBe(first);
    expect(snapshot(repo)).toBe(before);
  });

  it("is used again for the next tree, without what the last run left and whatever it did to .git", async () => {
    const first = commit({ "a.txt": "one", "gone.txt": "x" });
    rmSync(join(repo, "gone.txt"));
    const second = commit({ "b.txt": "new" });
    const all = workspaces();
    const one = await all.open(first, request());
    writeFileSync(join(one.root, "litter.txt"), "left by a test");
    writeFileSync(join(one.root, "a.txt"), "spoiled by a test");
    rmSync(join(one.root, ".git"), { recursive: true });
    writeFileSync(join(one.root, ".git"), `gitdir: ${join(repo, ".git")}\n`);
    await one.release();
    const two = await all.open(second, request());
    expect(two.root).toBe(one.root);
    expect(readdirSync(two.root).sort()).toEqual([".git", "a.txt", "b.txt"]);
    expect(readFileSync(join(two.root, "a.txt"), "utf8")).toBe("one");
    expect(sh("git", "status", "--porcelain")).toBe("");
  });

  it("stands beside another one while both are in use", async () => {
    const first = commit({ "a.txt": "one" });
    const second = commit({ "a.txt": "two" });
    const all = workspaces();
    const [one, two] = await Promise.all([all.open(first, request()), all.open(second, request())]);
    expect(readFileSync(join(one.root, "a.txt"), "utf8") + readFileSync(join(two.root, "a.txt"), "utf8")).toBe("onetwo");
  });

  it("runs no hook and no filter of the repository or the user", async () => {
    const head = commit({ "a.txt": "plain", ".gitattributes": "*.txt filter=shout\n" });
    sh("git", "config", "filter.shout.smudge", `touch ${join(folder, "filtered")}`);
    sh("git", "config", "core.hooksPath", join(folder, "hooks"));
    mkdirSync(join(folder, "hooks"));
    writeFileSync(join(folder, "hooks", "post-checkout"), `#!/bin/sh\ntouch ${join(folder, "hooked")}\n`, { mode: 0o755 });
    const workspace = await workspaces().open(head, request());
    expect(readFileSync(join(workspace.root, "a.txt"), "utf8")).toBe("plain");
    expect(existsSync(join(folder, "filtered")) || existsSync(join(folder, "hooked"))).toBe(false);
  });

  it("says which submodules are empty and which files are LFS pointers", async () => {
    const head = commit({ ".gitattributes": "*.bin filter=lfs\n", "model.bin": "version https://git-lfs" });
    sh("git", "update-index", "--add", "--cacheinfo", `160000,${head},vendor/lib`);
    sh("git", ...IDENTITY, "commit", "-q", "-m", "submodule");
    const workspace = await workspaces().open(sh("git", "rev-parse", "HEAD"), request());
    expect(workspace.notes).toEqual(["1 submodule left empty: vendor/lib", "1 Git LFS file left as pointers: model.bin"]);
  });

  it("lays out a tree whose objects lie in an extra object folder only", async () => {
    commit({ "a.txt": "one" });
    const extra = join(folder, "extra");
    mkdirSync(extra);
    put({ "a.txt": "unsaved work" });
    const env = {
      ...process.env,
      GIT_OBJECT_DIRECTORY: extra,
      GIT_ALTERNATE_OBJECT_DIRECTORIES: join(repo, ".git/objects"),
      GIT_INDEX_FILE: join(folder, "index"),
    };
    execFileSync("git", ["add", "-A"], { cwd: repo, env });
    const tree = execFileSync("git", ["write-tree"], { cwd: repo, env, encoding: "utf8" }).trim();
    const workspace = await workspaces({ objectDirectories: [extra] }).open(tree, request());
    expect(readFileSync(join(workspace.root, "a.txt"), "utf8")).toBe("unsaved work");
  });

  it("refuses a revision that is not there with an error that says what to do", async () => {
    commit({ "a.txt": "one" });
    await expect(workspaces().open("1234567890123456789012345678901234567890", request())).rejects.toMatchObject({ code: "workspace/git-failed" });
  });
});

describe("what a build made", () => {
  const built = { ".gitignore": "out\nnode_modules\n", "src/a.ts": "1", "version.txt": "1" };

  it("comes back into the same tree, and into no other", async () => {
    const first = commit(built);
    const second = commit({ "src/a.ts": "2" });
    const all = workspaces();
    const one = await all.open(first, request());
    expect(await one.restoreBuilt("tsc")).toBe(false);
    mkdirSync(join(one.root, "out/deep"), { recursive: true });
    writeFileSync(join(one.root, "out/deep/a.js"), "built");
    writeFileSync(join(one.root, "beside.js"), "built");
    await one.keepBuilt("tsc");
    writeFileSync(join(one.root, "out/deep/a.js"), "changed by a test");
    await one.release();
    const other = await all.open(second, request());
    expect([await other.restoreBuilt("tsc"), existsSync(join(other.root, "out"))]).toEqual([false, false]);
    await other.release();
    const again = await all.open(first, request());
    expect([existsSync(join(again.root, "out")), await again.restoreBuilt("another"), await again.restoreBuilt("tsc")]).toEqual([false, false, true]);
    expect([readFileSync(join(again.root, "out/deep/a.js"), "utf8"), readFileSync(join(again.root, "beside.js"), "utf8")]).toEqual(["built", "built"]);
  });

  it.each([
    ["a tracked file", "version.txt"],
    ["an installed package", "node_modules/dep/index.js"],
  ])("is not kept where the build changed %s as well", async (_, path) => {
    put({ "node_modules/dep/package.json": JSON.stringify({ name: "dep", version: "1.0.0" }), "node_modules/dep/index.js": "1" });
    const tree = commit({ ...built, "package.json": JSON.stringify({ devDependencies: { dep: "^1.0.0" } }) });
    const all = workspaces();
    const one = await all.open(tree, request());
    await new Promise((done) => setTimeout(done, 20));
    writeFileSync(join(one.root, "made.js"), "built");
    writeFileSync(join(one.root, path), "2, by the build");
    await one.keepBuilt("tsc");
    await one.release();
    expect(await (await all.open(tree, request())).restoreBuilt("tsc")).toBe(false);
  });
});

describe("combining trees", () => {
  it("takes the named paths from the other tree and removes those it does not have", async () => {
    const base = commit({ "src.js": "old", "test/a.test.js": "old test", "test/gone.test.js": "x" });
    rmSync(join(repo, "test/gone.test.js"));
    const head = commit({ "src.js": "new", "test/a.test.js": "new test", "test/b.test.js": "added" });
    const all = workspaces();
    const tree = await all.combine(base, { from: head, paths: ["test/a.test.js", "test/b.test.js", "test/gone.test.js"] });
    const workspace = await all.open(tree, request());
    expect(workspace.files).toEqual(["src.js", "test/a.test.js", "test/b.test.js"]);
    expect(readFileSync(join(workspace.root, "src.js"), "utf8")).toBe("old");
    expect(readFileSync(join(workspace.root, "test/a.test.js"), "utf8")).toBe("new test");
    expect(() => sh("git", "cat-file", "-t", tree)).toThrow(); // nothing was written into the user's repository
  });
});

describe("what is left behind", () => {
  it("is nothing after closing", async () => {
    const head = commit({ "a.txt": "one" });
    const all = workspaces();
    await all.open(head, request());
    await all.close();
    expect(leftovers()).toEqual([]);
  });

  it("is nothing after the process was killed, its children included", async () => {
    const head = commit({ "a.txt": "one" });
    const script = join(folder, "open.mts");
    const source = fileURLToPath(new URL("./git-workspaces.ts", import.meta.url));
    writeFileSync(
      script,
      `import { spawn } from "node:child_process";
       import { openWorkspaces } from ${JSON.stringify(source)};
       const all = openWorkspaces({ repository: ${JSON.stringify(repo)}, temporaryFolder: ${JSON.stringify(temporary)}, launch: async () => ({ code: 0, ended: "exit", output: "" }) });
       const workspace = await all.open(${JSON.stringify(head)}, { deadline: Date.now() + 60000, signal: new AbortController().signal });
       const child = spawn("sleep", ["600"], { detached: true, stdio: "ignore", env: { ...process.env, PROOFLINE_SESSION: workspace.mark } });
       console.log(child.pid);
       setInterval(() => {}, 1000);`,
    );
    const tsx = fileURLToPath(new URL("../../../../../node_modules/tsx/dist/loader.mjs", import.meta.url));
    const child = spawn(process.execPath, ["--import", tsx, script], { stdio: ["ignore", "pipe", "inherit"] });
    const sleeper = await new Promise<number>((done) => child.stdout.once("data", (chunk: Buffer) => done(Number(chunk.toString()))));
    expect(leftovers()).toHaveLength(1);
    child.kill("SIGKILL");
    await expect.poll(leftovers, { timeout: 5000 }).toEqual([]);
    expect(isRunning(sleeper)).toBe(false);
  });

  it("by a dead owner is removed at the next start, by a living one it stays", async () => {
    const head = commit({ "a.txt": "one" });
    const dead = spawn("true");
    await new Promise((done) => dead.once("exit", done));
    const all = workspaces();
    await all.open(head, request());
    const parent = join(temporary, readdirSync(temporary)[0] ?? "");
    const mine = readdirSync(parent)[0] ?? "";
    const orphan = mine.replace(/^s-\d+/, `s-${dead.pid}`);
    mkdirSync(join(parent, orphan));
    await workspaces().open(head, request());
    expect(readdirSync(parent)).toHaveLength(2);
    expect(readdirSync(parent)).not.toContain(orphan);
    expect(readdirSync(parent)).toContain(mine);
  });

  function leftovers(): string[] {
    return readdirSync(temporary).flatMap((name) => readdirSync(join(temporary, name)));
  }
});

function snapshot(path: string): string {
  const listing = execFileSync("find", [".", "-printf", "%p %s %T@ %m\n"], { cwd: path, encoding: "utf8" });
  return listing.split("\n").sort().join("\n");
}

/** A killed child that nobody collects stays listed as a zombie. */
function isRunning(pid: number): boolean {
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}
