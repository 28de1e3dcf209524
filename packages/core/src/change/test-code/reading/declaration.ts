import { argument, chainOf, isText, limitOf, numberOf, rootName, rootOf, type Chain, type Link } from "../assertions/chain.ts";
import { canonical } from "../canonical.ts";
import type { Restraint } from "../anatomy.ts";
import type { Argument, FunctionSyntax, Syntax } from "../syntax.ts";
import type { FileScope } from "./file-scope.ts";
import { conditional } from "./conditional.ts";
import { titleOf } from "./titles.ts";

/** A call that declares a test, a suite, or code that runs round them. */
export interface Declaration {
  readonly kind: "test" | "suite" | "hook";
  readonly title: string;
  readonly body?: FunctionSyntax;
  /** A macro or a function by name, and what it is given. */
  readonly named?: { readonly name: string; readonly args: readonly Argument[] };
  /** The rows it runs with. */
  readonly table?: Syntax;
  readonly restraint?: Restraint;
  readonly only: boolean;
  readonly timeout?: number;
  readonly retries?: number;
}

const HOOK = /^(?:before|after)(?:Each|All|Hook)?$|^(?:suite)?(?:Setup|Teardown)$|^(?:setup|teardown)$/;
const MODIFIER = /^(?:only|skip|todo|each|for|concurrent|serial|sequential|parallel|failing|fails|skipIf|runIf|todoIf|if|unless|describe|cb|slow|fixme|always|test|it|step|module|shuffle|sync|extend|call|bind|timeout|retries|retry|repeats|skipif|``?|)$/;

/** Reads a call as a declaration; undefined for every other call. `handles` are what tests get as their argument. */
export function declarationOf(node: Syntax, scope: FileScope, handles: ReadonlySet<string>): Declaration | undefined {
  if (node.kind !== "call" || declaresNothing(rootOf(node), scope, handles)) return undefined;
  const chain = chainOf(node);
  const name = rootName(chain);
  if (name === undefined) return chain.root.kind === "choice" ? chosen(chain, scope) : undefined;
  const kind = scope.runners.get(name) ?? ambient(name, chain);
  if (HOOK.test(name) && chain.links.length === 0 && !scope.functions.has(name)) return hook(name, chain.rootArgs);
  const last = chain.links.findLast(({ args }) => args !== undefined);
  if (last !== undefined && HOOK.test(last.name) && (kind !== undefined || handles.has(name))) return hook(last.name, last.args);
  if (kind === undefined) return handles.has(name) ? subtest(chain) : undefined;
  if (!chain.links.every((link) => MODIFIER.test(link.name))) return undefined;
  const aliased = aliasLinks(scope.values.get(name));
  const imported = scope.aliases.get(name);
  const links = [...(aliased?.links ?? []), ...(imported === undefined ? [] : [{ name: imported, node }]), ...chain.links];
  return declared(kind, name, { ...chain, links }, aliased?.condition);
}

/** Most calls start from a name that has nothing to do with tests. */
const declaresNothing = (root: Syntax, scope: FileScope, handles: ReadonlySet<string>): boolean => root.kind === "name" && !scope.runners.has(root.name) && !handles.has(root.name) && !AMBIENT.test(root.name) && !HOOK.test(root.name);

const AMBIENT = /^(?:Deno|QUnit|tap|Bun)$/;

/** `Deno.test`, `QUnit.module`, `tap.test`. */
function ambient(name: string, { links }: Chain): "test" | "suite" | undefined {
  const first = links[0]?.name;
  if (AMBIENT.test(name) && first !== undefined) return first === "module" ? "suite" : first === "test" || first === "only" || first === "skip" || first === "todo" ? "test" : undefined;
  return undefined;
}

/** `const maybe = cond ? it : it.skip` carries its links and its condition to every use. */
function aliasLinks(value: Syntax | undefined): { readonly links: readonly Link[]; readonly condition?: string } | undefined {
  if (value === undefined) return undefined;
  if (value.kind === "choice") {
    const skips = [value.then, value.otherwise].some((side) => /\.(?:skip|todo|only)\b|^x/.test(canonical(side)));
    return skips ? { links: [], condition: skipCondition(value) } : undefined;
  }
  if (value.kind !== "member" && value.kind !== "call") return undefined;
  const { links, rootArgs } = chainOf(value);
  return rootArgs === undefined ? { links: links.filter(({ name }) => name === "skip" || name === "only" || name === "skipIf" || name === "runIf" || name === "todo") } : undefined;
}

