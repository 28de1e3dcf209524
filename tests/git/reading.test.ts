import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { makeRepo } from "../support/repo.ts";
import { opened } from "./opened.ts";

describe("reading files of a tree", () => {
  it("gives texts, and says why there is none", async () => {
    const repo = makeRepo();
    symlinkSync("text.txt", join(repo.dir, "link"));
    repo.write("text.txt", "größe\n");
    repo.write("latin.txt", Buffer.from("gr\xfcn\n", "latin1"));
    repo.write("bin.dat", Buffer.from([1, 0, 2]));
    repo.write("large.txt", "x".repeat(5 * 1024 * 1024));
    repo.write("empty", "");
    repo.write("deep/er/file.ts", "deep\n");
    const one = repo.commit("one");
    repo.gitWith(`160000 ${one}\tsub\n`, "update-index", "--index-info");
    repo.git("commit", "--quiet", "--message", "two");
    const repository = await opened(repo);
    const paths = [
      "text.txt",
      "latin.txt",
      "bin.dat",
      "large.txt",
      "empty",
      "deep/er/file.ts",
      "link",
      "sub",
      "deep",
      "none",
      "text.txt/x",
      "sub/x",
      "",
      "../text.txt",
      "/text.txt",
      "deep//er/file.ts",
      "a\nb",
      "-x",
    ];
    for (const at of ["HEAD", repo.id("HEAD"), repo.id("HEAD^{tree}")]) {
      const files = await repository.readFiles(at, paths);
      expect(Object.fromEntries([...files].map(([path, { text, why }]) => [path, why ?? text]))).toEqual({
        "text.txt": "größe\n",
        "latin.txt": "grün\n",
        "bin.dat": "binary",
        "large.txt": "too-large",
        empty: "",
        "deep/er/file.ts": "deep\n",
        link: "symlink",
        sub: "submodule",
      });
      expect(files.get("large.txt")).toEqual({ blob: repo.id("HEAD:large.txt"), bytes: 5 * 1024 * 1024, why: "too-large" });
    }
    await expect(repository.readFiles("0".repeat(40), ["a"])).rejects.toMatchObject({ code: "git/missing-object" });
  });

  it("answers thousands of questions at once, each with its own answer", async () => {
    const repo = makeRepo();
    const paths = Array.from({ length: 3_000 }, (_, index) => `d${index % 50}/f${index}.txt`);
    for (const path of paths) repo.write(path, `${path}\n`.repeat(1 + (path.length % 7)));
    repo.commit("many");
    const repository = await opened(repo);
    const files = await repository.readFiles("HEAD", paths);
    expect(paths.every((path) => files.get(path)?.text?.startsWith(`${path}\n`))).toBe(true);
    const blobs = await repository.readBlobs(["no id", "0".repeat(40), ...[...files.values()].map((file) => file.blob), "HEAD\nHEAD"]);
    expect([...blobs.values()].filter((blob) => blob.why === "missing").map((blob) => blob.blob)).toEqual(["no id", "0".repeat(40), "HEAD\nHEAD"]);
    expect([...blobs.values()].filter((blob) => blob.text !== undefined)).toHaveLength(3_000);
  });

  it("lists files, below some folders only if named", async () => {
    const repo = makeRepo();
    repo.commit("one", { "a.ts": "a\n", "docs/x.md": "x\n", "docs/sub/y.md": "y\n", "docsy/z.md": "z\n" });
    const repository = await opened(repo);
    const listed = async (under?: readonly string[]) => (await repository.listFiles("HEAD", under)).map((entry) => entry.path);
    expect(await listed()).toEqual(["a.ts", "docs/sub/y.md", "docs/x.md", "docsy/z.md"]);
    expect(await listed(["docs/", "none", "docs/sub", "a.ts"])).toEqual(["docs/sub/y.md", "docs/x.md", "a.ts"]);
    expect(await listed([])).toEqual([]);
    expect((await repository.listFiles("HEAD", ["a.ts"]))[0]).toEqual({ path: "a.ts", mode: "100644", blob: repo.id("HEAD:a.ts") });
  });
});
