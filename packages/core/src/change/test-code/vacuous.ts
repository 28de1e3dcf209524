import type { Assertion, TestFile, TestPart } from "./anatomy.ts";

/** Why a test is green whatever the product does. `asks-nothing` can still turn red by an error; the others can't, or say nothing when they do. */
export type VacuousKind = "empty" | "tautology" | "stand-ins-only" | "unawaited" | "swallowed" | "unreachable" | "asks-nothing";

export interface VacuousTest {
  readonly kind: VacuousKind;
  readonly file: string;
  readonly suites: readonly string[];
  readonly name: string;
  readonly line: number;
  readonly endLine: number;
  /** The assertion that shows it, as written. */
  readonly text?: string;
}

/**
 * The tests of `head` that were in none of the `base` files and can't notice anything. Renamed and moved tests are known by their bodies. What an
 * unknown helper does nobody can tell, so a test that calls one of a package is judged by its own assertions only.
 */
export function vacuousTests(head: readonly TestFile[], base: readonly TestFile[]): readonly VacuousTest[] {
  const known = new Set(base.flatMap((file) => file.parts.flatMap((part) => [nameOf(part), part.body])));
  return head.flatMap((file) =>
    file.damaged || isTypeTest(file.path) ? [] : file.parts.filter((part) => part.kind === "test" && part.restraint === undefined && !known.has(nameOf(part)) && !known.has(part.body)).flatMap((part) => judge(part, file)),
  );
}

/** The compiler is what turns such a test red. */
const isTypeTest = (path: string): boolean => /\.(?:test|spec)-d\.[cm]?tsx?$|(?:^|\/)(?:type-?tests?|typings|test-d|tsd)\//.test(path);

const nameOf = ({ suites, name }: TestPart): string => JSON.stringify([suites, name]);

function judge(part: TestPart, file: TestFile): readonly VacuousTest[] {
  const found = kindOf(part);
  if (found === undefined) return [];
  const { suites, name, line, endLine } = part;
  return [{ kind: found.kind, file: file.path, suites, name, line, endLine, ...(found.shown && { text: found.shown.text }) }];
}

interface Found {
  readonly kind: VacuousKind;
  readonly shown?: Assertion;
}

function kindOf(part: TestPart): Found | undefined {
  const { assertions } = part;
  // Something that must not be reached is a check, and what a matcher of their own insists on nobody here knows.
  if (assertions.some(({ relation }) => relation === "fails" || relation === "passes")) return undefined;
  const [first] = assertions;
  if (first === undefined) return isEmpty(part.body) ? { kind: "empty" } : hasOwnWay(part) || promisesCalm(part.name) ? undefined : { kind: "asks-nothing" };
  const meant = assertions.filter((one) => !isTautology(one));
  const [shown] = meant;
  // To get there is the assertion, where a plan counts it, or a callback that the test waits for.
  if (shown === undefined) return isReached(part) ? undefined : { kind: "tautology", shown: first };
  const reachable = meant.filter(({ reach }) => reach === "runs" || reach === "conditional");
  if (reachable.length > 0) return reachable.every((one) => isAboutOwnStandIn(one, part)) ? { kind: "stand-ins-only", shown: reachable[0] ?? shown } : undefined;
  return { kind: UNREACHED[shown.reach] ?? "unreachable", shown };
}

const UNREACHED: Readonly<Partial<Record<Assertion["reach"], VacuousKind>>> = { unawaited: "unawaited", swallowed: "swallowed", never: "unreachable" };

const isEmpty = (body: string): boolean => /^[\s{};]*$/.test(body) || body === "pass";

/** A plan, or the end of a callback that must be called, is an assertion of its own kind. */
const hasOwnWay = ({ planned, body }: TestPart): boolean => planned !== undefined || body === "" || /\b(?:done|cb|end|pass|plan)\b/.test(body);

/** `ok(true)` in a callback handed to the code, in a test with a plan or a `done`; or after something that throws when it fails. */
const isReached = ({ planned, body, name }: TestPart): boolean => planned !== undefined || /\b(?:done|resolve|end|finish|plan)\(/.test(body) || promisesCalm(name);

/** A test that promises no more than that nothing goes wrong keeps that promise without an assertion. */
const promisesCalm = (name: string): boolean => /\b(?:not|without|never|no|doesn['’]t|don['’]t|won['’]t)\b.{0,80}\b(?:throw|crash|fail|error|exception|hang|leak|warn|break|complain|reject)|\b(?:smoke|compiles?|type-?checks?|types?)\b/i.test(name.slice(0, 500));

/** It says the same of the same: the product could do anything. Two calls may well differ: that they do not is a promise of its own. */
const isTautology = ({ subject, expected, negated, relation, strength }: Assertion): boolean =>
  // What a query looks for is written down, and may not be there.
  (strength === 0 && relation !== "present") || (!negated && subject === expected && subject !== "" && !subject.includes("(") && (relation === "same" || relation === "deep" || relation === "deep, undefined ignored"));

/** A function made by a mocking library, right there. */
const STAND_IN = /^(?:vi|jest|sinon|td|mock|t\.mock|context\.mock)\.(?:fn|stub|spy|fake|mock|function|func)\(/;

/** `sinon.spy(cart, "total")`: a method of something the product uses. */
const WATCHES = /^(?:sinon|sandbox|td|mock|t\.mock|context\.mock)\.(?:spy|stub|fake|method|func|function)\([\w.$]+,/;

/** True when it looks at nothing but what a stand-in made in the test itself does, and the product never gets hold of that stand-in. */
function isAboutOwnStandIn({ resolved, subject }: Assertion, { body }: TestPart): boolean {
  // A function written in the test may be handed to the product and call the stand-in there. One that watches a method was handed in with its object.
  if (!STAND_IN.test(resolved) || WATCHES.test(resolved) || /=>|\bfunction\b/.test(body)) return false;
  const name = /^[A-Za-z_$][\w$]*/.exec(subject)?.[0];
  if (name === undefined) return false;
  const uses = body.split(new RegExp(`(?<![\\w$.])${name.replaceAll("$", "\\$")}(?![\\w$])`));
  // Between two uses: what stands before and after each of them tells whether it is handed on.
  return uses.slice(1).every((after, at) => {
    const before = uses[at] ?? "";
    return /(?:let|const|var)\s$/.test(before) || /^[(.]/.test(after) || /\b(?:expect|assert(?:\.\w+)*)\($/.test(before);
  });
}
