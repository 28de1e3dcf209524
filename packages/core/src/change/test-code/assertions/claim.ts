import { canonical, type Meaning } from "../canonical.ts";
import type { Assertion, Reach } from "../anatomy.ts";
import type { Syntax } from "../syntax.ts";
import { NEGATED_STRENGTH, STRENGTH, type Relation } from "./relation.ts";

/** An assertion before it is known where it stands: what is looked at, and what is insisted on. */
export interface Claim {
  readonly subject: Syntax;
  readonly relation: Relation;
  readonly negated: boolean;
  readonly wanted: readonly Syntax[];
  /** Tells own matchers apart, and properties of one subject. */
  readonly detail?: string;
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
export function placed({ subject, relation, negated, wanted, detail }: Claim, node: Syntax, text: string, { file, meaning, locals, reach, conditions, because, via }: Standing): Assertion {
  const values = wanted.map((one) => canonical(one, meaning)).join(", ");
  // An own matcher is known by its name alone: that is what it expects.
  const own = relation === "own" && detail !== undefined;
  const expected = own ? `${detail}(${values})` : values;
  const said = detail === undefined || own ? "" : ` ${detail}`;
  return {
    resolved: (locals.size === 0 ? canonical(subject, meaning) : canonical(subject, new Map([...locals, ...meaning]))) + said,
    subject: canonical(subject, meaning) + said,
    relation,
    negated,
    expected,
    wanted,
    strength: strengthOf(relation, negated, subject, wanted),
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

const strengthOf = (relation: Relation, negated: boolean, subject: Syntax, wanted: readonly Syntax[]): number => {
  const [value] = wanted;
  // `expect(true).toBe(true)` insists on nothing.
  if (subject.kind === "literal" && (value === undefined || value.kind === "literal")) return 0;
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
};
