import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { makeRepo } from "../support/repo.ts";
import { atCommit, opened, read } from "./opened.ts";

describe("commits of a change", () => {
  it("tell who, when, why and with which trailers", async () => {
    const repo = makeRepo();
    const base = repo.commit("base");
    repo.commit("fix: total\n\nLong text\nover lines: with colons\n\nCo-authored-by: Claude\n  <noreply@anthropic.com>\nChange-Type: fix");
    repo.commit("");
    const { change, repository } = await read(repo, atCommit("HEAD", base));
    const [empty, fix] = await repository.commits(change);
    expect(fix).toEqual({
      id: repo.id("HEAD~1"),
      parents: [base],
      author: { name: "Ada", email: "ada@example.org" },
      committer: { name: "Ada", email: "ada@example.org" },
      authoredAt: 1_704_067_260,
      committedAt: 1_704_067_260,
      message: "fix: total\n\nLong text\nover lines: with colons\n\nCo-authored-by: Claude\n  <noreply@anthropic.com>\nChange-Type: fix",
      trailers: [
        { key: "Co-authored-by", value: "Claude <noreply@anthropic.com>" },
        { key: "Change-Type", value: "fix" },
      ],
    });
    expect(empty).toMatchObject({ message: "", trailers: [] });
  });

  it("are read as UTF-8 whatever they were written in, whatever the user's log settings", async () => {
    const repo = makeRepo();
    const base = repo.commit("base");
    repo.git("config", "i18n.commitEncoding", "ISO-8859-1");
    const tree = repo.id("HEAD^{tree}");
    const id = repo.gitWith(Buffer.from("gr\xfcn\n", "latin1"), "commit-tree", tree, "-p", base, "-F", "-");
    writeFileSync(
      join(repo.home, ".gitconfig"),
      "[log]\nshowSignature = true\ndecorate = full\nfollow = true\nshowRoot = false\n[format]\npretty = oneline\n[i18n]\nlogOutputEncoding = UTF-16\n[trailer]\nseparators = %\n",
    );
    const { change, repository } = await read(repo, atCommit(id, base));
    expect((await repository.commits(change)).map((commit) => commit.message)).toEqual(["grün"]);
    expect(await repository.pastChanges(id, 1)).toMatchObject([{ id, message: "grün", files: [] }]);
  });
});

describe("earlier changes", () => {
  it("are none before the first commit", async () => {
    const repository = await opened(makeRepo());
    expect([await repository.pastChanges("HEAD", 5), await repository.landings("HEAD", 5), await repository.contributors("HEAD", 90)]).toEqual([[], [], []]);
  });

  it("come newest first with sizes per file, merges and the very first left out", async () => {
    const repo = makeRepo();
    repo.commit("first", { "whole.ts": "1\n" });
    repo.commit("one", { "a.ts": "1\n2\n", 'odd "name"\n.ts': "x\n", "b.bin": Buffer.from([0]) });
    repo.branch("side");
    repo.commit("two", { "a.ts": "1\nzwei\n3\n" });
    repo.switchTo("main");
    repo.commit("nothing");
    repo.merge("side");
    const repository = await opened(repo);
    const changes = await repository.pastChanges("HEAD", 10);
    expect(changes.map(({ message, files }) => [message, files])).toEqual([
      ["nothing", []],
      ["two", [{ path: "a.ts", added: 2, deleted: 1 }]],
      [
        "one",
        [
          { path: "a.ts", added: 2, deleted: 0 },
          { path: "b.bin", added: 0, deleted: 0 },
          { path: 'odd "name"\n.ts', added: 1, deleted: 0 },
        ],
      ],
    ]);
    expect(await repository.touchedPaths("HEAD", 10)).toEqual([[], ["a.ts"], ["a.ts", "b.bin", 'odd "name"\n.ts']]);
    expect((await repository.pastChanges("HEAD", 1)).map((change) => change.message)).toEqual(["nothing"]);
    repo.commit("lock", { "package-lock.json": "line\n".repeat(60_000), "a.ts": "1\n" });
    expect((await repository.pastChanges("HEAD", 1))[0]?.files).toEqual([
      { path: "a.ts", added: 0, deleted: 2 },
      { path: "package-lock.json", added: 0, deleted: 0 },
    ]);
    await expect(repository.pastChanges("nowhere", 1)).rejects.toMatchObject({ code: "git/unknown-revision" });
  });

  it("land as merges where merging is the habit, else as commits", async () => {
    const repo = makeRepo();
    repo.commit("start");
    for (let index = 0; index < 4; index += 1) {
      repo.branch(`topic-${index}`);
      repo.commit(`work ${index}`);
      repo.switchTo("main");
      repo.merge(`topic-${index}`, `Merge ${index}`);
    }
    const repository = await opened(repo);
    const messages = async (count: number) => (await repository.landings("HEAD", count)).map((commit) => commit.message);
    expect(await messages(10)).toEqual(["Merge 3", "Merge 2", "Merge 1", "Merge 0", "start"]);
    repo.branch("topic-4");
    repo.commit("work 4");
    repo.switchTo("main");
    repo.commit("direct");
    repo.merge("topic-4", "Merge 4");
    expect(await messages(10)).toEqual(["Merge 4", "Merge 3", "Merge 2", "Merge 1", "Merge 0"]);
    expect(await messages(2)).toEqual(["Merge 4", "Merge 3"]);
  });

  it("count people in the days before the commit's own date, under the names of .mailmap", async () => {
    const repo = makeRepo();
    const by = (name: string, email: string, days: number, files = {}) => {
      for (const [path, content] of Object.entries(files)) repo.write(path, content as string);
      repo.git("add", "--all");
      const at = `${Date.UTC(2024, 5, 1) / 1000 + days * 86_400} +0000`;
      const env = { ...repo.env, GIT_AUTHOR_NAME: name, GIT_AUTHOR_EMAIL: email, GIT_AUTHOR_DATE: at, GIT_COMMITTER_DATE: at };
      execFileSync("git", ["commit", "--quiet", "--allow-empty", "--message", `${name} ${days}`], { cwd: repo.dir, env });
    };
    by("Old Hand", "old@example.org", 0);
    by("Ada", "ada@example.org", 100);
    by("A. L.", "ada@old.example.org", 101, { ".mailmap": "Ada <ada@example.org> <ada@old.example.org>\n" });
    by("Grace", "grace@example.org", 102);
    const repository = await opened(repo);
    expect(await repository.contributors("HEAD", 90)).toEqual([
      { name: "Ada", email: "ada@example.org", commits: 2 },
      { name: "Grace", email: "grace@example.org", commits: 1 },
    ]);
    expect(await repository.contributors("HEAD~1", 500)).toHaveLength(2);
  });
});
