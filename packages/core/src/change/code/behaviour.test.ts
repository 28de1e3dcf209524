import { expect, test } from "vitest";
import { diffOf } from "../../../../../tests/support/diff-of.ts";
import type { FileKind } from "../change.ts";
import type { DiffFile } from "../diff.ts";
import { changesBehaviour } from "./behaviour.ts";
import { changedCode, type TextOf } from "./changed-code.ts";
import { languageOf } from "./language.ts";

function differs(file: DiffFile, kind: FileKind = "source", textOf?: TextOf): boolean {
  const language = languageOf(file.path);
  return changesBehaviour(file, kind, language, language ? changedCode(file, language, textOf) : []);
}

const between = (path: string, base: string, head: string): boolean => differs(diffOf(path, base, head));

/** Each pair: what changed nothing that runs, and its twin that did. */
test.each([
  ["a line comment", "a.ts", "a(); // one\n", "a(); // two\n", "b(); // one\n"],
  ["a linter's mark", "a.ts", "x();\n", "// eslint-disable-next-line\nx();\n", "y();\nx();\n"],
  ["a JSDoc block", "a.ts", "f()\n", "/**\n * Says more.\n * @param x y\n */\nf()\n", "/** */ g()\nf()\n"],
  ["indentation of braces", "a.ts", "if (x) {\ny()\n}\n", "if (x) {\n  y()\n}\n", "if (x) {\n  z()\n}\n"],
  ["a formatter's line breaks", "a.ts", "f(a, b)\n", "f(\n  a,\n  b,\n)\n", "f(\n  a,\n  c,\n)\n"],
  ["the style of quotes", "a.ts", "f('a')\n", 'f("a")\n', 'f("A")\n'],
  [
    "imports in another order",
    "a.ts",
    "import { b, a } from 'x'\nimport c from 'y'\n",
    "import c from 'y'\nimport { a, b } from 'x'\n",
    "import c from 'y'\nimport { a, d } from 'x'\n",
  ],
  ["imports over several lines", "a.ts", "import { a, b } from 'x'\n", "import {\n  a,\n  b,\n} from 'x'\n", "import {\n  a,\n} from 'x'\n"],
  ["an interface", "a.ts", "f()\n", "export interface A {\n  b: string;\n  c(): { d: 1 };\n}\nf()\n", "export class A {\n  b = 1;\n}\nf()\n"],
  ["a type alias over lines", "a.ts", "f()\n", "type A =\n  | 'x'\n  | { y: 1 };\nf()\n", "const A =\n  x\n  || { y: 1 };\nf()\n"],
  ["a type import", "a.ts", "import type { A } from 'x';\n", "import type { B } from 'y';\n", "import { B } from 'y';\n"],
  ["a type among imported names", "a.ts", "import { a } from 'x'\n", "import { a, type B } from 'x'\n", "import { a, B } from 'x'\n"],
  ["the bar before a union", "a.ts", "f(x: A | B)\n", "f(\n  x:\n    | A\n    | B,\n)\n", "f(\n  x:\n    | A\n    | C,\n)\n"],
  ["a docstring", "a.py", "def f():\n    return 1\n", 'def f():\n    """Says."""\n    return 1\n', 'def f():\n    x = """Says."""\n    return 1\n'],
  ["a type checker's mark", "a.py", "return x\n", "return x  # type: ignore\n", "return y  # type: ignore\n"],
  ["Python imports in another order", "a.py", "import a\nfrom b import c, d\n", "from b import d, c\nimport a\n", "from b import d, e\nimport a\n"],
  ["a version constant", "src/pkg/__init__.py", '__version__ = "1.2.3"\n', '__version__ = "1.2.4"\n', '__name__ = "1.2.4"\n'],
  ["a Go comment", "a.go", "x := 1\n", "// why\nx := 1\n", "//go:build linux\nx := 1\n"],
  ["blank lines", "a.rb", "a\nb\n", "a\n\nb\n", "a\n\nc\n"],
  [
    "the version in a manifest",
    "package.json",
    '{\n  "version": "1.0.0",\n  "a": 1\n}\n',
    '{\n  "version": "1.0.1",\n  "a": 1\n}\n',
    '{\n  "version": "1.0.1",\n  "a": 2\n}\n',
  ],
  ["a YAML comment", "config.yml", "a: 1\n", "# why\na: 1\n", "a: 2\n"],
  ["a comment in a component", "a.vue", "<p>x</p>\n", "<!-- why -->\n<p>x</p>\n", "<p>y</p>\n"],
])("%s changes nothing that runs; its twin does", (_, path, base, harmless, twin) => {
  expect(between(path, base, harmless)).toBe(false);
  expect(between(path, base, twin)).toBe(true);
});

test.each([
  ["white space in a string", "a.ts", "f('a b')\n", "f('a  b')\n"],
  ["Python's indentation", "a.py", "if x:\n    y()\n    z()\n", "if x:\n    y()\nz()\n"],
  ["a line break after return", "a.ts", "return x\n", "return\nx\n"],
  ["words grown together", "a.ts", "new A\n", "newA\n"],
  ["a trailing comma that makes a tuple", "a.py", "x = (1)\n", "x = (1,)\n"],
  ["a URL in markup", "a.tsx", "<a>https://a.org</a>\n", "<a>https://b.org</a>\n"],
  ["a log message", "a.ts", "log('a')\n", "log('b')\n"],
  ["a default parameter's type made a value", "a.ts", "type A = 1;\n", "const A = 1;\n"],
  ["a product that starts a line", "a.ts", "x = a\n  * b\n", "x = a\n  * c\n"],
  ["an interface's twin, an object literal", "a.ts", "const o = {\n  a: b,\n}\n", "const o = {\n  a: c,\n}\n"],
  ["a shebang", "a.sh", "#!/bin/sh\n", "#!/bin/bash\n"],
  ["code behind a closed comment", "a.ts", "/* a */ f()\n", "/* a */ g()\n"],
  ["a glob that looks like a comment", "a.ts", "f('src/**/*.ts', a)\n", "f('src/**/*.ts', b)\n"],
])("%s can change what runs", (_, path, base, head) => {
  expect(between(path, base, head)).toBe(true);
});

