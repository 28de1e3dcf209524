import { expect, it } from "vitest";
import { calibrationError, calibrationTenths, recalibrated } from "./calibration.ts";
import { mean, seededRandom } from "./metrics.ts";

const random = seededRandom(3);
const scored = Array.from({ length: 5_000 }, () => {
  const score = 0.02 + 0.9 * random();
  return { score, inducing: random() < score };
});

it("finds honest scores honest, in ten groups that lose nobody", () => {
  const tenths = calibrationTenths(scored);
  expect(tenths.reduce((sum, tenth) => sum + tenth.changes, 0)).toBe(5_000);
  expect(calibrationError(tenths)).toBeLessThan(0.03);
});

it("one shift brings the mean score to the base rate and keeps the order", () => {
  const halved = scored.map((one) => ({ ...one, score: one.score / 2 }));
  const shifted = recalibrated(halved);
  expect(mean(shifted.map((one) => one.score))).toBeCloseTo(scored.filter((one) => one.inducing).length / 5_000, 4);
  expect(calibrationError(calibrationTenths(shifted))).toBeLessThan(calibrationError(calibrationTenths(halved)));
});