const skipCondition = (value: Extract<Syntax, { readonly kind: "choice" }>): string => (/\.skip\b|^x/.test(canonical(value.then)) ? canonical(value.test) : `not ${canonical(value.test)}`);

/** `(cond ? it : it.skip)("title", fn)`. */
function chosen(chain: Chain, scope: FileScope): Declaration | undefined {
  const { root } = chain;
  if (root.kind !== "choice") return undefined;
  const kinds = [root.then, root.otherwise].map((side) => scope.runners.get(rootName(chainOf(side)) ?? ""));
  const kind = kinds[0] ?? kinds[1];
  return kind === undefined ? undefined : declared(kind, "", chain, skipCondition(root));
}

function hook(name: string, args: readonly Argument[] | undefined): Declaration | undefined {
  const body = args?.find(({ value }) => value.kind === "function")?.value;
  return body?.kind === "function" ? { kind: "hook", title: name, body, only: false, ...limitsOf(args ?? [], [], []) } : undefined;
}

/** `t.test("title", (t) => …)`. */
function subtest(chain: Chain): Declaration | undefined {
  const first = chain.links[0];
  if (first === undefined || !/^(?:test|it|step|describe|subtest)$/.test(first.name) || !chain.links.every((link) => MODIFIER.test(link.name))) return undefined;
  const made = declared("test", "", { ...chain, links: chain.links });
  return made?.body === undefined ? undefined : made;
}

/** Links that set something and leave the declaring to another call. */
const SETS = /^(?:timeout|retries|retry|each|for|skipIf|runIf|todoIf|if|unless|bind|extend|skipif)$/;

function declared(kind: "test" | "suite", name: string, chain: Chain, condition?: string): Declaration | undefined {
  const { links } = chain;
  const called = links.findLast((link) => link.args !== undefined && !SETS.test(link.name));
  const args = called?.args ?? chain.rootArgs ?? [];
  const titled = titleIn(args);
  const body = args.find(({ value }) => value.kind === "function")?.value ?? wrapped(args);
  if (body === undefined && !declaresWithout(titled, args, called)) return undefined;
  const options = args.flatMap(({ value }) => (value.kind === "object" ? [value] : []));
  const suite = kind === "suite" || has(links, "describe") || has(links, "module");
  const named = body === undefined ? macroIn(args) : undefined;
  const table = tableIn(links);
  const restraint = restraintOf(name, links, options, condition, chain.root);
  return {
    kind: suite ? "suite" : "test",
    title: titled === undefined ? "" : titleOf(titled),
    ...(body?.kind === "function" && { body }),
    ...(named && { named }),
    ...(table && { table }),
    ...(restraint && { restraint }),
    only: isOnly(name, links, options),
    ...limitsOf(args, options, links),
  };
}

function limitsOf(args: readonly Argument[], options: readonly ObjectSyntax[], links: readonly Link[]): Pick<Declaration, "timeout" | "retries"> {
  const [timeout, retries] = [timeoutOf(args, options, links), retriesOf(options, links)];
  return { ...(timeout !== undefined && { timeout }), ...(retries !== undefined && { retries }) };
}

const titleIn = ([first]: readonly Argument[]): Syntax | undefined => (first === undefined || first.value.kind === "function" ? undefined : first.value);

const isOnly = (name: string, links: readonly Link[], options: readonly ObjectSyntax[]): boolean => /^(?:fit|ftest|fdescribe|ddescribe|fcontext)$/.test(name) || has(links, "only") || options.some((option) => valueOf(option, "only") === "true");

const has = (links: readonly Link[], wanted: string): boolean => links.some(({ name }) => name === wanted);

