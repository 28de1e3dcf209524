import { argument, chainOf, rootName } from "../assertions/chain.ts";
import { canonical } from "../canonical.ts";
import type { Restraint } from "../anatomy.ts";
import type { FunctionSyntax, Syntax } from "../syntax.ts";
import type { FileScope } from "./file-scope.ts";

/** `this.skip()`, `t.skip("why")`, `pytest.skip("why")`, `if (windows) return t.skip()`: what a test says of itself in its body. */
export function restraintInside({ body, params }: FunctionSyntax, { imports }: Pick<FileScope, "imports">): Restraint | undefined {
  const statements = body.kind === "block" ? body.body : [];
  // tape's `t.skip()` only prints a line.
  const printsOnly = imports.some(({ from }) => /tape/.test(from));
  const handles = new Set(["this", "pytest", "self", "test", ...(printsOnly ? [] : params.slice(0, 1))]);
  for (const [at, statement] of statements.entries()) {
    const skipped = skipCall(statement, handles);
    if (skipped !== undefined) return { kind: skipped.condition === undefined ? (skipped.todo ? "todo" : "skipped") : "conditional", ...skipped.rest, ...(skipped.condition !== undefined && { condition: skipped.condition }), line: statement.line };
    if (statement.kind === "if") {
      const inner = statement.then.kind === "block" ? statement.then.body : [statement.then];
      const under = inner.map((one) => skipCall(one, handles)).find((found) => found !== undefined);
      if (under !== undefined && at < 8) return { kind: "conditional", condition: canonical(statement.test), ...under.rest, line: statement.line };
    }
  }
  return undefined;
}

interface Skipped {
  readonly todo: boolean;
  readonly condition?: string;
  readonly rest: Pick<Restraint, "reason">;
}

function skipCall(statement: Syntax, handles: ReadonlySet<string>): Skipped | undefined {
  const node = statement.kind === "statement" || statement.kind === "return" ? statement.value : undefined;
  const call = node?.kind === "await" ? node.value : node;
  if (call?.kind !== "call") return undefined;
  const chain = chainOf(call);
  const name = rootName(chain);
  const [link] = chain.links;
  if (chain.links.length === 0) return name === "pending" ? { todo: false, rest: reasonOf(argument(chain.rootArgs, 0)) } : undefined;
  if (name === undefined || chain.links.length > 1 || link?.args === undefined || !handles.has(name) || !/^(?:skip|skipTest|todo|fixme)$/.test(link.name)) return undefined;
  const [first, second] = link.args.map(({ value }) => value);
  // Playwright: `test.skip(browserName === "webkit", "why")`.
  if (name === "test" && first !== undefined && first.kind !== "literal") return { todo: false, condition: canonical(first), rest: reasonOf(second) };
  return { todo: link.name === "todo", rest: reasonOf(first) };
}

const reasonOf = (node: Syntax | undefined): Pick<Restraint, "reason"> => (node?.kind === "literal" && node.of === "string" ? { reason: node.value } : {});
