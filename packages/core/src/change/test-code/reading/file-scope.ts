import { chainOf, isText, rootName } from "../assertions/chain.ts";
import { everyNode, type FunctionSyntax, type Syntax, type SyntaxTree } from "../syntax.ts";
import type { TestImport } from "../anatomy.ts";
import { fileConstants } from "./constants.ts";

/** Libraries whose main export declares tests. */
const RUNNERS = /^(?:node:test|test|ava|tape|tap|uvu|zora|brittle|vitest|bun:test|@playwright\/test|@jest\/globals|tape-promise|blue-tape|japa|@japa\/runner|tapzero|@substrate-system\/tapzero|@ava\/.*|supertape|lib\/tap|.*\/tape|extended-tape.*|tape-.*)$/;
/** Libraries whose exports insist on things when called bare. */
const ASSERTERS = /^(?:(?:node:)?assert(?:\/strict)?|power-assert|chai|uvu\/assert|assert-plus|@japa\/assert)$/;
const STRICT = /^(?:(?:node:)?assert\/strict|tape|tap|uvu\/assert|zora|brittle|supertape|node:test|.*tape.*)$/;

/** What the names of one file stand for. */
export interface FileScope {
  readonly imports: readonly TestImport[];
  /** Local names that declare tests or suites. */
  readonly runners: ReadonlyMap<string, "test" | "suite">;
  /** Local names of functions imported from an assertion module, with their names there. */
  readonly bare: ReadonlyMap<string, string>;
  /** Local names of assertion modules. */
  readonly asserters: ReadonlySet<string>;
  readonly strictEqual: boolean;
  /** Local names of what a runner exports to leave tests out, or all others: `import { xit as it }`. */
  readonly aliases: ReadonlyMap<string, "skip" | "only">;
  /** Functions by name, also those of an object (`helpers.check`), outside of tests. */
  readonly functions: ReadonlyMap<string, FunctionSyntax>;
  /** Values of names set once, for tables and aliases. */
  readonly values: ReadonlyMap<string, Syntax>;
  /** Plain values by the one name they have in the file. */
  readonly constants: ReadonlyMap<string, Syntax>;
}

/** What a runner gives beside its test function: `const { test, skip } = require("tap")`. */
const SWITCHES = /^(?:skip|todo|only)$/;

const TESTS = "it test specify fit xit xtest xspecify ftest".split(" ");
const SUITES = "describe context suite fdescribe xdescribe ddescribe fcontext xcontext".split(" ");

/** Reads imports, `require`s, functions and constants of a file. */
export function fileScope(tree: SyntaxTree): FileScope {
  const nodes = tree.body.flatMap((statement) => [...everyNode(statement, (node) => !declaresTest(node))]);
  const imports = importsOf(nodes);
  const functions = functionsOf(nodes);
  const values = new Map([...switchesOf(imports), ...nodes.flatMap((node): [string, Syntax][] => (node.kind === "declare" && node.name !== "" && node.value !== undefined ? [[node.name, node.value]] : []))]);
  const bare = new Map(imports.filter(({ from }) => ASSERTERS.test(from)).flatMap(({ names }) => names.filter(({ imported }) => imported !== "default" && imported !== "*").map(({ imported, local }) => [local, imported])));
  const asserters = new Set(["assert", "t", "sinon", "chai", "tap", "QUnit", ...imports.filter(({ from }) => ASSERTERS.test(from) || /^(?:sinon|tap)$/.test(from)).flatMap(({ names }) => names.filter(({ imported }) => imported === "default" || imported === "*" || imported === "assert" || imported === "strict").map(({ local }) => local))]);
  const strictEqual = imports.some(({ from, names }) => STRICT.test(from) || (/^(?:node:)?assert$/.test(from) && names.some(({ imported }) => imported === "strict")));
  return { imports, aliases: aliasesIn(imports), runners: runnersOf(imports, functions, values), bare, asserters, strictEqual, functions, values, constants: fileConstants(nodes) };
}

const RESTRAINED: Readonly<Record<string, "skip" | "only">> = { xit: "skip", xtest: "skip", xdescribe: "skip", xspecify: "skip", fit: "only", fdescribe: "only" };

const aliasesIn = (imports: readonly TestImport[]): ReadonlyMap<string, "skip" | "only"> =>
  new Map(imports.filter(({ from }) => RUNNERS.test(from) || from === "mocha").flatMap(({ names }) => names.flatMap(({ imported, local }): [string, "skip" | "only"][] => (Object.hasOwn(RESTRAINED, imported) ? [[local, RESTRAINED[imported] ?? "skip"]] : []))));

/** A runner's `skip` by itself is `test.skip`. */
const switchesOf = (imports: readonly TestImport[]): readonly [string, Syntax][] =>
  imports.flatMap(({ from, names, line }) => {
    const span = { start: 0, end: 0, line, endLine: line };
    return RUNNERS.test(from) ? names.flatMap(({ imported, local }): [string, Syntax][] => (SWITCHES.test(imported) ? [[local, { ...span, kind: "member", object: { ...span, kind: "name", name: "test" }, property: imported }]] : [])) : [];
  });

const importsKnown = new WeakMap<SyntaxTree, readonly TestImport[]>();

