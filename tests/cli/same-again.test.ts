import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { proofline, verdictOf } from "../support/cli.ts";
import { makeRepo, type TestRepository } from "../support/repo.ts";

const code = (n: number, times: number): string => `export function price${n}(items) {\n  return items * ${times};\n}\n`;
const suite = (n: number, assertion: string): string => `import { expect, test } from "vitest";\nimport { price${n} } from "./price${n}.js";\n\ntest("prices ${n}", () => {\n  ${assertion}\n});\n`;

/** A history long enough to be counted, and on top a change that loosens tests, says nothing new in others, and looks like a secret. */
function loosened(files: number): TestRepository {
  const repo = makeRepo();
  for (let n = 0; n < 62; n += 1) repo.commit(`feat: step ${n}`, { [`src/step${n}.js`]: code(n, 1) });
  const all = (text: (n: number) => readonly [string, string][]): Record<string, string> => Object.fromEntries(Array.from({ length: files }, (_, n) => text(n)).flat());
  repo.commit("feat: prices", all((n) => [[`src/price${n}.js`, code(n, 2)], [`src/price${n}.test.js`, suite(n, `expect(price${n}(2)).toBe(4);`)]]));
  repo.commit("fix: round", all((n) => [[`src/price${n}.js`, code(n, 3)], [`src/price${n}.test.js`, suite(n, n % 2 === 0 ? `expect(price${n}(2)).toBeTruthy();` : `expect(price${n}(2)).toBe(6);`)]]));
  return repo;
}

/** The document without what is a time. */
function verdictIn(repo: TestRepository): unknown {
  const { tookMs: _took, testMs: _tests, ...rest } = verdictOf(repo, "--base", "HEAD~1", "--head", "HEAD");
  return rest;
}
const facts = (repo: TestRepository): string => join(repo.dir, ".proofline/cache/facts");
const keptIn = (repo: TestRepository): string[] => (existsSync(facts(repo)) ? readdirSync(facts(repo)).filter((name) => name !== ".gitignore") : []);

test.each([3, 160])("checking twice gives the same document apart from times, with and without what was kept: %i pairs of files", (files) => {
  const repo = loosened(files);
  const cold = verdictIn(repo);
  expect(JSON.stringify(cold)).toContain("tests/weakened");
  const kept = keptIn(repo);
  expect(kept.length).toBeGreaterThanOrEqual(2);
  expect(verdictIn(repo)).toEqual(cold);
  expect(keptIn(repo)).toEqual(kept);
  rmSync(join(repo.dir, ".proofline"), { recursive: true });
  expect(verdictIn(repo)).toEqual(cold);
});

test("what was kept is not believed once somebody touched it, and says nothing of another change", () => {
  const repo = loosened(3);
  const cold = verdictIn(repo);
  for (const name of keptIn(repo)) {
    const file = join(facts(repo), name);
    writeFileSync(file, readFileSync(file, "utf8").replaceAll("broken", "holds").replaceAll("“prices", "“prizes"));
  }
  expect(verdictIn(repo)).toEqual(cold);
  repo.commit("test: insist again", Object.fromEntries([0, 1, 2].map((n) => [`src/price${n}.test.js`, suite(n, `expect(price${n}(2)).toBe(6);`)])));
  expect(JSON.stringify(verdictIn(repo))).not.toContain("less strictly");
});

test("what is kept is never part of a working tree that is judged", () => {
  const repo = loosened(3);
  verdictIn(repo);
  rmSync(join(repo.dir, ".proofline/.gitignore"));
  expect(repo.git("status", "--porcelain").split("\n").filter((line) => line.includes("cache"))).toEqual([]);
});

test("a replay leaves no trace of it", () => {
  const repo = loosened(3);
  proofline(repo, ["init", "--dry-run", "--replay", "3"]);
  expect(keptIn(repo)).toEqual([]);
});
