import { chownSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openRepository } from "../../packages/core/src/adapters/git/index.ts";
import { makeFolder, makeRepo } from "../support/repo.ts";
import { atCommit, opened } from "./opened.ts";

const playedGit = (script: string): string => {
  const folder = makeFolder();
  writeFileSync(join(folder, "git"), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  return folder;
};

describe("opening a repository", () => {
  it("finds it from any folder inside", async () => {
    const repo = makeRepo();
    repo.commit("one", { "deep/er/a.ts": "a\n" });
    expect(await opened({ dir: join(repo.dir, "deep", "er"), env: repo.env })).toMatchObject({
      root: repo.dir,
      gitDir: join(repo.dir, ".git"),
      bare: false,
      shallow: false,
    });
  });

  it("fails by name where there is none, or no folder", async () => {
    const folder = makeFolder();
    const { env } = makeRepo();
    await expect(openRepository(folder, { env })).rejects.toMatchObject({ code: "git/not-a-repository", message: expect.stringContaining(folder) });
    await expect(openRepository(join(folder, "none"), { env })).rejects.toMatchObject({ code: "git/no-such-folder" });
    writeFileSync(join(folder, "file"), "");
    await expect(openRepository(join(folder, "file"), { env })).rejects.toMatchObject({ code: "git/no-such-folder" });
  });

  it("fails by name where Git is missing or too old", async () => {
    const repo = makeRepo();
    await expect(openRepository(repo.dir, { env: { ...repo.env, PATH: makeFolder() } })).rejects.toMatchObject({
      code: "git/not-installed",
      fix: expect.stringContaining("Install Git"),
    });
    const old = playedGit('for last; do :; done; case "$last" in version) echo "git version 1.8.3.1";; *) echo /repo/.git; echo --path-format=absolute;; esac');
    await expect(openRepository(repo.dir, { env: { ...repo.env, PATH: old } })).rejects.toMatchObject({
      code: "git/too-old",
      message: expect.stringContaining("1.8.3.1"),
    });
  });

  it("fails by name where Git does not trust the owner", async () => {
    const repo = makeRepo();
    repo.commit("one");
    const env = { ...repo.env, GIT_TEST_ASSUME_DIFFERENT_OWNER: "1" };
    await expect(openRepository(repo.dir, { env })).rejects.toMatchObject({
      code: "git/untrusted-owner",
      fix: expect.stringContaining(`safe.directory '${repo.dir}'`),
    });
  });

  it.skipIf(process.getuid?.() !== 0)("fails by name in a repository that really belongs to another user", async () => {
    const repo = makeRepo();
    repo.commit("one");
    for (const path of ["", ".git"]) chownSync(join(repo.dir, path), 65_534, 65_534);
    await expect(openRepository(repo.dir, { env: repo.env })).rejects.toMatchObject({ code: "git/untrusted-owner" });
    const trusting = { ...repo.env, GIT_CONFIG_COUNT: "1", GIT_CONFIG_KEY_0: "safe.directory", GIT_CONFIG_VALUE_0: repo.dir };
    expect(await opened({ dir: repo.dir, env: trusting })).toMatchObject({ root: repo.dir });
  });

  it("fails by name where the repository's files make no sense", async () => {
    const repo = makeRepo();
    writeFileSync(join(repo.dir, ".git", "config"), "[core\n");
    await expect(openRepository(repo.dir, { env: repo.env })).rejects.toMatchObject({ code: "git/damaged", message: expect.stringContaining("config") });
    const newer = makeRepo();
    newer.git("config", "core.repositoryformatversion", "9");
    await expect(openRepository(newer.dir, { env: newer.env })).rejects.toMatchObject({ code: "git/too-old" });
    const linked = makeFolder();
    writeFileSync(join(linked, ".git"), "gitdir: /nowhere\n");
    await expect(openRepository(linked, { env: newer.env })).rejects.toMatchObject({ code: "git/not-a-repository" });
  });

  it("says that there is nothing to compare with before the first commit", async () => {
    const repo = makeRepo();
    repo.write("a.ts", "a\n");
    const repository = await opened(repo);
    await expect(repository.resolve({ head: { kind: "worktree" } })).rejects.toMatchObject({ code: "git/no-commits" });
    await expect(repository.resolve(atCommit("HEAD"))).rejects.toMatchObject({ code: "git/no-commits" });
  });

  it("may be closed twice, and without having been used", async () => {
    const repo = makeRepo();
    const repository = await openRepository(repo.dir, { env: repo.env });
    await repository.close();
    await repository.close();
  });

  it("runs neither hooks nor monitors of the repository", async () => {
    const repo = makeRepo();
    repo.commit("one", { "a.ts": "a\n" });
    const marker = join(makeFolder(), "ran");
    const script = join(repo.dir, ".git", "run.sh");
    writeFileSync(script, `#!/bin/sh\necho "$0" >> ${marker}\n`, { mode: 0o755 });
    for (const setting of ["core.fsmonitor", "core.pager", "diff.external", "core.sshCommand", "pager.log", "pager.diff-tree"])
      repo.git("config", setting, script);
    mkdirSync(join(repo.dir, ".git", "hooks"), { recursive: true });
    for (const hook of ["post-index-change", "reference-transaction", "fsmonitor-watchman"])
      writeFileSync(join(repo.dir, ".git", "hooks", hook), `#!/bin/sh\necho ${hook} >> ${marker}\n`, { mode: 0o755 });
    repo.write("b.ts", "b\n");
    const repository = await opened(repo);
    const change = await repository.resolve({ base: "main", head: { kind: "worktree" } });
    await repository.diff(change);
    await repository.landings("HEAD", 5);
    const { existsSync } = await import("node:fs");
    expect(existsSync(marker)).toBe(false);
  });
});
