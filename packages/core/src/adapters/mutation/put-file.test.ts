import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Bench, Ended, TestSetup } from "#evidence";
import { appendLine, putFile } from "./put-file.ts";
import { tryMutants } from "./try-mutants.ts";

let base = "";
let folder = "";
let victim = "";
beforeEach(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), "put-file-test-")));
  [folder, victim] = [join(base, "ours"), join(base, "victim")];
  for (const path of [folder, victim]) mkdirSync(path);
  writeFileSync(join(victim, "own.txt"), "mine");
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

it("writes whole files, over whatever has their name", async () => {
  for (const before of [() => undefined, () => mkdirSync(join(folder, "b")), () => writeFileSync(join(folder, "b"), "old")]) {
    rmSync(join(folder, "b"), { recursive: true, force: true });
    before();
    expect(await putFile(folder, "b", "new")).toBe(true);
    await appendLine(folder, "b", "!");
    expect([readFileSync(join(folder, "b"), "utf8"), readdirSync(folder)]).toEqual(["new!\n", ["b"]]);
  }
});

it("writes nothing through a link in the place of the folder", async () => {
  const link = join(base, "link");
  symlinkSync(victim, link);
  expect(await putFile(link, "b", "new")).toBe(false);
  await appendLine(link, "own.txt", "more");
  expect([readdirSync(victim), readFileSync(join(victim, "own.txt"), "utf8")]).toEqual([["own.txt"], "mine"]);
});

/** A test process that puts links in the place of every file it finds beside its job, says that it tries a mutant, and dies. */
it("leaves alone what links of a test process lead to", async () => {
  const files = ["feed.jsonl", "job.json", "mocha-reporter.cjs"];
  for (const name of files) writeFileSync(join(victim, name), "mine");
  let starts = 0;
  const start: Bench["start"] = (_, { env }) => {
    const own = env?.["PROOFLINE_MUTATION"] ?? "";
    if (starts === 0) writeFileSync(join(own, "feed.jsonl"), `${JSON.stringify({ t: "begin", w: 1, file: "a.test.js", id: "$(touch x)", limit: 5 })}\n`);
    starts += 1;
    return new Promise<Ended>((done) => {
      setTimeout(() => {
        for (const name of files) {
          rmSync(join(own, name), { force: true });
          if (existsSync(own)) symlinkSync(join(victim, name), join(own, name));
        }
        done({ code: 1, ended: "exit", output: "" });
      }, 150);
    });
  };
  const setup: TestSetup = { runner: "mocha", packageDir: ".", because: "" };
  const bench: Bench = { setup, selection: undefined, root: base, cwd: base, scratch: folder, files: [], modulePath: [], isolation: "strict", tool: () => Promise.resolve({ script: "", folder: "", version: "10.0.0" }), start, build: () => Promise.resolve(undefined) };
  await tryMutants(bench, { broken: [], ids: new Set(["1"]), deadline: Date.now() + 20_000, signal: new AbortController().signal, onProgress: () => undefined });
  expect(starts).toBeGreaterThan(1);
  for (const name of files) expect([name, readFileSync(join(victim, name), "utf8")]).toEqual([name, "mine"]);
});
