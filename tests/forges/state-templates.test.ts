import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { makeRepo } from "../support/repo.ts";

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, unknown>>;
}

const read = (file: string): string => readFileSync(fileURLToPath(new URL(`../../templates/ci/${file}`, import.meta.url)), "utf8");
const yaml = (file: string): unknown => parse(read(file), { strict: true, uniqueKeys: true });
const github = yaml("github-state.yml") as { on: Record<string, unknown>; permissions: object; env: Record<string, string>; jobs: { landed: { permissions: object; "timeout-minutes": number; steps: Step[] } } };
const gitlab = (yaml("gitlab-state.yml") as { "proofline-state": { script: string[]; rules: { if: string }[]; variables: Record<string, string> } })["proofline-state"];
const version = (JSON.parse(readFileSync(fileURLToPath(new URL("../../packages/cli/package.json", import.meta.url)), "utf8")) as { version: string }).version;

/** Runs a script in a repository of two commits with an `npx` that writes down what it was asked, and ends as told. */
function run(script: string, env: Readonly<Record<string, string>>, exit = 0) {
  const repo = makeRepo();
  const first = repo.commit("Start", { a: "1" });
  repo.commit("Next", { a: "2" });
  const bin = join(repo.home, "bin");
  mkdirSync(bin);
  writeFileSync(join(bin, "npx"), `#!/bin/bash\nprintf '%s\\n' "$@" "state $PROOFLINE_STATE" "token \${GITLAB_TOKEN-none}" > "${repo.home}/asked"\nexit ${exit}\n`);
  writeFileSync(join(bin, "npm"), `#!/bin/bash\nprintf 'npm %s\\n' "\${PROOFLINE_STATE_TOKEN-none}" > "${repo.home}/installed"\n`);
  for (const name of ["npx", "npm"]) chmodSync(join(bin, name), 0o755);
  const { status } = spawnSync("bash", ["-e", "-o", "pipefail", "-c", script], { cwd: repo.dir, env: { ...repo.env, PATH: `${bin}:${process.env["PATH"] ?? ""}`, PROOFLINE_VERSION: version, ...env } });
  const asked = readFileSync(join(repo.home, "asked"), "utf8").trim().split("\n");
  return { status, asked, base: asked[asked.indexOf("--base") + 1], first, home: repo.home };
}

describe("github-state.yml", () => {
  const { steps, permissions } = github.jobs.landed;
  const judging = steps.find((step) => step.run?.includes("npx") === true);

  test("writes from pushes alone, with one right, and leaves no credential to tests and install scripts", () => {
    expect(Object.keys(github.on)).toEqual(["push"]);
    expect([github.permissions, permissions]).toEqual([{}, { contents: "write" }]);
    expect(steps[0]?.with).toMatchObject({ "fetch-depth": 0, "persist-credentials": false });
    expect(steps.filter(({ env }) => env?.["GITHUB_TOKEN"] !== undefined)).toEqual([judging]);
    expect(judging?.env).toMatchObject({ PROOFLINE_STATE: "ref" });
    for (const { run: script = "" } of steps) expect(script).not.toContain("${{");
  });

  test("judges what was pushed against what was there before, in the released version and the policy's own mode", () => {
    expect(github.env["PROOFLINE_VERSION"]).toBe(version);
    const { asked, first } = run(judging?.run ?? "", {});
    expect(asked.slice(0, 3)).toEqual(["--yes", `proofline@${version}`, "check"]);
    expect(asked).not.toContain("--mode");
    expect(run(judging?.run ?? "", { BEFORE: "0".repeat(40) }).base).toBe("HEAD~1");
    const known = run(`export BEFORE=$(git rev-parse HEAD~1)\n${judging?.run ?? ""}`, {});
    expect(known.base).toBe(known.first);
    expect(first).toMatch(/^[0-9a-f]{40}$/);
  });

  test.each([[0, 0], [1, 0], [3, 0], [2, 2], [70, 70]])("a verdict that ends with %i ends the job with %i", (exit, expected) => {
    expect(run(judging?.run ?? "", {}, exit).status).toBe(expected);
  });
});

describe("gitlab-state.yml", () => {
  const script = gitlab.script.join("\n");

  test("runs for pushes to the default branch alone, and hands the token to Proofline alone", () => {
    expect(gitlab.rules.map((rule) => rule.if)).toEqual(['$CI_PIPELINE_SOURCE == "push" && $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH']);
    const { asked, home } = run(script, { PROOFLINE_STATE_TOKEN: "t", CI_COMMIT_BEFORE_SHA: "0".repeat(40) });
    expect(asked).toEqual(expect.arrayContaining([`proofline@${gitlab.variables["PROOFLINE_VERSION"]}`, "state ref", "token t"]));
    expect(readFileSync(join(home, "installed"), "utf8")).toBe("npm none\n");
    expect(gitlab.variables["PROOFLINE_VERSION"]).toBe(version);
  });

  test.each([[0, 0], [1, 0], [3, 0], [2, 2], [70, 70]])("a verdict that ends with %i ends the job with %i", (exit, expected) => {
    expect(run(script, { PROOFLINE_STATE_TOKEN: "t", CI_COMMIT_BEFORE_SHA: "x" }, exit).status).toBe(expected);
  });
});
