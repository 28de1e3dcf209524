import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { modeDiff } from "./edit-config.ts";

const folder = mkdtempSync(join(tmpdir(), "proofline-diff-"));
execFileSync("git", ["init", "-q"], { cwd: folder });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const FILE = "proofline.yaml";
const gate = ["gates", "pull-request"];

test.each([
  ["a mode as a word", "gates:\n  pull-request: observe # for now\n", gate, "gates:\n  pull-request: enforce # for now\n"],
  ["a mode in braces, the rest of the file untouched", "# ours\nareas: []\n\n\ngates:\n  # earn it\n  pull-request: { mode: observe }\n  local: warn\n\nchecks: {}\n", gate, "# ours\nareas: []\n\n\ngates:\n  # earn it\n  pull-request: { mode: enforce }\n  local: warn\n\nchecks: {}\n"],
  ["a quoted mode", 'gates: { "pull-request": "warn" }\n', gate, 'gates: { "pull-request": enforce }\n'],
  ["a mode on a line of its own, at the end without a line end", "gates:\n  pull-request:\n    mode: observe", gate, "gates:\n  pull-request:\n    mode: enforce"],
  ["a check's own mode", "checks:\n  tests/weakened:\n    effect: ask\n    mode: warn\n", ["checks", "tests/weakened", "mode"], "checks:\n  tests/weakened:\n    effect: ask\n    mode: enforce\n"],
  ["lines that end as on Windows", "a: 1\r\ngates:\r\n  pull-request: observe\r\nb: 2\r\n", gate, "a: 1\r\ngates:\r\n  pull-request: enforce\r\nb: 2\r\n"],
])("%s: Git applies the diff, and nothing else changes", async (_, before, path, after) => {
  const diff = await modeDiff(FILE, before, path, "enforce");
  writeFileSync(join(folder, FILE), before);
  execFileSync("git", ["-c", "core.autocrlf=false", "apply", "-"], { cwd: folder, input: diff ?? "" });
  expect(readFileSync(join(folder, FILE), "utf8")).toBe(after);
});

test.each([
  ["no such gate", "gates:\n  local: observe\n"],
  ["an alias", "x: &m observe\ngates:\n  pull-request: *m\n"],
  ["no YAML", "gates: [\n"],
  ["nesting that only serves to exhaust a parser", "[".repeat(10_000)],
  ["the mode it already has", "gates:\n  pull-request: enforce\n"],
])("%s: no diff is better than a wrong one", async (_, text) => {
  expect(await modeDiff(FILE, text, gate, "enforce")).toBeUndefined();
});
