import { javascriptClaims } from "../assertions/javascript-claims.ts";
import { argument, chainOf, isText, rootName } from "../assertions/chain.ts";
import { canonical, wordsOf } from "../canonical.ts";
import { commentsIn } from "./comments.ts";
import { conditional } from "./conditional.ts";
import type { Restraint, TestFile, TestPart } from "../anatomy.ts";
import { childrenOf, everyNode, type FunctionSyntax, type Syntax, type SyntaxTree } from "../syntax.ts";
import { readBody } from "./body.ts";
import { declarationOf, type Declaration } from "./declaration.ts";
import { fileScope, type FileScope } from "./file-scope.ts";
import { forcedIn } from "./forced.ts";
import { standInsAmong, standInsIn } from "./stand-ins.ts";
import type { Callee, Reading } from "./reader.ts";
import { loopRows, rowsOf } from "./rows.ts";
import { restraintInside } from "./restraint-inside.ts";
import { leaves } from "./flow.ts";
import { limitIn, limitsAmong } from "./limits.ts";
import { namedLimits } from "./named-limits.ts";
import { titleOf } from "./titles.ts";
import { toldIn } from "./waits.ts";

/** Gives the function a name imported from `specifier` stands for, when that file was read. */
export type HelperFinder = (specifier: string, imported: string) => Callee | undefined;

/** Where the walk is: which suites surround it, and what they say. */
interface Around {
  readonly suites: readonly string[];
  readonly restraint?: Restraint;
  readonly only: boolean;
  readonly rows: readonly string[];
  readonly handles: ReadonlySet<string>;
  readonly timeout?: number;
  readonly retries?: number;
}

/** Reads a JavaScript or TypeScript test file as data. */
export function readJavascriptTests(path: string, tree: SyntaxTree, helpers: HelperFinder): TestFile {
  return new FileReader(path, tree, helpers).read();
}

class FileReader {
  private readonly scope: FileScope;
  private readonly parts: TestPart[] = [];
  /** Declared once, asked often. */
  private readonly known = new Map<Syntax, Declaration | undefined>();
  private readonly handles: ReadonlySet<string>;
  private readonly reading: Reading;

  constructor(
    private readonly path: string,
    private readonly tree: SyntaxTree,
    private readonly helpers: HelperFinder,
  ) {
    this.scope = fileScope(tree);
    this.handles = this.handlesIn(tree);
    this.reading = this.readingOf();
  }

  read(): TestFile {
    const { tree, path, scope } = this;
    const restraint = this.setUpRestraint(tree.body);
    const top: Around = { suites: [], only: false, rows: [], handles: this.handles, ...(restraint && { restraint }) };
    let around = top;
    for (const statement of tree.body) {
      this.walk(statement, around);
      // What a file ends before is never declared.
      if (statement.kind === "if" && statement.otherwise === undefined && leaves(statement)) around = { ...around, ...spread(worse(conditional(canonical(statement.test), statement.line), around.restraint)) };
    }
    this.outside(top);
    for (const [name, helper] of scope.functions) this.helper(name, helper);
    const outside = this.besideTests();
    return {
      path,
      parts: this.parts,
      imports: scope.imports,
      standIns: standInsAmong(outside, tree.text),
      limits: [...limitsAmong(outside, this.handles), ...namedLimits(tree.body)],
      forced: forcedIn(tree.body, tree.text),
      damaged: tree.damaged,
      comments: commentsIn(tree),
      lines: tree.text.split("\n"),
    };
  }

  /** Every node of the file but those within a test. */
  private besideTests(): readonly Syntax[] {
    const nodes: Syntax[] = [];
    for (const statement of this.tree.body) for (const node of everyNode(statement, (one) => !this.isTest(one))) nodes.push(node);
    return nodes;
  }

  private isTest(node: Syntax): boolean {
    return node.kind === "call" && this.declaration(node)?.kind === "test";
  }

  private declaration(node: Syntax): Declaration | undefined {
    if (node.kind !== "call") return undefined;
    if (!this.known.has(node)) this.known.set(node, declarationOf(node, this.scope, this.handles));
    return this.known.get(node);
  }

