import fc from "fast-check";
import { expect, it } from "vitest";
import { auc, bootstrapDifferences, interval95, recallAtTop } from "./metrics.ts";

const items = fc
  .array(fc.record({ score: fc.nat({ max: 6 }), label: fc.boolean() }), { minLength: 2, maxLength: 40 })
  .filter((all) => all.some((one) => one.label) && all.some((one) => !one.label));
const split = (all: readonly { readonly score: number; readonly label: boolean }[]) => ({
  scores: all.map((one) => one.score),
  labels: all.map((one) => one.label),
});

it("AUC is the share of pairs in the right order, ties counting half", () => {
  fc.assert(
    fc.property(items, (all) => {
      const pairs = all
        .filter((one) => one.label)
        .flatMap((bad) => all.filter((one) => !one.label).map((good) => (bad.score > good.score ? 1 : bad.score === good.score ? 0.5 : 0)));
      expect(auc(split(all))).toBeCloseTo(pairs.reduce<number>((sum, one) => sum + one, 0) / pairs.length, 10);
    }),
  );
});

it("recall at the top spreads a tie across the border evenly", () => {
  expect(recallAtTop({ scores: [9, 1, 1, 1, 1], labels: [true, true, false, false, false] }, 0.2)).toBe(0.5);
  expect(recallAtTop({ scores: [1, 1, 1, 1], labels: [true, true, false, false] }, 0.5)).toBe(0.5);
  expect(recallAtTop({ scores: [1, 2], labels: [true, true] }, 1)).toBe(1);
});

it("a ranking compared with itself gains nothing in any draw, and the same seed draws the same", () => {
  const labels = Array.from({ length: 50 }, (_, index) => index % 3 === 0);
  const ours = labels.map((_, index) => index % 7);
  expect(new Set(bootstrapDifferences(labels, ours, ours, 20, 1))).toEqual(new Set([0]));
  const other = labels.map((_, index) => index % 5);
  expect(bootstrapDifferences(labels, ours, other, 20, 1)).toEqual(bootstrapDifferences(labels, ours, other, 20, 1));
});

it("the interval of 95 % leaves out the tails", () => {
  expect(interval95(Array.from({ length: 1_000 }, (_, index) => index))).toEqual([25, 975]);
});
