import type { Syntax } from "../test-code/syntax.ts";
import type { Mutant } from "./mutant.ts";
import type { Language } from "./nudges.ts";
import { METHODS, OPERATORS } from "./swaps.ts";

/** A fault without its file and function; `says` without its place. */
export type Fault = Omit<Mutant, "file" | "unit">;

type Rule = (node: Syntax, text: string, language: Language) => Iterable<Fault>;

/** The faults that can be put at one node of a function. */
export function* faultsAt(node: Syntax, text: string, language: Language): Generator<Fault> {
  for (const rule of RULES[node.kind] ?? []) yield* rule(node, text, language);
}

const about = ({ line, endLine }: Syntax) => ({ line, endLine });

/** Replaces a span; nothing when it would stay the same. */
function* replaced(node: Syntax, text: string, span: { readonly start: number; readonly end: number }, after: string, rest: Pick<Fault, "kind" | "says">): Generator<Fault> {
  const before = text.slice(span.start, span.end);
  if (before !== after && before.length <= 4_000) yield { ...about(node), ...rest, start: span.start, end: span.end, before, after };
}

const shown = (code: string): string => {
  const line = code.replace(/\s+/g, " ").trim();
  return line.length > 60 ? `${line.slice(0, 57)}…` : line;
};

function* operator(node: Syntax, text: string): Generator<Fault> {
  if (node.kind !== "operation") return;
  const [left, right] = node.operands;
  const swap = OPERATORS.get(node.operator);
  if (left === undefined || right === undefined || swap === undefined || (node.operator === "+" && [left, right].some(isText))) return;
  // Between the operands stand only the operator, parentheses, types and layout.
  const between = text.slice(left.end, right.start);
  const at = between.indexOf(node.operator);
  if (at < 0 || between.length > 200 || between.indexOf(node.operator, at + node.operator.length) >= 0) return;
  const start = left.end + at;
  yield { line: right.line, endLine: right.line, kind: swap.kind, start, end: start + node.operator.length, before: node.operator, after: swap.to, says: `${node.operator} became ${swap.to}` };
}

const isText = (node: Syntax): boolean => node.kind === "template" || (node.kind === "literal" && node.of === "string") || (node.kind === "operation" && node.operator === "+" && node.operands.some(isText));

function* condition(node: Syntax, text: string, { name }: Language): Generator<Fault> {
  if (node.kind !== "if" && node.kind !== "choice") return;
  const { test } = node;
  // Comparisons and logic inside are broken by themselves; a bare value is turned round.
  if (test.kind === "operation" && OPERATORS.has(test.operator)) return;
  const code = text.slice(test.start, test.end);
  yield* replaced(test, text, test, name === "python" ? `not (${code})` : `!(${code})`, { kind: "condition", says: `“${shown(code)}” was turned round` });
}

function* literal(node: Syntax, text: string, { name }: Language): Generator<Fault> {
  if (node.kind !== "literal") return;
  const code = text.slice(node.start, node.end);
  if (node.of === "boolean") {
    const after = { true: "false", false: "true", True: "False", False: "True" }[code];
    if (after !== undefined) yield* replaced(node, text, node, after, { kind: "literal", says: `${code} became ${after}` });
  } else if (node.of === "number" && /^\d{1,15}(?:\.\d{1,15})?$/.test(code)) {
    const after = String(Number(code) + 1);
    yield* replaced(node, text, node, after, { kind: "literal", says: `${code} became ${after}` });
  } else if (node.of === "string" && /^(["'])[^\\\n]*\1$/.test(code) && !isTypeName(code.slice(1, -1)) && (name === "javascript" || !code.startsWith('""'))) {
    // Emptied, it is noticed by whoever looks for a part of it, too.
    const after = code.length === 2 ? `${code[0]}~${code[0]}` : `${code[0]}${code[0]}`;
    yield* replaced(node, text, node, after, { kind: "literal", says: `${shown(code)} became ${shown(after)}` });
  }
}

/** What `typeof` gives: compared with another word, the compiler complains. */
const isTypeName = (word: string): boolean => /^(?:string|number|boolean|object|function|undefined|symbol|bigint|use strict)$/.test(word);

function* statement(node: Syntax, text: string, { name }: Language): Generator<Fault> {
  if (node.kind !== "statement" || node.value.kind !== "call" || (node.value.callee.kind === "name" && node.value.callee.name === "super")) return;
  const { value } = node;
  const code = text.slice(value.start, value.end);
  yield* replaced(node, text, value, name === "python" ? "None" : "void 0", { kind: "call", says: `“${shown(code)}” was left out` });
}

function* refusal(node: Syntax, text: string, { name }: Language): Generator<Fault> {
  if (node.kind !== "throw") return;
  const code = text.slice(node.start, node.end);
  const end = node.value === undefined ? node.end : node.start + code.replace(/;\s*$/, "").length;
  yield* replaced(node, text, { start: node.start, end }, name === "python" ? "pass" : "void 0", { kind: "refusal", says: `“${shown(code)}” was left out` });
}

function* method(node: Syntax, text: string): Generator<Fault> {
  if (node.kind !== "call" || node.callee.kind !== "member" || node.callee.computed !== undefined) return;
  const { property, end } = node.callee;
  const after = METHODS.get(property);
  const start = end - property.length;
  if (after === undefined || text.slice(start, end) !== property) return;
  yield { line: node.callee.endLine, endLine: node.callee.endLine, kind: "method", start, end, before: property, after, says: `${property} became ${after}` };
}

const RULES: Readonly<Partial<Record<Syntax["kind"], readonly Rule[]>>> = {
  operation: [operator],
  if: [condition],
  choice: [condition],
  literal: [literal],
  statement: [statement],
  throw: [refusal],
  call: [method],
};
