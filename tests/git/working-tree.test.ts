import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { ChangeRequest } from "../../packages/core/src/change/index.ts";
import { makeFolder, makeRepo, type TestRepository } from "../support/repo.ts";
import { lineTexts, listing, opened, read } from "./opened.ts";
import { snapshot } from "./snapshot.ts";

const worktree = (base = "main"): ChangeRequest => ({ base, head: { kind: "worktree" } });
const index = (base = "main"): ChangeRequest => ({ base, head: { kind: "index" } });

function started(): TestRepository {
  const repo = makeRepo();
  repo.commit("one", { "a.ts": "one\n", "b.ts": "two\n", "dir/c.ts": "three\n", ".gitignore": "ignored/\n*.log\n" });
  return repo;
}

describe("the working tree as a head", () => {
  it("holds edits, deletions, untracked files that are not ignored, staged or not", async () => {
    const repo = started();
    repo.write("a.ts", "edited\n");
    repo.remove("b.ts");
    repo.write("new.ts", "n\n");
    repo.write("staged.ts", "s\n");
    repo.git("add", "staged.ts");
    repo.write("staged.ts", "s, edited since\n");
    repo.write("ignored/x.ts", "x\n");
    repo.write("debug.log", "x\n");
    const { change, diff, repository } = await read(repo, worktree());
    expect(change).toMatchObject({ headKind: "worktree", headName: "the working tree", headCommit: repo.id("HEAD"), mergeBase: repo.id("HEAD"), gaps: [] });
    expect(change.head).toBe(change.headTree);
    expect(listing(diff)).toEqual(["modified a.ts", "deleted b.ts", "added new.ts", "added staged.ts"]);
    expect(lineTexts(diff)).toContain("+s, edited since");
    const texts = await repository.readFiles(change.headTree, ["new.ts", "dir/c.ts"]);
    expect([...texts.values()].map((file) => file.text)).toEqual(["n\n", "three\n"]);
    const blobs = await repository.readBlobs(diff.files.flatMap((file) => file.headBlob ?? []));
    expect([...blobs.values()].every((blob) => blob.text !== undefined)).toBe(true);
  });

  it("includes the commits of the branch it stands on", async () => {
    const repo = started();
    repo.branch("work");
    repo.commit("two", { "d.ts": "d\n" });
    repo.write("e.ts", "e\n");
    const { change, diff, repository } = await read(repo, worktree());
    expect(listing(diff)).toEqual(["added d.ts", "added e.ts"]);
    expect((await repository.commits(change)).map((commit) => commit.message)).toEqual(["two"]);
  });

  it("equals the commit that would be made of it", async () => {
    const repo = started();
    repo.write("dir/new.ts", "n\n");
    chmodSync(join(repo.dir, "a.ts"), 0o755);
    symlinkSync("a.ts", join(repo.dir, "link"));
    const { change } = await read(repo, worktree());
    repo.commit("two");
    expect(repo.id("HEAD^{tree}")).toBe(change.headTree);
  });

  it("never writes into the repository or the working tree", async () => {
    const repo = started();
    repo.git("config", "core.untrackedCache", "true");
    writeFileSync(join(repo.dir, ".git", "hooks", "post-index-change"), "#!/bin/sh\ntouch hook-ran\n", { mode: 0o755 });
    repo.write("a.ts", "edited\n");
    repo.write("big.bin", Buffer.alloc(6 * 1024 * 1024, 1));
    repo.write("staged.ts", "s\n");
    repo.git("add", "staged.ts");
    rmSync(join(repo.dir, "hook-ran"), { force: true });
    const before = snapshot(repo.dir);
    const { repository, change } = await read(repo, worktree());
    await read(repo, index());
    await repository.composeTree(change.headTree, new Map([["a.ts", null]]));
    await repository.commits(change);
    await repository.pastChanges("HEAD", 5);
    expect(snapshot(repo.dir)).toEqual(before);
  });

  it("sees an edit of the same size made in the same moment as git add", async () => {
    const repo = started();
    const at = new Date(Date.now() - 60_000);
    repo.write("a.ts", "uno\n");
    utimesSync(join(repo.dir, "a.ts"), at, at);
    repo.git("add", "a.ts");
    utimesSync(join(repo.dir, ".git", "index"), at, at);
    repo.write("a.ts", "due\n");
    utimesSync(join(repo.dir, "a.ts"), at, at);
    repo.git("config", "core.trustctime", "false");
    repo.git("config", "core.checkStat", "minimal");
    expect(lineTexts((await read(repo, worktree())).diff)).toEqual(["-one", "+due"]);
  });

  it("takes a file that became a folder, a folder that became a file and a folder that became a link", async () => {
    const repo = started();
    repo.commit("more", { "swap/in.ts": "in\n", "linked/file.ts": "f\n" });
    repo.remove("a.ts");
    repo.write("a.ts/inner.ts", "i\n");
    repo.remove("swap");
    repo.write("swap", "file now\n");
    repo.remove("linked");
    symlinkSync("dir", join(repo.dir, "linked"));
    const { change, diff } = await read(repo, worktree());
    expect(listing(diff).sort()).toEqual(["added a.ts/inner.ts", "added linked", "added swap", "deleted a.ts", "deleted linked/file.ts", "deleted swap/in.ts"]);
    expect(change.gaps).toEqual([]);
  });

  it("does not take files outside a sparse checkout for deleted, and still sees new ones", async () => {
    const repo = started();
    repo.commit("more", { "in/a.ts": "a\n", "out/b.ts": "b\n" });
    repo.git("sparse-checkout", "set", "in");
    expect(existsSync(join(repo.dir, "out"))).toBe(false);
    repo.write("in/a.ts", "edited\n");
    repo.write("out/new.ts", "n\n");
    const { change, diff } = await read(repo, worktree());
    expect(listing(diff)).toEqual(["modified in/a.ts", "added out/new.ts"]);
    expect(change.gaps).toEqual([]);
  });

  it("counts a file added with intent only; the index leaves it out, as a commit would", async () => {
    const repo = started();
    repo.write("intent.ts", "i\n");
    repo.git("add", "--intent-to-add", "intent.ts");
    expect(listing((await read(repo, worktree())).diff)).toEqual(["added intent.ts"]);
    expect(listing((await read(repo, index())).diff)).toEqual([]);
  });

  it("leaves out repositories that merely lie inside, and follows submodules", async () => {
    const repo = started();
    const inner = makeRepo();
    const first = inner.commit("inner", { "x.txt": "1\n" });
    repo.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", `file://${inner.dir}`, "sub");
    repo.commit("with submodule");
    execFileSync("git", ["init", "--quiet", join(repo.dir, "empty-repository")], { env: repo.env });
    execFileSync("git", ["clone", "--quiet", inner.dir, join(repo.dir, "nested")], { env: repo.env, stdio: "ignore" });
    repo.write("sub/x.txt", "dirty\n");
    const before = await read(repo, worktree());
    expect([listing(before.diff), before.change.gaps]).toEqual([[], []]);
    execFileSync("git", ["-C", join(repo.dir, "sub"), "commit", "--quiet", "-am", "inner two"], { env: repo.env });
    const after = await read(repo, worktree());
    expect(after.diff.files).toMatchObject([{ path: "sub", status: "modified", baseMode: "160000", baseBlob: first, hunks: [] }]);
  });

  it("works in a linked worktree, from a folder inside, and in an unborn branch", async () => {
    const repo = started();
    const linked = join(makeFolder(), "linked");
    repo.git("worktree", "add", "--quiet", linked, "-b", "linked");
    writeFileSync(join(linked, "dir", "d.ts"), "d\n");
    const there = await read({ dir: join(linked, "dir"), env: repo.env }, worktree());
    expect(there.repository.root).toBe(linked);
    expect(listing(there.diff)).toEqual(["added dir/d.ts"]);
    repo.git("switch", "--quiet", "--orphan", "fresh");
    repo.write("f.ts", "f\n");
    const unborn = await read(repo, worktree());
    expect(unborn.change.headCommit).toBeUndefined();
    expect(listing(unborn.diff)).toEqual(["added f.ts"]);
    expect(await unborn.repository.commits(unborn.change)).toEqual([]);
  });

  it("reads a file of 100 MB without holding it, and calls it too large", async () => {
    const repo = started();
    writeFileSync(join(repo.dir, "huge.bin"), "start\n");
    truncateSync(join(repo.dir, "huge.bin"), 100 * 1024 * 1024);
    const before = process.memoryUsage().rss;
    const { diff, repository, change } = await read(repo, worktree());
    expect(diff.files).toMatchObject([{ path: "huge.bin", status: "added", binary: true, tooLarge: true, hunks: [] }]);
    const files = await repository.readFiles(change.headTree, ["huge.bin", "a.ts"]);
    expect(files.get("huge.bin")).toMatchObject({ bytes: 100 * 1024 * 1024, why: "too-large" });
    expect(files.get("a.ts")).toMatchObject({ text: "one\n" });
    expect(process.memoryUsage().rss - before).toBeLessThan(80 * 1024 * 1024);
  });

  it("refuses conflicts by name", async () => {
    const repo = started();
    repo.branch("other");
    repo.commit("theirs", { "a.ts": "theirs\n" });
    repo.switchTo("main");
    repo.commit("ours", { "a.ts": "ours\n" });
    expect(() => repo.git("merge", "other")).toThrow();
    for (const request of [worktree(), index()]) {
      await expect((await opened(repo)).resolve(request)).rejects.toMatchObject({ code: "git/unresolved-conflicts", message: expect.stringContaining("a.ts") });
    }
  });

  it("says which files it could not read", async () => {
    const repo = started();
    repo.write("a.ts", "edited\n");
    repo.write("secret/locked.ts", "x\n");
    repo.write("locked.ts", "x\n");
    const bin = join(makeFolder(), "bin");
    mkdirSync(bin);
    // Permissions do not stop an administrator, who may run these tests: what Git says of such files is played by a Git that can't read them.
    const real = execFileSync("sh", ["-c", "command -v git"], { encoding: "utf8" }).trim();
    const failing = `case " $* " in *" add --all "*) ${real} "$@" -- :!locked.ts :!secret; code=$?; echo "error: open(\\"locked.ts\\"): Permission denied" >&2; echo "error: unable to index file 'locked.ts'" >&2; echo "warning: could not open directory 'secret/': Permission denied" >&2; [ $code = 0 ] && exit 1; exit $code;; esac`;
    writeFileSync(join(bin, "git"), `#!/bin/sh\nunset GIT_LITERAL_PATHSPECS\n${failing}\nexec ${real} "$@"\n`, { mode: 0o755 });
    const { change, diff } = await read({ dir: repo.dir, env: { ...repo.env, PATH: `${bin}:${repo.env["PATH"]}` } }, worktree());
    expect(listing(diff)).toEqual(["modified a.ts"]);
    expect(change.gaps.map((gap) => [gap.part, gap.because.split(" ")[0]])).toEqual([
      ["diff", "locked.ts"],
      ["diff", "secret/"],
    ]);
  });
});

