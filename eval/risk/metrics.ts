/** A model's scores and the truth, item by item. */
export interface Ranking {
  readonly scores: readonly number[];
  readonly labels: readonly boolean[];
}

interface Tied {
  /** Indices of items with the same score, groups from the highest score to the lowest. */
  readonly groups: readonly (readonly number[])[];
}

const byScore = (scores: readonly number[]): Tied => {
  const order = scores.map((_, index) => index).sort((one, other) => (scores[other] ?? 0) - (scores[one] ?? 0));
  const groups: number[][] = [];
  for (const index of order) {
    const last = groups.at(-1);
    if (last?.[0] !== undefined && scores[last[0]] === scores[index]) last.push(index);
    else groups.push([index]);
  }
  return { groups };
};

/** Area under the ROC curve with every item counted `weights[i]` times; ties count half. */
const weightedAuc = ({ groups }: Tied, labels: readonly boolean[], weights: ArrayLike<number>): number => {
  let above = 0;
  let won = 0;
  let positives = 0;
  for (const group of groups) {
    let good = 0;
    let bad = 0;
    for (const index of group) {
      if (labels[index] === true) bad += weights[index] ?? 0;
      else good += weights[index] ?? 0;
    }
    won += good * (above + bad / 2);
    above += bad;
    positives += good;
  }
  return above === 0 || positives === 0 ? Number.NaN : won / (above * positives);
};

/** Probability that a positive outranks a negative; 0.5 is chance. */
export const auc = ({ scores, labels }: Ranking): number => weightedAuc(byScore(scores), labels, new Array<number>(scores.length).fill(1));

/** Share of the positives among the `share` of items ranked highest; a tie across the border is split evenly. */
export const recallAtTop = ({ scores, labels }: Ranking, share: number): number => {
  let room = Math.ceil(scores.length * share);
  let found = 0;
  for (const group of byScore(scores).groups) {
    const bad = group.filter((index) => labels[index] === true).length;
    found += room >= group.length ? bad : (bad * Math.max(0, room)) / group.length;
    room -= group.length;
  }
  const all = labels.filter(Boolean).length;
  return all === 0 ? Number.NaN : found / all;
};

/** A small seeded generator, so that intervals come out the same everywhere. */
export const seededRandom = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

/** Differences in AUC (`ours` minus `other`) over resamples of the same items: both scores see the same draw. */
export const bootstrapDifferences = (
  labels: readonly boolean[],
  ours: readonly number[],
  other: readonly number[],
  draws: number,
  seed: number,
): readonly number[] => {
  const random = seededRandom(seed);
  const [first, second] = [byScore(ours), byScore(other)];
  return Array.from({ length: draws }, () => {
    const weights = new Uint16Array(labels.length);
    for (let drawn = 0; drawn < labels.length; drawn += 1) {
      const index = Math.floor(random() * labels.length);
      weights[index] = (weights[index] ?? 0) + 1;
    }
    return weightedAuc(first, labels, weights) - weightedAuc(second, labels, weights);
  });
};

/** The middle 95 % of some draws. */
export const interval95 = (draws: readonly number[]): readonly [number, number] => {
  const sorted = draws.filter((value) => !Number.isNaN(value)).sort((one, other) => one - other);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
  return [at(0.025), at(0.975)];
};

export const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
