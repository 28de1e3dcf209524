import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, expect, test } from "vitest";
import { makeRepo } from "../support/repo.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "proofline-light-start-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const bundle = join(folder, "dist");
execFileSync(process.execPath, [join(root, "tools/build.mjs"), "--out", bundle, "--contents", join(folder, "contents.json")]);
const contents = JSON.parse(readFileSync(join(folder, "contents.json"), "utf8")) as Readonly<Record<string, readonly string[]>>;

// Notes every module Node loads: in a thread of its own, hence the file.
const log = join(folder, "loaded");
const hooks = `import { appendFileSync } from "node:fs"; export const load = (url, context, next) => { appendFileSync(${JSON.stringify(log)}, url + "\\n"); return next(url, context); };`;
const registers = join(folder, "register.mjs");
writeFileSync(registers, `import { register } from "node:module"; register("data:text/javascript,${encodeURIComponent(hooks)}");`);

/** Files of the bundle a command loads, and the source files in them. */
function loadedBy(...args: readonly string[]): { readonly files: readonly string[]; readonly sources: readonly string[]; readonly status: number | null } {
  writeFileSync(log, "");
  const { status } = spawnSync(process.execPath, ["--import", pathToFileURL(registers).href, join(bundle, "proofline.js"), ...args], { env: { ...process.env, CI: "" }, encoding: "utf8" });
  const urls = readFileSync(log, "utf8").split("\n").filter((url) => url.startsWith("file:"));
  const files = urls.map((url) => `./${relative(bundle, fileURLToPath(url)).replaceAll("\\", "/")}`);
  return { files, sources: files.flatMap((file) => contents[file] ?? []), status };
}

/** What a check of an ordinary change must not wait for. */
const HEAVY = [
  "node_modules/zod/",
  "node_modules/yaml/",
  "node_modules/fast-xml-parser/",
  "node_modules/@babel/parser/",
  "node_modules/@lezer/",
  "node_modules/@marcbachmann/cel-js/",
  "node_modules/@octokit/",
  "node_modules/@gitbeaker/",
  "node_modules/@secretlint/",
  "packages/core/src/adapters/secrets/",
  "packages/core/src/adapters/formats/",
  "packages/core/src/adapters/runners/",
  "packages/core/src/adapters/workspaces/",
  "packages/core/src/adapters/forges/",
  "packages/core/src/adapters/signing/",
  "packages/core/src/adapters/machine/",
];
const heavyIn = (sources: readonly string[]): readonly string[] => HEAVY.filter((part) => sources.some((source) => source.includes(part)));

function changedRepo(config?: string) {
  const repo = makeRepo();
  repo.commit("Start", { "src/price.js": "export const price = 1;\n", ...(config !== undefined && { "proofline.yaml": config }) });
  repo.commit("refactor: say it otherwise", { "src/price.js": "export const price = 2 - 1;\n" });
  return repo;
}
const check = ["check", "--base", "HEAD~1", "--head", "HEAD", "--no-run", "--gate", "local"] as const;

test("a plain check loads its own code and none of the libraries it does not need", () => {
  const { files, sources, status } = loadedBy(...check, "--repo", changedRepo().dir);
  expect(status).toBe(0);
  expect(sources).toContain("packages/core/src/operations/assess-change/assess-change.ts");
  expect(heavyIn(sources)).toEqual([]);
  // The entry, what evaluates it, what every file shares, and the command: each further file costs its own resolve, read and link.
  expect(files.length).toBeLessThanOrEqual(5);
});

test("a configured repository loads its parser, so the list above is one of things that do get loaded", () => {
  const { sources, status } = loadedBy(...check, "--repo", changedRepo("checks:\n  change/size: { effect: note }\n").dir);
  expect(status).toBe(0);
  expect(heavyIn(sources)).toEqual(["node_modules/zod/", "node_modules/yaml/"]);
});

test("a changed test loads the parser of its language, and no other", () => {
  const repo = makeRepo();
  repo.commit("Start", { "test/price.test.js": 'it("adds", () => { expect(add(1)).toBe(1); });\n' });
  repo.commit("test: more", { "test/price.test.js": 'it("adds", () => { expect(add(2)).toBe(2); expect(add(1)).toBe(1); });\n' });
  const { sources, status } = loadedBy(...check, "--repo", repo.dir);
  expect(status).toBe(0);
  expect(heavyIn(sources)).toEqual(["node_modules/@babel/parser/"]);
});

test("--help loads neither a command nor what commands stand on", () => {
  const { sources, status } = loadedBy("--help");
  expect(status).toBe(0);
  expect(sources.filter((source) => /\/run\.ts$|packages\/core\//.test(source))).toEqual([]);
});

test("an error a user can make, and one that is ours, are told by the same bundle", () => {
  const missing = spawnSync(process.execPath, [join(bundle, "proofline.js"), ...check, "--repo", join(folder, "nowhere")], { encoding: "utf8" });
  expect([missing.status, missing.stderr]).toEqual([2, expect.stringContaining("git/no-such-folder")]);
  const unknown = spawnSync(process.execPath, [join(bundle, "proofline.js"), "chekc"], { encoding: "utf8" });
  expect([unknown.status, unknown.stderr]).toEqual([2, expect.stringContaining("check")]);
});
