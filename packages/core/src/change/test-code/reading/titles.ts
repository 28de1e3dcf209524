import { canonical } from "../canonical.ts";
import type { Syntax } from "../syntax.ts";

/** A test's or suite's title as its reports show it; what is computed stands as code. */
export function titleOf(node: Syntax | undefined): string {
  if (node === undefined) return "";
  if (node.kind === "literal") return node.value;
  if (node.kind === "template" && node.tag === undefined) return node.parts.map((part, at) => part + (node.values[at] === undefined ? "" : `\${${canonical(node.values[at])}}`)).join("");
  if (node.kind === "function") return node.name ?? "";
  return canonical(node);
}
