import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openBuiltOutputs, type Before, type BuiltOutputs } from "./built-outputs.ts";
import type { Made, WorkingCopy } from "./working-copy.ts";

let folder = "";
let root = "";
let kept: BuiltOutputs;

beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "built-outputs-test-")));
  root = join(folder, "tree");
  kept = openBuiltOutputs(join(folder, "built"));
  put("tree/pkg/dist/a.js", "built");
  put("tree/pkg/a.map", "built");
  put("home/own.txt", "mine");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function put(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

const copyWith = (made: Made): WorkingCopy => ({ root, show: () => Promise.resolve(), notes: () => Promise.resolve([]), made: () => Promise.resolve(made) });
const MADE: Made = { paths: ["pkg/dist", "pkg/a.map"], files: ["pkg/dist/a.js", "pkg/a.map"], changed: false };
const keep = (before: Before = new Map()): Promise<void> => kept.keep("tree", "build", copyWith(MADE), { before, untouched: () => Promise.resolve(true) });
const restore = (): Promise<boolean> => kept.restore("tree", "build", copyWith({ paths: [], files: [], changed: false }));

it("puts back what a build made, whatever lies in its place by now", async () => {
  await keep();
  rmSync(join(root, "pkg/dist"), { recursive: true });
  put("tree/pkg/a.map", "another");
  expect(await restore()).toBe(true);
  expect([readFileSync(join(root, "pkg/dist/a.js"), "utf8"), readFileSync(join(root, "pkg/a.map"), "utf8")]).toEqual(["built", "built"]);
});

it("keeps nothing that tests had left there before", async () => {
  put("tree/pkg/a.map", "left by a test");
  const before = await kept.before(copyWith({ ...MADE, files: ["pkg/a.map"] }));
  put("tree/pkg/dist/a.js", "built anew");
  await keep(before);
  rmSync(join(root, "pkg"), { recursive: true });
  mkdirSync(join(root, "pkg"));
  expect([await restore(), readdirSync(join(root, "pkg"))]).toEqual([true, ["dist"]]);
});

it("keeps what a build wrote over a file that was there", async () => {
  const before = await kept.before(copyWith({ ...MADE, files: ["pkg/dist/a.js"] }));
  put("tree/pkg/dist/a.js", "built anew, and longer");
  await keep(before);
  expect([await restore(), readFileSync(join(root, "pkg/dist/a.js"), "utf8")]).toEqual([true, "built anew, and longer"]);
});

it.each([
  ["a folder on the way", () => [rmSync(join(root, "pkg"), { recursive: true }), symlinkSync(join(folder, "home"), join(root, "pkg"))], false],
  ["a folder that was built", () => [rmSync(join(root, "pkg/dist"), { recursive: true }), symlinkSync(join(folder, "home"), join(root, "pkg/dist"))], true],
  ["a file that was built", () => [rmSync(join(root, "pkg/a.map")), symlinkSync(join(folder, "home/own.txt"), join(root, "pkg/a.map"))], true],
])("writes nothing through a link in the place of %s", async (_, plant, restored) => {
  await keep();
  plant();
  expect(await restore()).toBe(restored);
  expect([readdirSync(join(folder, "home")), readFileSync(join(folder, "home/own.txt"), "utf8")]).toEqual([["own.txt"], "mine"]);
});