  /** Every name a test gets as its argument: `t`, `assert`, `ctx`. */
  private handlesIn(tree: SyntaxTree): ReadonlySet<string> {
    const found = new Set<string>(this.scope.asserters);
    for (const statement of tree.body) {
      for (const node of everyNode(statement)) {
        const declared = node.kind === "call" ? declarationOf(node, this.scope, found) : undefined;
        const [first] = declared?.kind === "suite" ? [] : (declared?.body?.params ?? []);
        if (first !== undefined && first !== "" && !/^(?:done|cb|callback|next)$/.test(first)) found.add(first);
        if (node.kind === "declare" && node.name !== "" && isPlanned(node.value)) found.add(node.name);
      }
    }
    return found;
  }

  private readingOf(): Reading {
    const dialect = { ...this.scope, handles: this.handles };
    return {
      file: this.path,
      tree: this.tree,
      claims: (node, handles) => javascriptClaims(node, handles === this.handles ? dialect : { ...dialect, handles }),
      callee: (name) => this.callee(name),
      value: (name) => textOf(this.scope.values.get(name)),
      constant: (name) => this.scope.constants.get(name),
      declares: (node) => this.declaration(node) !== undefined,
    };
  }

  private callee(name: string): Callee | undefined {
    const own = this.scope.functions.get(name);
    if (own !== undefined) return { file: this.path, text: this.tree.text, function: own };
    const [object = "", member] = name.split(".");
    const imported = this.scope.imports.find(({ names }) => names.some(({ local }) => local === object));
    const exported = imported?.names.find(({ local }) => local === object)?.imported;
    return imported === undefined || exported === undefined ? undefined : this.helpers(imported.from, member ?? exported);
  }

  private walk(node: Syntax, around: Around): void {
    const declared = this.declaration(node);
    if (declared !== undefined && node.kind === "call") return this.declare(declared, node, around);
    if (node.kind === "if") return this.branches(node, around);
    if (node.kind === "loop" && node.over) return this.walk(node.body, { ...around, rows: rowsOf(node.over, this.scope.values) });
    if (node.kind === "call") {
      const looped = this.looped(node, around);
      if (looped !== undefined) return this.walk(looped.body, looped.around);
      const run = ruleRun(node);
      if (run !== undefined) this.parts.push(this.part("test", run.title, node, around, run.rows, undefined));
    }
    for (const child of childrenOf(node)) this.walk(child, around);
  }

  /** `cases.forEach((one) => it(…))`. */
  private looped(node: Extract<Syntax, { readonly kind: "call" }>, around: Around): { readonly body: Syntax; readonly around: Around } | undefined {
    const callback = argument(node.args, 0);
    if (node.callee.kind !== "member" || callback?.kind !== "function" || !/^(?:forEach|map|each)$/.test(node.callee.property)) return undefined;
    return { body: callback.body, around: { ...around, rows: rowsOf(node.callee.object, this.scope.values) } };
  }

  private branches(node: Extract<Syntax, { readonly kind: "if" }>, around: Around): void {
    const under = (condition: string): Around => ({ ...around, ...spread(around.restraint ?? conditional(condition, node.line)) });
    this.walk(node.then, under(`not ${canonical(node.test)}`));
    if (node.otherwise) this.walk(node.otherwise, under(canonical(node.test)));
  }

  private declare(declared: Declaration, node: Extract<Syntax, { readonly kind: "call" }>, around: Around): void {
    if (declared.kind === "suite") return this.suite(declared, around);
    const { body } = declared;
    const facts = body === undefined ? this.macro(declared.named) : readBody(body.body, this.reading, this.handles, body.params);
    const told = declared.restraint ?? (body === undefined ? undefined : restraintInside(body, this.scope));
    const restraint = worse(told && this.withComment(told, node.line), around.restraint);
    this.parts.push({
      ...this.part(declared.kind === "hook" ? "hook" : "test", declared.title, node, around, this.rows(declared, around), body?.body),
      ...facts,
      ...(restraint && { restraint: this.meant(restraint) }),
      only: declared.only || around.only,
      ...this.limits(declared, around),
    });
    // Tests within a test are tests of their own.
    if (body !== undefined && declared.kind === "test") this.within(body.body, { ...around, suites: [...around.suites, declared.title], ...(restraint && { restraint }), only: false, rows: [] });
  }

