import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";

const cliFolder = fileURLToPath(new URL("../../packages/cli/", import.meta.url));
let project: string;
let tarball: string;

const git = (...args: string[]): string => execFileSync("git", ["-c", "user.name=Ada", "-c", "user.email=ada@example.com", "-c", "init.defaultBranch=main", ...args], { cwd: project, encoding: "utf8" });

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), "proofline-pack-"));
  const packed = JSON.parse(execFileSync("npm", ["pack", "--json", "--pack-destination", project], { cwd: cliFolder, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] })) as unknown;
  const [entry] = Object.values(packed as Record<string, { filename: string }>);
  tarball = join(project, (Array.isArray(packed) ? (packed[0] as { filename: string }) : (entry as { filename: string })).filename);
  writeFileSync(join(project, "package.json"), '{ "name": "empty", "private": true }');
  writeFileSync(join(project, ".gitignore"), "node_modules\n*.tgz\n");
  execFileSync("npm", ["install", "--no-audit", "--no-fund", "--prefer-offline", tarball], { cwd: project, stdio: "ignore" });
  git("init", "-q");
  git("add", "-A");
  git("commit", "-qm", "chore: start");
}, 120_000);

afterAll(() => rmSync(project, { recursive: true, force: true }));

test("the packed CLI, with what it installs, is under 20 MB", () => {
  const size = (folder: string): number =>
    readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => sum + (entry.isDirectory() ? size(join(folder, entry.name)) : statSync(join(folder, entry.name)).size), 0);
  expect(size(join(project, "node_modules")) / 1e6).toBeLessThan(20);
});

test("its manifest asks for nothing that the bundle already holds", () => {
  const manifest = JSON.parse(readFileSync(join(project, "node_modules/proofline/package.json"), "utf8")) as { dependencies?: object; scripts?: Record<string, string> };
  expect(Object.keys(manifest.dependencies ?? {})).toEqual([]);
  expect(manifest.scripts?.["postinstall"]).toBeUndefined();
});

test("npx proofline check judges a change in an empty project", () => {
  writeFileSync(join(project, "notes.md"), "# Notes\n");
  const run = spawnSync("npx", ["--no-install", "proofline", "check", "--format", "json", "--gate", "local"], {
    cwd: project,
    encoding: "utf8",
    // As on a person's machine: in CI the working tree would not be looked at.
    env: { ...process.env, CI: "", GITHUB_ACTIONS: "", GITLAB_CI: "" },
  });
  expect(run.stderr).not.toContain("internal/unexpected");
  expect(JSON.parse(run.stdout)).toMatchObject({ schema: "proofline/verdict/1", decision: "ship", change: { files: 1, type: "docs", headKind: "worktree" } });
  expect(run.status).toBe(0);
});
