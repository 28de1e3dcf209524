import { describe, expect, it } from "vitest";
import { isProoflineError } from "../../packages/core/src/kernel/index.ts";
import { makeRepo } from "../support/repo.ts";
import { atCommit, listing, opened, read } from "./opened.ts";

const EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";

/** main: one - two; feature: one - three - four. */
function forked() {
  const repo = makeRepo();
  const one = repo.commit("one", { "a.txt": "1\n" });
  repo.branch("feature");
  const three = repo.commit("three", { "b.txt": "3\n" });
  const four = repo.commit("four", { "c.txt": "4\n" });
  repo.switchTo("main");
  const two = repo.commit("two", { "d.txt": "2\n" });
  return { repo, one, two, three, four };
}

describe("the two sides of a change", () => {
  it("start at the merge base and name the target's tip", async () => {
    const { repo, one, two, four } = forked();
    const { change, diff, repository } = await read(repo, atCommit("feature", "main"));
    expect(change).toEqual({
      base: two,
      baseName: "main",
      head: four,
      headName: "feature",
      headKind: "commit",
      headTree: repo.id("feature^{tree}"),
      mergeBase: one,
      mergeBaseTree: repo.id(`${one}^{tree}`),
      headCommit: four,
      shallow: false,
      gaps: [],
    });
    expect(listing(diff)).toEqual(["added b.txt", "added c.txt"]);
    expect((await repository.commits(change)).map((commit) => commit.message)).toEqual(["four", "three"]);
  });

  it("may be named by tags, abbreviated ids and expressions", async () => {
    const { repo, one, two, three, four } = forked();
    repo.git("tag", "--annotate", "--message", "release", "v1", one);
    repo.git("tag", "--annotate", "--message", "again", "v1-again", "v1");
    const repository = await opened(repo);
    const ids = async (base: string, head: string) => {
      const change = await repository.resolve(atCommit(head, base));
      return [change.base, change.head];
    };
    expect(await ids("v1", "feature~1")).toEqual([one, three]);
    expect(await ids("v1-again", four.slice(0, 10))).toEqual([one, four]);
    expect(await ids("main^{/one}", "HEAD")).toEqual([one, two]);
    expect(await ids(":/^two", "feature")).toEqual([two, four]);
  });

  it("are equal where there is nothing to judge", async () => {
    const { repo, two } = forked();
    const { change, diff, repository } = await read(repo, atCommit("main", "main"));
    expect([change.mergeBase, change.head, diff, await repository.commits(change)]).toEqual([two, two, { files: [], gaps: [] }, []]);
  });

  it("show nothing for a head that the base already holds", async () => {
    const { repo, one } = forked();
    const { change, diff, repository } = await read(repo, atCommit(one, "main"));
    expect([change.mergeBase, diff.files, await repository.commits(change)]).toEqual([one, [], []]);
  });

  it("judge a merge against its first parent", async () => {
    const { repo, two } = forked();
    repo.merge("feature");
    const { change, diff, repository } = await read(repo, atCommit("HEAD", "HEAD^1"));
    expect(change.mergeBase).toBe(two);
    expect(listing(diff)).toEqual(["added b.txt", "added c.txt"]);
    expect((await repository.commits(change)).map((commit) => commit.message)).toEqual(["Merge feature", "four", "three"]);
  });

  it("take the merge base Git names first where several are as good", async () => {
    const { repo } = forked();
    repo.branch("left", "main");
    repo.branch("right", "feature");
    repo.merge("main", "criss");
    repo.switchTo("left");
    repo.merge("feature", "cross");
    expect(repo.git("merge-base", "--all", "left", "right").split("\n")).toHaveLength(2);
    const { change, diff } = await read(repo, atCommit("right", "left"));
    expect(change.mergeBase).toBe(repo.git("merge-base", "left", "right"));
    expect(diff.gaps).toEqual([]);
  });

  it("start at the empty tree, and say so, where the histories share nothing", async () => {
    const { repo } = forked();
    repo.git("switch", "--quiet", "--orphan", "other");
    const root = repo.commit("root", { "o.txt": "o\n" });
    const { change, diff, repository } = await read(repo, atCommit("other", "main"));
    expect(change).toMatchObject({
      mergeBase: EMPTY_TREE,
      mergeBaseTree: EMPTY_TREE,
      gaps: [{ part: "history", because: expect.stringContaining("share no commit") }],
    });
    expect(listing(diff)).toEqual(["added o.txt"]);
    expect((await repository.commits(change)).map((commit) => commit.id)).toEqual([root]);
    expect(await repository.pastChanges(change.mergeBase, 5)).toEqual([]);
  });

  it("work in a repository that names objects by SHA-256", async () => {
    const repo = makeRepo("--object-format=sha256");
    repo.commit("one", { "a.txt": "1\n" });
    repo.commit("two", { "a.txt": "2\n", "sub/b.txt": "b\n" });
    const { change, diff, repository } = await read(repo, atCommit("HEAD", "HEAD~1"));
    expect(change.head).toHaveLength(64);
    expect(listing(diff)).toEqual(["modified a.txt", "added sub/b.txt"]);
    expect((await repository.readFiles(change.headTree, ["sub/b.txt"])).get("sub/b.txt")?.text).toBe("b\n");
  });

  it("ignore replaced objects, because evidence is bound to ids", async () => {
    const { repo, one, two, four } = forked();
    repo.git("replace", four, two);
    const { change, diff } = await read(repo, atCommit("feature", "main"));
    expect([change.head, change.mergeBase]).toEqual([four, one]);
    expect(listing(diff)).toEqual(["added b.txt", "added c.txt"]);
  });
});

