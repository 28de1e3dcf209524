import { numberOf } from "../assertions/chain.ts";
import { CLEARLY, familyOf, type Relation } from "../assertions/relation.ts";
import { canonical } from "../canonical.ts";
import type { Assertion } from "../anatomy.ts";
import { everyNode, type Syntax } from "../syntax.ts";
import { broader } from "./broader.ts";
import { loosenedBy, wildNodes } from "./wildcards.ts";

/** How an assertion about the same thing differs from what it was. */
export type Difference =
  | { readonly grade: "none" }
  /** Insists on clearly less. */
  | { readonly grade: "looser"; readonly why: string }
  /** A shade less, e.g. `toStrictEqual` to `toEqual`. */
  | { readonly grade: "nuance"; readonly why: string }
  /** As strict, but on something else. */
  | { readonly grade: "other"; readonly why: string; readonly turned?: boolean; readonly nothing?: boolean };

const NONE: Difference = { grade: "none" };
const looser = (why: string): Difference => ({ grade: "looser", why });

const EXACT = new Set<Relation>(["same", "deep", "deep, undefined ignored", "loosely equal", "snapshot"]);

/** Compares two assertions about the same subject. */
export function differenceOf(base: Assertion, head: Assertion): Difference {
  if (base.relation === "own" && VAGUE.has(head.relation)) return looser(`a particular check became ${wordsFor(head)}`);
  // A stand-in is always there: whether it was called is no longer asked.
  if (familyOf(base.relation) === "calls" && VAGUE.has(head.relation)) return looser(`${wordsFor(base)} became ${wordsFor(head)}`);
  if (comparesItself(base, head)) return looser("it is compared with itself");
  return familyOf(base.relation) === familyOf(head.relation) ? ofOneFamily(base, head) : NONE;
}

function ofOneFamily(base: Assertion, head: Assertion): Difference {
  if (sortsNow(base, head)) return looser("the order no longer counts");
  if (turnedRound(base, head)) return { grade: "other", why: `${wordsFor(base)} became ${wordsFor(head)}`, turned: base.expected === head.expected };
  const fewer = base.strength - head.strength;
  if (isTruth(base) && (head.relation === "truthy" || head.relation === "falsy")) return { grade: "nuance", why: `${wordsFor(base)} became ${wordsFor(head)}` };
  if (fewer >= CLEARLY) return looser(`${wordsFor(base)} became ${wordsFor(head)}`);
  if (EXACT.has(base.relation) && EXACT.has(head.relation) && !base.negated && !head.negated) return equality(base, head, fewer);
  if (base.relation !== head.relation || base.negated !== head.negated) return NONE;
  return base.negated ? NONE : (SAME_RELATION[base.relation]?.(base, head) ?? (base.expected === head.expected ? NONE : { grade: "other", why: `${base.expected} became ${head.expected}` }));
}

/** The very opposite: `toBe(x)` and `not.toBe(x)`, truthy and falsy. */
const turnedRound = (base: Assertion, head: Assertion): boolean =>
  (base.relation === head.relation && base.negated !== head.negated && (base.expected === head.expected || base.relation !== "same")) || (base.negated === head.negated && OPPOSITES.has(`${base.relation} ${head.relation}`));

const OPPOSITES = new Set(["truthy falsy", "falsy truthy"]);

/** What was held against a value is held against itself. */
const comparesItself = (base: Assertion, head: Assertion): boolean => head.ofItself === true && base.ofItself !== true && (base.relation === head.relation || (EXACT.has(base.relation) && EXACT.has(head.relation)));

/** Nothing could insist on less. */
const VAGUE = new Set<Relation>(["truthy", "falsy", "defined"]);

/** Exactly true, exactly false, exactly nothing: what is merely truthy or falsy is hardly less. */
const isTruth = ({ wanted, expected }: Assertion): boolean => (wanted[0]?.kind === "literal" && wanted[0].of === "boolean") || /^(?:\[\]|\{\}|""|0|null|None|undefined)$/.test(expected);

/** Nothing, none, no entry. */
const isNothing = (expected: string): boolean => /^(?:\[\]|\{\}|""|0|null|None|undefined)$/.test(expected);