  /** Rows of the table it runs with, of the loops round it and in it, and what its macro is given. */
  private rows({ table, named, body }: Declaration, around: Around): readonly string[] {
    const { values } = this.scope;
    return [...around.rows, ...(table ? rowsOf(table, values) : []), ...(named?.args ?? []).map(({ value }) => canonical(value)), ...(body === undefined ? [] : loopRows(body.body, values))];
  }

  private limits({ body, ...declared }: Declaration, around: Around): Pick<TestPart, "timeout" | "retries"> {
    const inside = body === undefined ? [] : limitsAmong(everyNode(body.body), this.handles);
    const timeout = declared.timeout ?? inside.find(({ kind }) => kind === "timeout")?.value ?? around.timeout;
    const retries = declared.retries ?? inside.find(({ kind }) => kind === "retries")?.value ?? around.retries;
    return { ...(timeout !== undefined && { timeout }), ...(retries !== undefined && { retries }) };
  }

  private within(node: Syntax, around: Around): void {
    for (const child of childrenOf(node)) {
      if (this.declaration(child) !== undefined) this.walk(child, around);
      else this.within(child, around);
    }
  }

  private macro(named: Declaration["named"]): { readonly assertions: TestPart["assertions"] } {
    const callee = named === undefined ? undefined : this.callee(named.name);
    return callee === undefined ? { assertions: [] } : { assertions: readBody(callee.function.body, this.reading, new Set([...this.handles, ...callee.function.params.slice(0, 1)]), ["done"]).assertions };
  }

  private suite({ title, body, restraint, only, table, timeout, retries }: Declaration, around: Around): void {
    if (body === undefined) return;
    const rows = table === undefined ? around.rows : rowsOf(table, this.scope.values);
    const own = restraint === undefined ? undefined : this.withComment(restraint, restraint.line);
    const statements = body.body.kind === "block" ? body.body.body : [];
    const inherited = worse(worse(own, this.setUpRestraint(statements)), around.restraint);
    const next: Around = { ...around, suites: [...around.suites, title], rows, only: only || around.only, ...(inherited && { restraint: inherited }), ...this.limitsSetIn(statements), ...(timeout !== undefined && { timeout }), ...(retries !== undefined && { retries }) };
    this.walk(body.body, next);
  }

  /** `this.timeout(5000)` in a suite goes for all of its tests. */
  private limitsSetIn(statements: readonly Syntax[]): Pick<Around, "timeout" | "retries"> {
    const set = statements.flatMap((statement) => (statement.kind === "statement" ? (limitIn(statement.value, this.handles) ?? []) : []));
    return Object.fromEntries(set.map(({ kind, value }) => [kind, value]));
  }

  /** What skips in a `beforeEach` skips every test of its suite. */
  private setUpRestraint(statements: readonly Syntax[]): Restraint | undefined {
    for (const statement of statements) {
      const declared = statement.kind === "statement" ? this.declaration(statement.value) : undefined;
      const told = declared?.kind === "hook" && declared.body && /^(?:before|setup|suiteSetup)/.test(declared.title) ? restraintInside(declared.body, this.scope) : undefined;
      if (told !== undefined) return this.withComment(told, statement.line);
    }
    return undefined;
  }

  /** A condition by name, with what the name was set to. */
  private meant(restraint: Restraint): Restraint {
    const names = new Set(restraint.condition?.slice(0, 400).match(/(?<![\w$.])[A-Za-z_$][\w$]*/g));
    const means = [...names].flatMap((name) => textOf(this.scope.values.get(name)) ?? []).join("; ").slice(0, 200);
    return means === "" ? restraint : { ...restraint, means };
  }

  private withComment(restraint: Restraint, line: number): Restraint {
    const reason = restraint.reason ?? this.tree.comments.get(line - 1) ?? this.tree.comments.get(line);
    return reason === undefined ? restraint : { ...restraint, reason };
  }

