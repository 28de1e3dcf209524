import { everyNode, type FunctionSyntax, type Syntax } from "../syntax.ts";

/** The plain value a name stands for wherever it is read; undefined for everything else. */
export type Constants = (name: string) => Syntax | undefined;

/** Lists and objects within each other are looked into so far. */
const DEEPEST = 6;

const known = new WeakMap<Syntax, ReadonlyMap<string, Syntax | null>>();

/**
 * Names of a body that are set once, to a value written down there: whoever reads one reads that value. A name the body declares in any other way
 * hides one of the file, `outer`.
 */
export function constantsIn(body: Syntax, params: readonly string[], outer: Constants): Constants {
  const own = known.get(body) ?? declaredIn(body);
  known.set(body, own);
  return (name) => {
    const found = own.get(name);
    return found === undefined ? (params.includes(name) ? undefined : outer(name)) : (found ?? undefined);
  };
}

/** What a name is set to, or null where that is more than one thing or no plain value. */
function declaredIn(body: Syntax): ReadonlyMap<string, Syntax | null> {
  const found = new Map<string, Syntax | null>();
  for (const node of everyNode(body)) {
    if (node.kind === "declare" && node.name !== "") found.set(node.name, node.value === undefined || found.has(node.name) || !isPlain(node.value) ? null : node.value);
    for (const name of hiddenBy(node, found)) found.set(name, null);
  }
  return found;
}

/** Names that code sets in a way nobody can follow, or whose value it may change. */
function hiddenBy(node: Syntax, known: ReadonlyMap<string, unknown>): readonly string[] {
  if (node.kind === "declare") return node.target === undefined ? [] : namesIn(node.target);
  if (node.kind === "assign") return namesIn(node.target);
  if (node.kind === "operation") return node.operator === "++" || node.operator === "--" ? namesIn(node) : [];
  if (node.kind === "function") return (node as FunctionSyntax).params;
  if (node.kind === "loop") return node.names;
  if (node.kind !== "call" || node.callee.kind !== "member" || node.callee.object.kind !== "name") return [];
  return known.has(node.callee.object.name) ? [node.callee.object.name] : [];
}

const namesIn = (node: Syntax): readonly string[] => everyNode(node).flatMap((inner) => (inner.kind === "name" ? [inner.name] : []));

/** True for a value written down as it is, perhaps with names in it that may stand for such values themselves. */
export function isPlain(node: Syntax, depth = 0): boolean {
  if (depth > DEEPEST) return false;
  if (node.kind === "literal" || (node.kind === "name" && depth > 0)) return true;
  if (node.kind === "template") return node.values.length === 0 && node.tag === undefined;
  if (node.kind === "list") return node.items.every((item) => isPlain(item, depth + 1));
  if (node.kind === "object") return node.entries.every(({ spread, value }) => spread !== true && isPlain(value, depth + 1));
  return node.kind === "operation" && node.operator === "-" && node.operands.length === 1 && node.operands.every((operand) => isPlain(operand, depth + 1));
}

/** The same with the values of names in the place of names. Gives the node itself where there is nothing to replace. */
export function withValues(node: Syntax, constants: Constants, depth = 0): Syntax {
  if (depth > DEEPEST) return node;
  if (node.kind === "name") {
    const value = constants(node.name);
    return value === undefined || value === node ? node : withValues(value, constants, depth + 1);
  }
  if (node.kind === "list") {
    const items = node.items.map((item) => withValues(item, constants, depth + 1));
    return items.every((item, at) => item === node.items[at]) ? node : { ...node, items };
  }
  if (node.kind !== "object") return node;
  const entries = node.entries.map((entry) => ({ ...entry, value: withValues(entry.value, constants, depth + 1) }));
  return entries.every(({ value }, at) => value === node.entries[at]?.value) ? node : { ...node, entries };
}

/** Constants of a file, outside of its tests: what is declared once under its name. */
export function fileConstants(nodes: readonly Syntax[]): ReadonlyMap<string, Syntax> {
  const declared = nodes.filter((node) => node.kind === "declare" && node.name !== "");
  const times = new Map<string, number>();
  for (const node of declared) if (node.kind === "declare") times.set(node.name, (times.get(node.name) ?? 0) + 1);
  return new Map(declared.flatMap((node): [string, Syntax][] => (node.kind === "declare" && node.constant && node.value !== undefined && times.get(node.name) === 1 && isPlain(node.value) ? [[node.name, node.value]] : [])));
}