/** `it.todo("title")`, `test("title", macro, …)`; but `test.skip(condition, "why")` inside a body is no test of its own. */
function declaresWithout(titled: Syntax | undefined, args: readonly Argument[], called: Link | undefined): boolean {
  if (isText(titled)) return true;
  return titled !== undefined && args.length >= 2 && !(called !== undefined && /^(?:skip|fixme|slow|fails?)$/.test(called.name));
}

function macroIn(args: readonly Argument[]): Declaration["named"] {
  const at = args.findIndex(({ value }, index) => index > 0 && (value.kind === "name" || value.kind === "member"));
  const macro = args[at]?.value;
  return macro === undefined ? undefined : { name: canonical(macro), args: args.slice(at + 1) };
}

function tableIn(links: readonly Link[]): Syntax | undefined {
  const table = links.find(({ name, args }) => (name === "each" || name === "for" || name === "`") && args !== undefined);
  if (table === undefined) return undefined;
  return table.name === "`" ? tableOf(table) : (argument(table.args, 0) ?? tableOf(table));
}

/** `it("x", wrap(async () => {…}))`, `it("x", Effect.gen(function* () {…}))`. */
const wrapped = (args: readonly Argument[]): Syntax | undefined => args.slice(1).flatMap(({ value }) => (value.kind === "call" ? value.args.map((inner) => inner.value) : [])).find((value) => value.kind === "function");

const tableOf = ({ node, args }: Link): Syntax => ({ ...node, kind: "list", items: (args ?? []).map(({ value }) => value) });

type ObjectSyntax = Extract<Syntax, { readonly kind: "object" }>;

const entryOf = (option: ObjectSyntax, key: string): Syntax | undefined => option.entries.find((entry) => entry.key === key)?.value;
const valueOf = (option: ObjectSyntax, key: string): string | undefined => {
  const value = entryOf(option, key);
  return value === undefined ? undefined : canonical(value);
};

function restraintOf(name: string, links: readonly Link[], options: readonly ObjectSyntax[], condition: string | undefined, root: Syntax): Restraint | undefined {
  const { line } = root;
  if (name.startsWith("x") || has(links, "skip") || has(links, "fixme")) return { kind: "skipped", line };
  if (has(links, "todo")) return { kind: "todo", line };
  const gate = links.find(({ name: link, args }) => args !== undefined && /^(?:skipIf|runIf|todoIf|if|unless|skipif)$/.test(link));
  if (gate !== undefined) return conditional(`${/^(?:runIf|if)$/.test(gate.name) ? "not " : ""}${gate.args?.map(({ value }) => canonical(value)).join(",") ?? ""}`, line);
  for (const option of options) {
    for (const key of ["skip", "todo"]) {
      const value = entryOf(option, key);
      if (value === undefined || canonical(value) === "false") continue;
      const certain = value.kind === "literal";
      return certain ? { kind: key === "skip" ? "skipped" : "todo", line: value.line, ...(value.of === "string" && { reason: value.value }) } : { kind: "conditional", condition: canonical(value), line: value.line };
    }
  }
  if (has(links, "failing") || has(links, "fails")) return { kind: "expected-to-fail", line };
  return condition === undefined ? undefined : { kind: "conditional", condition, line };
}

function timeoutOf(args: readonly Argument[], options: readonly ObjectSyntax[], links: readonly Link[]): number | undefined {
  const at = args.findIndex(({ value }) => value.kind === "function");
  const after = at < 0 ? undefined : limitOf(argument(args, at + 1));
  const optional = options.map((option) => limitOf(entryOf(option, "timeout"))).find((value) => value !== undefined);
  const chained = links.find(({ name }) => name === "timeout");
  return noLimit(after ?? optional ?? (chained === undefined ? undefined : limitOf(argument(chained.args, 0))));
}

/** Zero switches a limit off. */
const noLimit = (value: number | undefined): number | undefined => (value === 0 ? Infinity : value);

function retriesOf(options: readonly ObjectSyntax[], links: readonly Link[]): number | undefined {
  const optional = options.flatMap((option) => ["retry", "retries", "flaky"].map((key) => numberOf(entryOf(option, key)))).find((value) => value !== undefined);
  const chained = links.find(({ name }) => name === "retries" || name === "retry");
  return optional ?? (chained === undefined ? undefined : numberOf(argument(chained.args, 0)));
}
