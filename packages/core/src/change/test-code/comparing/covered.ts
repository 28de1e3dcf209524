import type { Assertion } from "../anatomy.ts";
import type { Relation } from "../assertions/relation.ts";
import { canonical } from "../canonical.ts";
import type { Syntax } from "../syntax.ts";

const EXACT = new Set<Relation>(["same", "deep", "deep, undefined ignored", "loosely equal"]);
/** What follows from knowing the value, or how often and with what something was called. */
const FOLLOWS = new Set<Relation>(["truthy", "defined", "called", "type", "present", "size"]);
const CALLS = new Set<Relation>(["called times", "called with"]);
const NOTHING = /^(?:null|undefined|None|false|False|0|"")$/;

/** Steps from a whole to its part that are looked at. */
const DEEPEST = 3;

/** True when a claim that stays says as much: it compares the whole this one is a part of, or pins what this one only asks to be there. */
export function isCovered(lost: Assertion, stays: readonly Assertion[]): boolean {
  if (lost.negated) return false;
  return stays.some((one) => one.reach === "runs" && !one.negated && (followsFrom(lost, one) || isPartOf(lost, one)));
}

function followsFrom(lost: Assertion, { subject, relation, expected }: Assertion): boolean {
  if (!FOLLOWS.has(lost.relation) || subject !== lost.subject) return false;
  if (lost.relation === "called") return CALLS.has(relation) && expected !== "0";
  return EXACT.has(relation) && !NOTHING.test(expected);
}

/** `x.order.seed` is "1", where `x.order` is compared with `{ random: true, seed: "1" }`. */
function isPartOf(lost: Assertion, whole: Assertion): boolean {
  if (!EXACT.has(lost.relation) || !EXACT.has(whole.relation) || !lost.subject.startsWith(whole.subject)) return false;
  let value: Syntax | undefined = whole.wanted[0];
  const steps = lost.subject.slice(whole.subject.length).match(/\.[\w$]+|\[\d+\]/g) ?? [];
  if (steps.length === 0 || steps.length > DEEPEST || whole.subject + steps.join("") !== lost.subject) return false;
  for (const step of steps) value = value === undefined ? undefined : at(value, step.replace(/[.[\]]/g, ""));
  return value !== undefined && canonical(value) === lost.expected;
}

/** `throws(() => parse("a"))` where a loop asks `throws(() => parse(name))` of a list in the same test that has "a" in it. */
export function isLooped({ subject, relation, negated, expected }: Assertion, stays: readonly Assertion[], body: string): boolean {
  const literals = subject.slice(0, 1_000).match(LITERAL) ?? [];
  if (literals.length === 0 || literals.length > 3 || !literals.every((literal) => body.includes(literal))) return false;
  const pieces = subject.slice(0, 1_000).split(LITERAL);
  return stays.some((one) => one.relation === relation && one.negated === negated && one.expected === expected && one.subject !== subject && namesInPlace(one.subject, pieces));
}

const LITERAL = /"(?:[^"\\]|\\.)*"|\b\d[\d.]*\b/g;

/** The same text, with one name where each literal stood. */
function namesInPlace(subject: string, pieces: readonly string[]): boolean {
  let rest = subject;
  for (const [index, piece] of pieces.entries()) {
    if (!rest.startsWith(piece)) return false;
    rest = rest.slice(piece.length);
    if (index === pieces.length - 1) return rest === "";
    const [name = ""] = /^[A-Za-z_$][\w$.]{0,80}/.exec(rest) ?? [];
    if (name === "") return false;
    rest = rest.slice(name.length);
  }
  return false;
}

const at = (node: Syntax, key: string): Syntax | undefined => (node.kind === "object" ? node.entries.find((entry) => entry.key === key)?.value : node.kind === "list" ? node.items[Number(key)] : undefined);