  /** Assertions outside of any test: scripts that assert at their top level. */
  private outside(around: Around): void {
    const [first] = this.tree.body;
    const last = this.tree.body.at(-1);
    if (first === undefined || last === undefined) return;
    const body = this.tree.body.filter(({ kind }) => kind !== "function" && kind !== "class");
    const block: Syntax = { start: first.start, end: last.end, line: first.line, endLine: last.endLine, kind: "block", body };
    // Most files do nothing there but import and declare.
    const assertions = body.some((statement) => this.insists(statement)) ? readBody(block, { ...this.reading, callee: () => undefined }, this.handles, ["done"]).assertions : [];
    const calls = this.wrapperCalls();
    const own = assertions.filter(({ reach }) => reach === "runs" || reach === "conditional");
    if (own.length > 0 || calls.length > 0) this.parts.push({ ...this.part("file", "", block, around, calls, undefined), assertions: own });
  }

  /** True where something below a statement is an assertion, outside of what it declares. */
  private insists(statement: Syntax): boolean {
    if (statement.kind === "import" || (statement.kind === "statement" && this.declaration(statement.value) !== undefined)) return false;
    return everyNode(statement, (node) => this.declaration(node) === undefined).some((node) => this.reading.claims(node, this.handles).length > 0);
  }

  /** Calls at the top, or in suites, of functions that declare tests. */
  private wrapperCalls(): readonly string[] {
    const wrappers = new Set([...this.scope.functions].filter(([, { body }]) => everyNode(body).some((node) => this.declaration(node) !== undefined)).map(([name]) => name));
    if (wrappers.size === 0) return [];
    return this.besideTests().flatMap((node) => (node.kind === "call" && node.callee.kind === "name" && wrappers.has(node.callee.name) ? [canonical(node)] : []));
  }

  private helper(name: string, { body, params, ...span }: FunctionSyntax): void {
    const { assertions } = readBody(body, { ...this.reading, callee: () => undefined }, new Set([...this.handles, ...params.slice(0, 1)]), ["done"]);
    if (assertions.length > 0) this.parts.push({ ...this.part("helper", name, span, { suites: [], only: false, rows: [], handles: this.handles }, [], body), assertions });
  }

  private part(kind: TestPart["kind"], name: string, span: { readonly line: number; readonly endLine: number }, around: Around, rows: readonly string[], body: Syntax | undefined): TestPart {
    const text = body === undefined ? "" : canonical(body);
    return { kind, suites: around.suites, name, line: span.line, endLine: span.endLine, only: around.only, rows, assertions: [], standIns: body === undefined ? [] : standInsIn(body, this.tree.text), ...toldIn(kind === "file" ? undefined : body), body: text, words: wordsOf(text) };
  }
}

/** `const p = tspl(t, { plan: 3 })`: what is told how many assertions to wait for makes them. */
const isPlanned = (value: Syntax | undefined): boolean => value?.kind === "call" && value.args.length === 2 && value.args[1]?.value.kind === "object" && value.args[1].value.entries.some(({ key }) => key === "plan");

const spread = (restraint: Restraint | undefined): { readonly restraint?: Restraint } => (restraint === undefined ? {} : { restraint });

const textOf = (value: Syntax | undefined): string | undefined => (value === undefined || value.kind === "function" || value.kind === "class" ? undefined : canonical(value));

const ORDER: readonly Restraint["kind"][] = ["expected-to-fail", "conditional", "todo", "skipped"];
/** Of two the one that keeps it from running more often; left out in either case under both. */
const worse = (one: Restraint | undefined, other: Restraint | undefined): Restraint | undefined => (one?.kind === "conditional" && other?.kind === "conditional" && one.condition !== other.condition ? { ...one, condition: `${one.condition ?? ""} or ${other.condition ?? ""}` } : one === undefined ? other : other === undefined ? one : ORDER.indexOf(one.kind) >= ORDER.indexOf(other.kind) ? one : other);

/** ESLint's `tester.run("rule", rule, { valid, invalid })`: every case is a row. */
function ruleRun(node: Extract<Syntax, { readonly kind: "call" }>): { readonly title: string; readonly rows: readonly string[] } | undefined {
  const chain = chainOf(node);
  const last = chain.links.at(-1);
  const [name] = last?.args ?? [];
  const given = last?.args?.at(-1)?.value;
  if (last?.name !== "run" || !isText(name?.value) || given?.kind !== "object" || rootName(chain) === undefined) return undefined;
  const rows = given.entries.flatMap(({ key, value }) => ((key === "valid" || key === "invalid") && value.kind === "list" ? value.items.map((item) => `${key} ${canonical(item)}`) : []));
  return { title: titleOf(name.value), rows };
}

