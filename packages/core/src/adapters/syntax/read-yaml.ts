import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument } from "yaml";
import type { Entry, Span, Syntax, SyntaxTree } from "#change";
import { yamlTooDeep } from "#kernel";

/** Reads YAML as data. Undefined when it is nested to harm, or too damaged to be read. */
export function readYaml(text: string): SyntaxTree | undefined {
  if (yamlTooDeep(text)) return undefined;
  const lines = new LineCounter();
  const document = parseDocument(text, { version: "1.2", schema: "core", strict: false, uniqueKeys: false, prettyErrors: false, lineCounter: lines, logLevel: "silent" });
  const to = (node: unknown): Syntax => {
    const span = spanOf(node, lines);
    if (isMap(node)) {
      const entries = node.items.map(({ key, value }): Entry => ({ ...spanOf(key, lines), key: isScalar(key) ? String(key.value) : "", value: to(value) }));
      return { ...span, kind: "object", entries };
    }
    if (isSeq(node)) return { ...span, kind: "list", items: node.items.map(to) };
    // What an alias stands for is read where it is defined.
    const value: unknown = isScalar(node) ? node.value : isAlias(node) ? `*${node.source}` : null;
    const of = typeof value === "number" ? "number" : typeof value === "boolean" ? "boolean" : value === null ? "null" : "string";
    return { ...span, kind: "literal", of, value: String(value) };
  };
  return { language: "data", text, body: [to(document.contents)], comments: new Map(), damaged: document.errors.length > 0 };
}

function spanOf(node: unknown, lines: LineCounter): Span {
  const range = (node as { readonly range?: readonly number[] | null } | null)?.range;
  const [start, end] = [range?.[0] ?? 0, range?.[1] ?? 0];
  return { start, end, line: Math.max(1, lines.linePos(start).line), endLine: Math.max(1, lines.linePos(Math.max(start, end - 1)).line) };
}