describe("the index as a head", () => {
  it("is what would be committed now", async () => {
    const repo = started();
    repo.write("a.ts", "staged\n");
    repo.git("add", "a.ts");
    repo.write("a.ts", "not staged\n");
    repo.write("untracked.ts", "u\n");
    const { change, diff } = await read(repo, index());
    expect(change).toMatchObject({ headKind: "index", headName: "the index" });
    expect(lineTexts(diff)).toEqual(["-one", "+staged"]);
  });

  it("is the one a commit hook was given, and no other", async () => {
    const repo = started();
    repo.write("a.ts", "for the hook\n");
    const hookIndex = join(repo.dir, ".git", "next-index-1.lock");
    execFileSync("git", ["read-tree", "HEAD"], { cwd: repo.dir, env: { ...repo.env, GIT_INDEX_FILE: hookIndex } });
    execFileSync("git", ["add", "a.ts"], { cwd: repo.dir, env: { ...repo.env, GIT_INDEX_FILE: hookIndex } });
    const inHook = { ...repo.env, GIT_INDEX_FILE: ".git/next-index-1.lock", GIT_DIR: ".git", GIT_PREFIX: "" };
    expect(lineTexts((await read({ dir: repo.dir, env: inHook }, index())).diff)).toEqual(["-one", "+for the hook"]);
    const elsewhere = { ...repo.env, GIT_INDEX_FILE: "/etc/hostname", GIT_DIR: "/nowhere", GIT_WORK_TREE: "/tmp" };
    expect(listing((await read({ dir: repo.dir, env: elsewhere }, index())).diff)).toEqual([]);
  });
});

