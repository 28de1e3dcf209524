import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { proofline } from "../support/cli.ts";
import { makeRepo, type TestRepository } from "../support/repo.ts";

const cli = fileURLToPath(new URL("../../packages/cli/dist/proofline.js", import.meta.url));
// Put together here so that this file holds no key itself; it was never valid.
const KEY = ["sk", "live", "4eC39HqLyjW7arjtT1zd8Qb2"].join("_");

function withKey(): TestRepository {
  const repo = makeRepo();
  repo.commit("Start", { "a.js": "export const a = 1;\n" });
  repo.write("a.js", `export const a = "${KEY}";\n`);
  return repo;
}

test("a reader that closes the pipe before the verdict is printed does not turn a hold into exit 0", async () => {
  const repo = withKey();
  for (const stream of ["stdout", "stderr"] as const) {
    const child = spawn(process.execPath, [cli, "check", "--no-run"], { cwd: repo.dir, env: { ...repo.env, PATH: process.env["PATH"] ?? "" } });
    child[stream].destroy();
    const [code] = (await once(child, "exit")) as [number | null];
    expect(code, stream).toBe(1);
  }
});

test("a wrong flag is named in a few lines, with where to read more, not under a page of help", () => {
  const run = proofline(withKey(), ["check", "--gate", "prod"]);
  expect(run.status).toBe(2);
  expect(run.stderr).toContain("Allowed choices are turn, local");
  expect(run.stderr).toContain("proofline check --help");
  expect(run.stderr.trim().split("\n").length).toBeLessThanOrEqual(3);
});

test("init shows what it found on one screen even where it writes a long pipeline file; --dry-run shows the file whole", () => {
  const repo = makeRepo();
  repo.commit("Start", { "a.js": "export const a = 1;\n" });
  const whole = proofline(repo, ["init", "--ci", "github", "--dry-run"]).stdout;
  const run = proofline(repo, ["init", "--ci", "github"]);
  expect(run.status).toBe(0);
  expect(run.stdout).toMatch(/and \d+ more lines: read them in the file/);
  expect(run.stdout.split("\n").length).toBeLessThan(60);
  expect(whole).not.toContain("more lines");
  expect(whole.split("\n").length).toBeGreaterThan(100);
});

test("a check that ran tests leaves nothing open that would keep it from ending", () => {
  const repo = makeRepo();
  const suite = (sum: number): string => `import assert from "node:assert";\nimport { test } from "node:test";\nimport { add } from "../add.js";\ntest("adds", () => assert.equal(add(1, 1), ${sum}));\n`;
  repo.commit("Start", { "package.json": '{ "name": "a", "type": "module", "scripts": { "test": "node --test" } }\n', "add.js": "export const add = (a, b) => a - b;\n", "test/add.test.js": suite(0) });
  repo.commit("fix: add", { "add.js": "export const add = (a, b) => a + b;\n", "test/add.test.js": suite(2) });
  const run = proofline(repo, ["check", "--base", "HEAD~1", "--head", "HEAD", "--gate", "local"], { env: { NODE_DEBUG: "proofline" } });
  expect([run.status, run.stdout]).toEqual([0, expect.stringContaining("red-green: proven")]);
  expect(run.stderr).not.toContain("left open");
});