describe("the default base", () => {
  it("is the branch the remote's HEAD names", async () => {
    const { repo } = forked();
    repo.git("branch", "--move", "main", "trunk");
    const clone = repo.clone();
    clone.branch("work");
    clone.commit("more", { "w.txt": "w\n" });
    const { change, diff } = await read(clone, atCommit("HEAD"));
    expect(change.baseName).toBe("trunk");
    expect(listing(diff)).toEqual(["added w.txt"]);
  });

  it("is init.defaultBranch, then the usual names", async () => {
    const { repo, one, two } = forked();
    repo.git("branch", "develop", one);
    const repository = await opened(repo);
    expect(await repository.resolve(atCommit("feature"))).toMatchObject({ base: two, baseName: "main" });
    repo.git("config", "init.defaultBranch", "develop");
    expect(await repository.resolve(atCommit("feature"))).toMatchObject({ base: one, baseName: "develop" });
  });

  it("prefers what others see to a stale local branch", async () => {
    const { repo, two } = forked();
    const clone = repo.clone();
    clone.git("remote", "set-head", "origin", "--delete");
    clone.git("reset", "--quiet", "--hard", "HEAD~1");
    expect(await (await opened(clone)).resolve(atCommit("HEAD"))).toMatchObject({ base: two, baseName: "main" });
  });

  it("is the target CI names, also in a merge queue, and only in CI", async () => {
    const { repo, one, two, four } = forked();
    repo.git("branch", "release/2", one);
    const targets: readonly (readonly [Record<string, string>, string, string])[] = [
      [{ GITHUB_BASE_REF: "release/2", GITHUB_REF: "refs/pull/3/head" }, one, "release/2"],
      [{ GITHUB_REF: `refs/heads/gh-readonly-queue/main/pr-7-${one}` }, one, "main"],
      [{ CI_MERGE_REQUEST_TARGET_BRANCH_NAME: "release/2" }, one, "release/2"],
      [{ BITBUCKET_PR_DESTINATION_BRANCH: "release/2" }, one, "release/2"],
      [{ CHANGE_TARGET: "release/2" }, one, "release/2"],
      [{ SYSTEM_PULLREQUEST_TARGETBRANCH: "refs/heads/release/2" }, one, "release/2"],
      [{ TRAVIS_PULL_REQUEST: "12", TRAVIS_BRANCH: "release/2" }, one, "release/2"],
      [{ TRAVIS_PULL_REQUEST: "false", TRAVIS_BRANCH: "release/2" }, two, "main"],
    ];
    for (const [variables, base, baseName] of targets) {
      const env = { ...repo.env, ...variables };
      expect(await (await opened(repo, { ci: true, env })).resolve(atCommit("feature"))).toMatchObject({ base, baseName, head: four });
      expect(await (await opened(repo, { env })).resolve(atCommit("feature"))).toMatchObject({ base: two, baseName: "main" });
    }
  });

  it("is the first parent of the merge GitHub made for a pull request", async () => {
    const { repo, two } = forked();
    repo.git("switch", "--quiet", "--detach", "main");
    const merge = repo.merge("feature");
    repo.switchTo("main");
    repo.commit("later", { "later.txt": "l\n" });
    const env = { ...repo.env, GITHUB_BASE_REF: "main", GITHUB_REF: "refs/pull/3/merge", GITHUB_SHA: merge };
    const { change, diff } = await read(repo, atCommit(merge), { ci: true, env });
    expect(change).toMatchObject({ base: two, baseName: "main", mergeBase: two });
    expect(listing(diff)).toEqual(["added b.txt", "added c.txt"]);
  });

  it("is the target all the same when the change itself ends with a merge, whose first parent is its own work", async () => {
    const { repo, two } = forked();
    repo.switchTo("feature");
    const merge = repo.merge("main");
    const env = { ...repo.env, GITHUB_BASE_REF: "main", GITHUB_REF: "refs/pull/3/merge", GITHUB_SHA: "f".repeat(40) };
    const { change } = await read(repo, atCommit(merge), { ci: true, env });
    expect(change).toMatchObject({ base: two, baseName: "main", mergeBase: two });
  });

  it("is the branch a bare repository stands on, whatever its name", async () => {
    const { repo, two } = forked();
    repo.git("branch", "--move", "main", "production");
    repo.switchTo("production");
    const bare = repo.clone("--bare");
    const { change } = await read(bare, atCommit("feature"));
    expect(change).toMatchObject({ base: two, baseName: "production" });
  });

  it("is asked for where no usual name exists", async () => {
    const repo = makeRepo();
    repo.commit("one");
    repo.git("branch", "--move", "main", "production");
    await expect((await opened(repo)).resolve(atCommit("HEAD"))).rejects.toMatchObject({
      code: "git/no-default-branch",
      fix: expect.stringContaining("--base"),
    });
  });
});

