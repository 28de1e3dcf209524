import type { Assertion } from "../anatomy.ts";
import { numberOf } from "../assertions/chain.ts";
import { wordsOf } from "../canonical.ts";
import { isCovered, isLooped } from "./covered.ts";
import { continuedInThrow } from "./failure-texts.ts";
import { alike, claimKey, resolvedKey, type Located } from "./located.ts";
import type { PairedTests } from "./pair-tests.ts";

/** What became of the assertions of one test. */
export interface AssertionPairs {
  readonly base: Located;
  /** The test that continues it; absent when it was removed. */
  readonly head?: Located;
  /** Assertions that stayed, or turned into another one about the same thing. */
  readonly kept: readonly { readonly base: Assertion; readonly head: Assertion }[];
  /** Claims that seem to say in other words what they said. */
  readonly reworded: readonly { readonly base: Assertion; readonly head: Assertion }[];
  /** Claims about the text of a failure of which the claim that it is raised says less. */
  readonly shortened: readonly { readonly base: Assertion; readonly head: Assertion }[];
  /** Of which nothing is left anywhere. */
  readonly lost: readonly Assertion[];
  /** New ones of the same test. */
  readonly gained: readonly Assertion[];
}

/** Assertions that are left over while pairing goes on. */
interface Open {
  readonly base: Located;
  readonly head?: Located;
  readonly kept: { base: Assertion; head: Assertion }[];
  readonly reworded: { base: Assertion; head: Assertion }[];
  readonly shortened: { base: Assertion; head: Assertion }[];
  lost: Assertion[];
  gained: Assertion[];
}

/** Two claims this much alike are one claim reworded. */
const REWORDED = 0.5;

/**
 * Finds for every base assertion what became of it: the same claim in its test, the same claim anywhere in the change, another claim
 * about the same thing, the same claim about what is called otherwise now. What none of this explains is lost.
 */
export function pairAssertions({ pairs, removed, added }: PairedTests): readonly AssertionPairs[] {
  const open: Open[] = [
    ...pairs.filter(({ base }) => base.part.inherits === undefined).map(({ base, head }): Open => ({ base, head, kept: [], reworded: [], shortened: [], lost: [...base.part.assertions], gained: [...head.part.assertions] })),
    // A helper's checks count where it is called.
    ...removed.filter(({ part }) => part.kind !== "helper" && part.inherits === undefined).map((base): Open => ({ base, kept: [], reworded: [], shortened: [], lost: [...base.part.assertions], gained: [] })),
  ];
  for (const one of open) inTest(one, claimKey);
  for (const one of open) dropDuplicates(one);
  const free = new Pool([...open.flatMap(({ gained }) => gained), ...added.filter(({ part }) => part.kind !== "helper" && part.inherits === undefined).flatMap(({ part }) => part.assertions)]);
  for (const one of open) inTest(one, resolvedKey, free);
  anywhere(open, free, claimKey);
  for (const one of open) inTest(one, shiftedKey, free);
  for (const one of open) inTest(one, caselessKey, free);
  for (const one of open) bySubject(one, free);
  for (const one of open) inThrow(one);
  for (const one of open) onlyBound(one, free);
  for (const one of open) inTest(one, expectedKey, free);
  for (const one of open) reworded(one, free);
  anywhere(open, free, expectedKey);
  for (const one of open) one.lost = one.lost.filter((assertion) => one.head === undefined || !(isCovered(assertion, one.head.part.assertions) || isLooped(assertion, one.head.part.assertions, one.head.part.body)));
  return open.map((one) => ({ ...one, gained: one.gained.filter((assertion) => free.has(assertion)) }));
}

/** Head assertions nobody has claimed yet. */
class Pool {
  private readonly free: Set<Assertion>;
  constructor(assertions: readonly Assertion[]) {
    this.free = new Set(assertions);
  }
  has(assertion: Assertion): boolean {
    return this.free.has(assertion);
  }
  take(assertion: Assertion): void {
    this.free.delete(assertion);
  }
  get all(): Iterable<Assertion> {
    return this.free;
  }
}

type KeyOf = (assertion: Assertion) => string | undefined;