describe("a bare repository", () => {
  it("judges commits and says that it has no working tree", async () => {
    const repo = started();
    repo.commit("two", { "a.ts": "2\n" });
    const bare = repo.clone("--bare");
    const { diff, repository } = await read(bare, { base: "main~1", head: { kind: "commit", rev: "main" } });
    expect(repository).toMatchObject({ bare: true, root: bare.dir });
    expect(lineTexts(diff)).toEqual(["-one", "+2"]);
    await expect(repository.resolve(worktree())).rejects.toMatchObject({ code: "git/no-working-tree", message: expect.stringContaining("working tree") });
    await expect(repository.resolve(index())).rejects.toMatchObject({ code: "git/no-working-tree", message: expect.stringContaining("index") });
  });
});

describe("temporary folders", () => {
  it("are gone after closing, and those of dead processes at the next opening", async () => {
    const repo = started();
    repo.write("new.ts", "n\n");
    const temporaryFolder = makeFolder();
    const first = await read(repo, worktree(), { temporaryFolder });
    const [own] = readdirSync(temporaryFolder);
    expect(own).toContain(`-${process.pid}-`);
    const dead = execFileSync("sh", ["-c", "echo $$"], { encoding: "utf8" }).trim();
    const leftover = (own ?? "").replace(`-${process.pid}-`, `-${dead}-`);
    mkdirSync(join(temporaryFolder, leftover, "objects"), { recursive: true });
    mkdirSync(join(temporaryFolder, "somebody-elses"));
    const second = await read(repo, worktree(), { temporaryFolder });
    await second.repository.close();
    expect(readdirSync(temporaryFolder).sort()).toEqual([own, "somebody-elses"].sort());
    await first.repository.close();
    expect(readdirSync(temporaryFolder)).toEqual(["somebody-elses"]);
  });
});
