import fc from "fast-check";
import { expect, test } from "vitest";
import { baselineShrinks } from "./baseline-shrinks.ts";

const entry = (n: number, more: object = {}) => ({ check: "tests/failing", fingerprint: `${n}`.padStart(64, "0"), ...more });
const file = (findings: readonly object[], more: object = {}): string => JSON.stringify({ schema: "proofline/baseline/1", findings, ...more }, null, 2);
const all = [entry(1), entry(2), entry(3)];

test("taking entries out shrinks, in any layout; so does removing the file", () => {
  fc.assert(
    fc.property(fc.subarray(all), (rest) => {
      expect(baselineShrinks(file(all), JSON.stringify(JSON.parse(file(rest))))).toBe(true);
    }),
  );
  expect(baselineShrinks(file(all), undefined)).toBe(true);
});

test.each([
  ["a new entry", file([...all, entry(4)])],
  ["one out and another in", file([entry(1), entry(4)])],
  ["another fingerprint", file([entry(9)])],
  ["an entry that says something else", file([entry(1, { path: "src/pay.js" })])],
  ["another schema", file([], { schema: "proofline/baseline/2" })],
  ["a key of its own", file([], { more: 1 })],
  ["no JSON", "{"],
  ["no list", '{"schema":"proofline/baseline/1"}'],
])("%s is no shrinking", (_, after) => {
  expect(baselineShrinks(file(all), after)).toBe(false);
});

test("a baseline that was not there, or could not be read, can't shrink", () => {
  expect(baselineShrinks(undefined, file([]))).toBe(false);
  expect(baselineShrinks("{", file([]))).toBe(false);
});
