import fc from "fast-check";
import { expect, test } from "vitest";
import { lineRanges } from "./line-ranges.ts";

test("folds neighbours and keeps gaps", () => {
  expect(lineRanges([5, 3, 4, 9, 3])).toEqual([[3, 5], [9, 9]]);
  expect(lineRanges([])).toEqual([]);
});

test("unfolding the ranges gives back exactly the lines", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 200 })), (lines) => {
      const unfolded = lineRanges(lines).flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, index) => from + index));
      expect(unfolded).toEqual([...lines].sort((a, b) => a - b));
    }),
  );
});
