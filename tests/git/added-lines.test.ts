import { describe, expect, it } from "vitest";
import { makeRepo } from "../support/repo.ts";
import { opened } from "./opened.ts";

// Put together here so that this file holds no key itself; it was never valid.
const token = (last: string): string => ["sk", "live", `4eC39HqLyjW7arjtT1zd8Qb${last}`].join("_");

describe("lines that commits add on their way", () => {
  it("are told with commit, file and line, newest commit first, also where a later one removes them", async () => {
    const repo = makeRepo();
    const base = repo.commit("base", { "a.js": "1\n2\n3\n4\n5\n6\n" });
    const first = repo.commit("one", { "a.js": `1\n2\n3\n4\n5\n6\n7\n8\nkey("${token("2")}")\n` });
    const second = repo.commit("two", { "a.js": "1\n", "b.js": `"${token("3")}"\n` });
    repo.commit("three", { "b.js": null });
    const { lines, whole } = await (await opened(repo)).secretLinesOfCommits({ base, head: "HEAD" });
    expect(whole).toBe(true);
    expect(lines.filter(({ text }) => text.includes("sk_live")).map(({ commit, file, line }) => [commit, file, line])).toEqual([
      [second, "b.js", 1],
      [first, "a.js", 9],
    ]);
    expect(lines).toContainEqual({ commit: first, file: "a.js", line: 8, text: "8" });
  });

  it("are found whatever the files are called, say or claim to be", async () => {
    const repo = makeRepo();
    const base = repo.commit("base", { "x.txt": "x\n" });
    const names = ["with space.js", 'quo"te.js', "back\\slash.js", "ünï.js", "+++ plus.js"];
    repo.commit("all", { ".gitattributes": "*.js binary\n", "trap.js": `--- a/evil\n+++ b/evil\n@@ -1 +1 @@\ncommit ${"0".repeat(40)}\n${token("4")}\n`, ...Object.fromEntries(names.map((name) => [name, `${token("5")}\r\n`])) });
    repo.commit("gone", { "x.txt": "y\n", ".gitattributes": null, "trap.js": null, ...Object.fromEntries(names.map((name) => [name, null])) });
    repo.write(".gitattributes", "*.js binary\n");
    const { lines } = await (await opened(repo)).secretLinesOfCommits({ base, head: "HEAD" });
    const found = lines.filter(({ text }) => text.includes("sk_live"));
    expect(found.map(({ file }) => file).sort()).toEqual([...names, "trap.js"].sort());
    expect(found.find(({ file }) => file === "trap.js")).toMatchObject({ line: 5, commit: repo.id("HEAD~1") });
    expect(found.find(({ file }) => file === "ünï.js")?.text).toBe(token("5"));
  });

  it("are read from the first commit where nothing is older, and said to be partial where history is missing", async () => {
    const repo = makeRepo();
    const root = repo.commit("root", { "a.js": `${token("6")}\n` });
    repo.commit("clean", { "a.js": "1\n" });
    const { lines, whole } = await (await opened(repo)).secretLinesOfCommits({ head: "HEAD" });
    expect([whole, lines.map(({ commit }) => commit)]).toEqual([true, [root]]);
    expect(await (await opened(repo)).secretLinesOfCommits({ base: "0".repeat(40), head: "HEAD" })).toEqual({ lines: [], whole: false });
  });
});
