import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { ChangeRequest } from "../../packages/core/src/change/index.ts";
import { makeFolder, makeRepo } from "../support/repo.ts";
import { lineTexts, listing, opened, read } from "./opened.ts";

const patched = (text: string | undefined, file = "change.patch"): ChangeRequest => ({
  base: "main",
  head: { kind: "patch", file, ...(text !== undefined && { text }) },
});

function started() {
  const repo = makeRepo();
  repo.commit("one", { "src/a.ts": "one\ntwo\nthree\nfour\n", "src/win.ts": "one\r\ntwo\r\nthree\r\n", "bin.dat": Buffer.from([0, 1]) });
  return repo;
}

const PLAIN = "--- a/src/a.ts\n+++ b/src/a.ts\n@@ -1,4 +1,4 @@\n one\n-two\n+zwei\n three\n four\n";

describe("a patch as a head", () => {
  it("is applied to the base, whatever is in the working tree", async () => {
    const repo = started();
    repo.write("src/a.ts", "dirty\n");
    const { change, diff, repository } = await read(repo, patched(PLAIN));
    expect(change).toMatchObject({ headKind: "patch", headName: "change.patch", mergeBase: repo.id("main"), base: repo.id("main") });
    expect(lineTexts(diff)).toEqual(["-two", "+zwei"]);
    expect(await repository.commits(change)).toEqual([]);
  });

  it("may come from a file, with renames, modes and binary content", async () => {
    const repo = started();
    repo.branch("work");
    repo.git("mv", "src/a.ts", "src/renamed.ts");
    repo.commit("two", { "bin.dat": Buffer.from([0, 2]), "caf.txt": Buffer.from("gr\xfcn\n", "latin1") });
    const file = join(makeFolder(), "full.patch");
    writeFileSync(file, execFileSync("git", ["diff", "--binary", "main", "work"], { cwd: repo.dir, env: repo.env }));
    const { change, diff } = await read(repo, patched(undefined, file));
    expect(change.headTree).toBe(repo.id("work^{tree}"));
    expect(listing(diff)).toEqual(["modified bin.dat", "added caf.txt", "renamed src/renamed.ts"]);
  });

  it("may be made by diff -u, with or without a leading folder", async () => {
    const repo = started();
    const folder = makeFolder();
    writeFileSync(join(folder, "a.ts"), "one\n2\nthree\nfour\n");
    const made = (strip: string): string =>
      PLAIN.replace("a/src/a.ts", `${strip}src/a.ts\t2024-01-01 10:00:00.000000000 +0100`).replace(
        "b/src/a.ts",
        `${strip}src/a.ts\t2024-01-01 10:00:01.000000000 +0100`,
      );
    for (const strip of ["", "./", "project/"]) expect(lineTexts((await read(repo, patched(made(strip)))).diff)).toEqual(["-two", "+zwei"]);
  });

  it("may have been saved with Windows line ends, for files with either", async () => {
    const repo = started();
    const windows = (text: string): string => text.replaceAll("\n", "\r\n");
    expect(lineTexts((await read(repo, patched(windows(PLAIN)))).diff)).toEqual(["-two", "+zwei"]);
    const forWindows = "diff --git a/src/win.ts b/src/win.ts\n--- a/src/win.ts\n+++ b/src/win.ts\n@@ -1,3 +1,3 @@\n one\r\n-two\r\n+zwei\r\n three\r\n";
    for (const text of [forWindows, windows(forWindows.replaceAll("\r\n", "\n"))]) {
      const { diff } = await read(repo, patched(text));
      expect(diff.files[0]?.hunks[0]?.lines).toEqual([
        { op: "-", text: "two", line: 2, crlf: true },
        { op: "+", text: "zwei", line: 2, crlf: true },
      ]);
    }
  });

  it("changes nothing when it is empty", async () => {
    expect((await read(started(), patched(" \n"))).diff.files).toEqual([]);
  });

  it("is refused with file and line where it does not apply", async () => {
    const repository = await opened(started());
    const refusals: readonly (readonly [string, string])[] = [
      [PLAIN.replace("-two", "-2"), "src/a.ts:1"],
      [PLAIN.replaceAll("src/a.ts", "src/none.ts"), "src/none.ts"],
      [PLAIN.replace(" four\n", ""), "of the patch"],
      ["this is no patch\n", "no unified diff"],
      ["--- /dev/null\n+++ b/src/a.ts\n@@ -0,0 +1 @@\n+x\n", "src/a.ts"],
      ["diff --git a/bin.dat b/bin.dat\nindex 1234567..89abcde 100644\nBinary files a/bin.dat and b/bin.dat differ\n", "bin.dat"],
    ];
    for (const [text, says] of refusals) {
      await expect(repository.resolve(patched(text))).rejects.toMatchObject({ code: "git/patch-does-not-apply", message: expect.stringContaining(says) });
    }
  });

  it("cannot leave the repository or reach into .git", async () => {
    const repository = await opened(started());
    for (const path of ["../outside", "/etc/passwd", ".git/config", "a/../../outside"]) {
      const text = `diff --git a/${path} b/${path}\nnew file mode 100644\n--- /dev/null\n+++ b/${path}\n@@ -0,0 +1 @@\n+x\n`;
      await expect(repository.resolve(patched(text)), path).rejects.toMatchObject({ code: "git/patch-does-not-apply" });
    }
  });

  it("is refused by name where it can't be read", async () => {
    const repository = await opened(started());
    for (const file of [join(makeFolder(), "none.patch"), makeFolder()]) {
      await expect(repository.resolve(patched(undefined, file))).rejects.toMatchObject({
        code: "git/patch-unreadable",
        message: expect.stringContaining(file),
      });
    }
  });
});

describe("a composed tree", () => {
  it("is the base with paths set and removed, folders giving way to files and files to folders", async () => {
    const repo = started();
    repo.branch("work");
    repo.commit("two", { "test/a.test.ts": "test\n", "src/a.ts": null, "src/a.ts/deep.ts": "deep\n" });
    const repository = await opened(repo);
    const head = new Map((await repository.listFiles("HEAD")).map((entry) => [entry.path, entry]));
    const tree = await repository.composeTree(
      "main",
      new Map([
        ["test/a.test.ts", head.get("test/a.test.ts") ?? null],
        ["src/a.ts", null],
        ["src/a.ts/deep.ts", head.get("src/a.ts/deep.ts") ?? null],
        ["bin.dat", null],
        ["never/was.ts", null],
      ]),
    );
    expect((await repository.listFiles(tree)).map((entry) => entry.path)).toEqual(["src/a.ts/deep.ts", "src/win.ts", "test/a.test.ts"]);
    expect((await repository.readFiles(tree, ["test/a.test.ts"])).get("test/a.test.ts")?.text).toBe("test\n");
    expect(await repository.composeTree("main", new Map())).toBe(repo.id("main^{tree}"));
    expect(() => repo.git("cat-file", "-e", tree)).toThrow();
    expect(repository.objectDirectories()).toHaveLength(1);
  });

  it("refuses paths that leave it", async () => {
    const repo = started();
    const repository = await opened(repo);
    const blob = repo.id("main:src/a.ts");
    for (const path of ["../out", ".git/hooks/post-commit", "/abs", "a//b"]) {
      await expect(repository.composeTree("main", new Map([[path, { blob, mode: "100644" }]])), path).rejects.toMatchObject({ code: "git/impossible-tree" });
    }
  });
});
