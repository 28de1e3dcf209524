import type { ASTNode } from "@marcbachmann/cel-js";
import { compileLinear } from "./linear-matcher.ts";

/**
 * How large a value can be: `length` counts its own elements or characters, `deep` everything inside it.
 * A static bound, so that a rule is refused before it runs and no clock is needed.
 */
export interface Size {
  readonly length: number;
  readonly deep: number;
  readonly element?: Size;
  readonly fields?: Readonly<Record<string, Size>>;
}

interface Estimate {
  readonly cost: number;
  readonly size: Size;
}

type Scope = Readonly<Record<string, Size>>;

/** The name `matches` is given once its pattern has been compiled by our own matcher. */
export const LINEAR_MATCH = "matchesLinear";

const SCALAR: Size = { length: 1, deep: 1 };
/** Characters a number, a time or a boolean prints as, at most. */
const LONGEST_NUMBER = 40;
const LOOPS: ReadonlySet<string> = new Set(["all", "exists", "exists_one", "map", "filter"]);

/** Measures a value of the model. */
export function sizeOf(value: unknown): Size {
  if (typeof value === "string") return { length: value.length, deep: value.length };
  if (Array.isArray(value)) return listOf(value.map(sizeOf));
  if (typeof value !== "object" || value === null || value instanceof Date) return SCALAR;
  const fields = Object.fromEntries(Object.entries(value).map(([name, field]) => [name, sizeOf(field)]));
  const deep = Object.values(fields).reduce((sum, field) => sum + field.deep, 1);
  return { length: Object.keys(fields).length, deep, fields };
}

/** An upper bound of the work one evaluation does, with variables of these sizes. */
export const costOf = (ast: ASTNode, variables: Scope): number => estimate(ast, variables).cost;

function estimate(node: ASTNode, scope: Scope): Estimate {
  if (node.op === "rcall")
    return LOOPS.has(node.args[0]) ? loop(node.args[0], node.args[1], node.args[2], scope) : method(node.args[0], node.args[1], node.args[2], scope);
  const parts = operandsOf(node).map((part) => estimate(part, scope));
  const sizes = parts.map((part) => part.size);
  // Comparing, searching, converting and joining read their operands whole; taking one apart or passing it on does not.
  const reading = PASSING_ON.has(node.op) ? 0 : total(sizes.map((size) => size.deep));
  return { cost: 1 + total(parts.map((part) => part.cost)) + reading, size: resultOf(node, sizes, scope) };
}

const PASSING_ON: ReadonlySet<ASTNode["op"]> = new Set<ASTNode["op"]>([".", ".?", "[]", "[?]", "?:", "list", "map", "&&", "||", "!_", "-_"]);

function operandsOf(node: Exclude<ASTNode, { op: "rcall" }>): readonly ASTNode[] {
  if (node.op === "value" || node.op === "id") return [];
  if (node.op === "." || node.op === ".?") return [node.args[0]];
  if (node.op === "!_" || node.op === "-_") return [node.args];
  if (node.op === "call") return node.args[1];
  return node.op === "map" ? node.args.flat() : node.args;
}

function resultOf(node: Exclude<ASTNode, { op: "rcall" }>, sizes: readonly Size[], scope: Scope): Size {
  const [first = SCALAR, second = SCALAR, third = SCALAR] = sizes;
  if (node.op === "value") return sizeOf(node.args);
  if (node.op === "id") return scope[node.args] ?? SCALAR;
  if (node.op === "." || node.op === ".?") return first.fields?.[node.args[1]] ?? inside(first);
  if (node.op === "[]" || node.op === "[?]") return inside(first);
  if (node.op === "list" || node.op === "map") return listOf(sizes);
  if (node.op === "?:") return join(second, third);
  if (node.op === "+") return concatenated(first, second);
  if (node.op !== "call") return SCALAR;
  const converted = total(sizes.map((size) => size.deep)) + LONGEST_NUMBER;
  return { length: converted, deep: converted };
}

const total = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0);

function method(name: string, receiver: ASTNode, args: readonly ASTNode[], scope: Scope): Estimate {
  const all = [receiver, ...args].map((part) => estimate(part, scope));
  const [of = SCALAR, by = SCALAR] = all.map((part) => part.size);
  const read = 1 + total(all.map((part) => part.cost + part.size.deep));
  if (name === LINEAR_MATCH) return { cost: read + of.length * statesOf(args[0]), size: SCALAR };
  if (name === "contains") return { cost: read + of.length * Math.min(by.length, 16), size: SCALAR };
  if (name === "split") return { cost: read, size: { length: of.length + 1, deep: 2 * of.length + 1, element: { length: of.length, deep: of.length } } };
  const joined = of.deep + of.length * by.length + LONGEST_NUMBER;
  return { cost: read + (name === "join" ? joined : 0), size: { length: joined, deep: joined } };
}

/** Each character of the text may visit every state of the automaton. */
function statesOf(pattern: ASTNode | undefined): number {
  const matcher = pattern?.op === "value" && typeof pattern.args === "string" ? compileLinear(pattern.args) : undefined;
  return matcher !== undefined && "states" in matcher ? matcher.states : Infinity;
}

function loop(name: string, over: ASTNode, args: readonly ASTNode[], scope: Scope): Estimate {
  const list = estimate(over, scope);
  const [variable, ...bodies] = args;
  const inner = { ...scope, ...(variable?.op === "id" ? { [variable.args]: inside(list.size) } : {}) };
  const parts = bodies.map((body) => estimate(body, inner));
  const cost = list.cost + list.size.length * parts.reduce((total, part) => total + part.cost, 1);
  if (name === "filter") return { cost, size: list.size };
  if (name !== "map") return { cost, size: SCALAR };
  const element = parts.at(-1)?.size ?? SCALAR;
  return { cost, size: { length: list.size.length, deep: list.size.length * (element.deep + 1), element } };
}

/** What one element can be; where nothing is known, as large as the whole. */
const inside = (size: Size = SCALAR): Size => size.element ?? { length: Math.max(size.length, size.deep), deep: size.deep };

function listOf(items: readonly Size[]): Size {
  const deep = items.reduce((total, item) => total + item.deep + 1, 0);
  return items.length === 0 ? { length: 0, deep: 1, element: SCALAR } : { length: items.length, deep, element: items.reduce(join) };
}

function concatenated(a: Size, b: Size): Size {
  const element = a.element !== undefined && b.element !== undefined ? { element: join(a.element, b.element) } : {};
  return { length: a.length + b.length, deep: a.deep + b.deep, ...element };
}

/** At least as large as either. */
function join(a: Size, b: Size): Size {
  const names = new Set([...Object.keys(a.fields ?? {}), ...Object.keys(b.fields ?? {})]);
  const fields = Object.fromEntries([...names].map((name) => [name, join(a.fields?.[name] ?? inside(a), b.fields?.[name] ?? inside(b))]));
  return {
    length: Math.max(a.length, b.length),
    deep: Math.max(a.deep, b.deep),
    ...(a.element !== undefined || b.element !== undefined ? { element: join(inside(a), inside(b)) } : {}),
    ...(names.size > 0 ? { fields } : {}),
  };
}
