import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { makeProject, type FixtureProject } from "./fixture-project.ts";

let project: FixtureProject;
afterEach(() => project.remove());

/** A stand-in that would wait for ever, as Vitest before 0.10 does when it is given a reporter it can't load, but for the version it says it is. */
async function failureOf(version: string): Promise<string | undefined> {
  project = makeProject([]);
  const folder = join(project.root, "node_modules/vitest");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "vitest", version, bin: "cli.js" }));
  writeFileSync(join(folder, "cli.js"), "setInterval(() => {}, 1000);\n");
  const tree = project.commit({
    "package.json": JSON.stringify({ scripts: { test: "vitest" }, devDependencies: { vitest: "*" } }),
    "a.test.js": "import { it } from 'vitest'; it('works', () => {});\n",
  });
  const run = await project.run(tree, { budgetMs: 4000 });
  return run.because;
}

it("says at once that a runner is too old, and what to do", async () => {
  expect(await failureOf("0.6.1")).toMatch(/^vitest 0\.6\.1 takes no reporter of ours \(0\.10\.0 and later do\); declare it/);
});

it("starts a young one", async () => {
  expect(await failureOf("0.10.0")).not.toMatch(/takes no reporter/);
});
