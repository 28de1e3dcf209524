import fc from "fast-check";
import { expect, test } from "vitest";
import { affectedTests } from "./affected-tests.ts";
import { buildImportGraph } from "./import-graph.ts";
import { importSpecifiers, loadsAtRunTime } from "./import-specifiers.ts";

const isTest = (path: string): boolean => path.includes(".test.");

test("finds every way to name a module", () => {
  const text = `import a from "./a";\nimport "./b.js";\nexport * from './c';\nconst d = require("./d");\nconst e = await import('./e');\nvi.mock("./f");`;
  expect(importSpecifiers(text)).toEqual(["./a", "./b.js", "./c", "./d", "./e", "./f"]);
});

test("says when a file loads something by a name nobody can know", () => {
  expect(loadsAtRunTime("await import(path)")).toBe(true);
  expect(loadsAtRunTime("require(`./locale/${name}`)")).toBe(true);
  expect(loadsAtRunTime('await import("./a"); require("./b")')).toBe(false);
});

test("follows imports through re-exports, compiled names and workspace packages, nearest first", () => {
  const graph = buildImportGraph(
    [
      { path: "packages/a/src/index.ts", text: 'export * from "./price.js";' },
      { path: "packages/a/src/price.ts", text: "export const price = 1;" },
      { path: "packages/a/test/price.test.ts", text: 'import { price } from "../src/price";' },
      { path: "packages/b/src/cart.ts", text: 'import { price } from "@acme/a";' },
      { path: "packages/b/src/cart.test.ts", text: 'import "./cart";' },
      { path: "packages/b/src/other.test.ts", text: 'import "./other";' },
    ],
    new Map([["@acme/a", "packages/a"]]),
  );
  expect(affectedTests(["packages/a/src/price.ts"], isTest, graph)).toEqual([
    { file: "packages/a/test/price.test.ts", distance: 1 },
    { file: "packages/b/src/cart.test.ts", distance: 3 },
  ]);
});

test("a test of the same stem counts even when it imports the built file", () => {
  const graph = buildImportGraph([{ path: "test/price.test.js", text: 'require("../dist/bundle")' }]);
  expect(affectedTests(["src/price.ts"], isTest, graph, ["test/price.test.js", "test/cart.test.js"])).toEqual([{ file: "test/price.test.js", distance: 1 }]);
});

test("tests of what is built from a package are reached by its sources, last, and by nothing else", () => {
  const graph = buildImportGraph(
    [
      { path: "lib/chai.js", text: 'import "./deep.js";' },
      { path: "lib/deep.js", text: "" },
      { path: "lib/deep.test.js", text: 'import "./deep.js";' },
      { path: "test/main.test.js", text: 'import { expect } from "../index.js";' },
      { path: "test/dist.test.js", text: 'import "../dist/cjs/chai";' },
      { path: "test/missing.test.js", text: 'import "./not-there.js"; import "../lib/typo.js";' },
      { path: "packages/b/src/b.js", text: "" },
    ],
    new Map(),
    new Map([["", ["index.js"]], ["packages/b", []]]), // prettier-ignore
  );
  expect(affectedTests(["lib/deep.js"], isTest, graph)).toEqual([
    { file: "lib/deep.test.js", distance: 1 },
    { file: "test/dist.test.js", distance: 2 },
    { file: "test/main.test.js", distance: 2 },
  ]);
  expect(affectedTests(["README.md", "lib/deep.test.js"], isTest, graph).map((test) => test.file)).toEqual(["lib/deep.test.js"]);
});

test("a test that imports its own package by a name only the build gives is reached by the sources of that package alone", () => {
  const packages = new Map([["@acme/a", "packages/a"], ["@acme/b", "packages/b"]]); // prettier-ignore
  const entries = new Map([["packages/a", ["packages/a/dist/a.js"]], ["packages/b", ["packages/b/dist/b.js"]]]); // prettier-ignore
  const graph = buildImportGraph([{ path: "packages/b/test/b.test.ts", text: 'import "@acme/a";' }, { path: "packages/a/source/one.ts", text: "" }], packages, entries); // prettier-ignore
  expect(affectedTests(["packages/a/source/one.ts"], isTest, graph).map((test) => test.file)).toEqual(["packages/b/test/b.test.ts"]);
  expect(affectedTests(["packages/c/source/one.ts"], isTest, graph)).toEqual([]);
});

test("cycles end, and more changes never reach fewer tests", () => {
  const edges = fc.array(fc.tuple(fc.nat(9), fc.nat(9)), { maxLength: 40 });
  fc.assert(
    fc.property(edges, fc.nat(9), fc.nat(9), (pairs, one, two) => {
      const files = Array.from({ length: 10 }, (_, n) => ({
        path: n < 5 ? `f${n}.ts` : `f${n}.test.ts`,
        text: pairs.filter(([from]) => from === n).map(([, to]) => `import "./f${to}${to < 5 ? "" : ".test"}";`).join("\n"),
      }));
      const graph = buildImportGraph(files);
      const reach = (...changed: number[]): string[] => affectedTests(changed.map((n) => files[n]?.path ?? ""), isTest, graph).map((item) => item.file);
      expect(reach(one, two)).toEqual(expect.arrayContaining(reach(one)));
    }),
  );
});
