import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeEach, expect, test } from "vitest";

const built = fileURLToPath(new URL("../../packages/cli/dist", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "proofline-compiled-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const bundle = join(folder, "dist");
const cache = join(folder, "cache");
const kept = join(cache, "proofline", "compiled");
beforeEach(() => {
  rmSync(cache, { recursive: true, force: true });
  rmSync(bundle, { recursive: true, force: true });
  cpSync(built, bundle, { recursive: true });
});

/** Runs a command that needs both compiled files, and tells from where each was evaluated. */
function start(env: Readonly<Record<string, string>> = {}) {
  const says = `const { loaded } = await import(${JSON.stringify(pathToFileURL(join(bundle, "load-compiled.js")).href)});
    process.argv.splice(1, 0, "proofline");
    process.once("exit", () => console.error([...loaded].map(([file, script]) => (/(proofline|check)-[0-9a-f]{10}\\.cjs$/.exec(file) ?? [])[1] + " " + (script.cachedDataRejected === false ? "as compiled" : "from its text")).sort().join(", ")));
    await import(${JSON.stringify(pathToFileURL(join(bundle, "proofline.js")).href)});`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", says, "explain", "security/secret", "--repo", folder], { env: { PATH: process.env["PATH"] ?? "", HOME: folder, XDG_CACHE_HOME: cache, ...env }, encoding: "utf8" });
  return { status, stdout, from: stderr.trim() };
}

const compiledIn = (place: string): string[] => readdirSync(place, { recursive: true }).map((name) => join(place, String(name))).filter((name) => name.endsWith(".bin"));
const flip = (file: string): void => {
  const bytes = readFileSync(file);
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 0xff;
  writeFileSync(file, bytes);
};

test("what the build compiled is used, and nothing is kept for the user", () => {
  expect(compiledIn(bundle)).toHaveLength(2);
  const { status, stdout, from } = start();
  expect({ status, from }).toEqual({ status: 0, from: "check as compiled, proofline as compiled" });
  expect(stdout).toContain("security/secret");
  expect(() => readdirSync(kept)).toThrow();
});

test("another Node than the build's compiles once, keeps that in the user's cache, and says the same", () => {
  const plain = start();
  for (const file of compiledIn(bundle)) rmSync(file);
  const first = start();
  expect(first).toEqual({ ...plain, from: "check from its text, proofline from its text" });
  expect(compiledIn(kept)).toHaveLength(2);
  expect(start()).toEqual(plain);
});

test.each([
  ["has a changed byte", flip],
  ["is cut short", (file: string) => writeFileSync(file, readFileSync(file).subarray(0, 1_000))],
  ["is empty", (file: string) => writeFileSync(file, "")],
  ["is something else", (file: string) => writeFileSync(file, "no compiled form ".repeat(100))],
])("a compiled form that %s is not believed, in the bundle as in the cache", { timeout: 120_000 }, (_, damage) => {
  const plain = start();
  for (const file of compiledIn(bundle)) damage(file);
  expect(start()).toEqual({ ...plain, from: "check from its text, proofline from its text" });
  for (const file of compiledIn(kept)) damage(file);
  expect(start()).toEqual({ ...plain, from: "check from its text, proofline from its text" });
  // The one that could not be used was made anew.
  expect(start()).toEqual(plain);
});

test("in CI nothing is read from, or left in, a home that other jobs may have had", () => {
  for (const file of compiledIn(bundle)) rmSync(file);
  start();
  expect(compiledIn(kept)).toHaveLength(2);
  expect(start({ CI: "true" }).from).toBe("check from its text, proofline from its text");
  rmSync(cache, { recursive: true });
  start({ CI: "true" });
  expect(() => readdirSync(kept)).toThrow();
});
