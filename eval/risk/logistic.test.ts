import { expect, it } from "vitest";
import { fitLogistic, type Example } from "./logistic.ts";
import { seededRandom } from "./metrics.ts";

const sample = (chance: (one: number, other: number, group: number) => number): readonly Example[] => {
  const random = seededRandom(7);
  return Array.from({ length: 4_000 }, (_, index) => {
    const inputs = [random() * 4, random() * 4];
    const group = index % 2;
    return { inputs, group, weight: 1, positive: random() < 1 / (1 + Math.exp(-chance(inputs[0] ?? 0, inputs[1] ?? 0, group))) };
  });
};

it("finds the weights that made the data, and each group's own base rate", () => {
  const { coefficients, intercepts } = fitLogistic(
    sample((one, other, group) => one + 0.5 * other - 3 - 2 * group),
    { penalty: 1e-6, signs: [0, 0] },
  );
  expect(coefficients[0]).toBeCloseTo(1, 0);
  expect(coefficients[1]).toBeCloseTo(0.5, 0);
  expect((intercepts[0] ?? 0) - (intercepts[1] ?? 0)).toBeCloseTo(2, 0);
});

it("leaves out an input that would need the forbidden sign", () => {
  const { coefficients } = fitLogistic(
    sample((one, other) => one - other),
    { penalty: 1e-6, signs: [1, 1] },
  );
  expect(coefficients[0]).toBeGreaterThan(0.5);
  expect(coefficients[1]).toBe(0);
});
