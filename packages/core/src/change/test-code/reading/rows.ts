import { canonical } from "../canonical.ts";
import { everyNode, type Syntax } from "../syntax.ts";

/** Rows of a table kept as texts: more are data. */
const MOST = 2_000;

/** Canonical texts of the rows a table holds, as far as they stand in this file. */
export function rowsOf(table: Syntax, values: ReadonlyMap<string, Syntax>, depth = 0): readonly string[] {
  if (depth > 3) return [];
  if (table.kind === "list") return table.items.slice(0, MOST).map((item) => canonical(item));
  if (table.kind === "object") return table.entries.slice(0, MOST).map(({ key, value }) => `${key}: ${canonical(value)}`);
  if (table.kind === "name") {
    const value = values.get(table.name);
    return value === undefined ? [] : rowsOf(value, values, depth + 1);
  }
  // `Object.entries(cases)`, `new Map([…])`, `[…].filter(…)`
  if (table.kind === "call") return [...table.args.map(({ value }) => value), ...(table.callee.kind === "member" ? [table.callee.object] : [])].filter(({ kind }) => kind !== "function").flatMap((inner) => rowsOf(inner, values, depth + 1));
  return [];
}

/** Rows that a body itself loops over. */
export function loopRows(body: Syntax, values: ReadonlyMap<string, Syntax>): readonly string[] {
  const local = new Map(values);
  return [...everyNode(body)].flatMap((node) => {
    if (node.kind === "declare" && node.name !== "" && node.value?.kind === "list") local.set(node.name, node.value);
    if (node.kind === "loop" && node.over) return rowsOf(node.over, local);
    const looped = node.kind === "call" && node.callee.kind === "member" && node.callee.property === "forEach" && node.args[0]?.value.kind === "function" ? node.callee.object : undefined;
    return looped === undefined ? [] : rowsOf(looped, local);
  });
}
