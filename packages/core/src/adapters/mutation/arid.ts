/** A node of a syntax tree, as far as it is looked at here. */
export interface TreeNode {
  readonly type: string;
  readonly [key: string]: unknown;
}

/** Where a traversal stands. */
export interface NodeAt {
  readonly node: TreeNode;
  readonly parentPath: NodeAt | null;
}

/** Names whose calls tell people something and change nothing for the program. */
const TELLERS = /^(?:console|logger|logging|log|debug|metrics?|statsd|telemetry|tracer|winston|pino|sentry|newrelic)$/i;

/**
 * Why faults at this place and below are of no use to anybody: what they change is told to people, and hardly anybody tests or should test it.
 * Undefined for all other code.
 */
export function whyArid({ node, parentPath }: NodeAt): string | undefined {
  if (node.type === "ExpressionStatement" && tells(asNode(node["expression"]))) return "it only logs or counts";
  if (isText(node) && parentPath !== null && isMessageOf(node, parentPath.node)) return "it is the wording of an error";
  return undefined;
}

const asNode = (value: unknown): TreeNode | undefined => (typeof value === "object" && value !== null && "type" in value ? (value as TreeNode) : undefined);

const isText = ({ type }: TreeNode): boolean => type === "StringLiteral" || type === "TemplateLiteral" || type === "BinaryExpression";

function tells(expression: TreeNode | undefined): boolean {
  if (expression?.type === "AwaitExpression") return tells(asNode(expression["argument"]));
  if (expression?.type !== "CallExpression" && expression?.type !== "OptionalCallExpression") return false;
  const chain = namesIn(asNode(expression["callee"]));
  if (chain === undefined) return false;
  // The last name is what is done; `Math.log` computes, `this.log` tells.
  const tellers = chain.length === 1 || (chain.length === 2 && chain[0] === "this") ? chain : chain.slice(0, -1);
  return tellers.some((name) => TELLERS.test(name));
}

/** `this.logger.warn` as its names; undefined for anything that is computed. */
function namesIn(node: TreeNode | undefined): readonly string[] | undefined {
  if (node === undefined) return undefined;
  if (node.type === "Identifier") return [String(node["name"])];
  if (node.type === "ThisExpression") return ["this"];
  if ((node.type !== "MemberExpression" && node.type !== "OptionalMemberExpression") || node["computed"] === true) return undefined;
  const before = namesIn(asNode(node["object"]));
  const property = asNode(node["property"]);
  return before && property?.type === "Identifier" ? [...before, String(property["name"])] : undefined;
}

/** The first argument of `new TypeError(…)` or `Error(…)`, the second of `invariant(…)` and its like. */
function isMessageOf(node: TreeNode, parent: TreeNode): boolean {
  if (parent.type !== "NewExpression" && parent.type !== "CallExpression") return false;
  const callee = asNode(parent["callee"]);
  const name = callee?.type === "Identifier" ? String(callee["name"]) : "";
  const at = Array.isArray(parent["arguments"]) ? parent["arguments"].indexOf(node) : -1;
  if (/(?:Error|Exception)$/.test(name)) return at === 0;
  return parent.type === "CallExpression" && /^(?:invariant|assert|warning|deprecate)$/.test(name) && at === 1;
}