/** What a file imports; read once per tree. */
export function importsIn(tree: SyntaxTree): readonly TestImport[] {
  const known = importsKnown.get(tree) ?? importsOf(tree.body.flatMap((statement) => (statement.kind === "import" ? [statement] : [...everyNode(statement, ({ kind }) => kind === "other")])));
  importsKnown.set(tree, known);
  return known;
}

/** Whole bodies of tests are left out: their functions are their own. */
function declaresTest(node: Syntax): boolean {
  if (node.kind !== "call") return false;
  const chain = chainOf(node);
  const name = rootName(chain);
  const args = chain.links.findLast((link) => link.args !== undefined)?.args ?? chain.rootArgs ?? [];
  return name !== undefined && (TESTS.includes(name) || /^(?:before|after)(?:Each|All)?$/.test(name)) && args.some(({ value }) => value.kind === "function") && !chain.links.some(({ name: link }) => link === "describe");
}

function importsOf(nodes: readonly Syntax[]): TestImport[] {
  return nodes.flatMap((node): TestImport[] => {
    if (node.kind === "import") return [{ from: node.from, names: node.names, line: node.line }];
    if (node.kind !== "declare" || node.value === undefined) return [];
    const from = requiredBy(node.value);
    if (from === undefined) return [];
    const { value } = node;
    const part = value.kind === "member" ? value.property : "default";
    if (node.name !== "") return [{ from, names: [{ imported: part, local: node.name }], line: node.line }];
    const entries = node.target?.kind === "object" ? node.target.entries : [];
    return [{ from, names: entries.flatMap(({ key, value: local }) => (local.kind === "name" ? [{ imported: key, local: local.name }] : [])), line: node.line }];
  });
}

/** `require("x")`, `require("x").part`, `await import("x")`, `require("x")(…)`. */
function requiredBy(value: Syntax): string | undefined {
  const { root, rootArgs } = chainOf(value);
  const [path] = rootArgs ?? [];
  return root.kind === "name" && (root.name === "require" || root.name === "import") && isText(path?.value) && path.value.kind === "literal" ? path.value.value : undefined;
}

function functionsOf(nodes: readonly Syntax[]): Map<string, FunctionSyntax> {
  const found = new Map<string, FunctionSyntax>();
  const add = (name: string | undefined, value: Syntax | undefined): void => {
    if (name !== undefined && name !== "" && value?.kind === "function" && !found.has(name)) found.set(name, value);
  };
  for (const node of nodes) {
    if (node.kind === "function") add(node.name, node);
    if (node.kind === "assign" && node.value.kind === "function" && node.target.kind === "member") add(node.target.property, node.value);
    if (node.kind !== "declare") continue;
    add(node.name, node.value);
    // `const check = macro({ exec(t) {…} })`, `const check = wrap(async (t) => {…})`
    if (node.value?.kind === "call") for (const { value } of node.value.args) add(node.name, value.kind === "object" ? value.entries.find(({ key }) => key === "exec")?.value : value);
    if (node.value?.kind === "object") for (const { key, value } of node.value.entries) add(`${node.name}.${key}`, value);
  }
  return found;
}

function runnersOf(imports: readonly TestImport[], functions: ReadonlyMap<string, FunctionSyntax>, values: ReadonlyMap<string, Syntax>): Map<string, "test" | "suite"> {
  const found = new Map<string, "test" | "suite">([...TESTS.map((name) => [name, "test"] as const), ...SUITES.map((name) => [name, "suite"] as const)]);
  for (const { from, names } of imports) {
    if (!RUNNERS.test(from)) continue;
    for (const { imported, local } of names) {
      if (SUITES.includes(imported)) found.set(local, "suite");
      else if (TESTS.includes(imported) || SWITCHES.test(imported) || Object.hasOwn(RESTRAINED, imported) || imported === "default" || imported === "*") found.set(local, /describe/.test(imported) ? "suite" : "test");
    }
  }
  // A function of this file's own that is called so is no runner's.
  for (const name of [...TESTS, ...SUITES]) if (functions.has(name) && !values.has(name)) found.delete(name);
  for (const [name, value] of values) {
    const kind = runnerIn(value, found);
    if (kind !== undefined && value.kind !== "function") found.set(name, kind);
  }
  return found;
}

/** `const maybe = cond ? it : it.skip`, `const test = base.extend({…})`, `const test = suite("name")`. */
function runnerIn(value: Syntax, known: ReadonlyMap<string, "test" | "suite">): "test" | "suite" | undefined {
  if (value.kind === "choice") return runnerIn(value.then, known) ?? runnerIn(value.otherwise, known);
  if (value.kind !== "name" && value.kind !== "member" && value.kind !== "call") return undefined;
  const chain = chainOf(value);
  const name = rootName(chain) ?? "";
  if (chain.rootArgs !== undefined && name === "suite") return "test";
  const kind = known.get(name);
  const names = chain.links.map(({ name: link }) => link);
  if (kind === undefined || chain.rootArgs !== undefined) return undefined;
  const allowed = names.every((link) => /^(?:skip|only|extend|concurrent|serial|sequential|each|todo|skipIf|runIf|failing|fails|describe|test|it)$/.test(link));
  return allowed ? (names.includes("describe") ? "suite" : kind) : undefined;
}
