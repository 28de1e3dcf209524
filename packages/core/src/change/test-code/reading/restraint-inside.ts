import { argument, chainOf, rootName } from "../assertions/chain.ts";
import { canonical } from "../canonical.ts";
import type { Restraint } from "../anatomy.ts";
import { everyNode, type FunctionSyntax, type Syntax, type SyntaxOf } from "../syntax.ts";
import type { FileScope } from "./file-scope.ts";

/** What merely ends a test stands at its head: further down it is part of what is tested. */
const HEAD = 8;

/** `this.skip()`, `t.skip("why")`, `raise SkipTest("why")`, `if (windows) return t.skip()`: what a test says of itself in its body. */
export function restraintInside({ body, params }: Pick<FunctionSyntax, "body" | "params">, { imports }: Pick<FileScope, "imports">): Restraint | undefined {
  const statements = body.kind === "block" ? body.body : [];
  // tape's `t.skip()` only prints a line.
  const printsOnly = imports.some(({ from }) => /tape/.test(from));
  const handles = new Set(["this", "pytest", "self", "test", "unittest", ...(printsOnly ? [] : params.slice(0, 1))]);
  for (const [at, statement] of statements.entries()) {
    const skipped = skipIn(statement, handles);
    if (skipped !== undefined) return { ...skipped, line: statement.line };
    const guarded = guardedSkip(statement, handles) ?? (at < HEAD ? guardedEnd(statement, statements.length - at - 1, params[0]) : undefined);
    if (guarded !== undefined) return { ...guarded, line: statement.line };
  }
  return undefined;
}

type Skipped = Omit<Restraint, "line">;

/** A skip in one branch of an `if`, or in one way out of a `try`. */
function guardedSkip(statement: Syntax, handles: ReadonlySet<string>): Skipped | undefined {
  if (statement.kind === "if") {
    const [then, otherwise] = [firstSkip(statement.then, handles), statement.otherwise && firstSkip(statement.otherwise, handles)];
    if (then !== undefined) return { ...then, kind: "conditional", condition: canonical(statement.test) };
    return otherwise === undefined ? undefined : { ...otherwise, kind: "conditional", condition: `not ${canonical(statement.test)}` };
  }
  if (statement.kind !== "try") return undefined;
  const handler = statement.handler && firstSkip(statement.handler, handles);
  if (handler !== undefined) return { ...handler, kind: "conditional", condition: `${canonical(statement.block)} fails` };
  const otherwise = firstSkip(statement.block, handles) ?? (statement.finalizer && firstSkip(statement.finalizer, handles));
  return otherwise === undefined ? undefined : { ...otherwise, kind: "conditional", condition: `${canonical(statement.block)} works` };
}

/** `if (windows) return done();` at the head of a test ends it as a success where the condition holds. */
function guardedEnd(statement: Syntax, after: number, handle: string | undefined): Skipped | undefined {
  if (statement.kind !== "if") return undefined;
  const [then, otherwise] = [endIn(statement.then, handle), statement.otherwise === undefined ? false : endIn(statement.otherwise, handle)];
  if (then === otherwise || (statement.otherwise === undefined && (after === 0 || then === "called"))) return undefined;
  return then === false ? { kind: "conditional", condition: `not ${canonical(statement.test)}` } : { kind: "conditional", condition: canonical(statement.test) };
}

/** True when nothing happens but that the test is over. */
function endIn(node: Syntax, handle: string | undefined): "returned" | "called" | false {
  const [first, second, ...more] = node.kind === "block" ? node.body : [node];
  if (first === undefined || more.length > 0) return false;
  if (first.kind === "return") return second === undefined && (first.value === undefined || isEnd(first.value, handle)) ? "returned" : false;
  if (first.kind !== "statement" || !isEnd(first.value, handle)) return false;
  return second === undefined ? "called" : second.kind === "return" && (second.value === undefined || isEnd(second.value, handle)) ? "returned" : false;
}

/** `done()`, `t.end()`, `t.pass()`: over, and nothing was found. */
function isEnd(node: Syntax, handle: string | undefined): boolean {
  if (node.kind !== "call") return false;
  const { callee, args } = node;
  if (callee.kind === "name") return args.length === 0 && callee.name === handle;
  return callee.kind === "member" && callee.object.kind === "name" && callee.object.name === handle && /^(?:end|pass|skip)$/.test(callee.property);
}

function firstSkip(node: Syntax, handles: ReadonlySet<string>): Skipped | undefined {
  for (const one of everyNode(node, ({ kind }) => kind !== "function" && kind !== "try")) {
    const found = one.kind === "statement" || one.kind === "return" || one.kind === "throw" ? skipIn(one, handles) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

function skipIn(statement: Syntax, handles: ReadonlySet<string>): Skipped | undefined {
  if (statement.kind === "throw") return raisedSkip(statement);
  const node = statement.kind === "statement" || statement.kind === "return" || statement.kind === "declare" ? statement.value : undefined;
  const call = node?.kind === "await" ? node.value : node;
  return call?.kind === "call" ? (namedSkip(call) ?? calledSkip(call, handles)) : undefined;
}

/** `raise unittest.SkipTest("why")`, `raise SkipTest`. */
function raisedSkip({ value }: Extract<Syntax, { readonly kind: "return" | "throw" }>): Skipped | undefined {
  if (value === undefined) return undefined;
  const chain = chainOf(value);
  const name = chain.links.at(-1)?.name ?? rootName(chain);
  return name === "SkipTest" || name === "Skipped" ? { kind: "skipped", ...reasonOf(value.kind === "call" ? argument(value.args, 0) : undefined) } : undefined;
}

function calledSkip(call: SyntaxOf<"call">, handles: ReadonlySet<string>): Skipped | undefined {
  const chain = chainOf(call);
  const name = rootName(chain);
  const [link] = chain.links;
  if (chain.links.length === 0) return name === "pending" ? { kind: "skipped", ...reasonOf(argument(chain.rootArgs, 0)) } : undefined;
  if (name === undefined || chain.links.length > 1 || link?.args === undefined || !handles.has(name)) return undefined;
  const [first, second] = link.args.map(({ value }) => value);
  const reason = reasonOf(first);
  if (name === "pytest" && link.name === "xfail") return { kind: "expected-to-fail", ...reason };
  if (name === "pytest" && link.name === "importorskip") return { kind: "conditional", condition: `${first === undefined ? "a module" : canonical(first)} is not installed` };
  if (!/^(?:skip|skipTest|todo|fixme)$/.test(link.name)) return undefined;
  // Playwright: `test.skip(browserName === "webkit", "why")`.
  if (name === "test" && first !== undefined && first.kind !== "literal") return { kind: "conditional", condition: canonical(first), ...reasonOf(second) };
  return { kind: link.name === "todo" ? "todo" : "skipped", ...reason };
}

/** A project's own way to leave a test out: `skipOnWindows()`, `env.skipBrowserFlake()`. What takes a value is something else. */
function namedSkip(call: SyntaxOf<"call">): Skipped | undefined {
  const { links, ...chain } = chainOf(call);
  const name = links.at(-1)?.name ?? rootName({ links, ...chain }) ?? "";
  const bare = call.args.every(({ value }) => value.kind === "name" && /^(?:this|t|ctx|context|done)$/.test(value.name));
  return /^skip[A-Z]/.test(name) && name !== "skipTest" && bare ? { kind: "conditional", condition: `${canonical(call)} says so` } : undefined;
}

const reasonOf = (node: Syntax | undefined): Pick<Restraint, "reason"> => (node?.kind === "literal" && node.of === "string" ? { reason: node.value } : {});
