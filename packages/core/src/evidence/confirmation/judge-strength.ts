import type { Mutant } from "#change";
import type { ExecutedFact, Trial } from "./confirmation.ts";

/** What the trials of one suspicion show. */
export interface StrengthJudged {
  readonly fact: ExecutedFact;
  readonly because: string;
  readonly caughtBefore: number;
  readonly caughtNow: number;
  readonly lost?: Mutant;
  /** Nothing that was asked notices the lost fault any more. */
  readonly unnoticed?: true;
}

/** So many faults that the old test caught must still be caught before a suspicion is taken back. */
export const ENOUGH = 5;

/** What breaks a whole function is caught by anything that calls it: it confirms, but does not clear. */
const isTelling = ({ mutant }: Trial): boolean => mutant.kind !== "throws" && mutant.kind !== "gone";

/** What became of the test: it is there and was edited, or it is gone, switched off or cut down, and only others can catch what it caught. */
export type Fate = "edited" | "gone";

/**
 * Are the tests as strong as they were? One reproducible loss is enough for no: a fault that no test notices any more or, for an edited test, that it
 * does not notice itself. A yes needs several faults that were caught at the very place of the edit and still are, and one among them that bends the result
 * that was looked at: what breaks it altogether a loose check notices as well. Pure.
 */
export function judgeStrength(trials: readonly Trial[], fate: Fate): StrengthJudged {
  const caught = trials.filter(({ caughtBefore, now }) => caughtBefore && now !== undefined);
  const kept = caught.filter(({ now }) => now?.edited === true || (fate === "gone" && now?.others === true));
  const counts = { caughtBefore: caught.length, caughtNow: kept.length };
  const lost = caught.filter((trial) => !kept.includes(trial) && trial.repeated === true);
  const forAll = lost.find(({ now }) => now?.others === false);
  if (forAll) return { ...counts, fact: "weaker", unnoticed: true, lost: forAll.mutant, because: `Run to see: when ${forAll.mutant.says}, the old test turned red, and now no test does` };
  const [alone] = lost;
  if (alone) return { ...counts, fact: "weaker", lost: alone.mutant, because: `Run to see: when ${alone.mutant.says}, the old test turned red, and the edited one does not (others still do)` };
  const telling = kept.filter((trial) => isTelling(trial) && trial.atEdit !== false);
  if (kept.length === caught.length && telling.length >= ENOUGH && telling.some(({ bends }) => bends === true)) return { ...counts, fact: "as-strong", because: `Run to see: all ${caught.length} faults the old test caught are still caught (of ${trials.length} tried)` };
  return { ...counts, fact: "undecided", because: undecided(trials, caught, kept, telling) };
}

/** True when no test at all notices a fault that the old one caught: there is nothing worse left to find. */
export const isLostForAll = (trials: readonly Trial[]): boolean => trials.some(({ caughtBefore, now, repeated }) => caughtBefore && repeated === true && now?.edited === false && !now.others);

function undecided(trials: readonly Trial[], caught: readonly Trial[], kept: readonly Trial[], telling: readonly Trial[]): string {
  if (trials.length === 0) return "Not confirmed by a run: no code was found that this test could be about";
  if (kept.length < caught.length) return "Not confirmed by a run: a fault went unnoticed once, and not when it was tried again";
  if (caught.length === 0) return `Not confirmed by a run: the old test caught none of ${trials.length} faults either`;
  if (telling.length >= ENOUGH) return `Not confirmed by a run: ${caught.length} faults are still caught, but none of them bent a result that this test looks at`;
  if (telling.length === 0) return `Not confirmed by a run: none of ${trials.length} faults was caught by what was changed`;
  return `Not confirmed by a run: only ${telling.length} of ${trials.length} faults ${telling.length === 1 ? "was" : "were"} caught by what was changed, too few to tell`;
}

/** So many faults must leave a test green before it is said that nothing turns it red. */
const ENOUGH_GREEN = 5;

/** Can this test fail? Pure. */
export function judgeVacuous(trials: readonly Trial[]): StrengthJudged {
  const red = trials.filter(({ caughtBefore }) => caughtBefore);
  const asserted = red.find(({ byAssertion }) => byAssertion === true);
  const counts = { caughtBefore: red.length, caughtNow: red.length };
  if (asserted) return { ...counts, fact: "can-fail", because: `Run to see: it turned red when ${asserted.mutant.says}` };
  if (trials.length < ENOUGH_GREEN) return { ...counts, fact: "undecided", because: trials.length === 0 ? "Not confirmed by a run: no code was found that it calls" : `Not confirmed by a run: only ${trials.length} faults could be tried` };
  if (red.length > 0) return { ...counts, fact: "cannot-fail", because: `Run to see: it stayed green through ${trials.length - red.length} of ${trials.length} faults in the code round it; only an error turns it red` };
  return { ...counts, fact: "cannot-fail", because: `Run to see: it stayed green through all ${trials.length} faults put into the code round it` };
}
