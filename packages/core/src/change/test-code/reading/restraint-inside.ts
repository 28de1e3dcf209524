import { argument, chainOf, rootName } from "../assertions/chain.ts";
import { canonical } from "../canonical.ts";
import type { Restraint } from "../anatomy.ts";
import { everyNode, type FunctionSyntax, type Syntax, type SyntaxOf } from "../syntax.ts";
import type { FileScope } from "./file-scope.ts";

/** A guard stands at the head of a test: further down it is part of what is tested. */
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
    const guarded = at < HEAD ? guardedSkip(statement, handles) : undefined;
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
  return call?.kind === "call" ? calledSkip(call, handles) : undefined;
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

const reasonOf = (node: Syntax | undefined): Pick<Restraint, "reason"> => (node?.kind === "literal" && node.of === "string" ? { reason: node.value } : {});
