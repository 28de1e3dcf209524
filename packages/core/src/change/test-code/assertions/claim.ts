import { canonical, type Meaning } from "../canonical.ts";
import type { Assertion, Reach } from "../anatomy.ts";
import type { Syntax } from "../syntax.ts";
import { alwaysHolds, neverHolds } from "./constant-truth.ts";
import { NEGATED_STRENGTH, STRENGTH, type Relation } from "./relation.ts";

/** An assertion before it is known where it stands: what is looked at, and what is insisted on. */
export interface Claim {
  readonly subject: Syntax;
  readonly relation: Relation;
  readonly negated: boolean;
  readonly wanted: readonly Syntax[];
  /** Tells own matchers apart, and properties of one subject. */
  readonly detail?: string;
  /** What stands there in the text, where that is the name of a plain value. */
  readonly written?: string;
}

export const claim = (subject: Syntax, relation: Relation, negated = false, wanted: readonly (Syntax | undefined)[] = [], detail?: string): Claim => ({
  subject,
  relation,
  negated,
  wanted: wanted.filter((node) => node !== undefined),
  ...(detail !== undefined && { detail }),
});

export interface Standing {
  readonly file: string;
  readonly meaning: Meaning;
  /** What local names were set to. */
  readonly locals: Meaning;
  readonly reach: Reach;
  readonly conditions: readonly string[];
  readonly because?: string;
  readonly via?: string;
}

/** A claim with its place, its text and its strength. */
export function placed(given: Claim, node: Syntax, text: string, { file, meaning, locals, reach, conditions, because, via }: Standing): Assertion {
  const one: Claim = neverHolds(given) ? { ...given, relation: "fails" } : given;
  const { subject, relation, negated, wanted, detail } = one;
  const values = wanted.map((value) => canonical(value, meaning)).join(", ");
  // An own matcher is known by its name alone: that is what it expects.
  const own = relation === "own" && detail !== undefined;
  const expected = own ? `${detail}(${values})` : values;
  const said = detail === undefined || own ? "" : ` ${detail}`;
  const all = locals.size === 0 ? meaning : new Map([...locals, ...meaning]);
  const resolved = canonical(subject, all);
  return {
    resolved: resolved + said,
    subject: canonical(subject, meaning) + said,
    relation,
    negated,
    expected,
    wanted,
    strength: strengthOf(one),
    ...(wanted.length === 1 && !negated && (isOfItself(subject, wanted, meaning, all) || isAsBefore(one, meaning, all)) && { ofItself: true }),
    ...(one.written !== undefined && { written: one.written }),
    reach,
    conditions,
    ...(because !== undefined && { because }),
    file,
    line: node.line,
    endLine: node.endLine,
    ...(via !== undefined && { via }),
    text: text.slice(node.start, Math.min(node.end, node.start + 400)).replace(/\s+/g, " "),
  };
}

/** The very same expression, or a name for it. A name that is looked at may have changed since it was set: that is what such a test is about. */
const isOfItself = (subject: Syntax, wanted: readonly Syntax[], meaning: Meaning, all: Meaning): boolean =>
  wanted.some((value) => canonical(value, meaning) === canonical(subject, meaning) || (subject.kind === "call" && value.kind === "name" && canonical(value, all) === canonical(subject, meaning)));

/** As many calls as it counted itself before: `const calls = spy.mock.calls.length; …; expect(spy).toHaveBeenCalledTimes(calls)`. */
const isAsBefore = ({ subject, relation, wanted: [value] }: Claim, meaning: Meaning, all: Meaning): boolean =>
  relation === "called times" && value?.kind === "name" && [meaning, all].some((names) => canonical(value, all).startsWith(`${canonical(subject, names)}.`));

const strengthOf = (one: Claim): number => {
  const { relation, negated, subject, wanted } = one;
  const [value] = wanted;
  // `expect(true).toBe(true)` insists on nothing.
  if (relation !== "own" && subject.kind === "literal" && (value === undefined || value.kind === "literal")) return 0;
  if (alwaysHolds(one)) return 0;
  // Being empty leaves one value.
  if (relation === "size" && !negated && value !== undefined && canonical(value) === "0") return STRENGTH.deep;
  return negated ? negatedStrength(relation) : STRENGTH[relation];
};

/** "Not truthy" and "never called" leave few values; "not this one" leaves all others. */
const negatedStrength = (relation: Relation): number => NEGATED[relation] ?? NEGATED_STRENGTH;

const NEGATED: Readonly<Partial<Record<Relation, number>>> = {
  own: STRENGTH.own,
  fails: STRENGTH.fails,
  passes: STRENGTH.passes,
  truthy: STRENGTH.truthy,
  falsy: STRENGTH.truthy,
  called: STRENGTH["called times"],
  throws: STRENGTH["no throw"],
  defined: STRENGTH.falsy,
  // Of another class may be nearly anything.
  type: 5,
};
