import { chainOf, rootName } from "../assertions/chain.ts";
import { childrenOf, everyNode, type Syntax } from "../syntax.ts";

/** True for a statement after which nothing of its block runs. */
export const terminates = (statement: Syntax): boolean =>
  statement.kind === "return" || statement.kind === "throw" || (statement.kind === "block" && statement.body.some(terminates)) || skipsHere(statement);

/** True for a branch that may leave the function: what follows it runs only sometimes. */
export const leaves = ({ then, otherwise }: Extract<Syntax, { readonly kind: "if" }>): boolean => endsInReturn(then) !== (otherwise !== undefined && endsInReturn(otherwise));

const endsInReturn = (node: Syntax): boolean => node.kind === "return" || (node.kind === "block" && node.body.some((inner) => inner.kind === "return" || skipsHere(inner)));

/** `pytest.skip(…)`, `self.skipTest(…)`, `this.skip()`: the rest is not run, and it says so. */
export function skipsHere(statement: Syntax): boolean {
  if (statement.kind !== "statement" || statement.value.kind !== "call") return false;
  const chain = chainOf(statement.value);
  const name = rootName(chain);
  const [link, more] = chain.links;
  if (more !== undefined) return false;
  if (link === undefined) return name === "pending" && chain.rootArgs !== undefined;
  return (name === "pytest" && link.name === "skip") || (name === "self" && link.name === "skipTest") || ((name === "this" || name === "ctx" || name === "context") && (link.name === "skip" || link.name === "pending"));
}

const LOGS = /^(?:console|logger|log|print|warnings|debug)$/;
const REPORTS = /^(?:done|cb|callback|next|reject|fail|end|throw|finish|deferred)/;

/**
 * True when a handler drops what it caught: it neither throws, asserts, reports nor uses the error, apart from logging it.
 */
export function swallows(handler: Syntax, caught: string | undefined): boolean {
  for (const node of everyNode(handler)) {
    if (node.kind === "throw" || node.kind === "assert") return false;
    if (node.kind === "name" && (REPORTS.test(node.name) || /^(?:expect|assert|should|t|fail)$/.test(node.name))) return false;
    if (node.kind === "member" && REPORTS.test(node.property)) return false;
  }
  return caught === undefined || !usesBeyondLogs(handler, caught);
}

function usesBeyondLogs(node: Syntax, caught: string): boolean {
  if (node.kind === "call" && LOGS.test(rootName(chainOf(node)) ?? "")) return false;
  if (node.kind === "name") return node.name === caught;
  return childrenOf(node).some((child) => usesBeyondLogs(child, caught));
}
