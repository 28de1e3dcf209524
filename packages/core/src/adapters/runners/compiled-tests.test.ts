import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { TestSetup } from "#evidence";
import { builtScripts, compiledTests, namedOf, pairBuilt, toldOfSources } from "./compiled-tests.ts";

const setup = (files: readonly string[], packageDir = ".", runner = "mocha"): TestSetup => ({ runner, packageDir, because: "", start: { files } });
const TRACKED = ["package.json", "src/a.ts", "src/a.spec.ts", "src/deep/b.spec.ts", "test/old.js"];

let folder = "";
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("compiled tests", () => {
  it.each([
    [["out/**/*.spec.js"], ["out"]],
    [["./build/test/"], ["build/test", "build"]],
    [["dist/a.spec.js"], ["dist"]],
    [["out/{unit,integration}/*.js"], ["out"]],
  ])("are what a script names in a folder without a tracked file: %j", (files, folders) => {
    expect(compiledTests(setup(files), TRACKED)?.folders).toEqual(folders);
  });

  it.each([[["src/**/*.spec.ts"]], [["test"]], [["**/*.spec.js"]], [["test/old"]], [["src/a.spec"]], [[]], [["../out/*.js"]]])("are none where the script names tracked files, or nothing: %j", (files) => {
    expect(compiledTests(setup(files), TRACKED)).toBeUndefined();
  });

  it("stand in their package", () => {
    expect(compiledTests(setup(["out/*.js"], "packages/x"), ["packages/x/src/a.ts"])?.folders).toEqual(["packages/x/out"]);
    expect(compiledTests(setup(["src/*.js"], "packages/x"), ["packages/x/src/a.ts"])).toBeUndefined();
  });
});

describe("what was made of a source", () => {
  const compiled = { folders: ["out/esm", "out"], patterns: ["out/esm/**/*.spec.js"] };

  it("is the compiled file that agrees with most of its path, in the folder the script names first", () => {
    const built = ["out/cjs/a.spec.js", "out/esm/a.spec.js", "out/esm/deep/a.spec.js", "out/src/c.spec.js"];
    const pairs = pairBuilt(["src/a.spec.ts", "src/deep/a.spec.ts", "src/c.spec.ts", "src/none.spec.ts", "src/a.spec.d.ts"], built, compiled);
    expect(Object.fromEntries(pairs)).toEqual({ "src/a.spec.ts": "out/esm/a.spec.js", "src/deep/a.spec.ts": "out/esm/deep/a.spec.js", "src/c.spec.ts": "out/src/c.spec.js" });
  });

  it.each([
    ["a file of the same name further down", ["src/index.spec.ts", "src/x/index.spec.ts"], "src/index.spec.ts"],
    ["a file of the same name in another package", ["packages/y/index.spec.ts", "packages/x/src/index.spec.ts"], "packages/x/src/index.spec.ts"],
    ["one of two that are as near", ["src/index.spec.ts", "test/index.spec.ts"], undefined],
  ])("is not what was made of %s", (_, sources, of) => {
    const folder = of?.startsWith("packages/x/") ? "packages/x/out" : "out";
    const pairs = pairBuilt(sources, [`${folder}/index.spec.js`], { folders: [folder], patterns: [] });
    expect([...pairs]).toEqual(of === undefined ? [] : [[of, `${folder}/index.spec.js`]]);
  });

  it("is looked for on disk, without packages and declarations", async () => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "compiled-tests-")));
    for (const path of ["out/esm/a.spec.js", "out/esm/a.spec.d.ts", "out/esm/a.spec.js.map", "out/cjs/b.cjs", "out/node_modules/x/i.js"]) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), "");
    }
    expect(await builtScripts(folder, compiled)).toEqual(["out/cjs/b.cjs", "out/esm/a.spec.js"]);
    expect(await builtScripts(folder, { folders: ["nowhere"], patterns: [] })).toEqual([]);
  });

  it("is left out where the script does not name it, as long as it names another", () => {
    expect(namedOf(["out/esm/a.spec.js", "out/esm/a.e2e.js"], compiled)).toEqual(["out/esm/a.spec.js"]);
    expect(namedOf(["out/esm/a.e2e.js"], compiled)).toEqual(["out/esm/a.e2e.js"]);
  });

  it("speaks under the source's name", () => {
    const collected = { cases: [{ id: { file: "out/a.spec.js", suite: ["a"], name: "b" }, outcome: "passed" as const }, { id: { suite: [], name: "c" }, outcome: "passed" as const }], unloaded: [{ file: "out/b.spec.js", failure: { kind: "load" as const, message: "" } }], strays: [], silent: ["out/a.spec.js", "out/other.js"], started: true, ended: true, interrupted: false };
    const told = toldOfSources(collected, new Map([["src/a.spec.ts", "out/a.spec.js"]]));
    expect([told.cases[0]?.id.file, told.cases[1]?.id.file, told.unloaded[0]?.file, told.silent]).toEqual(["src/a.spec.ts", undefined, "out/b.spec.js", ["src/a.spec.ts", "out/other.js"]]);
  });
});
