import type { Syntax } from "../syntax.ts";
import type { Relation } from "./relation.ts";

/** True for what counts as true whatever the product does: a number, a list or a function as such, `x || true`. */
export function isAlwaysTrue(node: Syntax): boolean {
  if (node.kind === "literal") return node.of === "number" ? Number(node.value) !== 0 : node.of === "boolean" ? /^true$/i.test(node.value) : node.of === "regex" || (node.of === "string" && node.value !== "");
  if (node.kind === "function" || node.kind === "class") return true;
  // An empty list is false in Python, and nobody asks after one in JavaScript.
  if (node.kind === "list") return node.items.length > 0;
  if (node.kind === "object") return node.entries.length > 0;
  if (node.kind !== "operation") return false;
  return ((node.operator === "||" || node.operator === "or") && node.operands.some(isAlwaysTrue)) || (node.operator === "typeof" && node.operands.length === 1);
}

/** No length is below nothing. */
const COUNTS = /^(?:length|size|callCount)$/;
const isCount = (node: Syntax): boolean => (node.kind === "member" && COUNTS.test(node.property)) || (node.kind === "call" && node.callee.kind === "name" && node.callee.name === "len");
const isText = (node: Syntax | undefined, text: string): boolean => node?.kind === "literal" && node.value === text;
const isMinusOne = (node: Syntax | undefined): boolean => node?.kind === "operation" && node.operator === "-" && node.operands.length === 1 && isText(node.operands[0], "1");

/** Matches every text. */
const EVERY = /^\/(?:\.\*|\(\?:\)|\[\\s\\S\][*]|\^|\$|\^\.\*\$)\/[a-z]*$/;

/** What is looked at, and what is insisted on. */
interface Insisted {
  readonly subject: Syntax;
  readonly relation: Relation;
  readonly negated: boolean;
  readonly wanted: readonly Syntax[];
  readonly detail?: string;
}

/** True for a claim that holds whatever the product does. */
export function alwaysHolds({ subject, relation, negated, wanted, detail }: Insisted): boolean {
  if (negated) return false;
  const [value] = wanted;
  if (relation === "truthy" || relation === "defined") return isAlwaysTrue(subject);
  if (relation === "order" && isCount(subject)) return (detail === ">=" && isText(value, "0")) || (detail === ">" && isMinusOne(value));
  return relation === "matches" && value?.kind === "literal" && ((value.of === "regex" && EVERY.test(value.value)) || (value.of === "string" && value.value === ""));
}

const isAlwaysFalse = (node: Syntax): boolean => node.kind === "literal" && (/^false$/i.test(node.value) || node.of === "null" || (node.of === "number" && Number(node.value) === 0) || (node.of === "string" && node.value === ""));

/** True for a claim that can't hold: it says where the code must not come. */
export function neverHolds({ subject, relation, negated, wanted }: Insisted): boolean {
  if (negated || subject.kind !== "literal") return false;
  const [value] = wanted;
  if (relation === "truthy") return isAlwaysFalse(subject);
  if (relation === "falsy") return isAlwaysTrue(subject);
  return (relation === "same" || relation === "deep" || relation === "deep, undefined ignored") && value?.kind === "literal" && value.of === subject.of && value.value !== subject.value;
}
