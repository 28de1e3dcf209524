import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { makeProject, type FixtureProject } from "./fixture-project.ts";

/** pnpm keeps what nobody asked for by name in a folder of its own, and starts programs of packages so that they find it; a plain `node` does not. */
let project: FixtureProject;
afterEach(() => project.remove());

const outcomes = async (packages: readonly string[], script: string, header: string): Promise<readonly string[]> => {
  project = makeProject(packages);
  const hidden = join(project.root, "node_modules/.pnpm/node_modules/kept-apart");
  mkdirSync(hidden, { recursive: true });
  writeFileSync(join(hidden, "index.js"), "module.exports = 1;\n");
  const tree = project.commit({
    "package.json": JSON.stringify({ scripts: { test: script }, devDependencies: Object.fromEntries(packages.map((name) => [name, "*"])) }),
    "test/a.test.js": `${header}it('finds it', () => { require('node:assert').equal(require('kept-apart'), 1); });\n`,
  });
  return (await project.run(tree)).cases.map((one) => one.outcome);
};

it("starts an installed runner as pnpm's own link to it does", async () => {
  expect(await outcomes(["mocha"], "mocha test/*.test.js", "")).toEqual(["passed"]);
});

it("keeps variables of the script beside it", async () => {
  expect(await outcomes(["mocha"], "NODE_PATH=lib mocha test/*.test.js", "if (!process.env.NODE_PATH.endsWith('lib')) throw 1;\n")).toEqual(["passed"]);
});

it("gives plain node nothing it would not have", async () => {
  expect(await outcomes([], "node --test", "const { it } = require('node:test');\n")).toEqual(["failed"]);
});