/** What is expected tells, when it is more than a word every test has. */
const expectedKey: KeyOf = ({ relation, negated, expected }) => (expected.length < 4 || /^(?:true|false|null|undefined|None|True|False)$/.test(expected) ? undefined : `${negated ? "not " : ""}${relation}\u0000${expected}`);

/** The same of another entry of a list, where what is expected is long enough to know it by: an entry was put in or taken out before it. */
const shiftedKey: KeyOf = ({ relation, negated, expected, subject }) => (expected.length < SPEAKS || !/\[\d+\]/.test(subject) ? undefined : `${negated ? "not " : ""}${relation}\u0000${subject.replace(/\[\d+\]/g, "[#]")}\u0000${expected}`);

const SPEAKS = 8;

/** What is contained, whatever its capitals: names of headers are the same in both. */
const caselessKey: KeyOf = ({ relation, negated, expected, subject }) => (relation === "contains" && expected.length >= 4 ? `${negated ? "not " : ""}${subject}\u0000${expected}`.toLowerCase() : undefined);

function inTest(one: Open, key: KeyOf, free?: Pool): void {
  const waiting = grouped(one.gained.filter((assertion) => free === undefined || free.has(assertion)), key);
  one.lost = one.lost.filter((assertion) => {
    const name = key(assertion);
    const twins = name === undefined ? undefined : waiting.get(name);
    // One that runs before one that does not: a copy in a dead branch replaces nothing.
    const same = twins?.findIndex(({ conditions }) => conditions.join() === assertion.conditions.join()) ?? -1;
    const at = same >= 0 ? same : (twins?.findIndex(({ reach }) => reach === assertion.reach) ?? -1);
    const twin = twins?.splice(Math.max(0, at), 1)[0];
    if (twin === undefined) return true;
    one.kept.push({ base: assertion, head: twin });
    free?.take(twin);
    return false;
  });
  if (free === undefined) one.gained = one.gained.filter((assertion) => !one.kept.some(({ head }) => head === assertion));
}

const grouped = (assertions: Iterable<Assertion>, key: KeyOf): Map<string, Assertion[]> => {
  const groups = new Map<string, Assertion[]>();
  for (const assertion of assertions) {
    const name = key(assertion);
    if (name === undefined) continue;
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [assertion]);
    else group.push(assertion);
  }
  return groups;
};

/** Saying the same thing twice is saying it once. */
function dropDuplicates(one: Open): void {
  const said = new Set(one.kept.filter(({ head }) => head.reach === "runs").map(({ head }) => claimKey(head)));
  one.lost = one.lost.filter((assertion) => !said.has(claimKey(assertion)));
}

function anywhere(open: readonly Open[], free: Pool, key: KeyOf): void {
  const waiting = grouped(free.all, key);
  for (const one of open) {
    one.lost = one.lost.filter((assertion) => {
      const name = key(assertion);
      const twins = name === undefined ? undefined : waiting.get(name);
      const at = twins?.findIndex((twin) => free.has(twin) && (twin.reach === "runs" || twin.reach === "conditional")) ?? -1;
      const twin = at < 0 ? undefined : twins?.splice(at, 1)[0];
      if (twin === undefined) return true;
      free.take(twin);
      return false;
    });
  }
}

/** True for a claim that something fails: one that it gives a value says the opposite. */
export const isFailure = ({ relation, negated }: Assertion): boolean => (relation === "throws" || relation === "throws that") && !negated;

/** A bound, and a bound on a length, speak of what an exact value or an exact length speaks of. */
const aboutOf = ({ relation, subject }: Assertion): string => (relation === "order" ? lengthless(subject.replace(/ (?:[<>]=?|within)$/, "")) : subject);
const lengthless = (subject: string): string => subject.replace(/^len\((.*)\)$|^(.*)\.(?:length|size)$/, "$1$2");
/** At least and more than are bounds on the same side. */
const bound = ({ relation, subject }: Assertion): string => (relation === "order" ? subject.replace(/ ([<>])=$/, " $1") : subject);

/** The very opposite of a claim does not continue it while another one does. */
const likeness = (one: Assertion, other: Assertion): number => Number(one.relation === other.relation) - 2 * Number(one.relation === other.relation && one.negated !== other.negated);

