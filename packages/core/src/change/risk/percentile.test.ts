import fc from "fast-check";
import { expect, it } from "vitest";
import { riskFeatures } from "./features.ts";
import { riskLevel, riskPercentile } from "./percentile.ts";
import { scoreRisk } from "./score-risk.ts";

const hundred = Array.from({ length: 100 }, (_, index) => index / 100);
const score = fc.double({ min: 0, max: 1, noNaN: true });

it("is unknown with fewer than twenty other changes", () => {
  expect(riskPercentile(0.5, hundred.slice(0, 19))).toBeUndefined();
  expect(riskPercentile(0.5, hundred.slice(0, 20))).toBe(100);
});

it("says how many of the other changes score lower, equals counting half", () => {
  expect(riskPercentile(0.93, hundred)).toBe(93);
  expect(riskPercentile(0.5, new Array<number>(40).fill(0.5))).toBe(50);
  expect(riskPercentile(0.1, new Array<number>(40).fill(0.5))).toBe(0);
});

it("is a whole number from 0 to 100 that grows with the score", () => {
  fc.assert(
    fc.property(fc.array(score, { minLength: 20, maxLength: 60 }), score, score, (others, one, other) => {
      const [lower, upper] = [riskPercentile(Math.min(one, other), others) ?? -1, riskPercentile(Math.max(one, other), others) ?? -1];
      expect(Number.isInteger(lower) && lower >= 0 && upper <= 100 && lower <= upper).toBe(true);
    }),
  );
});

it("calls the riskiest tenth high and the fifth below it medium", () => {
  const levels = hundred.map((_, percentile) => riskLevel(percentile));
  expect(levels.filter((level) => level === "high")).toHaveLength(10);
  expect(levels.filter((level) => level === "medium")).toHaveLength(20);
});

it("falls back on the score where there is no percentile", () => {
  const file = (name: string, added: number) => ({ path: `src/${name}/x.ts`, added, deleted: added, kind: "source" });
  const level = (files: readonly ReturnType<typeof file>[]): string => riskLevel(undefined, scoreRisk(riskFeatures({ files })).score);
  expect(level([])).toBe("low");
  expect(level([file("a", 2)])).toBe("low");
  expect(level(["a", "b", "c", "d", "e"].map((name) => file(name, 200)))).toBe("high");
});
