import type { SyntaxNode } from "@lezer/common";

/** Names whose calls tell people something and change nothing for the program. */
const TELLERS = /^(?:print|log|logger|logging|warnings|_log|_logger|LOG|LOGGER|metrics?|statsd|tracer|sentry_sdk)$/;

/** Nothing in here is code whose faults a test could notice: types, decorators, patterns, names that are imported, texts put together, scripts. */
const CLOSED = /^(?:TypeDef|TypeDefinition|TypeParamList|Decorator|ImportStatement|ScopeStatement|DeleteStatement|FormatString|\w+Pattern|Comment)$/;

/** Whether the inside of a node is passed over without a word: there is nothing in it to break. */
export function isClosed(node: SyntaxNode, text: string): boolean {
  if (CLOSED.test(node.name)) return true;
  if (node.name === "ExpressionStatement") return node.firstChild?.nextSibling === null && /^(?:String|ContinuedString|Ellipsis)$/.test(node.firstChild.name);
  if (node.name === "AssignStatement") return /^__\w+__\b/.test(text.slice(node.from, Math.min(node.to, node.from + 40)));
  if (node.name !== "IfStatement") return false;
  return /^if\s*\(?\s*(?:(?:typing\.|t\.)?TYPE_CHECKING\b|__name__\s*==)/.test(text.slice(node.from, Math.min(node.to, node.from + 60)));
}

/** Why faults at this place and below are of no use to anybody. Undefined for all other code. */
export function whyArid(node: SyntaxNode, text: string): string | undefined {
  if (node.name === "ExpressionStatement" && tells(node.firstChild, text)) return "it only logs or counts";
  if (isText(node) && isMessage(node, text)) return "it is the wording of an error";
  return undefined;
}

const isText = ({ name }: SyntaxNode): boolean => /^(?:String|ContinuedString|FormatString|BinaryExpression)$/.test(name);

function tells(expression: SyntaxNode | null, text: string): boolean {
  const call = expression?.name === "AwaitExpression" ? expression.lastChild : expression;
  if (call?.name !== "CallExpression" || !call.firstChild) return false;
  const names = text.slice(call.firstChild.from, Math.min(call.firstChild.to, call.firstChild.from + 200)).split(".");
  if (names.some((name) => !/^\w+$/.test(name))) return false;
  // `math.log` computes, `self.log` tells.
  const tellers = names.length === 1 || (names.length === 2 && names[0] === "self") ? names : names.slice(0, -1);
  return tellers.some((name) => TELLERS.test(name));
}

/** An argument of what is raised, or what an `assert` says. */
function isMessage(node: SyntaxNode, text: string): boolean {
  const { parent } = node;
  if (parent?.name === "AssertStatement") return parent.firstChild?.nextSibling?.from !== node.from;
  if (parent?.name !== "ArgList" || parent.parent?.name !== "CallExpression") return false;
  const callee = parent.parent.firstChild;
  return parent.parent.parent?.name === "RaiseStatement" || (callee !== null && /(?:Error|Exception|Warning)$/.test(text.slice(callee.from, callee.to)));
}
