import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { makeSecretScanner } from "./scan-secrets.ts";
import { textsInTree } from "./texts-in-tree.ts";

const root = mkdtempSync(join(tmpdir(), "proofline-secrets-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
const git = (...args: string[]): string => execFileSync("git", ["-C", root, "-c", "user.name=t", "-c", "user.email=t@t.example", ...args], { encoding: "utf8" }).trim();

const key = `${"sk"}_live_${"Zq7vR2mXw9Lk4TbN8cPd3HsJ"}`;
git("init", "-q");
writeFileSync(join(root, "old.ts"), `const key = "${key}";\n`);
git("add", ".");
git("commit", "-qm", "first");

test("a secret that the base already holds elsewhere is marked, one that it does not hold is not", async () => {
  const scanner = makeSecretScanner(textsInTree(root));
  const other = key.replace("Zq7", "Yp8");
  const lines = [key, other].map((text, index) => ({ file: "new.ts", line: index + 1, text: `const key = "${text}";` }));
  const { sightings } = await scanner.scan(lines, "0".repeat(40), git("rev-parse", "HEAD^{tree}"));
  expect(sightings.map(({ onBase }) => onBase ?? false)).toEqual([true, false]);
});

test("a tree that can't be searched forgives nothing", async () => {
  expect(await textsInTree(root)("f".repeat(40), [key])).toEqual(new Set());
});
