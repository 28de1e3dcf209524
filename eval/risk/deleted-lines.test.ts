import fc from "fast-check";
import { expect, it } from "vitest";
import { deletedLines } from "./deleted-lines.ts";

it("reads the old side of each hunk and joins neighbouring lines", () => {
  const diff = [
    "diff --git a/src/a.js b/src/b.js",
    "--- a/src/a.js",
    "+++ b/src/b.js",
    "@@ -3,2 +3 @@ function f() {",
    "-  return x;",
    "-  return y;",
    "+  return z;",
    "@@ -9 +8,0 @@",
    "-  --count;",
  ].join("\n");
  expect(deletedLines(diff)).toEqual([{ path: "src/a.js", ranges: [{ start: 3, end: 4 }, { start: 9, end: 9 }] }]); // prettier-ignore
});

it("passes over blank, comment and lone-bracket lines, but keeps counting them", () => {
  const diff = ["diff --git a/a.js b/a.js", "--- a/a.js", "+++ b/a.js", "@@ -1,5 +0,0 @@", "-// why", "-", "-  call();", "-});", "- * doc"].join("\n");
  expect(deletedLines(diff)).toEqual([{ path: "a.js", ranges: [{ start: 3, end: 3 }] }]);
});

it("takes a deleted line that looks like a file header for a line", () => {
  const diff = ["diff --git a/q.sql b/q.sql", "--- a/q.sql", "+++ b/q.sql", "@@ -1 +1 @@", "--- a/other.sql", "+select 1"].join("\n");
  expect(deletedLines(diff).map((file) => file.path)).toEqual(["q.sql"]);
});

it("has nothing to say of an added file", () => {
  expect(deletedLines(["diff --git a/n.js b/n.js", "--- /dev/null", "+++ b/n.js", "@@ -0,0 +1 @@", "+x"].join("\n"))).toEqual([]);
});

it("survives any text", () => {
  fc.assert(fc.property(fc.string(), (text) => Array.isArray(deletedLines(text))));
});
