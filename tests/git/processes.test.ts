import { execFileSync, spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { makeFolder, makeRepo } from "../support/repo.ts";
import { atCommit, read } from "./opened.ts";

/** A `git` that notes which command it was asked for and then is Git. */
function countingGit(path: string): { readonly path: string; commands(): string[] } {
  const folder = makeFolder();
  const log = join(folder, "log");
  const real = execFileSync("sh", ["-c", "command -v git"], { encoding: "utf8" }).trim();
  const noting = 'for word; do case "$word" in -c) skip=1;; -*) ;; *) [ -n "$skip" ] && skip= || { echo "$word"; break; };; esac; done';
  writeFileSync(join(folder, "git"), `#!/bin/sh\n${noting} >> ${log}\nexec ${real} "$@"\n`, { mode: 0o755 });
  return { path: `${folder}:${path}`, commands: () => (existsSync(log) ? readFileSync(log, "utf8").trim().split("\n").sort() : []) };
}

describe("reading a change between commits", () => {
  it("takes five Git processes in all, whatever the number of files", async () => {
    const repo = makeRepo();
    repo.commit("one", { "a.ts": "1\n", ".gitattributes": "*.lock -diff\n" });
    repo.branch("work");
    for (let index = 0; index < 40; index += 1) repo.write(`d${index}/f.ts`, `${index}\n`);
    repo.commit("two", { "a.ts": "2\n" });
    repo.commit("three", { "a.ts": "3\n" });
    repo.switchTo("main");
    repo.commit("meanwhile", { "b.ts": "b\n" });
    const counting = countingGit(repo.env["PATH"] ?? "");
    const { repository, change, diff } = await read({ dir: repo.dir, env: { ...repo.env, PATH: counting.path } }, atCommit("work", "main"));
    await repository.commits(change);
    await repository.readBlobs(diff.files.flatMap((file) => file.headBlob ?? []));
    await repository.readFiles(change.base, ["a.ts", "proofline.yaml", ".github/CODEOWNERS"]);
    await repository.listFiles(change.base, ["proofline"]);
    expect(diff.files).toHaveLength(41);
    expect(counting.commands()).toEqual(["cat-file", "diff-tree", "log", "merge-base", "rev-parse"]);
  });
});

describe("a reader that is killed", () => {
  it.skipIf(process.platform !== "linux")("leaves no Git process behind, and its folder to the next", async () => {
    const repo = makeRepo();
    repo.commit("one", { "a.ts": "1\n" });
    repo.write("a.ts", "2\n");
    const temporary = makeFolder();
    const adapter = fileURLToPath(new URL("../../packages/core/src/adapters/git/index.ts", import.meta.url));
    const script = join(makeFolder(), "reader.mts");
    writeFileSync(
      script,
      `import { openRepository } from ${JSON.stringify(adapter)};
const repository = await openRepository(${JSON.stringify(repo.dir)}, { temporaryFolder: ${JSON.stringify(temporary)} });
await repository.resolve({ base: "main", head: { kind: "worktree" } });
console.log("ready");
setInterval(() => {}, 1000);`,
    );
    const reader = spawn(process.execPath, ["--import", "tsx", script], {
      env: { ...repo.env, READER_MARK: temporary },
      stdio: ["ignore", "pipe", "inherit"],
      cwd: fileURLToPath(new URL("../..", import.meta.url)),
    });
    await new Promise<void>((ready, fail) => {
      reader.stdout.once("data", () => ready());
      reader.once("exit", () => fail(new Error("the reader ended early")));
    });
    const children = (): string[] => readdirSync("/proc").filter((pid) => /^\d+$/.test(pid) && marked(pid, temporary));
    expect(children().length).toBeGreaterThan(1);
    const ended = new Promise((done) => reader.once("exit", done));
    reader.kill("SIGKILL");
    await ended;
    for (let round = 0; round < 100 && children().length > 0; round += 1) await new Promise((done) => setTimeout(done, 20));
    expect(children()).toEqual([]);
    expect(readdirSync(temporary)).toHaveLength(1);
    const { repository } = await read(repo, { base: "main", head: { kind: "worktree" } }, { temporaryFolder: temporary });
    await repository.close();
    expect(readdirSync(temporary)).toEqual([]);
  });
});

function marked(pid: string, mark: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, "utf8").includes(`READER_MARK=${mark}`);
  } catch {
    return false;
  }
}
