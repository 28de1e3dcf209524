import { describe, expect, it } from "vitest";
import type { TestFailure } from "#evidence";
import { filesInNeedOfBuild } from "./built-files.ts";
import { mergeCollected, type Collected } from "./collect-results.ts";

const TREE = { files: ["package.json", "lib/index.js", "lib/rules.js", "lib/words.json", "spec/a.spec.js", "spec/deep/b.spec.js"], ownPackages: ["it"] };

function unloaded(file: string, failure: Partial<TestFailure>): Collected {
  return { ...mergeCollected([]), unloaded: [{ file, failure: { kind: "load", message: "Cannot find module", ...failure } }] };
}

describe("files in need of a build", () => {
  it.each([
    ["spec/a.spec.js", ".."],
    ["spec/a.spec.js", "../"],
    ["spec/deep/b.spec.js", "../.."],
  ])("are those whose test asks for its package by the folder: %s asks for %s", (file, missing) => {
    expect(filesInNeedOfBuild(unloaded(file, { missing }), TREE)).toEqual([file]);
  });

  it("are those for which Node misses the entry a manifest names, unless that lies outside of the tree", () => {
    const message = `Cannot find module 'made/index.js'. Please verify that the package.json has a valid "main" entry`;
    expect(filesInNeedOfBuild(unloaded("spec/a.spec.js", { message, missing: "made/index.js" }), TREE)).toEqual(["spec/a.spec.js"]);
    expect(filesInNeedOfBuild(unloaded("spec/a.spec.js", { message, missing: "/elsewhere/made/index.js" }), TREE)).toEqual([]);
  });

  it("are none where the folder asked for holds no manifest", () => {
    expect(filesInNeedOfBuild(unloaded("spec/deep/b.spec.js", { missing: ".." }), TREE)).toEqual([]);
  });

  it("are those for which source asks for a file that nobody tracks", () => {
    const failure = { missing: "./generated", thrownAt: { file: "lib/rules.js", line: 3 } };
    expect(filesInNeedOfBuild(unloaded("spec/a.spec.js", failure), TREE)).toEqual(["spec/a.spec.js"]);
  });

  it("are none where the test itself asks for it: the change may add it", () => {
    expect(filesInNeedOfBuild(unloaded("spec/a.spec.js", { missing: "../source/added" }), TREE)).toEqual([]);
  });

  it("are none where the file asked for is tracked, or lies outside of the tree", () => {
    for (const missing of ["./words", "./words.json", "../../elsewhere"])
      expect(filesInNeedOfBuild(unloaded("spec/a.spec.js", { missing, thrownAt: { file: "lib/rules.js", line: 3 } }), TREE), missing).toEqual([]);
  });
});
