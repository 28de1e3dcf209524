import type { Syntax } from "../syntax.ts";
import { argument, chainOf } from "./chain.ts";
import { claim, type Claim } from "./claim.ts";
import type { Relation } from "./relation.ts";

/** Parts of a condition looked at; a longer one is one claim. */
const MOST_PARTS = 12;

const EQUAL: Readonly<Record<string, Relation>> = { "===": "same", "==": "loosely equal", is: "same" };
const UNEQUAL: Readonly<Record<string, Relation>> = { "!==": "same", "!=": "loosely equal", "is not": "same" };
const ORDER = new Set([">", ">=", "<", "<="]);

/**
 * Says a claim in the plainest words: `ok(a === b)` insists on a value, `equal(x.length, 3)` on a size, `ok(list.includes(x))` on
 * content. Libraries differ in what they call it; what it insists on is the same. `python`: `==` compares values.
 */
export function simplify(given: Claim, python = false): readonly Claim[] {
  const asTruth = truthOf(given);
  if (asTruth !== undefined) return conditions(given.subject, asTruth, python, given);
  return [sized(given)];
}

/** What the subject must be, when only its truth is asked: `ok(x)`, `equal(x, true)` of a comparison. */
function truthOf({ relation, negated, wanted, subject, detail }: Claim): boolean | undefined {
  if (detail !== undefined) return undefined;
  if (relation === "truthy") return !negated;
  if (relation === "falsy") return negated;
  const [value] = wanted;
  const decided = subject.kind === "operation" || (subject.kind === "call" && isQuestion(subject)) || (subject.kind === "member" && subject.property.startsWith("called"));
  if ((relation === "same" || relation === "deep" || relation.startsWith("loosely") || relation.startsWith("deep,")) && value?.kind === "literal" && value.of === "boolean" && decided) return (value.value.toLowerCase() === "true") !== negated;
  return undefined;
}

const isQuestion = (node: Syntax): boolean => {
  const { root, links } = chainOf(node);
  const name = links.at(-1)?.name ?? (root.kind === "name" ? root.name : "");
  return name in QUESTIONS || name === "Boolean";
};

function conditions(node: Syntax, holds: boolean, python: boolean, whole: Claim, parts = 0): readonly Claim[] {
  if (parts > MOST_PARTS) return [whole];
  const again = (inner: Syntax, now: boolean): readonly Claim[] => conditions(inner, now, python, whole, parts + 1);
  const cast = castIn(node);
  if (cast !== undefined) return again(cast, holds);
  if (node.kind === "operation") {
    const { operator, operands } = node;
    const [left, right] = operands;
    if ((operator === "!" || operator === "not") && left) return again(left, !holds);
    if ((operator === "&&" || operator === "and") && holds) return operands.flatMap((operand) => again(operand, true));
    const compared = left && right ? comparison(operator, left, right, holds, python) : undefined;
    if (compared !== undefined) return [sized(compared)];
  }
  const asked = question(node, holds);
  return [asked === undefined ? claim(node, holds ? "truthy" : "falsy") : sized(asked)];
}

/** `Boolean(x)`, `bool(x)`. */
const castIn = (node: Syntax): Syntax | undefined => (node.kind === "call" && node.callee.kind === "name" && (node.callee.name === "Boolean" || node.callee.name === "bool") ? node.args[0]?.value : undefined);

function comparison(operator: string, first: Syntax, second: Syntax, holds: boolean, python: boolean): Claim | undefined {
  const turned = first.kind === "literal" && second.kind !== "literal";
  const [left, right] = turned ? [second, first] : [first, second];
  const equal = python && operator === "==" ? "deep" : EQUAL[operator];
  const unequal = python && operator === "!=" ? "deep" : UNEQUAL[operator];
  const relation = equal ?? unequal;
  if (relation !== undefined) {
    const negated = holds === (equal === undefined);
    return contained(left, right, negated) ?? typed(left, right, negated) ?? claim(left, relation, negated, [right]);
  }
  if (ORDER.has(operator)) return contained(left, right, !holds !== operator.startsWith("<"), operator) ?? claim(left, "order", !holds, [right], turned ? turnedRound(operator) : operator);
  if (operator === "in" || operator === "not in") return claim(second, "contains", holds === (operator === "not in"), [first]);
  if (operator === "instanceof") return claim(first, "type", !holds, [second]);
  return undefined;
}

const turnedRound = (operator: string): string => (operator.startsWith(">") ? operator.replace(">", "<") : operator.replace("<", ">"));

