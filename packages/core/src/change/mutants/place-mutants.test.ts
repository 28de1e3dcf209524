import fc from "fast-check";
import { expect, test } from "vitest";
import { syntaxReader } from "../../adapters/syntax/index.ts";
import { withMutant, type Mutant } from "./mutant.ts";
import { placeMutants } from "./place-mutants.ts";

async function mutantsOf(path: string, text: string): Promise<readonly Mutant[]> {
  const tree = await syntaxReader.read(path, text);
  return tree === undefined ? [] : placeMutants(path, tree).flatMap(({ mutants }) => mutants);
}

const after = (text: string, mutants: readonly Mutant[], kind: string): (string | undefined)[] => mutants.filter((one) => one.kind === kind).map((one) => withMutant(text, one));

/** What a function named f gives for these arguments in a text without module syntax. */
const called = (text: string, ...args: unknown[]): unknown => (new Function(`${text}\nreturn f;`) as () => (...given: unknown[]) => unknown)()(...args);

test.each([
  ["comparison", "if (a >= 1) return a;", "a > 1"],
  ["arithmetic", "return a + 1;", "a - 1"],
  ["logic", "return a && b;", "a || b"],
  ["condition", "if (a) return b;", "if (!(a))"],
  ["literal", "return g('x', 1);", "g('', 1)"],
  ["call", "g(a); return b;", "void 0; return b;"],
  ["refusal", "if (!a) throw new Error('no'); return b;", "if (!a) void 0;"],
  ["method", "return a.some(b);", "a.every(b)"],
])("puts a fault of kind %s into `%s`", async (kind, body, wanted) => {
  const text = `function f(a, b) { ${body} }`;
  expect(after(text, await mutantsOf("src/a.js", text), kind).join("\n")).toContain(wanted);
});

test.each<[kind: string, given: unknown, bent: unknown]>([
  ["value", 1, 2],
  ["value", "a", "a~"],
  ["value", true, false],
  ["value", [1, 2], [1, 3]],
  ["value", { a: { b: 1 } }, { a: { b: 2 } }],
  ["value", null, null],
  ["order", [1, 2, 3], [3, 2, 1]],
  ["order", 7, 7],
  ["more", [1], [1, 1]],
  ["more", { a: 1 }, { a: 1, toomuch: 1 }],
  ["gone", 1, undefined],
])("bends a result (%s): %j becomes %j", async (kind, given, bent) => {
  const text = "function f(a) { const list = [a]; return list[0]; }";
  const [broken] = after(text, await mutantsOf("src/a.js", text), kind);
  expect(called(broken ?? "", given)).toEqual(bent);
});

test("bends what a promise gives", async () => {
  const text = "async function f(a) { return await a; }";
  const [broken] = after(text, await mutantsOf("src/a.js", text), "value");
  expect(await called(broken ?? "", Promise.resolve(1))).toBe(2);
});

test("keeps TypeScript readable by the compiler", async () => {
  const { default: typescript } = await import("typescript");
  const text = "export const f = (a: number): number => (a > 2 ? a : 0);\nexport class C { m(list: string[]): string[] { if (list.length === 0) throw new Error('none'); return list.map((one) => one.trim()); } }\n";
  const mutants = await mutantsOf("src/a.ts", text);
  expect(mutants.length).toBeGreaterThan(10);
  for (const mutant of mutants) {
    const { diagnostics } = typescript.transpileModule(withMutant(text, mutant) ?? "", { reportDiagnostics: true, compilerOptions: { target: typescript.ScriptTarget.ES2020 } });
    expect(diagnostics?.map(({ messageText }) => messageText)).toEqual([]);
  }
});

test("breaks Python by its own rules", async () => {
  const text = "def f(a, b=1):\n    if a >= 2 and b:\n        raise ValueError('no')\n    g(a)\n    return [a, b]\n";
  const mutants = await mutantsOf("src/a.py", text);
  const broken = mutants.map((one) => withMutant(text, one) ?? "");
  for (const wanted of ["a > 2 and b", "a >= 2 or b", "        pass\n", "    None\n", "return (lambda n, v:", 'def f(a, b=1):\n    raise RuntimeError("a fault put here")\n    if a']) expect(broken.some((one) => one.includes(wanted))).toBe(true);
  for (const one of broken) expect((await syntaxReader.read("a.py", one))?.damaged).toBe(false);
});

test("leaves alone what runs when a file loads, types, module names and words of `typeof`", async () => {
  const text = "import x from './x';\nconst limit = 5;\ntype T = 'a' | 'b';\nexport function f(a: 'a'): boolean { const y = require('./y'); return typeof a === 'string'; }\n";
  const literals = (await mutantsOf("src/a.ts", text)).filter(({ kind }) => kind === "literal");
  expect(literals).toEqual([]);
});

test("data and damaged code have no mutants", async () => {
  expect(await mutantsOf("a.json", '{"a": 1}')).toEqual([]);
  expect(await mutantsOf("a.js", "function f( { return 1 + }")).toEqual([]);
});

test("a mutant fits its own text and no other", async () => {
  const [mutant] = await mutantsOf("a.js", "function f(a) { return a + 1; }");
  expect(mutant && withMutant("something else altogether, much longer", mutant)).toBeUndefined();
});

const pieces = fc.constantFrom("a", "1", "'s'", "a + b", "a < (b)", "(a, b)", "a ? b : 2", "x => x * 2", "{ k: 1 }", "[1, a]", "a.min(b)", "`t${a}`", "await_", "!a", "a ?? b", "function () { return a - 1 }");
const statements = fc.constantFrom((e: string) => `return ${e};`, (e: string) => `g(${e});`, (e: string) => `if (${e}) { h(); } else throw ${e};`, (e: string) => `const z${e.length} = ${e};`, (e: string) => `for (const q of [${e}]) q();`);

test("every mutant of any code is still code, and differs", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(statements, pieces), { minLength: 1, maxLength: 6 }), async (made) => {
      const text = `function f(a, b) {\n${[...new Set(made.map(([statement, piece]) => statement(piece)))].join("\n")}\n}`;
      for (const mutant of await mutantsOf("src/a.js", text)) {
        const broken = withMutant(text, mutant);
        expect(broken).not.toBe(text);
        expect((await syntaxReader.read("a.js", broken ?? "("))?.damaged).toBe(false);
      }
    }),
    { numRuns: 60 },
  );
});
