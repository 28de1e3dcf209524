import { chainOf, rootName } from "../assertions/chain.ts";
import { pythonClaims } from "../assertions/python-claims.ts";
import { canonical, wordsOf } from "../canonical.ts";
import { commentsIn } from "./comments.ts";
import { conditional } from "./conditional.ts";
import type { Restraint, TestFile, TestImport, TestPart } from "../anatomy.ts";
import { everyNode, type Argument, type FunctionSyntax, type Syntax, type SyntaxOf, type SyntaxTree } from "../syntax.ts";
import { readBody } from "./body.ts";
import { fileConstants, type Constants } from "./constants.ts";
import type { HelperFinder } from "./read-javascript.ts";
import type { Callee, Reading } from "./reader.ts";
import { restraintInside } from "./restraint-inside.ts";
import { loopRows, rowsOf } from "./rows.ts";
import { forcedIn } from "./forced.ts";
import { namedLimits } from "./named-limits.ts";
import { standInsIn } from "./stand-ins.ts";
import { toldIn } from "./waits.ts";

const HOOK = /^(?:setUp|tearDown|setUpClass|tearDownClass|setup_\w+|teardown_\w+|asyncSetUp|asyncTearDown)$/;

interface Around {
  readonly suites: readonly string[];
  readonly restraint?: Restraint;
  readonly rows: readonly string[];
  /** In a class that pytest passes over, and that is no unittest case. */
  readonly uncollected?: true;
}

/** Reads a Python test file as data: pytest's functions and unittest's classes. */
export function readPythonTests(path: string, tree: SyntaxTree, helpers: HelperFinder): TestFile {
  const reader = new PythonReader(path, tree, helpers);
  return reader.read();
}

class PythonReader {
  private readonly parts: TestPart[] = [];
  private readonly functions = new Map<string, FunctionSyntax>();
  private readonly values = new Map<string, Syntax>();
  private readonly classes = new Map<string, SyntaxOf<"class">>();
  private readonly imports: TestImport[];
  private readonly constant: Constants;
  /** Classes that others of the file build on: their tests run there. */
  private readonly inherited: ReadonlySet<string>;

  constructor(
    private readonly path: string,
    private readonly tree: SyntaxTree,
    private readonly helpers: HelperFinder,
  ) {
    const top = tree.body.flatMap((statement) => [...everyNode(statement, (node) => node.kind !== "function")]);
    this.imports = top.flatMap((node) => (node.kind === "import" ? [{ from: node.from, names: node.names, line: node.line }] : []));
    for (const node of top) {
      if (node.kind === "function" && node.name !== undefined && !isTestName(node.name)) this.functions.set(node.params[0] === "self" ? `self.${node.name}` : node.name, node);
      if (node.kind === "class") this.classes.set(node.name, node);
      if (node.kind === "declare" && node.value !== undefined) this.values.set(node.name, node.value);
    }
    this.inherited = new Set(top.flatMap((node) => (node.kind === "class" ? node.bases.map((base) => canonical(base)) : [])));
    const constants = fileConstants(top);
    this.constant = (name) => constants.get(name);
  }

  read(): TestFile {
    const { tree, path } = this;
    const marked = this.values.get("pytestmark");
    const restraint = (marked === undefined ? undefined : marks(marked.kind === "list" ? marked.items : [marked])) ?? restraintInside({ body: blockOf(tree.body), params: [] }, { imports: [] }) ?? setUpRestraint(tree.body);
    this.walk(tree.body, { suites: [], rows: [], ...(restraint && { restraint }) });
    for (const [name, helper] of this.functions) this.add(HOOK.test(helper.name ?? "") ? "hook" : "helper", name, helper, { suites: [], rows: [] });
    const standIns = tree.body.filter(({ kind }) => kind !== "function" && kind !== "class").flatMap((statement) => standInsIn(statement, tree.text));
    return { path, parts: this.parts.filter(({ kind, assertions }) => kind === "test" || assertions.length > 0), imports: this.imports, standIns, limits: namedLimits(tree.body), forced: forcedIn(tree.body, tree.text, true), damaged: tree.damaged, comments: commentsIn(tree), lines: tree.text.split("\n") };
  }

