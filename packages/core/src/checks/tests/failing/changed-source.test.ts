import { expect, test } from "vitest";
import type { ChangedFile } from "#change";
import { changedSource } from "./changed-source.ts";
import type { RedTest } from "./group-by-cause.ts";

const file = (path: string, over: Partial<ChangedFile> = {}): ChangedFile =>
  ({ path, kind: /test/.test(path) ? "test" : "source", behaviour: true, status: "modified", newLines: [7], hunks: [], added: 1, deleted: 0, ...over }) as ChangedFile;

const red = (over: Partial<RedTest> = {}): RedTest => ({ key: "k", title: "t", file: "test/price.test.ts", source: "ran", failure: { kind: "assertion", message: "no" }, ...over });

test("the one changed file of the product is where to look, at its first new line", () => {
  expect(changedSource([red()], { files: [file("src/total.ts"), file("README.md", { kind: "docs", behaviour: false })] })).toEqual({ file: "src/total.ts", line: 7, others: 0 });
});

test("of several, the one named like the test; else the one that changed most", () => {
  const files = [file("src/total.ts", { added: 40 }), file("src/price.ts"), file("src/tax.ts")];
  expect(changedSource([red()], { files })).toEqual({ file: "src/price.ts", line: 7, others: 2 });
  expect(changedSource([red({ file: "test/all.test.ts" })], { files })).toMatchObject({ file: "src/total.ts" });
});

test("a changed line that threw is it, even where the test changed too", () => {
  const thrown = red({ failure: { kind: "error", message: "x is undefined", thrownAt: { file: "src/tax.ts", line: 31 } } });
  expect(changedSource([thrown], { files: [file("src/total.ts"), file("src/tax.ts"), file("test/price.test.ts")] })).toEqual({ file: "src/tax.ts", line: 31, others: 1 });
});

test("lines that only went are named by where they stood", () => {
  const hunks = [{ baseStart: 4, baseCount: 2, headStart: 3, headCount: 0, heading: "", lines: [] }];
  expect(changedSource([red()], { files: [file("src/price.ts", { newLines: [], hunks })] })).toMatchObject({ line: 3 });
});

test("nothing is named where the test itself changed, nor where no code did", () => {
  expect(changedSource([red()], { files: [file("src/price.ts"), file("test/price.test.ts")] })).toBeUndefined();
  expect(changedSource([red()], { files: [file("package.json", { kind: "config" })] })).toBeUndefined();
  expect(changedSource([red()], { files: [file("src/price.ts", { behaviour: false })] })).toBeUndefined();
});
