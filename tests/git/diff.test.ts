import { chmodSync, symlinkSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Diff } from "../../packages/core/src/change/index.ts";
import { makeRepo, type TestRepository } from "../support/repo.ts";
import { atCommit, lineTexts, read } from "./opened.ts";

const diffBetween = async (repo: TestRepository, base = "HEAD~1", head = "HEAD"): Promise<Diff> => (await read(repo, atCommit(head, base))).diff;
const paths = (diff: Diff): string[] => diff.files.map((file) => file.path);

describe("a diff between commits", () => {
  it("tells additions, changes and deletions with their lines", async () => {
    const repo = makeRepo();
    repo.commit("one", { "a.ts": "1\n2\n3\n", "gone.ts": "x\n" });
    repo.commit("two", { "a.ts": "1\nzwei\n3\n4\n", "gone.ts": null, "new.ts": "n" });
    const { files, gaps } = await diffBetween(repo);
    expect(gaps).toEqual([]);
    expect(files.map(({ path, status, added, deleted }) => [path, status, added, deleted])).toEqual([
      ["a.ts", "modified", 2, 1],
      ["gone.ts", "deleted", 0, 1],
      ["new.ts", "added", 1, 0],
    ]);
    expect(files[0]?.hunks.map(({ baseStart, baseCount, headStart, headCount }) => [baseStart, baseCount, headStart, headCount])).toEqual([
      [2, 1, 2, 1],
      [3, 0, 4, 1],
    ]);
    expect(files[2]?.hunks[0]?.lines).toEqual([{ op: "+", text: "n", line: 1, noNewline: true }]);
    expect(files[1]).toMatchObject({ baseMode: "100644", baseBlob: repo.id("HEAD~1:gone.ts") });
    expect(files[1]?.headMode).toBeUndefined();
  });

  it("follows renames and leaves copies new, because a copy is new code", async () => {
    const repo = makeRepo();
    const body = Array.from({ length: 20 }, (_, index) => `line ${index}\n`).join("");
    const other = body.replaceAll("line", "row");
    repo.commit("one", { "a/old.ts": body, "a/kept.ts": other });
    repo.commit("two", { "a/old.ts": null, "b/new.ts": body.replace("line 3", "line three"), "b/copy.ts": other });
    const { files } = await diffBetween(repo);
    expect(files.map(({ path, basePath, status, added, deleted }) => [path, basePath, status, added, deleted])).toEqual([
      ["b/copy.ts", undefined, "added", 20, 0],
      ["b/new.ts", "a/old.ts", "renamed", 1, 1],
    ]);
    expect(files[1]?.similarity).toBeGreaterThan(80);
  });

  it("tells modes, and a change of mode alone has no lines", async () => {
    const repo = makeRepo();
    repo.commit("one", { "run.sh": "echo\n" });
    chmodSync(join(repo.dir, "run.sh"), 0o755);
    repo.commit("two");
    expect((await diffBetween(repo)).files).toMatchObject([
      { path: "run.sh", status: "modified", baseMode: "100644", headMode: "100755", hunks: [], binary: false },
    ]);
  });

  it("shows where a symlink points, and both sides where a file becomes a link", async () => {
    const repo = makeRepo();
    symlinkSync("there", join(repo.dir, "link"));
    repo.commit("one", { "file.txt": "text\n", "z.txt": "z\n" });
    unlinkSync(join(repo.dir, "link"));
    unlinkSync(join(repo.dir, "file.txt"));
    symlinkSync("elsewhere", join(repo.dir, "link"));
    symlinkSync("target", join(repo.dir, "file.txt"));
    repo.commit("two", { "z.txt": "y\n" });
    const diff = await diffBetween(repo);
    expect(diff.files.map((file) => [file.path, file.status, file.baseMode, file.headMode])).toEqual([
      ["file.txt", "type-changed", "100644", "120000"],
      ["link", "modified", "120000", "120000"],
      ["z.txt", "modified", "100644", "100644"],
    ]);
    expect(lineTexts(diff)).toEqual(["-text", "+target", "-there", "+elsewhere", "-z", "+y"]);
  });

  it("tells the commits of a submodule and no lines, also where a folder of files becomes one", async () => {
    const inner = makeRepo();
    const first = inner.commit("inner one", { "x.txt": "1\n" });
    const second = inner.commit("inner two", { "x.txt": "2\n" });
    const repo = makeRepo();
    repo.commit("zero", { "m.txt": "file\n", "z.txt": "z\n" });
    const zero = "0".repeat(40);
    repo.gitWith(`160000 ${first}\tsub\n0 ${zero}\tm.txt\n160000 ${first}\tm.txt\n`, "update-index", "--index-info");
    repo.git("commit", "--quiet", "--message", "one");
    repo.gitWith(`160000 ${second}\tsub\n100644 ${repo.id("HEAD:z.txt")}\tm.txt\n`, "update-index", "--index-info");
    repo.git("commit", "--quiet", "--message", "two");
    const forward = await diffBetween(repo);
    expect(forward.files).toMatchObject([
      { path: "m.txt", status: "type-changed", baseMode: "160000", headMode: "100644" },
      { path: "sub", status: "modified", baseBlob: first, headBlob: second, hunks: [], binary: false, added: 0, deleted: 0 },
    ]);
    expect(lineTexts(forward)).toEqual(["+z"]);
    const back = await diffBetween(repo, "HEAD~2", "HEAD~1");
    expect(back.files).toMatchObject([
      { path: "m.txt", status: "type-changed", headMode: "160000" },
      { path: "sub", status: "added", hunks: [] },
    ]);
    expect(lineTexts(back)).toEqual(["-file"]);
  });

  it("flags CRLF instead of leaving it in the text", async () => {
    const repo = makeRepo();
    repo.commit("one", { "a.txt": "one\ntwo\n" });
    repo.commit("two", { "a.txt": "one\r\ntwo\n" });
    expect((await diffBetween(repo)).files[0]?.hunks[0]?.lines).toEqual([
      { op: "-", text: "one", line: 1 },
      { op: "+", text: "one", line: 1, crlf: true },
    ]);
  });

  it("reads paths with spaces, quotes, line breaks, tabs, and bytes that are not UTF-8", async () => {
    const repo = makeRepo();
    const odd = ['with "quotes" and spaces.ts', "line\nbreak.ts", "tab\there.ts", "größe.ts", "back\\slash.ts"];
    repo.commit("one", { "start.ts": "0\n" });
    for (const path of odd) repo.write(path, `${path}\n`);
    writeFileSync(Buffer.concat([Buffer.from(`${repo.dir}/caf`), Buffer.from([0xe9])]), "latin\n");
    repo.commit("two");
    const { repository, change, diff } = await read(repo, atCommit("HEAD", "HEAD~1"));
    const all = [...odd, "caf\\351"].sort();
    expect(paths(diff).sort()).toEqual(all);
    expect([...(await repository.readFiles(change.headTree, all)).values()].map((file) => file.text).sort()).toEqual(
      [...odd.map((path) => `${path}\n`), "latin\n"].sort(),
    );
    expect((await repository.listFiles(change.headTree)).map((file) => file.path).sort()).toEqual([...all, "start.ts"].sort());
  });

  it("says which files are binary, and which are only too large to read", async () => {
    const repo = makeRepo();
    repo.commit("one", { "bin.dat": Buffer.from([1, 0, 2]), "large.txt": "line\n".repeat(1_000_000), "near.txt": "line\n".repeat(700_000) });
    repo.commit("two", { "bin.dat": Buffer.from([1, 0, 3]), "large.txt": "Line\n".repeat(1_000_000), "near.txt": `first\n${"line\n".repeat(700_000)}` });
    expect((await diffBetween(repo)).files.map(({ path, binary, tooLarge, added }) => [path, binary, tooLarge, added])).toEqual([
      ["bin.dat", true, undefined, 0],
      ["large.txt", true, true, 0],
      ["near.txt", false, undefined, 1],
    ]);
  });

  it("names the function or class around a change, in JavaScript and TypeScript the one at the left margin", async () => {
    const repo = makeRepo();
    const source = (value: number): string =>
      `export namespace Cart {\n  function total(items) {\n    const a = 1;\n    const b = 2;\n    const c = 3;\n    return ${value};\n  }\n}\n`;
    const python = (value: number): string =>
      `class Cart:\n    def total(self, items):\n        a = 1\n        b = 2\n        c = 3\n        return ${value}\n`;
    repo.commit("one", { "cart.ts": source(1), "cart.py": python(1) });
    repo.commit("two", { "cart.ts": source(2), "cart.py": python(2) });
    expect((await diffBetween(repo)).files.map((file) => file.hunks[0]?.heading.trim())).toEqual(["def total(self, items):", "export namespace Cart {"]);
  });

  it("obeys none of the user's settings that change output", async () => {
    const repo = makeRepo();
    repo.commit("one", { "a.ts": "one\ntwo\nthree\n", "b.ts": "same\n".repeat(9) });
    repo.commit("two", { "a.ts": "one\nZWEI\nthree\n", "b.ts": null, "c.ts": "same\n".repeat(9) });
    const plain = await diffBetween(repo);
    const commands = [
      "[diff]",
      "noprefix=true",
      "mnemonicPrefix=true",
      "renames=false",
      "algorithm=patience",
      "context=9",
      "external=false",
      "orderFile=order",
      "wsErrorHighlight=all",
      "colorMoved=zebra",
    ];
    writeFileSync(
      join(repo.home, ".gitconfig"),
      [
        ...commands,
        "[color]",
        "ui=always",
        "diff=always",
        "[core]",
        "pager=false",
        "abbrev=7",
        "[log]",
        "showSignature=true",
        '[diff "proofline-javascript"]',
        "command=false",
        "textconv=false",
        "binary=true",
        "[submodule]",
        "diff=log",
      ].join("\n"),
    );
    repo.git("config", "diff.noprefix", "true");
    expect(await diffBetween(repo)).toEqual(plain);
    expect(lineTexts(plain)).toEqual(["-two", "+ZWEI"]);
  });

  it("cannot be blinded by attributes of the head or of the checkout, but follows the target's own", async () => {
    const repo = makeRepo();
    repo.commit("one", { "a.ts": "one\n", "dist.lock": "one\n", ".gitattributes": "*.lock -diff\n" });
    repo.commit("two", { "a.ts": "two\n", "dist.lock": "two\n", ".gitattributes": "*.lock -diff\n*.ts binary\n" });
    const { files } = await diffBetween(repo);
    expect(files.map(({ path, binary, added }) => [path, binary, added])).toEqual([
      [".gitattributes", false, 1],
      ["a.ts", false, 1],
      ["dist.lock", true, 0],
    ]);
  });

  it("says when there were too many files to look for renames, and does not search for minutes", async () => {
    const repo = makeRepo();
    const text = (index: number): string => Array.from({ length: 8 }, (_, line) => `${(index * 7919 + line * 104_729) % 9_973} of ${index}\n`).join("");
    for (let index = 0; index < 1_100; index += 1) repo.write(`a/m${index}.txt`, text(index));
    repo.commit("one");
    for (let index = 0; index < 1_100; index += 1) repo.write(`b/x${index}y.txt`, `${text(index)}more\n`);
    repo.commit("two", { a: null });
    const { files, gaps } = await diffBetween(repo);
    expect(files).toHaveLength(2_200);
    expect(gaps).toMatchObject([{ part: "history", because: expect.stringContaining("more than 1000 files") }]);
  });
});
