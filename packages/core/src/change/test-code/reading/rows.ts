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
  const rows: string[] = [];
  let local: Map<string, Syntax> | undefined;
  for (const node of everyNode(body)) {
    if (node.kind === "declare" && node.name !== "" && node.value?.kind === "list") (local ??= new Map(values)).set(node.name, node.value);
    const looped = node.kind === "loop" ? node.over : node.kind === "call" && node.callee.kind === "member" && node.callee.property === "forEach" && node.args[0]?.value.kind === "function" ? node.callee.object : undefined;
    if (looped !== undefined) rows.push(...rowsOf(looped, local ?? values));
  }
  return rows;
}
