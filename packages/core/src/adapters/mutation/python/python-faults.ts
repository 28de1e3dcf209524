import type { SyntaxNode } from "@lezer/common";
import type { MutantKind } from "#change";
import { childrenOf, indentOf, isDocstring, isValue, nameOf, statementsIn } from "./python-tree.ts";

/** One fault of a Python text and how it gets behind a switch. */
export interface PythonFault {
  readonly kind: MutantKind;
  /** What is replaced, and by what, as a person reads it. */
  readonly from: number;
  readonly to: number;
  readonly after: string;
  /**
   * `value`: the span is an expression, and so is `code`. `leave`: the statement at `from` is passed over. `instead`: `code` runs in place of the statement at
   * `from`. `first`: `code` runs before it.
   */
  readonly as: "value" | "leave" | "instead" | "first";
  readonly code: string;
  readonly indent?: string;
  /** It takes all that this function does. */
  readonly bodyOf?: string;
}

type Rule = (node: SyntaxNode, text: string) => readonly PythonFault[];

/** The faults that can be put at one node. */
export const faultsAt: Rule = (node, text) => (RULES[node.name] ?? []).flatMap((rule) => rule(node, text));

const NONE: readonly PythonFault[] = [];

function value({ from, to }: { readonly from: number; readonly to: number }, kind: MutantKind, after: string, code = after): PythonFault {
  return { kind, from, to, after, as: "value", code };
}

const COMPARED: Readonly<Record<string, readonly string[]>> = {
  "<": ["<=", ">="],
  "<=": ["<", ">"],
  ">": [">=", "<="],
  ">=": [">", "<"],
  "==": ["!="],
  "!=": ["=="],
  is: ["is not"],
  "is not": ["is"],
  in: ["not in"],
  "not in": ["in"],
};
const COMPUTED: Readonly<Record<string, string>> = { "+": "-", "-": "+", "*": "/", "/": "*", "//": "*", "%": "*", "**": "*", "<<": ">>", ">>": "<<", "&": "|", "|": "&", "^": "&" };
const JOINED: Readonly<Record<string, string>> = { and: "or", or: "and" };

interface Operation {
  readonly left: SyntaxNode;
  readonly right: SyntaxNode;
  readonly operator: string;
  /** Where the operator stands. */
  readonly from: number;
  readonly to: number;
}

/** An operation taken apart; `not in` and `is not` come as two words. */
function operationOf(node: SyntaxNode, text: string): Operation | undefined {
  const parts = childrenOf(node).filter(({ name }) => name !== "Comment");
  const [left, right, words] = [parts[0], parts.at(-1), parts.slice(1, -1)];
  const [first, last] = [words[0], words.at(-1)];
  if (!left || !right || !first || !last || words.length > 2) return undefined;
  return { left, right, operator: words.map(({ from, to }) => text.slice(from, to)).join(" "), from: first.from, to: last.to };
}

const isComparison = (node: SyntaxNode | null, text: string): boolean => node?.name === "BinaryExpression" && Object.hasOwn(COMPARED, operationOf(node, text)?.operator ?? "");

/** `a < b < c` is one comparison: each operator is swapped in the whole chain, and no part of it stands alone. */
function comparison(node: SyntaxNode, text: string): readonly PythonFault[] {
  const { parent } = node;
  if (!isComparison(node, text) || (parent !== null && parent.firstChild?.from === node.from && isComparison(parent, text))) return NONE;
  const found: PythonFault[] = [];
  for (let at: SyntaxNode | null = node; isComparison(at, text); at = at?.firstChild ?? null) {
    const operation = operationOf(at as SyntaxNode, text);
    if (!operation) break;
    for (const other of COMPARED[operation.operator] ?? []) found.push(value(node, "comparison", text.slice(node.from, operation.from) + other + text.slice(operation.to, node.to)));
  }
  return found;
}

