import { parser } from "@lezer/python";
import type { SyntaxTree } from "#change";
import { FromLezer, lineStarts } from "./from-lezer.ts";

/** `with a as (b, c):` is Python that the grammar does not know; one name of the same length is. */
const TUPLE_TARGET = /\bas \([\w, ]{1,200}\)/g;

/** Reads Python; the parser tolerates errors, and says where they are. */
export function readPython(original: string): SyntaxTree | undefined {
  const text = original.replace(TUPLE_TARGET, (found) => `as ${found.slice(3).replace(/\W/g, "_")}`);
  const tree = parser.parse(text);
  const to = new FromLezer(text, lineStarts(text));
  const body = to.statements(tree.topNode);
  return { language: "python", text: original, body, comments: to.comments(tree), damaged: to.damaged };
}
