/** What an assertion insists on, in words every library shares. */
export type Relation =
  | "same"
  | "deep"
  | "deep, undefined ignored"
  | "loosely equal"
  | "members in any order"
  | "snapshot"
  | "close"
  | "part"
  | "contains"
  | "one of"
  | "matches"
  | "size"
  | "order"
  | "type"
  | "truthy"
  | "falsy"
  | "defined"
  | "throws that"
  | "throws"
  | "no throw"
  | "called times"
  | "called with"
  | "called"
  | "present"
  | "own"
  | "fails"
  | "passes";

/**
 * How much is insisted on, 0 to 100. Only differences mean something: at least `CLEARLY` apart is weaker for everybody, closer is a
 * nuance (`toStrictEqual` and `toEqual`).
 */
export const STRENGTH: Readonly<Record<Relation, number>> = {
  same: 100,
  deep: 100,
  "deep, undefined ignored": 96,
  "loosely equal": 92,
  "members in any order": 80,
  snapshot: 92,
  close: 75,
  "called times": 75,
  "called with": 75,
  "throws that": 75,
  part: 65,
  contains: 60,
  "one of": 70,
  matches: 60,
  size: 60,
  order: 45,
  throws: 40,
  called: 40,
  type: 35,
  present: 40,
  truthy: 20,
  falsy: 20,
  "no throw": 20,
  defined: 10,
  // A library's or project's own matcher: nobody here knows what it insists on.
  own: 60,
  // Guards that say where code must not come, and ticks that insist on nothing.
  fails: 0,
  passes: 0,
};

export const CLEARLY = 15;
/** What "is not this value" insists on: everything else would do. */
export const NEGATED_STRENGTH = 15;

/** Relations that speak of calls and throws are compared with their own kind only. */
const FAMILY: Readonly<Partial<Record<Relation, string>>> = { "throws that": "throws", throws: "throws", "no throw": "throws", "called times": "calls", "called with": "calls", called: "calls", own: "own", fails: "none", passes: "none" };

export const familyOf = (relation: Relation): string => FAMILY[relation] ?? "value";
