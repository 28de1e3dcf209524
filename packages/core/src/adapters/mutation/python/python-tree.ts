import type { SyntaxNode, Tree } from "@lezer/common";
import { parser } from "@lezer/python";

/** A parsed text, and the parts of it in which something could not be read: whole functions, or statements outside of any. */
export interface ReadPython {
  readonly tree: Tree;
  readonly damaged: readonly { readonly from: number; readonly to: number }[];
}

/** Parses Python. The parser does not know every form (a bare `yield`, `24.` before a bracket): what stands round one is left alone, the rest can be used. */
export function parsePython(text: string): ReadPython {
  const tree = parser.parse(readable(text));
  const damaged = new Map<number, { readonly from: number; readonly to: number }>();
  tree.iterate({
    enter: ({ type, node }) => {
      if (!type.isError) return;
      let round = node;
      while (round.parent && round.parent.name !== "Script" && round.name !== "FunctionDefinition") round = round.parent;
      damaged.set(round.from, round);
    },
  });
  return { tree, damaged: [...damaged.values()] };
}

/** One form it does not know costs every function below it as well, `with open_both() as (one, other):`. Nothing is broken in such a name, so it reads another of the same length. */
const readable = (text: string): string => text.replace(/ as (\([\w ,.*]{1,200}\))(?=[:,])/g, (whole, names: string) => whole.slice(0, -names.length) + "_".repeat(names.length));

/** Nodes right below, in source order. */
export function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) children.push(child);
  return children;
}

/** Every node of a tree, parents first, without recursion. `into` answers false where the inside is not wanted. */
export function walk(tree: Tree, visit: (node: SyntaxNode) => boolean): void {
  const cursor = tree.cursor();
  for (;;) {
    if (visit(cursor.node) && cursor.firstChild()) continue;
    while (!cursor.nextSibling()) if (!cursor.parent()) return;
  }
}

const WORD = /^[A-Za-z(){}[\],:;.@*=]+$/;
const NAMED = /Expression$|^(?:VariableName|Number|String|FormatString|ContinuedString|Boolean|None|Ellipsis)$/;

/** Whether a node stands for a value; keywords, brackets and operators do not. */
export const isValue = ({ name }: SyntaxNode): boolean => NAMED.test(name) || (!WORD.test(name) && /Comprehension/.test(name));

/** The body of a compound statement without a docstring. */
export function statementsIn(body: SyntaxNode, text: string): readonly SyntaxNode[] {
  const all = childrenOf(body).filter(({ name }) => /Statement$|Definition$|^StatementGroup$/.test(name));
  return all[0] !== undefined && isDocstring(all[0], text) ? all.slice(1) : all;
}

export const isDocstring = ({ name, firstChild }: SyntaxNode, text: string): boolean => name === "ExpressionStatement" && firstChild !== null && firstChild.nextSibling === null && (firstChild.name === "String" || firstChild.name === "ContinuedString") && /["']/.test(text.charAt(firstChild.to - 1));

/** White space before a statement that begins its line; undefined for one that does not. */
export function indentOf({ from }: SyntaxNode, text: string): string | undefined {
  const before = text.slice(text.lastIndexOf("\n", from - 1) + 1, from).replace(/^\uFEFF/, "");
  return /^[ \t]*$/.test(before) ? before : undefined;
}

/** The name of the function a node stands in; empty outside of any. */
export function functionRound(node: SyntaxNode, text: string): string {
  for (let at = node.parent; at; at = at.parent) if (at.name === "FunctionDefinition") return nameOf(at, text);
  return "";
}

export function nameOf(definition: SyntaxNode, text: string): string {
  const name = definition.getChild("VariableName");
  return name === null ? "" : text.slice(name.from, name.to);
}
