import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findTool } from "./find-tool.ts";

let root: string;
const manifest = async (folder: string, value: object): Promise<void> => {
  await mkdir(join(root, folder), { recursive: true });
  await writeFile(join(root, folder, "package.json"), JSON.stringify(value));
};

beforeAll(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), "find-tool-")));
  await manifest(".", { name: "jasmine", version: "5.0.0", bin: { jasmine: "./bin/jasmine.js" } });
  await manifest("node_modules/mocha", { name: "mocha", version: "11.0.0", bin: { mocha: "bin/mocha.js", _mocha: "bin/_mocha" } });
  await manifest("packages/a", { name: "a" });
});
afterAll(() => rm(root, { recursive: true, force: true }));

test("an installed runner is found from a package below", async () => {
  expect(await findTool(root, join(root, "packages/a"), "mocha")).toMatchObject({ script: join(root, "node_modules/mocha/bin/mocha.js"), version: "11.0.0" });
});

test("a runner that tests itself is its own tool; a package of another name is none", async () => {
  expect(await findTool(root, join(root, "packages/a"), "jasmine")).toMatchObject({ script: join(root, "bin/jasmine.js"), version: "5.0.0" });
  expect(await findTool(root, root, "tape")).toBeUndefined();
});