const isText = ({ name }: SyntaxNode): boolean => /^(?:String|FormatString|ContinuedString)$/.test(name);

function operation(node: SyntaxNode, text: string): readonly PythonFault[] {
  const found = operationOf(node, text);
  if (!found) return NONE;
  const other = COMPUTED[found.operator] ?? JOINED[found.operator];
  // Texts are joined and filled by these; nobody means a number there.
  if (other === undefined || (/^[+%*]$/.test(found.operator) && holdsText(node))) return NONE;
  const [left, right] = [text.slice(found.left.from, found.left.to), text.slice(found.right.from, found.right.to)];
  const after = text.slice(node.from, found.from) + other + text.slice(found.to, node.to);
  return [value(node, Object.hasOwn(JOINED, found.operator) ? "logic" : "arithmetic", after, `(${left}) ${other} (${right})`)];
}

function holdsText(node: SyntaxNode): boolean {
  for (let at: SyntaxNode | null = node; at?.name === "BinaryExpression"; at = at.firstChild) if ([at.firstChild, at.lastChild].some((side) => side !== null && (isText(side) || /^(?:Array|Tuple)/.test(side.name)))) return true;
  return false;
}

function unary(node: SyntaxNode, text: string): readonly PythonFault[] {
  const [sign, operand] = childrenOf(node);
  if (!sign || !operand) return NONE;
  const [word, rest] = [text.slice(sign.from, sign.to), text.slice(operand.from, operand.to)];
  if (word === "not") return [value(node, "condition", rest)];
  return word === "-" && operand.name !== "Number" ? [value(node, "arithmetic", `+${rest}`)] : NONE;
}

/** What decides is always true, or always false; a loop that never ends tells nothing. */
function condition(test: SyntaxNode | undefined, text: string, only?: "False"): readonly PythonFault[] {
  if (!test || /^(?:Boolean|Number|None)$/.test(test.name)) return NONE;
  const kinds = only ? [only] : ["True", "False"];
  return text.slice(test.from, test.to).length > 4_000 ? NONE : kinds.map((after) => value(test, "condition", after));
}

/** Conditions stand behind these words. */
function conditions(node: SyntaxNode, text: string): readonly PythonFault[] {
  const parts = childrenOf(node);
  return parts.flatMap((part, at) => (/^(?:if|elif|while)$/.test(part.name) ? condition(parts.slice(at + 1).find((one) => one.name !== "Comment"), text, part.name === "while" ? "False" : undefined) : NONE));
}

function loop(node: SyntaxNode): readonly PythonFault[] {
  const parts = childrenOf(node);
  if (parts.some(({ name }) => name === "async")) return NONE;
  const body = parts.findIndex(({ name }) => name === "Body");
  const over = parts.slice(parts.findIndex(({ name }) => name === "in") + 1, body).filter(({ name }) => name !== "Comment");
  const [first, last] = [over[0], over.at(-1)];
  return first && last ? [value({ from: first.from, to: last.to }, "gone", "()")] : NONE;
}

