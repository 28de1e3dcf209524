/** One tenth of the changes, from the lowest scores to the highest. */
export interface Tenth {
  readonly changes: number;
  /** Mean score. */
  readonly expected: number;
  /** Share that a later fix blames. */
  readonly observed: number;
}

export interface Scored {
  readonly score: number;
  readonly inducing: boolean;
}

/** Ten groups of the same size (give or take one) in the order of the score. */
export const calibrationTenths = (scored: readonly Scored[]): readonly Tenth[] => {
  const sorted = [...scored].sort((one, other) => one.score - other.score);
  return Array.from({ length: 10 }, (_, tenth) => {
    const group = sorted.slice(Math.round((tenth * sorted.length) / 10), Math.round(((tenth + 1) * sorted.length) / 10));
    return {
      changes: group.length,
      expected: group.reduce((sum, one) => sum + one.score, 0) / group.length,
      observed: group.filter((one) => one.inducing).length / group.length,
    };
  });
};

/** Mean distance between what the score says and what is observed, over the tenths. */
export const calibrationError = (tenths: readonly Tenth[]): number => {
  const filled = tenths.filter((tenth) => tenth.changes > 0);
  return filled.reduce((sum, tenth) => sum + Math.abs(tenth.expected - tenth.observed), 0) / filled.length;
};

/** Moves all scores by one shift of the log-odds, so that their mean meets the base rate: what one repository can do for itself. */
export const recalibrated = (scored: readonly Scored[]): readonly Scored[] => {
  const rate = scored.filter((one) => one.inducing).length / scored.length;
  const shifted = (score: number, shift: number): number => 1 / (1 + Math.exp(-(Math.log(score / (1 - score)) + shift)));
  let [low, high] = [-10, 10];
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2;
    const average = scored.reduce((sum, one) => sum + shifted(one.score, middle), 0) / scored.length;
    if (average < rate) low = middle;
    else high = middle;
  }
  return scored.map((one) => ({ ...one, score: shifted(one.score, (low + high) / 2) }));
};
