import type { Argument, Syntax } from "../syntax.ts";

/** One step of a chain: `.not`, `.toBe(1)`; the name is empty for a call of what the steps before gave. */
export interface Link {
  readonly name: string;
  readonly args?: readonly Argument[];
  readonly node: Syntax;
}

/** `expect(x).not.toBe(1)`: what it starts from, and the steps. */
export interface Chain {
  readonly root: Syntax;
  /** Set when the root was called at once: `expect(x)`. */
  readonly rootArgs?: readonly Argument[];
  readonly links: readonly Link[];
}

/** Longer chains are data. */
const LONGEST = 60;

/** Takes a chain of members and calls apart. Anything else is a chain without links. */
export function chainOf(node: Syntax): Chain {
  const links: Link[] = [];
  let at = node;
  while (links.length < LONGEST) {
    if (at.kind === "member" && at.computed === undefined) {
      links.push({ name: at.property, node: at });
      at = at.object;
    } else if (at.kind === "call" && at.callee.kind === "member" && at.callee.computed === undefined) {
      links.push({ name: at.callee.property, args: at.args, node: at });
      at = at.callee.object;
    } else if (at.kind === "call" && at.callee.kind === "name") return { root: at.callee, rootArgs: at.args, links: links.reverse() };
    else if (at.kind === "call") {
      links.push({ name: "", args: at.args, node: at });
      at = at.callee;
    } else if (at.kind === "template" && at.tag !== undefined) {
      links.push({ name: "`", args: at.values.map((value) => ({ value })), node: at });
      at = at.tag;
    } else if (at.kind === "await") at = at.value;
    else break;
  }
  return { root: at, links: links.reverse() };
}

/** What a chain starts from, without taking it apart: `x` of `x.a().b`. Of a chain too long to be one, some part of it. */
export function rootOf(node: Syntax): Syntax {
  let at = node;
  for (let steps = 0; steps < LONGEST; steps += 1) {
    if (at.kind === "member" && at.computed === undefined) at = at.object;
    else if (at.kind === "call") at = at.callee.kind === "member" && at.callee.computed === undefined ? at.callee.object : at.callee;
    else if (at.kind === "template" && at.tag !== undefined) at = at.tag;
    else if (at.kind === "await") at = at.value;
    else break;
  }
  return at;
}

/** The name of what is called: `b` of `x.a().b()`, `f` of `f()`; empty for a call of what another call gave. */
export const calledName = ({ callee }: Extract<Syntax, { readonly kind: "call" }>): string => (callee.kind === "member" && callee.computed === undefined ? callee.property : callee.kind === "name" ? callee.name : "");

export const rootName = ({ root }: Chain): string | undefined => (root.kind === "name" ? root.name : undefined);

export const argument = (args: readonly Argument[] | undefined, at: number): Syntax | undefined => args?.[at]?.value;

export const isText = (node: Syntax | undefined): node is Extract<Syntax, { readonly kind: "literal" | "template" }> => (node?.kind === "literal" && node.of === "string") || node?.kind === "template";

/** A number as written, `1_000`, `10 * 1000`; undefined for what is not plain arithmetic. */
export function numberOf(node: Syntax | undefined): number | undefined {
  if (node?.kind === "literal" && node.of === "number") return readNumber(node.value);
  if (node?.kind === "name" && node.name === "Infinity") return Infinity;
  if (node?.kind !== "operation") return undefined;
  const values = node.operands.map(numberOf);
  const [left, right] = values;
  if (left === undefined) return undefined;
  if (values.length === 1) return node.operator === "-" ? -left : undefined;
  if (right === undefined) return undefined;
  return node.operator === "*" ? left * right : node.operator === "+" ? left + right : undefined;
}

/** The same for a limit: of two that a condition chooses from, the stricter. */
export function limitOf(node: Syntax | undefined): number | undefined {
  if (node?.kind !== "choice") return numberOf(node);
  const [then, otherwise] = [limitOf(node.then), limitOf(node.otherwise)];
  return then === undefined || otherwise === undefined ? undefined : Math.min(then, otherwise);
}

/** Separators and the `n` of a large integer say nothing about the value; what is no real number (Python's `2j`) has no order. */
function readNumber(text: string): number | undefined {
  const value = Number(text.replaceAll("_", "").replace(/^(\d+)n$/, "$1"));
  return Number.isNaN(value) ? undefined : value;
}