test("the middle of a long comment is a comment, by its shape or by the text", () => {
  const base = "/**\n * Says one thing.\n * And another here.\n */\nf()\n";
  const head = base.replace("one thing", "two things");
  expect(between("a.ts", base, head)).toBe(false);
  const bare = "/*\nSays one\n*/\nf()\n";
  const changed = bare.replace("one", "two");
  const textOf: TextOf = (side) => (side === "base" ? bare : changed);
  expect(between("a.ts", bare, changed)).toBe(true);
  expect(differs(diffOf("a.ts", bare, changed), "source", textOf)).toBe(false);
});

test("a text that is of another version is not believed", () => {
  const file = diffOf("a.ts", "f()\n", "g()\n");
  expect(differs(file, "source", () => "/*\n*/\n")).toBe(true);
});

test("lines of an interface are known by the heading Git gives", () => {
  const file = diffOf("a.ts", "interface A {\n  a: string;\n}\n", "interface A {\n  a: number;\n}\n");
  const headed = (heading: string): DiffFile => ({ ...file, hunks: file.hunks.map((hunk) => ({ ...hunk, heading })) });
  expect(differs(headed("export interface A {"))).toBe(false);
  expect(differs(headed("export class A {"))).toBe(true);
});

test.each([
  ["a member whose type is written out", "interface A {", "readonly a?: { [key: string]: unknown };", "readonly a?: Extensions;", "a = { [key]: unknown };"],
  ["a member that is a function", "export interface A {", "a?: () => void;", "a?: (b: { c: 1 }) => void;", "a?.(b);"],
  ["a name among exported types", "export type {", "A,", "B,", "b(),"],
  ["a renamed name among imported types", "import type {", "A as B,", "C as B,", "a as () => B,"],
])("below its heading, %s is a type; code in its place is not", (_, heading, base, head, twin) => {
  const headed = (line: string): DiffFile => {
    const file = diffOf("a.ts", `x\n  ${base}\n`, `x\n  ${line}\n`);
    return { ...file, hunks: file.hunks.map((hunk) => ({ ...hunk, heading })) };
  };
  expect(differs(headed(head))).toBe(false);
  expect(differs(headed(twin))).toBe(true);
});

test("names below anything but a list of types may be values", () => {
  const file = diffOf("a.ts", "  A,\n", "  B,\n");
  const headed = (heading: string): DiffFile => ({ ...file, hunks: file.hunks.map((hunk) => ({ ...hunk, heading })) });
  expect(differs(headed("export {"))).toBe(true);
  expect(differs(headed("export type { A } from 'a';"))).toBe(true);
});

test("files without lines: renames run the same, modes, binaries and submodules may not", () => {
  const plain: DiffFile = {
    path: "b.ts",
    basePath: "a.ts",
    status: "renamed",
    similarity: 100,
    baseMode: "100644",
    headMode: "100644",
    binary: false,
    hunks: [],
    added: 0,
    deleted: 0,
  };
  expect(differs(plain)).toBe(false);
  expect(differs({ ...plain, headMode: "100755" })).toBe(true);
  expect(differs({ ...plain, path: "sub", baseMode: "160000", headMode: "160000" })).toBe(true);
  expect(differs({ ...plain, binary: true, baseBlob: "1", headBlob: "2" }, "generated")).toBe(true);
  expect(differs({ ...plain, tooLarge: true, baseBlob: "1", headBlob: "2" })).toBe(true);
  expect(differs({ ...plain, status: "type-changed" })).toBe(true);
  expect(differs({ ...plain, binary: true }, "asset")).toBe(false);
});

test("prose and declaration files never run", () => {
  expect(differs(diffOf("README.md", "a\n", "b\n"), "docs")).toBe(false);
  expect(differs(diffOf("src/index.d.ts", "export const a: 1\n", "export const a: 2\n"))).toBe(false);
});

test("a file of an unknown language counts as running", () => {
  expect(between("src/a.unknown", "a\n", "b\n")).toBe(true);
});

test("where the text is at hand, whatever stands in a declaration of types is one; what follows it is not", () => {
  const base = "const f = (a: string) => a\ntype Operations = {\n  flip: []\n  sharpen: [sigma?: number] | [options?: { sigma?: number, m1?: number }]\n}\nf(1)\n";
  const told = (head: string, heading: string): boolean => {
    const file = diffOf("a.ts", base, head);
    return differs({ ...file, hunks: file.hunks.map((hunk) => ({ ...hunk, heading })) }, "source", (side) => (side === "base" ? base : head));
  };
  expect(told(base.replace("[sigma?: number] | ", ""), "type Operations = {")).toBe(false);
  expect(told(base.replace("f(1)", "f(2)"), "type Operations = {")).toBe(true);
  expect(told(base.replace("[sigma?: number] | ", "").replace("(a: string) => a", "(a: string) => a + 1"), "type Operations = {")).toBe(true);
  expect(told(base.replaceAll("type Operations =", "const operations =").replace("[sigma?: number] | ", ""), "const operations = {")).toBe(true);
});
