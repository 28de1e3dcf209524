import type { Tried, Unit } from "#change";
import { isLostForAll, isTestOf, judgeStrength, type Trial } from "#evidence";
import type { Noticed } from "./compare-suites.ts";
import { fateOf, type SuspectTest, type Suspicion } from "./suspicions.ts";

/** What is asked of a suspected test that is being looked into. */
interface Looked {
  readonly suspicion: Suspicion;
  readonly test: SuspectTest;
  readonly trials: readonly Trial[];
}

/** For a test that is gone a few more than clear an edited one: everything it looked at has to be looked at by others. */
const PLENTY = 8;
/** With a loss that others still notice, so many faults in all are tried: the next may be one that nobody does. */
const AFTER_LOSS = 6;
/** When so many faults in a row say the same, the next will. */
const IN_A_ROW = 8;

/** True when more faults would tell nothing new of this test: it is lost for all, it is cleared, or the last faults all said the same. */
export function isEnough({ trials, suspicion }: Looked): boolean {
  const fate = fateOf(suspicion);
  const { fact, caughtNow } = judgeStrength(trials, fate);
  if (fact === "weaker") return isLostForAll(trials) || trials.length >= AFTER_LOSS;
  if (fact === "as-strong") return fate === "edited" || caughtNow >= PLENTY;
  const last = trials.slice(-IN_A_ROW).map(says);
  return last.length === IN_A_ROW && last.every((one) => one === last[0]);
}

/** Not noticed, or noticed elsewhere in the test and still: nothing about the edit. Else noticed where it was edited, and still or not any more. */
function says({ caughtBefore, now, atEdit, bends }: Trial): string {
  if (!caughtBefore || now === undefined || (atEdit === false && now.edited)) return "nothing";
  return `${now.edited} ${bends === true}`;
}

/** Functions in which one of these tests noticed a fault, the smallest first: where many faults were tried at once, nobody has to guess what a test looks at. */
export function hotUnits(units: readonly Unit[], tests: readonly Pick<SuspectTest, "title">[], noticed: readonly Noticed[]): readonly Unit[] {
  const own = noticed.filter(({ by }) => tests.some(({ title }) => isTestOf(title, by)));
  const size = ({ line, endLine }: Unit): number => endLine - line;
  return units.filter((unit) => own.some(({ mutant: { file, line } }) => unit.file === file && unit.line <= line && line <= unit.endLine)).toSorted((a, b) => size(a) - size(b));
}

/** Functions that the suspected code names, and those within them: a fault in them is near the edit. */
export function nearUnits(units: readonly Unit[], looked: readonly Pick<Looked, "test">[]): readonly Unit[] {
  return units.filter(({ name }) => name !== "" && looked.some(({ test }) => test.names.has(name.toLowerCase())));
}

/** True when every fault that can be put into these was tried. */
export const isExhausted = (units: readonly Pick<Unit, "mutants">[], tried: readonly Tried[]): boolean => units.every(({ mutants }) => mutants.every((mutant) => tried.some((one) => one.mutant === mutant)));

/** True while a function whose faults were noticed at the edit has one left: what is named may only hand on to it. */
export function anyAtEdit(looked: readonly Looked[], units: readonly Unit[], tried: readonly Tried[]): boolean {
  const live = new Set(looked.flatMap(({ trials }) => trials.filter(({ caughtBefore, atEdit }) => caughtBefore && atEdit !== false).map(({ mutant }) => mutant)));
  return units.some(({ mutants }) => mutants.some((mutant) => live.has(mutant)) && !isExhausted([{ mutants }], tried));
}
