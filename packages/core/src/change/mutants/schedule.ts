import type { Mutant, Unit } from "./mutant.ts";

/** What a test speaks of, to tell which code it is about. */
export interface Subject {
  /** Words of the tests' code, in lower case. */
  readonly words: ReadonlySet<string>;
  /** Source files the test reaches, with import steps: 1 is imported by the test itself. */
  readonly reach: ReadonlyMap<string, number>;
}

/** A mutant that was run: `noticed` when a test that is looked at turned red. */
export interface Tried {
  readonly mutant: Mutant;
  readonly noticed: boolean;
}

/** Functions probed for whether the tests look at them, beside those known to be looked at. */
const MOST_PROBED = 14;

/**
 * Functions that a test is likely to look at, likeliest first: those it names, then those that these call, then the rest of what it imports.
 * Without coverage this is a guess; `nextMutant` corrects it by what was noticed.
 */
export function rankUnits(units: readonly Unit[], { words, reach }: Subject): readonly Unit[] {
  const named = new Set(units.filter(({ name }) => words.has(name.toLowerCase())));
  const called = new Set<string>();
  for (const unit of named) for (const word of unit.words) called.add(word);
  const score = (unit: Unit): number => {
    const own = named.has(unit) ? 6 : called.has(unit.name.toLowerCase()) && unit.name !== "" ? 3 : 0;
    const outer = unit.inside === undefined ? 0 : (units[unit.inside] && named.has(units[unit.inside] as Unit) ? 4 : 0);
    return Math.max(own, outer) - (reach.get(unit.file) ?? 9);
  };
  return units.filter(({ mutants }) => mutants.length > 0).toSorted((a, b) => score(b) - score(a));
}

/**
 * The fault to try next; undefined when none is worth its run. A function in which a fault was noticed is gone through to its end, two of three times;
 * one in which neither another result nor a failure was noticed is none the tests look at.
 */
export function nextMutant(ranked: readonly Unit[], tried: readonly Tried[]): Mutant | undefined {
  const seen = new Set(tried.map(({ mutant }) => mutant));
  const states = ranked.map((unit) => {
    const own = tried.filter(({ mutant }) => unit.mutants.includes(mutant));
    return { unit, tries: own.length, live: own.some(({ noticed }) => noticed), next: unit.mutants.find((mutant) => !seen.has(mutant)), fails: unit.mutants.find((mutant) => mutant.kind === "throws" && !seen.has(mutant)) };
  });
  const live = states.filter((state) => state.live && state.next !== undefined).toSorted((a, b) => a.tries - b.tries)[0]?.next;
  if (live !== undefined && tried.length % 3 !== 2) return live;
  const probed = states.filter(({ tries }) => tries > 0).length;
  const fresh = probed < MOST_PROBED ? states.find(({ tries }) => tries === 0)?.next : undefined;
  const second = states.find((state) => state.tries === 1 && !state.live && state.fails !== undefined)?.fails;
  // Whether a function is reached at all is worth knowing early when nothing was noticed yet.
  const probe = live === undefined && probed >= 4 ? (second ?? fresh) : (fresh ?? second);
  return probe ?? live;
}
