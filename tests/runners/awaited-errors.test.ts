import { afterEach, expect, it, vi } from "vitest";
import { makeProject, told, type FixtureProject } from "./fixture-project.ts";

vi.setConfig({ testTimeout: 60_000 });

let project: FixtureProject;
afterEach(() => project.remove());

const THROWS = 'setTimeout(() => { throw new Error("expected"); }, 5);\n';
const WAITS = 'let seen;\nprocess.once("uncaughtException", (error) => { seen = error; });\n';
const program = (text: string) => ({ "package.json": JSON.stringify({ scripts: { test: "node test.js" } }), "test.js": `const assert = require("assert");\n${text}` });

it.each([
  ["is waited for", WAITS, ["(the whole program): passed"]],
  ["nobody waits for", "const seen = { message: 'expected' };\n", ["(the whole program): failed error"]],
])("an error that %s ends a program that tests by itself only then", async (_, waits, outcome) => {
  project = makeProject([]);
  const run = await project.run(project.commit(program(`${waits}${THROWS}setTimeout(() => assert.equal(seen.message, "expected"), 50);\n`)));
  expect(told(run)).toEqual(outcome);
});

it.each([
  ["is waited for", 'process.once("uncaughtException", (error) => { t.equal(error.message, "expected"); t.end(); });', { complete: true }, ["handles: passed"]],
  ["nobody waits for", "setTimeout(() => t.end(), 50);", { complete: false }, ["handles: failed error"]],
])("an error that %s ends a file of tape only then", async (_, waits, whole, outcome) => {
  project = makeProject(["tape"]);
  const text = `const test = require("tape");\ntest("handles", (t) => { ${waits}\n${THROWS} });\n`;
  const run = await project.run(project.commit({ "package.json": JSON.stringify({ scripts: { test: "tape test.js" }, devDependencies: { tape: "*" } }), "test.js": text }));
  expect(run).toMatchObject(whole);
  expect(told(run)).toEqual(outcome);
});
