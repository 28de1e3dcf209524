import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { installsOf, withInstalls } from "./install-steps.ts";

const template = (ci: "github" | "gitlab"): string => readFileSync(new URL(`../../../../../templates/ci/${ci}.yml`, import.meta.url), "utf8");
const found = (files: Readonly<Record<string, string>>) => installsOf(Object.keys(files), (path) => files[path]);

/** What the written pipelines run before Proofline, action or command. */
function stepsFor(files: Readonly<Record<string, string>>): { readonly github: readonly string[]; readonly gitlab: readonly string[] } {
  const installs = found(files);
  const workflow = parse(withInstalls(template("github"), "github", installs)) as { jobs: { verdict: { steps: { uses?: string; run?: string }[] } } };
  const job = parse(withInstalls(template("gitlab"), "gitlab", installs)) as { proofline: { script: string[] } };
  for (const line of job.proofline.script) execFileSync("sh", ["-n", "-c", line]);
  const before = <T>(steps: readonly T[], ends: (step: T) => boolean): readonly T[] => steps.slice(0, steps.findIndex(ends));
  return {
    github: before(workflow.jobs.verdict.steps, (step) => step.run?.includes("npx") === true).map((step) => step.run ?? step.uses ?? "").filter((step) => !/checkout|setup-node/.test(step)),
    gitlab: before(job.proofline.script, (line) => line.startsWith("npx")),
  };
}

test.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
  ["npm", { "package.json": "{}", "package-lock.json": "" }, ["npm ci"]],
  ["npm without a lock file", { "package.json": "{}" }, ["npm install"]],
  ["pnpm", { "package.json": "{}", "pnpm-lock.yaml": "lockfileVersion: '9.0'\n" }, ["npm install --global pnpm@10", "pnpm install --frozen-lockfile"]],
  ["pnpm with an older lock file", { "package.json": "{}", "pnpm-lock.yaml": "lockfileVersion: '6.0'\n" }, ["npm install --global pnpm@8", "pnpm install --frozen-lockfile"]],
  ["pnpm with a much older one", { "package.json": "{}", "pnpm-lock.yaml": "lockfileVersion: 5.4\n" }, ["npm install --global pnpm@7", "pnpm install --frozen-lockfile"]],
  ["pnpm with a lock file and the manifest's word", { "package.json": '{ "packageManager": "pnpm@8.6.0" }', "pnpm-lock.yaml": "lockfileVersion: '9.0'\n" }, ["corepack enable", "pnpm install --frozen-lockfile"]],
  ["pnpm by the manifest's word", { "package.json": '{ "packageManager": "pnpm@9.1.0" }', "package-lock.json": "" }, ["corepack enable", "pnpm install"]],
  ["yarn 1", { "package.json": "{}", "yarn.lock": "# yarn lockfile v1\n" }, ["yarn install --frozen-lockfile"]],
  ["yarn 4", { "package.json": '{"packageManager":"yarn@4.1.0+sha224.x"}', "yarn.lock": "" }, ["corepack enable", "yarn install --immutable"]],
  ["yarn 2 by its lock file", { "package.json": "{}", "yarn.lock": "# This file\n\n__metadata:\n  version: 6\n" }, ["corepack enable", "yarn install --immutable"]],
  ["bun", { "package.json": "{}", "bun.lockb": "" }, ["oven-sh/setup-bun@v2", "bun install --frozen-lockfile"]],
  ["uv", { "pyproject.toml": "", "uv.lock": "" }, ["astral-sh/setup-uv@v6", "uv sync --frozen"]],
  ["poetry", { "pyproject.toml": "", "poetry.lock": "" }, ["actions/setup-python@v5", "pipx install poetry", "poetry install --no-interaction"]],
  ["pip", { "setup.py": "", "requirements.txt": "", "requirements-dev.txt": "" }, ["actions/setup-python@v5", "python -m pip install --requirement requirements-dev.txt", "python -m pip install --requirement requirements.txt", "python -m pip install --editable ."]],
  ["go", { "go.mod": "", "sub/package.json": "{}" }, ["actions/setup-go@v5", "go mod download"]],
  ["npm and go", { "package.json": "{}", "package-lock.json": "", "go.mod": "" }, ["npm ci", "actions/setup-go@v5", "go mod download"]],
  ["nothing", { "README.md": "" }, []],
])("a pipeline for %s installs with its own tool", (_, files, steps) => {
  expect(stepsFor(files).github).toEqual(steps);
});

test("GitLab's image gets what it lacks, and no install script sees the token", () => {
  expect(stepsFor({ "package.json": "{}", "bun.lock": "" }).gitlab).toEqual(["npm install --global bun@1", "env -u GITLAB_TOKEN bun install --frozen-lockfile"]);
  for (const files of [{ "package.json": "{}", "pnpm-lock.yaml": "" }, { "requirements.txt": "" }, { "uv.lock": "" }, { "poetry.lock": "" }]) {
    const steps = stepsFor(files).gitlab;
    expect(steps.filter((line) => /\b(?:pnpm|pip|uv|poetry) (?:install|sync)/.test(line) && !line.startsWith("env -u GITLAB_TOKEN"))).toEqual([]);
    expect(steps.length).toBeGreaterThan(0);
  }
  expect(stepsFor({ "go.mod": "" }).gitlab).toEqual([]);
  expect(withInstalls(template("gitlab"), "gitlab", found({ "go.mod": "" }))).toContain("--evidence");
});

test("odd names stay out of the pipeline", () => {
  expect(found({ "requirements-$(id).txt": "", "requirements x.txt": "" })).toEqual([]);
});