  private walk(body: readonly Syntax[], around: Around): void {
    for (const node of body) {
      if (node.kind === "function" && node.name !== undefined && isTestName(node.name)) this.add("test", node.name, node, around);
      else if (node.kind === "class") this.suite(node, around);
      else if (node.kind === "if") this.branches(node, around);
    }
  }

  private branches({ test, then, otherwise, line }: SyntaxOf<"if">, around: Around): void {
    const under = (condition: string): Around => ({ ...around, ...spread(around.restraint ?? conditional(condition, line)) });
    if (then.kind === "block") this.walk(then.body, under(`not ${canonical(test)}`));
    if (otherwise !== undefined) this.walk(otherwise.kind === "block" ? otherwise.body : [otherwise], under(canonical(test)));
  }

  private suite({ name, bases, members, decorators }: SyntaxOf<"class">, around: Around): void {
    const restraint = marks(decorators) ?? setUpRestraint(members) ?? around.restraint;
    const uncollected = around.uncollected === true || (bases.length === 0 && !name.startsWith("Test") && !/mixin|base|abstract/i.test(name) && !this.inherited.has(name));
    const inside = { suites: [...around.suites, name], rows: this.rows(decorators), ...(restraint && { restraint }), ...(uncollected && { uncollected }) };
    this.walk(members, inside);
    for (const base of bases) if (base.kind === "name") this.inherit(base, inside);
  }

  /** Tests that a class gets from another of this file run in it as well: told as one, because they stand elsewhere. */
  private inherit({ name, ...span }: SyntaxOf<"name">, around: Around): void {
    const tests = this.classes.get(name)?.members.flatMap((member) => (member.kind === "function" && member.name !== undefined && isTestName(member.name) ? [member] : [])) ?? [];
    if (tests.length === 0) return;
    const assertions = tests.flatMap(({ body }) => readBody(body, this.reading(false), new Set(["self"]), ["done"]).assertions);
    const body = `inherits ${name}`;
    this.parts.push({ kind: "test", suites: around.suites, name: `the tests of ${name}`, inherits: name, line: span.line, endLine: span.endLine, ...(around.restraint && { restraint: around.restraint }), only: false, rows: [], assertions, standIns: [], waits: [], texts: [], patterns: [], body, words: wordsOf(body) });
  }

  private add(kind: TestPart["kind"], name: string, node: FunctionSyntax, around: Around): void {
    const facts = readBody(node.body, this.reading(kind !== "helper"), new Set(["self"]), ["done"]);
    const told = marks(node.decorators) ?? restraintInside(node, { imports: [] }) ?? around.restraint;
    const reason = told?.reason ?? this.tree.comments.get(node.line - 1);
    const restraint = told === undefined || reason === undefined ? told : { ...told, reason };
    const body = canonical(node.body);
    const patches = node.decorators.flatMap((decorator) => standInsIn(decorator, this.tree.text));
    this.parts.push({ kind, suites: around.suites, name, line: node.line, endLine: node.endLine, ...(restraint && { restraint }), ...(around.uncollected && { uncollected: true }), only: false, rows: [...around.rows, ...this.rows(node.decorators), ...loopRows(node.body, this.values)], ...facts, standIns: [...patches, ...standInsIn(node.body, this.tree.text)], ...toldIn(node.body), body, words: wordsOf(body) });
  }

  private rows(decorators: readonly Syntax[]): readonly string[] {
    return decorators.flatMap((decorator) => {
      const named = decorator.kind === "call" && /parametrize$|expand$|^ddt\.data$|^data$/.test(canonical(decorator.callee));
      if (!named) return [];
      const table = decorator.args.find(({ value }) => value.kind === "list" || value.kind === "name")?.value;
      return table === undefined ? [] : rowsOf(table, this.values);
    });
  }

