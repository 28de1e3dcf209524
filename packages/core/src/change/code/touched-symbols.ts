import type { TouchedSymbol } from "../change.ts";
import type { DiffFile, DiffLine, Hunk } from "../diff.ts";
import type { TextOf } from "./changed-code.ts";
import { definedBy } from "./symbol-patterns.ts";

interface Definition {
  readonly name: string;
  readonly indent: number;
}

/** Functions, methods and classes whose lines a change touches, in the order of the file, each once. */
export function touchedSymbols(file: DiffFile, textOf: TextOf = () => undefined): readonly TouchedSymbol[] {
  const enclosing = enclosingOnHead(file, textOf("head", file.path));
  const found = new Map<string, number>();
  const add = (name: string | undefined, line: number): void => {
    if (name !== undefined && !found.has(name)) found.set(name, Math.max(1, line));
  };
  for (const hunk of file.hunks) {
    add(enclosing?.get(hunk) ?? (enclosing ? undefined : headingSymbol(file.path, hunk)), hunk.headCount > 0 ? hunk.headStart : hunk.baseStart);
    for (const line of byAppearance(hunk)) add(definedBy(file.path, line.text), line.line);
  }
  return [...found].map(([name, line]) => ({ name, line }));
}

/** Added lines first: a definition that moved within its hunk is named at its place on head. */
const byAppearance = (hunk: Hunk): readonly DiffLine[] => [...hunk.lines.filter((line) => line.op === "+"), ...hunk.lines.filter((line) => line.op === "-")];

/** Git's heading is the nearest definition above; a line as far left as top-level code has left it. */
function headingSymbol(path: string, hunk: Hunk): string | undefined {
  const name = definedBy(path, hunk.heading);
  if (name === undefined) return undefined;
  const first = hunk.lines.find((line) => line.text.trim() !== "");
  const topLevel = first !== undefined && /^[^\s})\]{#]/.test(first.text) && indentOf(hunk.heading) === 0;
  return topLevel ? undefined : name;
}

const indentOf = (text: string): number => text.length - text.trimStart().length;

/** Which definition each hunk starts in, by indentation: one pass over the head text. */
function enclosingOnHead(file: DiffFile, text: string | undefined): ReadonlyMap<Hunk, string | undefined> | undefined {
  if (text === undefined) return undefined;
  const lines = text.split("\n");
  const open: Definition[] = [];
  const inside = new Map<Hunk, string | undefined>();
  let read = 0;
  for (const hunk of file.hunks) {
    // A deletion sits after line `headStart`; added lines start at it.
    const until = hunk.headCount > 0 ? hunk.headStart - 1 : hunk.headStart;
    for (; read < Math.min(until, lines.length); read += 1) openOrClose(open, file.path, lines[read] ?? "");
    const first = hunk.lines.find((line) => line.text.trim() !== "");
    inside.set(hunk, first && innermost(open, first.text)?.name);
  }
  return inside;
}

function openOrClose(open: Definition[], path: string, line: string): void {
  if (line.trim() === "" || /^\s*[)\]]/.test(line)) return;
  const indent = indentOf(line);
  while (open.length > 0 && (open.at(-1)?.indent ?? 0) >= indent && !/^\s*\{/.test(line)) open.pop();
  const name = definedBy(path, line);
  if (name !== undefined) open.push({ name, indent });
}

const innermost = (open: readonly Definition[], text: string): Definition | undefined =>
  open.findLast((definition) => definition.indent < indentOf(text) || (definition.indent === indentOf(text) && /^\s*[}\])]/.test(text)));
