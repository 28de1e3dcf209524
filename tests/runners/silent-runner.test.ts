import { afterEach, expect, it, vi } from "vitest";
import { makeProject, type FixtureProject } from "./fixture-project.ts";

vi.setConfig({ testTimeout: 120_000 });

let project: FixtureProject;
afterEach(() => project.remove());

const HEAD = 'import { test } from "node:test";\nimport assert from "node:assert";\nimport { createServer } from "node:http";\n';
const OPEN = "createServer().listen(0);\n";

async function run(text: string) {
  project = makeProject([]);
  const tree = project.commit({ "package.json": JSON.stringify({ type: "module", scripts: { test: "node --test" } }), "a.test.js": HEAD + text });
  return project.run(tree, { budgetMs: 90_000 });
}

it("a file of node:test that leaves a server open is run again and told to end; what it says counts, and what only the first run got to", async () => {
  const made = await run(`${OPEN}test("adds", () => assert.equal(1 + 1, 2));\nawait new Promise((done) => setTimeout(done, 300));\ntest("fails", () => assert.equal(1, 2));\n`);
  expect(made).toMatchObject({ complete: true, notes: [expect.stringContaining("did not end by itself")] });
  expect(made.cases.map(({ id, outcome }) => [id.name, outcome])).toEqual([["adds", "passed"], ["fails", "failed"]]);
});