  private reading(follow: boolean): Reading {
    return { file: this.path, tree: this.tree, claims: (node) => pythonClaims(node), callee: (name) => (follow ? this.callee(name) : undefined), value: (name) => valueText(this.values.get(name)), constant: this.constant, declares: () => false };
  }

  private callee(name: string): Callee | undefined {
    const own = this.functions.get(name);
    if (own !== undefined) return { file: this.path, text: this.tree.text, function: name.startsWith("self.") ? { ...own, params: own.params.slice(1) } : own };
    const imported = this.imports.find(({ names }) => names.some(({ local }) => local === name));
    return imported === undefined ? undefined : this.helpers(imported.from, name);
  }
}

const SETS_UP = /^(?:setUp|setUpClass|asyncSetUp|setUpModule|setup_method|setup_class|setup_module|setup_function)$/;

/** What skips in `setUp`, or in a fixture that every test gets, skips every test it is set up for. */
function setUpRestraint(members: readonly Syntax[]): Restraint | undefined {
  for (const member of members) {
    if (isSwitch(member)) return { kind: "skipped", line: member.line };
    if (member.kind !== "function") continue;
    const everywhere = SETS_UP.test(member.name ?? "") || member.decorators.some((decorator) => /fixture\(.*autouse=True/.test(canonical(decorator)));
    const told = everywhere ? restraintInside(member, { imports: [] }) : undefined;
    if (told !== undefined) return told;
  }
  return undefined;
}

/** `__test__ = False`: nothing below is collected. */
const isSwitch = (member: Syntax): boolean => member.kind === "declare" && member.name === "__test__" && member.value !== undefined && canonical(member.value) === "False";

const spread = (restraint: Restraint | undefined): { readonly restraint?: Restraint } => (restraint === undefined ? {} : { restraint });

const blockOf = (body: readonly Syntax[]): Syntax => ({ start: 0, end: 0, line: 1, endLine: 1, kind: "block", body });

const valueText = (value: Syntax | undefined): string | undefined => (value === undefined ? undefined : canonical(value));

const isTestName = (name: string): boolean => /^test/.test(name);

/** What decorators, or `pytestmark`, say about when a test runs; several conditions are one, joined by `or`. */
function marks(decorators: readonly Syntax[]): Restraint | undefined {
  const told = decorators.flatMap((decorator) => mark(decorator) ?? []);
  const [first] = told;
  if (first?.kind !== "conditional" || told.length === 1) return told.find(({ kind }) => kind === "skipped") ?? first;
  return told.find(({ kind }) => kind === "skipped") ?? { ...first, condition: told.flatMap(({ condition }) => condition ?? []).join(" or ") };
}

function mark(decorator: Syntax): Restraint | undefined {
  const chain = chainOf(decorator);
  const name = chain.links.at(-1)?.name ?? rootName(chain) ?? "";
  const args = decorator.kind === "call" ? decorator.args : [];
  const [condition] = args;
  const where = { line: decorator.line, ...reasonIn(args) };
  if (name === "skip") return { kind: "skipped", ...where };
  if (/^skip(?:if|If|Unless)$/.test(name)) return conditional(`${name === "skipUnless" ? "not " : ""}${condition === undefined ? "" : canonical(condition.value)}`, decorator.line, reasonIn(args));
  if (name !== "xfail" && name !== "expectedFailure") return undefined;
  const sometimes = condition !== undefined && condition.name === undefined && condition.value.kind !== "literal";
  return sometimes ? { kind: "conditional", condition: canonical(condition.value), ...where } : { kind: "expected-to-fail", ...where };
}

function reasonIn(args: readonly Argument[]): Pick<Restraint, "reason"> {
  const named = args.find(({ name }) => name === "reason")?.value;
  const reason = named ?? args.map(({ value }) => value).findLast((value) => value.kind === "literal" && value.of === "string");
  return reason?.kind === "literal" ? { reason: reason.value } : {};
}
