import { expect, it } from "vitest";
import { withFiles } from "./declared-command.ts";

it.each([
  ["a file", ["test/a.js"], ".", "run 'test/a.js'"],
  ["a file of a package", ["packages/x/a.js"], "packages/x", "run 'a.js'"],
  ["odd names", ["it's $(x).js"], ".", "run 'it'\\''s $(x).js'"],
  ["a name like an option", ["--config=x.js", "packages/-e.js"], ".", "run './--config=x.js' 'packages/-e.js'"],
  ["no file", [], ".", "run "],
])("a declared command is given %s", (_, files, packageDir, expected) => expect(withFiles("run {files}", files, packageDir)).toBe(expected));
