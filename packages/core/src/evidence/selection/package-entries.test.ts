import fc from "fast-check";
import { expect, test } from "vitest";
import { affectedTests } from "./affected-tests.ts";
import { buildImportGraph } from "./import-graph.ts";
import { packageEntries } from "./package-entries.ts";

const isTest = (path: string): boolean => path.startsWith("test/") || path.includes("/test/");
const manifest = (value: unknown, path = "package.json") => ({ path, text: JSON.stringify(value) });

/** The tests a change of `changed` reaches when each test is `require(specifier)`. */
function reached(changed: string, specifier: string, entry: unknown, files: readonly string[]): readonly string[] {
  const texts = files.map((path) => ({ path, text: "" }));
  const graph = buildImportGraph([...texts, { path: "test/a.js", text: `require("${specifier}")` }], new Map(), packageEntries([manifest(entry)]));
  return affectedTests([changed], isTest, graph).map(({ file }) => file);
}

test.each([
  ["..", {}, ["index.js"], "index.js"],
  ["../", {}, ["index.js"], "index.js"],
  ["../.", { main: "./index" }, ["index.js"], "index.js"],
  ["..", { main: "lib/main.js" }, ["lib/main.js", "index.js"], "lib/main.js"],
  ["..", { main: "lib" }, ["lib/index.js"], "lib/index.js"],
  ["..", { main: "dist/built.js" }, ["src/index.ts"], "src/index.ts"],
  ["..", { exports: { ".": { import: "./esm.mjs", require: { default: "./main.cjs" } }, "./other": "./other.js" } }, ["main.cjs", "esm.mjs"], "main.cjs"],
  ["..", { exports: "./only.js" }, ["only.js"], "only.js"],
])("require(%j) from a test reaches what the manifest %j names", (specifier, entry, files, changed) => {
  expect(reached(changed, specifier, entry, files)).toEqual(["test/a.js"]);
});

test("what a manifest does not name as the way in is not reached by a bare import", () => {
  expect(reached("other.js", "..", { exports: { ".": "./main.js", "./other": "./other.js" } }, ["main.js", "other.js"])).toEqual([]);
  expect(reached("index.js", "..", { main: "lib/main.js" }, ["lib/main.js", "index.js"])).toEqual([]);
});

test("a workspace package is entered where its manifest says", () => {
  const graph = buildImportGraph(
    [
      { path: "packages/a/source/start.ts", text: "" },
      { path: "packages/b/test/b.ts", text: 'import "@acme/a"' },
    ],
    new Map([["@acme/a", "packages/a"]]),
    packageEntries([manifest({ source: "source/start.ts", main: "dist/start.js" }, "packages/a/package.json")]),
  );
  expect(affectedTests(["packages/a/source/start.ts"], isTest, graph)).toEqual([{ file: "packages/b/test/b.ts", distance: 1 }]);
});

test("no manifest makes it throw or points out of its package", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json(), fc.constantFrom('{"main":"../../etc/passwd"}', '{"exports":["../x",{"a":"./../y"}]}', '{"main":["/"]}')), (text) => {
      const entries = packageEntries([{ path: "packages/a/package.json", text }]).get("packages/a") ?? [];
      expect(entries.every((entry) => entry.startsWith("packages/a/") && !entry.split("/").includes(".."))).toBe(true);
    }),
  );
});
