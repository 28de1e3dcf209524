import { expect, test } from "vitest";
import { compileGlobs } from "./globs.ts";

test("folders, exclusions and dot files", () => {
  const inside = compileGlobs(["src/", "./lib/*.ts", "!src/gen/**"]);
  expect(["src/a/b.ts", "src/.env", "lib/a.ts"].map(inside)).toEqual([true, true, true]);
  expect(["src/gen/a.ts", "lib/a/b.ts", "test/a.ts"].map(inside)).toEqual([false, false, false]);
  expect(compileGlobs([])("a")).toBe(false);
});

test("a line break in a file name does not lead out of a folder", () => {
  expect(compileGlobs(["src/auth/**"])("src/auth/a\nb.js")).toBe(true);
});

test("a folder of one letter does not take in its neighbours", () => {
  expect(["src/x/b.ts", "src/a.ts"].map(compileGlobs(["src/x/**"]))).toEqual([true, false]);
});