describe("a revision that names no commit", () => {
  let made: ReturnType<typeof forked> | undefined;
  const refused = async (rev: string, side: "base" | "head"): Promise<unknown> => {
    made ??= forked();
    const repository = await opened(made.repo);
    return repository.resolve(side === "head" ? atCommit(rev, "main") : atCommit("feature", rev)).catch((error: unknown) => error);
  };

  it("is refused with its name and side", async () => {
    for (const side of ["base", "head"] as const) {
      expect(await refused("nowhere", side)).toMatchObject({ code: "git/unknown-revision", exit: 2, message: expect.stringContaining(`${side} \`nowhere\``) });
      expect(await refused("0".repeat(40), side)).toMatchObject({ code: "git/unknown-revision" });
      expect(await refused("main^{tree}", side)).toMatchObject({ code: "git/not-a-commit", message: expect.stringContaining("tree") });
      expect(await refused("main:a.txt", side)).toMatchObject({ code: "git/not-a-commit", message: expect.stringContaining("file") });
      expect(await refused("main..feature", side)).toMatchObject({ code: "git/unknown-revision" });
    }
  });

  it("can be neither an option nor a second question", async () => {
    for (const rev of ["--help", "-p", "--output=/tmp/x", "main\nfeature", "", "main\0"]) {
      expect(isProoflineError(await refused(rev, "head"), "git/unknown-revision"), rev).toBe(true);
      expect(isProoflineError(await refused(rev, "base"), "git/unknown-revision"), rev).toBe(true);
    }
  });

  it("is called ambiguous where it fits several objects", async () => {
    const repo = makeRepo();
    const base = repo.commit("base");
    const ids = new Map<string, string>();
    let twice: string | undefined;
    for (let index = 0; twice === undefined; index += 1) {
      const id = repo.git("commit-tree", "-m", `c${index}`, `${base}^{tree}`);
      const start = id.slice(0, 4);
      if (ids.has(start)) twice = start;
      ids.set(start, id);
    }
    await expect((await opened(repo)).resolve(atCommit(twice, "main"))).rejects.toMatchObject({ code: "git/ambiguous-revision" });
  });
});
