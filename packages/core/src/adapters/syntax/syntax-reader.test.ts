import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readTests, type SyntaxTree } from "#change";
import { syntaxReader } from "./syntax-reader.ts";

const kinds = (tree: SyntaxTree | undefined): readonly string[] => tree?.body.map(({ kind }) => kind) ?? ["unread"];

describe("what is read", () => {
  test.each([
    ["a.ts", "const a = b as string; import type { T } from './t'; type X = 1;", ["declare", "import"]],
    ["a.tsx", "const a = <div>{b}</div>;", ["declare"]],
    ["a.js", "const a = <div />; // JSX in plain JavaScript", ["declare"]],
    ["a.js", "// @flow\nconst a: number = (b: any);", ["declare"]],
    ["a.mjs", "await import('./x.js');", ["statement"]],
    ["a.py", "import a\ndef f():\n    return 1\nassert f() == 1\n", ["import", "function", "assert"]],
    ["a.json", '{ "a": 1 } // with a comment', ["object"]],
    [".nycrc", '{ "lines": 90 }', ["object"]],
    ["a.yml", "a: [1, 2]\n", ["object"]],
  ])("%s: %s", async (path, text, expected) => {
    expect(kinds(await syntaxReader.read(path, text))).toEqual(expected);
  });

  test("languages nobody reads here are unread", async () => {
    expect(await syntaxReader.read("a.rb", "it 'adds'")).toBeUndefined();
  });

  test("lines are those of the text, after comments and in every language", async () => {
    const js = await syntaxReader.read("a.js", "// one\n\nfoo(\n  1,\n);\n");
    expect(js?.body[0]).toMatchObject({ line: 3, endLine: 5 });
    const python = await syntaxReader.read("a.py", "# one\n\ndef f(\n  a,\n):\n    return a\n\n\nx = 1\n");
    expect(python?.body.map(({ line, endLine }) => [line, endLine])).toEqual([[3, 6], [9, 9]]);
    const yaml = await syntaxReader.read("a.yml", "a:\n  b: 1\n");
    expect(yaml?.body[0]?.kind === "object" && yaml.body[0].entries[0]?.value.line).toBe(2);
  });

  test("a tuple as a target, and a bare yield, are no damage", async () => {
    const tree = await syntaxReader.read("test_a.py", "def f():\n    with a() as (b, c):\n        assert b == 1\n    yield\n");
    expect(tree?.damaged).toBe(false);
    expect((await syntaxReader.read("test_a.py", "def f(:\n    assert ==\n"))?.damaged).toBe(true);
  });
});

describe("texts made to harm", () => {
  const deep = (open: string, close: string, count = 20_000): string => open.repeat(count) + close.repeat(count);

  test.each([
    ["brackets", "a.js", deep("[", "]")],
    ["calls", "a.ts", deep("f(", ")")],
    ["blocks", "a.js", deep("{", "}")],
    ["a long chain", "a.js", `a${".b()".repeat(20_000)};`],
    ["a long sum", "a.js", `a${" + a".repeat(20_000)};`],
    ["Python brackets", "a.py", deep("(", ")")],
    ["JSON", "a.json", deep("[", "]")],
    ["YAML", "a.yml", deep("[", "]")],
    ["nothing", "a.js", ""],
    ["no text", "a.py", "\u0000\ud800"],
  ])("%s end in an answer", async (_, path, text) => {
    const tree = await syntaxReader.read(path, text);
    if (tree !== undefined && tree.language !== "data") expect(readTests(path, tree).parts).toEqual([]);
  });

  test("any text is read or unread, and what is read can be taken for tests", () =>
    fc.assert(
      fc.asyncProperty(fc.constantFrom("a.test.ts", "a.test.js", "test_a.py", "a.json", "a.yml"), fc.oneof(fc.string(), fc.array(fc.constantFrom("it('a', () => {", "});", "expect(x)", ".toBe(1)", "\n", "def test_a():\n ", "assert", "(", ")", "{", "}", "`", "/*", "import ")).map((parts) => parts.join(" "))), async (path, text) => {
        const tree = await syntaxReader.read(path, text);
        if (tree !== undefined && tree.language !== "data") expect(readTests(path, tree).path).toBe(path);
      }),
      { numRuns: 150 },
    ));
});
