import { definedBy } from "./symbol-patterns.ts";

/** A function, method or class, and the lines that are its own. Lines are 1-based. */
export interface FunctionSpan {
  readonly name: string;
  readonly line: number;
  readonly endLine: number;
}

/** The innermost definition each line of a text stands in, told by indentation; lines of top-level code are in none. One pass. */
export function functionsOf(path: string, text: string): readonly FunctionSpan[] {
  const open: { readonly name: string; readonly line: number; readonly indent: number; last: number }[] = [];
  const closed: FunctionSpan[] = [];
  const close = (indent: number): void => {
    while (open.length > 0 && (open.at(-1)?.indent ?? 0) >= indent) {
      const { name, line, last } = open.pop() ?? { name: "", line: 0, last: 0 };
      closed.push({ name, line, endLine: last });
    }
  };
  for (const [at, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const indent = line.length - line.trimStart().length;
    const ends = /^\s*[)\]}]/.test(line);
    if (!ends && !/^\s*\{/.test(line)) close(indent);
    for (const one of open) if (one.indent <= indent) one.last = at + 1;
    const name = ends ? undefined : definedBy(path, line);
    if (name !== undefined) open.push({ name, line: at + 1, indent, last: at + 1 });
  }
  close(0);
  return closed.toSorted((a, b) => a.line - b.line);
}
