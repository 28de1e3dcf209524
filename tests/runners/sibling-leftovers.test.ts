import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, it, vi } from "vitest";
import { makeProject, told, type FixtureProject } from "./fixture-project.ts";

vi.setConfig({ testTimeout: 60_000 });

let project: FixtureProject;
afterEach(() => project.remove());

const FILES = {
  ".gitignore": "node_modules\ndist\nleft.txt\n",
  "package.json": JSON.stringify({ name: "root", private: true, workspaces: ["packages/*"] }),
  "packages/a/package.json": JSON.stringify({ name: "a", main: "./dist/index.js", scripts: { build: "node build.js" } }),
  "packages/a/build.js": 'const fs = require("fs"); fs.mkdirSync("dist", { recursive: true }); fs.writeFileSync("dist/index.js", "module.exports = 1");\n',
  "packages/b/package.json": JSON.stringify({ name: "b", scripts: { test: "node --test" }, dependencies: { a: "*" } }),
  "packages/b/one.test.js": 'const test = require("node:test");\nconst a = require("a");\ntest("uses a", () => require("assert").equal(a, 1));\n',
  "packages/b/two.test.js": 'const test = require("node:test");\nconst fs = require("fs");\nconst left = __dirname + "/left.txt";\ntest("starts clean", () => { require("assert").equal(fs.existsSync(left), false); fs.writeFileSync(left, "x"); });\n',
};

it("what a build beside the tests made is there in the next run, and what the tests left is not", async () => {
  project = makeProject([]);
  mkdirSync(join(project.root, "node_modules"), { recursive: true });
  symlinkSync("../packages/a", join(project.root, "node_modules/a"));
  const tree = project.commit(FILES);
  const builds: string[] = [];
  for (let round = 0; round < 3; round += 1) {
    const run = await project.run(tree, { onProgress: ({ phase, says }) => void (phase === "build" && builds.push(says)) });
    expect([round, told(run)]).toEqual([round, ["starts clean: passed", "uses a: passed"]]);
  }
  expect(builds).toEqual(["npm run build"]);
});