/** A number one larger, a text emptied, a truth turned round. */
function literal(node: SyntaxNode, text: string): readonly PythonFault[] {
  const code = text.slice(node.from, node.to);
  if (node.name === "Boolean") return [value(node, "literal", code === "True" ? "False" : "True")];
  if (node.name === "Number") return /^\d{1,15}(?:\.\d{1,15})?$/.test(code) ? [value(node, "literal", String(Number(code) + 1))] : NONE;
  const [, prefix = "", quote] = /^([A-Za-z]{0,2})("""|'''|"|')/.exec(code) ?? [];
  if (quote === undefined || node.parent?.name === "ContinuedString") return NONE;
  const byte = /b/i.test(prefix) ? "b" : "";
  return [value(node, "literal", code.length > prefix.length + 2 * quote.length ? `${byte}""` : `${byte}"any text"`)];
}

function returned(node: SyntaxNode, text: string): readonly PythonFault[] {
  const values = childrenOf(node).slice(1);
  const [first, last] = [values[0], values.at(-1)];
  if (!first || !last || (values.length === 1 && /^(?:None|Boolean|Number|String)$/.test(first.name)) || /^NotImplemented$/.test(text.slice(first.from, last.to))) return NONE;
  return [value({ from: first.from, to: last.to }, "gone", "None")];
}

function called(node: SyntaxNode): readonly PythonFault[] {
  const { firstChild } = node;
  return firstChild && firstChild.nextSibling === null && /^(?:CallExpression|AwaitExpression)$/.test(firstChild.name) ? [value(firstChild, "call", "None")] : NONE;
}

/** Only a statement that stands alone on its line can be put behind a switch. */
function alone(node: SyntaxNode, text: string): string | undefined {
  return node.parent?.name === "StatementGroup" ? undefined : indentOf(node, text);
}

function refusal(node: SyntaxNode, text: string): readonly PythonFault[] {
  const indent = alone(node, text);
  return indent === undefined ? NONE : [{ kind: "refusal", from: node.from, to: node.to, after: "pass", as: "leave", code: "", indent }];
}

function update(node: SyntaxNode, text: string): readonly PythonFault[] {
  const [target, sign, ...rest] = childrenOf(node);
  const indent = alone(node, text);
  const operator = sign === undefined ? "" : text.slice(sign.from, sign.to - 1);
  const other = COMPUTED[operator];
  if (!target || !sign || indent === undefined || other === undefined || (operator === "+" && rest.some((one) => isText(one) || /^(?:Array|Tuple)/.test(one.name)))) return NONE;
  const after = `${text.slice(node.from, sign.from)}${other}=${text.slice(sign.to, node.to)}`;
  return [{ kind: "arithmetic", from: node.from, to: node.to, after, as: "instead", code: after, indent }];
}

function jump(node: SyntaxNode, text: string): readonly PythonFault[] {
  const indent = alone(node, text);
  return indent === undefined ? NONE : [{ kind: "condition", from: node.from, to: node.to, after: "break", as: "instead", code: "break", indent }];
}

/** A function whose value nobody uses does nothing at all. */
function wholeBody(node: SyntaxNode, text: string): readonly PythonFault[] {
  const body = node.getChild("Body");
  if (!body || /\breturn[ \t(][^\n]|\byield\b/.test(text.slice(body.from, body.to))) return NONE;
  const statements = statementsIn(body, text).filter((one) => !isDocstring(one, text));
  const [first, last] = [statements[0], statements.at(-1)];
  if (!first || !last || (statements.length === 1 && (/^(?:Pass|Raise)Statement$/.test(first.name) || text.slice(first.from, first.to) === "..."))) return NONE;
  const indent = alone(first, text);
  return indent === undefined ? NONE : [{ kind: "gone", from: first.from, to: last.to, after: "pass", as: "first", code: "return", indent, bodyOf: nameOf(node, text) }];
}

const RULES: Readonly<Record<string, readonly Rule[]>> = {
  BinaryExpression: [comparison, operation],
  UnaryExpression: [unary],
  IfStatement: [conditions],
  WhileStatement: [conditions],
  ConditionalExpression: [conditions],
  ArrayComprehensionExpression: [conditions],
  ComprehensionExpression: [conditions],
  SetComprehensionExpression: [conditions],
  DictionaryComprehensionExpression: [conditions],
  ForStatement: [loop],
  Boolean: [literal],
  Number: [literal],
  String: [literal],
  ReturnStatement: [(node, text) => (childrenOf(node).slice(1).some(isValue) ? returned(node, text) : NONE)],
  ExpressionStatement: [called],
  RaiseStatement: [refusal],
  UpdateStatement: [update],
  ContinueStatement: [jump],
  FunctionDefinition: [wholeBody],
};
