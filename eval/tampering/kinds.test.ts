import { describe, expect, test } from "vitest";
import { JAVASCRIPT_KINDS } from "./kinds-javascript.ts";
import { PYTHON_KINDS } from "./kinds-python.ts";
import type { FoundFile, Kind, Site } from "./planting.ts";
import { readJavascriptTests } from "./read-javascript.ts";
import { readPythonTests } from "./read-python.ts";
import type { Dialect, PlantedRepository } from "./repositories.ts";

const FILES: Readonly<Record<Dialect, readonly [runner: string, path: string, text: string]>> = {
  expect: ["vitest", "test/a.test.ts", `import { expect, it } from "vitest";\nimport { total } from "../src/total";\n\nit("adds", () => {\n  expect(total([1, 2])).toBe(3);\n  expect(name([1])).toEqual("one item");\n});\n\nit("waits", async () => {\n  await expect(later()).rejects.toThrow("no");\n});\n`],
  chai: ["mocha", "test/a.js", `it("adds", function () {\n  expect(total([1, 2])).to.equal(3);\n  expect(name([1])).to.eql("one item");\n});\n\nit("other", function () {\n  expect(other()).to.equal(7);\n});\n`],
  should: ["mocha", "test/a.js", `it("adds", function () {\n  total([1, 2]).should.equal(3);\n  name([1]).should.eql("one item");\n});\n\nit("other", function () {\n  other().should.equal(7);\n});\n`],
  assert: ["mocha", "test/a.test.js", `it("adds", function () {\n  assert.strictEqual(total([1, 2]), 3);\n  assert.equal(name([1]), "one item");\n});\n\nit("waits", async function () {\n  await assert.rejects(later());\n});\n`],
  ava: ["ava", "test/a.js", `import test from "ava";\n\ntest("adds", async (t) => {\n  t.is(total([1, 2]), 3);\n  t.deepEqual(name([1]), "one item");\n});\n\ntest("waits", async (t) => {\n  await t.throwsAsync(later());\n});\n`],
  tape: ["tape", "test/a.js", `test("adds", function (t) {\n  t.equal(total([1, 2]), 3);\n  t.deepEqual(name([1]), "one item");\n  t.end();\n});\n\ntest("other", function (t) {\n  t.equal(other(), 7);\n  t.end();\n});\n`],
  pytest: ["pytest", "tests/test_a.py", `from shop import total\n\n\ndef test_adds():\n    assert total([1, 2]) == 3\n    assert name([1]) == "one item"\n\n\ndef test_other():\n    assert other() == 7\n`],
  unittest: ["unittest", "tests/test_a.py", `from shop import total\n\n\nclass TestTotal(TestCase):\n    def test_adds(self):\n        self.assertEqual(total([1, 2]), 3)\n        self.assertEqual(name([1]), "one item")\n\n    def test_other(self):\n        self.assertEqual(other(), 7)\n`],
};

const read = (path: string, text: string): FoundFile | undefined => (path.endsWith(".py") ? readPythonTests(path, text) : readJavascriptTests(path, text));

function sitesFor(dialect: Dialect): readonly Site[] {
  const [runner, path, text] = FILES[dialect];
  const file = read(path, text);
  const repository: PlantedRepository = { name: "a/b", revision: "0", runner, dialect, tests: /./ };
  return (file?.tests ?? []).map((one) => ({ repository, file: file as FoundFile, test: one, paths: [path], other: () => undefined }));
}

/** Not in every dialect's little file. */
const NEEDS_MORE: ReadonlySet<string> = new Set(["planned assertions lowered, tape", "planned assertions lowered, ava", "no longer awaited, expect", "renamed so that no runner finds it, assert"]);

describe.each(Object.keys(FILES) as Dialect[])("%s", (dialect) => {
  const kinds: readonly Kind[] = (dialect === "pytest" || dialect === "unittest" ? PYTHON_KINDS : JAVASCRIPT_KINDS).filter((kind) => kind.dialects.includes(dialect));

  test.each(kinds.map((kind) => [kind.id, kind] as const))("%s: changes the file, into something that can still be read", (id, kind) => {
    const [, path] = FILES[dialect];
    const planted = sitesFor(dialect).flatMap((site) => kind.plant(site) ?? []);
    if (!NEEDS_MORE.has(`${id}, ${dialect}`)) expect(planted.length).toBeGreaterThan(0);
    for (const side of planted.flatMap((one) => [one.base, one.head])) {
      for (const [file, text] of Object.entries(side)) if (text !== null && file === path) expect(read(path, text), text).toBeDefined();
    }
    for (const { base, head } of planted) expect(head[path]).not.toBe(base[path] ?? FILES[dialect][2]);
  });

  test.each(kinds.filter((kind) => kind.twin).map((kind) => [kind.id, kind] as const))("%s: its twin keeps every assertion", (_, kind) => {
    const [, path, before] = FILES[dialect];
    const count = (text: string): number => text.split(/\bexpect\(|\bassert\b|\bassertEqual\b|assertAlmost|\.should\b|\bt\.(?!end|plan|timeout)\w+/).length;
    for (const site of sitesFor(dialect)) {
      const twin = kind.twin?.(site);
      const is = twin?.head[path] ?? Object.values(twin?.head ?? {}).find((text) => text !== null);
      if (twin && is !== undefined && is !== null) expect(count(is)).toBeGreaterThanOrEqual(count(twin.base[path] ?? before) - (kind.id === "assertion removed" ? 1 : 0));
    }
  });
});