const speaksOfSame = (head: Assertion, base: Assertion): boolean => bound(head) === bound(base) || sortedOf(head.subject) === base.subject || isOneOf(head, base) || (base.relation === "size" && lengthless(head.subject) === base.subject) || isResolved(head, base) || speaksOfSize(head, base);

/** The same by what local names stand for. What only asks for a size or a type may speak of something else that came of it. */
const isResolved = (head: Assertion, base: Assertion): boolean => head.resolved === base.resolved && head.resolved.length > SPEAKS && (head.relation === base.relation || (head.relation !== "size" && head.relation !== "type"));

/** One entry was this, and now any is. */
const isOneOf = (head: Assertion, base: Assertion): boolean => head.relation === "contains" && base.expected === head.expected && base.subject.startsWith(`${head.subject}[`);

/** What a list is that is put in order before it is compared. */
const sortedOf = (subject: string): string | undefined => /^(?:_\.)?(?:sortBy|orderBy|sorted)\(([\w$.[\]"]+)[,)]/.exec(subject.slice(0, 400))?.[1] ?? /^([\w$.[\]"]+)\.(?:toSorted|sort)\(/.exec(subject.slice(0, 400))?.[1];

const speaksOfSize = (one: Assertion, other: Assertion): boolean => ((one.relation === "order") !== (other.relation === "order") && aboutOf(one) === aboutOf(other));

/** Another claim about the same thing: the strongest there is. */
function bySubject(one: Open, free: Pool): void {
  one.lost = one.lost.filter((assertion) => {
    const same = one.gained.filter((other) => free.has(other) && isFailure(other) === isFailure(assertion) && (speaksOfSame(other, assertion) || other.subject === assertion.expected) && other.relation !== "fails" && other.relation !== "passes");
    const best = same.sort((a, b) => likeness(b, assertion) - likeness(a, assertion) || b.strength - a.strength)[0];
    if (best === undefined) return true;
    free.take(best);
    one.kept.push({ base: assertion, head: best });
    return false;
  });
}

/** What was said of a caught failure is said where it is raised now. */
function inThrow(one: Open): void {
  const heads = one.head?.part.assertions ?? [];
  one.lost = one.lost.filter((assertion) => {
    const found = continuedInThrow(assertion, heads);
    if (found?.shorter === true) one.shortened.push({ base: assertion, head: found.head });
    return found === undefined;
  });
}

/** The one bound of a test goes on as its one bound, whatever is called otherwise now. */
function onlyBound(one: Open, free: Pool): void {
  const [base, ...more] = one.lost.filter(isBound);
  const [head, ...others] = one.gained.filter((assertion) => free.has(assertion) && isBound(assertion));
  if (base === undefined || head === undefined || more.length > 0 || others.length > 0 || directionOf(base) !== directionOf(head)) return;
  free.take(head);
  one.kept.push({ base, head });
  one.lost = one.lost.filter((assertion) => assertion !== base);
}

const isBound = ({ relation, wanted }: Assertion): boolean => relation === "order" && numberOf(wanted[0]) !== undefined;
const directionOf = ({ subject }: Assertion): string => / ([<>])=?$/.exec(subject)?.[1] ?? "";

/** The same claim in other words: variables renamed, values inlined. It must insist on as much. */
function reworded(one: Open, free: Pool): void {
  const wordsIn = (assertion: Assertion): ReadonlySet<string> => wordsOf(`${assertion.subject} ${assertion.expected}`);
  one.lost = one.lost.filter((assertion) => {
    const words = wordsIn(assertion);
    const close = one.gained
      .filter((other) => free.has(other) && isFailure(other) === isFailure(assertion) && other.strength >= assertion.strength - 10)
      .map((other) => ({ other, likeness: alike(words, wordsIn(other)) }))
      .filter(({ likeness }) => likeness >= REWORDED)
      .sort((a, b) => b.likeness - a.likeness)[0];
    if (close === undefined) return true;
    free.take(close.other);
    one.reworded.push({ base: assertion, head: close.other });
    return false;
  });
}
