import type { TreeNode } from "./arid.ts";

/** A function of a file, outer ones before those inside them. Offsets into the text. */
export interface NamedFunction {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  readonly bodyStart: number;
  readonly bodyEnd: number;
}

const FUNCTION = /^(?:FunctionDeclaration|FunctionExpression|ArrowFunctionExpression|ClassMethod|ClassPrivateMethod|ObjectMethod)$/;
const SKIPPED = new Set(["loc", "tokens", "comments", "leadingComments", "trailingComments", "innerComments", "errors", "extra", "range"]);
/** Nodes of one file that are looked at. */
const MOST = 500_000;

/** Every function of a syntax tree with the name its surroundings give it. */
export function functionsIn(root: object): readonly NamedFunction[] {
  const found: NamedFunction[] = [];
  const open: { readonly node: TreeNode; readonly named: string }[] = [{ node: root as TreeNode, named: "" }];
  for (let seen = 0; open.length > 0 && seen < MOST; seen += 1) {
    const { node, named } = open.pop() as (typeof open)[number];
    const body = isNode(node["body"]) ? node["body"] : undefined;
    if (FUNCTION.test(node.type) && body) found.push({ name: nameOf(node["id"]) || nameOf(node["key"]) || named, ...span(node), bodyStart: Number(body["start"]), bodyEnd: Number(body["end"]) });
    const given = nameGiven(node);
    for (const [key, value] of Object.entries(node)) {
      if (SKIPPED.has(key)) continue;
      for (const child of Array.isArray(value) ? (value as unknown[]) : [value]) if (isNode(child)) open.push({ node: child, named: given });
    }
  }
  return found.toSorted((a, b) => a.start - b.start || b.end - a.end);
}

const isNode = (value: unknown): value is TreeNode => typeof value === "object" && value !== null && typeof (value as { type?: unknown }).type === "string";

const span = (node: TreeNode): { readonly start: number; readonly end: number } => ({ start: Number(node["start"]), end: Number(node["end"]) });

/** What a node calls the function right below it. */
function nameGiven(node: TreeNode): string {
  if (node.type === "VariableDeclarator") return nameOf(node["id"]);
  if (node.type === "ObjectProperty" || node.type === "ClassProperty") return nameOf(node["key"]);
  if (node.type !== "AssignmentExpression" || !isNode(node["left"])) return "";
  return nameOf(node["left"]["type"] === "MemberExpression" ? node["left"]["property"] : node["left"]);
}

function nameOf(value: unknown): string {
  if (!isNode(value)) return "";
  if (value.type === "PrivateName") return nameOf(value["id"]);
  return value.type === "Identifier" ? String(value["name"]) : value.type === "StringLiteral" ? String(value["value"]) : "";
}
