import { execFileSync } from "node:child_process";
import { readdirSync, renameSync, rmSync, truncateSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { makeFolder, makeRepo, type TestRepository } from "../support/repo.ts";
import { atCommit, lineTexts, listing, opened, read } from "./opened.ts";
import { snapshot } from "./snapshot.ts";

const objectFile = (repo: TestRepository, id: string): string => join(repo.dir, ".git", "objects", id.slice(0, 2), id.slice(2));

function threeFiles(): TestRepository {
  const repo = makeRepo();
  repo.commit("one", { "a.ts": "a\n", "b.ts": "b\n", "c.ts": "c\n" });
  repo.commit("two", { "a.ts": "A\n", "b.ts": "B\n", "c.ts": "C\n" });
  return repo;
}

describe("a damaged repository", () => {
  it("gives the diff as far as it goes and says what is missing, never a silent half", async () => {
    const repo = threeFiles();
    const blob = repo.id("HEAD:b.ts");
    rmSync(objectFile(repo, blob));
    const { change, diff, repository } = await read(repo, atCommit("HEAD", "HEAD~1"));
    expect(listing(diff)).toEqual(["modified a.ts", "modified b.ts", "modified c.ts"]);
    expect(diff.gaps).toMatchObject([{ part: "diff", because: expect.stringContaining(`${blob.slice(0, 12)} (b.ts)`) }]);
    expect(diff.gaps[0]?.because).toContain("c.ts");
    expect(diff.files.filter((file) => file.unread).map((file) => file.path)).toEqual(expect.arrayContaining(["b.ts", "c.ts"]));
    const files = await repository.readFiles(change.headTree, ["a.ts", "b.ts", "c.ts"]);
    expect([...files.values()].map((file) => file.why ?? file.text)).toEqual(["A\n", "missing", "C\n"]);
  });

  it("goes on after an object that is there and can't be read", async () => {
    const repo = threeFiles();
    truncateSync(objectFile(repo, repo.id("HEAD:b.ts")), 4);
    const { change, diff, repository } = await read(repo, atCommit("HEAD", "HEAD~1"));
    expect(diff.gaps).toMatchObject([{ part: "diff" }]);
    const files = await repository.readFiles(change.headTree, ["a.ts", "b.ts", "c.ts"]);
    expect([...files.values()].map((file) => file.why ?? file.text)).toEqual(["A\n", "missing", "C\n"]);
  });

  it("still names the changed files where renames can't be looked for", async () => {
    const repo = makeRepo();
    repo.commit("one", { "old.ts": "1\n".repeat(20), "z.ts": "z\n" });
    repo.commit("two", { "old.ts": null, "new.ts": `${"1\n".repeat(20)}2\n` });
    rmSync(objectFile(repo, repo.id("HEAD:new.ts")));
    const { diff } = await read(repo, atCommit("HEAD", "HEAD~1"));
    expect(listing(diff)).toEqual(["added new.ts", "deleted old.ts"]);
    expect(diff.files.every((file) => file.unread)).toBe(true);
    expect(diff.gaps).toMatchObject([{ part: "diff", because: expect.stringContaining("new.ts") }]);
  });

  it("says so where not even the list of files can be read", async () => {
    const repo = makeRepo();
    repo.commit("one", { "dir/a.ts": "1\n" });
    repo.commit("two", { "dir/a.ts": "2\n" });
    rmSync(objectFile(repo, repo.id("HEAD:dir")));
    const { change, diff, repository } = await read(repo, atCommit("HEAD", "HEAD~1"));
    expect(diff).toMatchObject({ files: [], gaps: [{ part: "diff" }] });
    expect((await repository.readFiles(change.headTree, ["dir/a.ts"])).get("dir/a.ts")?.why).toBe("missing");
  });

  it("is named as such where its index or its base can't be read", async () => {
    const repo = threeFiles();
    truncateSync(join(repo.dir, ".git", "index"), 10);
    await expect((await opened(repo)).resolve({ base: "HEAD", head: { kind: "worktree" } })).rejects.toMatchObject({ code: "git/damaged", exit: 2 });
    rmSync(objectFile(repo, repo.id("HEAD~1")));
    await expect((await opened(repo)).resolve(atCommit("HEAD", "HEAD~1"))).rejects.toMatchObject({ code: "git/unknown-revision" });
  });
});

describe("a partial clone", () => {
  function partial(): { origin: TestRepository; clone: TestRepository } {
    const origin = threeFiles();
    origin.git("config", "uploadpack.allowFilter", "true");
    origin.git("config", "uploadpack.allowAnySHA1InWant", "true");
    return { origin, clone: origin.clone("--filter=blob:none", "--no-checkout") };
  }

  it("is not filled over the network outside CI: the lines are a gap", async () => {
    const { clone } = partial();
    const before = snapshot(join(clone.dir, ".git"));
    const { change, diff, repository } = await read(clone, atCommit("HEAD", "HEAD~1"));
    expect(listing(diff)).toEqual(["modified a.ts", "modified b.ts", "modified c.ts"]);
    expect(diff.files.every((file) => file.unread)).toBe(true);
    expect(diff.gaps).toMatchObject([{ part: "diff", fix: expect.stringContaining("--refetch") }]);
    const files = await repository.readFiles(change.headTree, ["a.ts", "b.ts"]);
    expect([...files.values()].map((file) => file.why)).toEqual(["missing", "missing"]);
    expect(await repository.pastChanges("HEAD", 5)).toEqual([]);
    expect((await repository.commits(change)).map((commit) => commit.message)).toEqual(["two"]);
    expect(snapshot(join(clone.dir, ".git"))).toEqual(before);
  });

  it("is filled in CI where its remote answers, and is a gap where it does not", async () => {
    const { origin, clone } = partial();
    const away = `${origin.dir}-away`;
    renameSync(origin.dir, away);
    expect((await read(clone, atCommit("HEAD", "HEAD~1"), { ci: true })).diff.gaps).toMatchObject([{ part: "diff" }]);
    renameSync(away, origin.dir);
    const { diff } = await read(clone, atCommit("HEAD", "HEAD~1"), { ci: true });
    expect(diff.gaps).toEqual([]);
    expect(lineTexts(diff)).toEqual(["-a", "+A", "-b", "+B", "-c", "+C"]);
  });
});

describe("a shallow clone", () => {
  /** main with 80 commits; feature leaves it 60 commits before its tip. */
  function long(): TestRepository {
    const repo = makeRepo();
    const commits = (branch: string, count: number, from = ""): string =>
      Array.from({ length: count }, (_, index) => {
        const text = `${branch} ${index}\n`;
        const head = `commit refs/heads/${branch}\ncommitter Ada <ada@example.org> ${1_700_000_000 + index} +0000\ndata ${text.length}\n${text}`;
        return `${head}${index === 0 ? from : ""}M 100644 inline ${branch}-${index}.txt\ndata ${text.length}\n${text}\n`;
      }).join("");
    repo.gitWith(commits("main", 80), "fast-import", "--quiet");
    repo.gitWith(commits("feature", 3, `from ${repo.id("main~60")}\n`), "fast-import", "--quiet");
    repo.git("reset", "--quiet", "--hard", "main");
    return repo;
  }

  it("is deepened in CI, step by step, until the merge base is found", async () => {
    const repo = long();
    const clone = repo.clone("--depth=1", "--no-single-branch");
    const { change, diff, repository } = await read(clone, atCommit("origin/feature", "origin/main"), { ci: true });
    expect(change.mergeBase).toBe(repo.git("merge-base", "main", "feature"));
    expect(listing(diff)).toEqual(["added feature-0.txt", "added feature-1.txt", "added feature-2.txt"]);
    expect((await repository.commits(change)).map((commit) => commit.message)).toEqual(["feature 2", "feature 1", "feature 0"]);
    expect(change.gaps.filter((gap) => gap.part === "diff")).toEqual([]);
  });

  it("is left as it is outside CI, and the gap says how to fetch more", async () => {
    const repo = long();
    const clone = repo.clone("--depth=1", "--no-single-branch");
    const before = snapshot(join(clone.dir, ".git"));
    const { change } = await read(clone, atCommit("origin/feature", "origin/main"));
    expect(change).toMatchObject({ shallow: true, mergeBase: repo.id("main") });
    expect(change.gaps.map((gap) => gap.part).sort()).toEqual(["diff", "history"]);
    expect(change.gaps[0]?.fix).toContain("fetch-depth: 0");
    expect(snapshot(join(clone.dir, ".git"))).toEqual(before);
  });

  it("is a gap in CI too where no remote answers", async () => {
    const repo = long();
    const clone = repo.clone("--depth=1", "--no-single-branch");
    renameSync(repo.dir, `${repo.dir}-away`);
    const { change } = await read(clone, atCommit("origin/feature", "origin/main"), { ci: true });
    expect(change.gaps.map((gap) => gap.part)).toContain("diff");
    await expect((await opened(clone, { ci: true })).resolve(atCommit("HEAD", "HEAD~3"))).rejects.toMatchObject({
      code: "git/unknown-revision",
      fix: expect.stringContaining("fetch-depth: 0"),
    });
  });

  it("fetches the target branch that a checkout of one branch lacks", async () => {
    const repo = long();
    const clone = repo.clone("--depth=1", "--single-branch", "--branch=feature");
    const env = { ...clone.env, GITHUB_BASE_REF: "main", GITHUB_REF: "refs/pull/1/head" };
    const { change, diff } = await read(clone, atCommit("HEAD"), { ci: true, env });
    expect(change).toMatchObject({ base: repo.id("main"), baseName: "main", mergeBase: repo.git("merge-base", "main", "feature") });
    expect(listing(diff)).toHaveLength(3);
  });

  it("reads the merge of a pull request as actions/checkout leaves it, with a depth of one", async () => {
    const repo = long();
    repo.git("switch", "--quiet", "--detach", "main");
    const merge = repo.merge("feature");
    repo.git("update-ref", "refs/pull/1/merge", merge);
    repo.switchTo("main");
    const dir = join(makeFolder(), "checkout");
    const run = (...args: string[]) => execFileSync("git", args, { cwd: dir, env: repo.env, stdio: "pipe" });
    execFileSync("git", ["init", "--quiet", dir], { env: repo.env });
    run("remote", "add", "origin", `file://${repo.dir}`);
    run("fetch", "--quiet", "--no-tags", "--depth=1", "origin", `+${merge}:refs/remotes/pull/1/merge`);
    run("checkout", "--quiet", "--force", "refs/remotes/pull/1/merge");
    const env = { ...repo.env, GITHUB_BASE_REF: "main", GITHUB_REF: "refs/pull/1/merge", GITHUB_SHA: merge };
    const { change, diff, repository } = await read({ dir, env }, atCommit("HEAD"), { ci: true, env });
    expect(change).toMatchObject({ base: repo.id("main"), baseName: "main", mergeBase: repo.id("main"), head: merge });
    expect(listing(diff)).toEqual(["added feature-0.txt", "added feature-1.txt", "added feature-2.txt"]);
    expect((await repository.commits(change)).map((commit) => commit.message)).toEqual(["Merge feature", "feature 2", "feature 1", "feature 0"]);
    const refs = execFileSync("git", ["for-each-ref", "--format=%(refname)"], { cwd: dir, env: repo.env, encoding: "utf8" }).trim().split("\n");
    expect(refs).toEqual(["refs/remotes/origin/main", "refs/remotes/pull/1/merge"]);
  });

  it("with enough history only lacks figures from older commits", async () => {
    const repo = long();
    const clone = repo.clone("--depth=5");
    const { change, diff } = await read(clone, atCommit("HEAD", "HEAD~2"));
    expect(change.gaps.map((gap) => gap.part)).toEqual(["history"]);
    expect(listing(diff)).toHaveLength(2);
    expect(readdirSync(clone.dir)).toHaveLength(81);
  });
});