/** `list.indexOf(x) !== -1`, `>= 0`: contains. */
function contained(left: Syntax, right: Syntax, negated: boolean, operator?: string): Claim | undefined {
  const { links } = chainOf(left);
  const last = links.at(-1);
  const looked = last?.name === "indexOf" || last?.name === "search" ? argument(last.args, 0) : undefined;
  if (last?.node.kind !== "call" || last.node.callee.kind !== "member" || looked === undefined) return undefined;
  const minusOne = right.kind === "operation" && right.operator === "-";
  const zero = right.kind === "literal" && right.value === "0";
  if (operator === undefined ? !minusOne : !(minusOne || zero)) return undefined;
  return claim(last.node.callee.object, "contains", operator === undefined ? !negated : negated, [looked]);
}

/** `typeof x === "string"`. */
const typed = (left: Syntax, right: Syntax, negated: boolean): Claim | undefined =>
  left.kind === "operation" && left.operator === "typeof" && left.operands[0] ? claim(left.operands[0], "type", negated, [right]) : undefined;

/** Calls that ask a question of what they are called on. */
const QUESTIONS: Readonly<Record<string, Relation>> = {
  includes: "contains",
  has: "contains",
  contains: "contains",
  startsWith: "contains",
  endsWith: "contains",
  startswith: "contains",
  endswith: "contains",
  calledWith: "called with",
  calledOnceWith: "called with",
  calledOnceWithExactly: "called with",
  calledWithExactly: "called with",
  calledWithMatch: "called with",
  match: "matches",
};

function question(node: Syntax, holds: boolean): Claim | undefined {
  if (node.kind === "member") return counted(node.object, node.property, holds);
  if (node.kind !== "call") return undefined;
  if (node.callee.kind !== "member") return plainQuestion(node, holds);
  const { object, property: name } = node.callee;
  const { args } = node;
  if (name === "test" && args.length === 1 && args[0]) return claim(args[0].value, "matches", !holds, [object]);
  if (name === "isArray" && args[0]) return claim(args[0].value, "type", !holds, [object]);
  const relation = Object.hasOwn(QUESTIONS, name) ? QUESTIONS[name] : undefined;
  return relation === undefined || args.length === 0 ? undefined : claim(object, relation, !holds, args.map(({ value }) => value));
}

/** `isinstance(x, T)`, `isEqual(a, b)`. */
function plainQuestion({ callee, args }: Extract<Syntax, { readonly kind: "call" }>, holds: boolean): Claim | undefined {
  const name = callee.kind === "name" ? callee.name : "";
  const [first, second] = args;
  if (first === undefined || second === undefined) return undefined;
  if (name === "isinstance") return claim(first.value, "type", !holds, [second.value]);
  if (/^(?:is)?(?:deep)?equals?$/i.test(name)) return claim(first.value, "deep", !holds, [second.value]);
  return undefined;
}

const TIMES: Readonly<Record<string, string>> = { calledOnce: "1", calledTwice: "2", calledThrice: "3", notCalled: "0" };

/** A spy's own questions: `spy.calledOnce`. */
function counted(object: Syntax, name: string, holds: boolean): Claim | undefined {
  if (name === "called") return claim(object, "called", !holds);
  const times = Object.hasOwn(TIMES, name) ? TIMES[name] : undefined;
  return times === undefined || !holds ? undefined : claim(object, "called times", false, [{ ...spanOf(object), kind: "literal", of: "number", value: times }]);
}

const spanOf = ({ start, end, line, endLine }: Syntax) => ({ start, end, line, endLine });

const EXACT = new Set<Relation>(["same", "deep", "loosely equal", "deep, undefined ignored"]);

/** Lengths and numbers of calls are sizes, one of a list is one of it, and what is about right is close: whoever asks. */
function sized(given: Claim): Claim {
  const { subject, relation, negated, wanted, detail } = given;
  const [value] = wanted;
  if (detail !== undefined || value === undefined) return given;
  // `[a, b].includes(x)`, `x in (a, b)`
  if (relation === "contains" && subject.kind === "list" && value.kind !== "literal") return claim(value, "one of", negated, [subject]);
  if (!EXACT.has(relation)) return given;
  if (value.kind === "call" && value.callee.kind === "member" && value.callee.property === "approx") return claim(subject, "close", negated, wanted);
  return negated ? given : (counting(subject, wanted) ?? given);
}

/** `x.length`, `len(x)`, `spy.callCount`, `spy.mock.calls.length` */
function counting(subject: Syntax, wanted: readonly Syntax[]): Claim | undefined {
  if (subject.kind === "call") return subject.callee.kind === "name" && subject.callee.name === "len" && subject.args[0] ? claim(subject.args[0].value, "size", false, wanted) : undefined;
  if (subject.kind !== "member") return undefined;
  const { object, property } = subject;
  if (property === "callCount") return claim(object, "called times", false, wanted);
  if (property !== "length" && property !== "size") return undefined;
  const calls = object.kind === "member" && object.property === "calls" ? object.object : undefined;
  return calls?.kind === "member" && calls.property === "mock" ? claim(calls.object, "called times", false, wanted) : claim(object, "size", false, wanted);
}