const SORTS = /\.(?:sort|toSorted)\(|^(?:new Set|sorted|set|Counter|(?:_\.)?(?:sortBy|orderBy))\(/;

/** The same thing, sorted before it is compared. */
const sortsNow = (base: Assertion, head: Assertion): boolean => SORTS.test(head.subject) && !SORTS.test(base.subject) && head.subject.includes(base.subject);

function equality(base: Assertion, head: Assertion, fewer: number): Difference {
  const wildcards = loosenedBy(base.wanted, head.wanted);
  if (wildcards > 0 && base.relation !== "snapshot") return looser(`an exact value became ${wildcardName(head)}`);
  if (base.expected !== head.expected && saysOther(base, head) && (base.relation === "snapshot") === (head.relation === "snapshot")) return { grade: "other", why: `${short(base.expected)} became ${short(head.expected)}`, nothing: isNothing(head.expected) && !isNothing(base.expected) };
  return fewer > 0 && head.relation !== "snapshot" ? { grade: "nuance", why: `${wordsFor(base)} became ${wordsFor(head)}` } : NONE;
}

const saysOther = (base: Assertion, head: Assertion): boolean => {
  const [before, after] = [literalsIn(base), literalsIn(head)];
  return before !== after && before !== COMPUTED && after !== COMPUTED;
};

const COMPUTED = "computed";

/** Values as written: where they are the same, only names changed. What is computed in a template can't be told. */
function literalsIn({ wanted }: Assertion): string {
  const nodes = wanted.flatMap((node) => [...everyNode(node)]);
  if (nodes.some((node) => node.kind === "template" && node.values.length > 0)) return COMPUTED;
  return nodes.flatMap((node) => (node.kind === "literal" ? [node.value] : node.kind === "template" ? [node.parts.join("").replace(/\s+/g, " ").trim()] : node.kind === "object" ? node.entries.map(({ key }) => `${key}:`) : node.kind === "name" && /^(?:undefined|NaN|Infinity)$/.test(node.name) ? [node.name] : [])).join("\u0000");
}

type Compare = (base: Assertion, head: Assertion) => Difference | undefined;

const SAME_RELATION: Readonly<Partial<Record<Relation, Compare>>> = {
  order: (base, head) => {
    const [before, after] = [numberOf(base.wanted[0]), numberOf(head.wanted[0])];
    if (before === undefined || after === undefined || before === after) return undefined;
    const upper = / <=?$/.test(base.subject);
    return upper === after > before ? looser(`the bound moved from ${before} to ${after}`) : NONE;
  },
  close: (base, head) => {
    const [before, after] = [toleranceOf(base), toleranceOf(head)];
    return before !== undefined && after !== undefined && after > before ? looser(`the tolerance grew from ${before} to ${after}`) : undefined;
  },
  matches: (base, head) => texts(base, head),
  contains: (base, head) => texts(base, head),
  "throws that": (base, head) => {
    if (head.wanted.length < base.wanted.length && head.wanted.every((one) => base.wanted.some((other) => canonical(one) === canonical(other)))) return looser("less is said about the error");
    return texts(base, head);
  },
  part: (base, head) => (isPart(head.wanted[0], base.wanted[0]) ? looser("fewer fields are compared") : loosenedBy(base.wanted, head.wanted) > 0 ? looser(`an exact value became ${wildcardName(head)}`) : undefined),
  "called with": (base, head) => (loosenedBy(base.wanted, head.wanted) > 0 ? looser(`an exact argument became ${wildcardName(head)}`) : undefined),
};

function texts(base: Assertion, head: Assertion): Difference | undefined {
  const [before, after] = [base.wanted[0], head.wanted[0]];
  if (before === undefined || after === undefined || base.expected === head.expected) return base.expected === head.expected ? NONE : undefined;
  if (isPart(after, before)) return looser("less is said about it");
  return broader(before, after) ? looser(`${short(canonical(before))} became ${short(canonical(after))}`) : undefined;
}

const wildcardName = ({ wanted }: Assertion): string => short(canonical(wanted.flatMap(wildNodes)[0] ?? (wanted[0] as Syntax)));

/** How far off a value may be. Digits after the point for `toBeCloseTo`, a distance for chai and pytest. */
function toleranceOf({ wanted, text }: Assertion): number | undefined {
  const digits = /toBeCloseTo|assertAlmostEqual/.test(text);
  const given = wanted[0]?.kind === "call" ? wanted[0].args.find(({ name }) => name === "abs" || name === "rel")?.value : wanted[1];
  const value = numberOf(given);
  // `delta=` is a distance, also where another argument would be digits.
  if (/\bdelta\s*=/.test(text)) return value;
  if (digits) return 10 ** -(value ?? (/AlmostEqual/.test(text) ? 7 : 2));
  return value ?? (/approx/.test(text) ? 1e-6 : undefined);
}

/** True when `small` says only some of what `large` says, and nothing else. */
function isPart(small: Syntax | undefined, large: Syntax | undefined): boolean {
  if (small?.kind !== "object" || large?.kind !== "object" || small.entries.length > large.entries.length) return false;
  const values = new Map(large.entries.map((entry) => [entry.key, entry.value]));
  let fewer = small.entries.length < large.entries.length;
  for (const { key, value } of small.entries) {
    const before = values.get(key);
    if (before === undefined) return false;
    if (canonical(before) === canonical(value)) continue;
    if (!isPart(value, before)) return false;
    fewer = true;
  }
  return fewer;
}

export const short = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}…` : text);

const PLAIN: Readonly<Partial<Record<Relation, string>>> = { same: "an exact value", deep: "an exact value", "deep, undefined ignored": "an exact value", "loosely equal": "`==`", snapshot: "a snapshot", part: "a comparison of some fields", contains: "“contains”", "one of": "one of several values", matches: "a pattern", close: "“close to”", order: "a bound", size: "a length", truthy: "“is truthy”", falsy: "“is falsy”", defined: "“exists”", type: "a type", throws: "any error", "throws that": "a particular error", "no throw": "“does not throw”", called: "“was called”", "called times": "a number of calls", "called with": "particular arguments", "members in any order": "“in any order”", present: "“is there”" };

const wordsFor = ({ relation, negated, text }: Assertion): string => {
  if (relation === "deep" && /toStrictEqual|deepStrictEqual/.test(text)) return "strict equality";
  if (relation === "deep, undefined ignored") return "equality that ignores undefined";
  const plain = PLAIN[relation] ?? relation;
  return negated ? `“anything but” ${plain === "an exact value" ? "one value" : plain}` : plain;
};
