import assert from "node:assert/strict";
import fc from "fast-check";
import { expect, test } from "vitest";
import { tellingLines } from "./telling-lines.ts";

const messageOf = (compare: () => void): string => {
  try {
    compare();
  } catch (error) {
    return error instanceof Error ? error.message : "";
  }
  return "";
};

test("of a comparison the heading and what differs are told, not what is equal", () => {
  const list = Array.from({ length: 30 }, (_, at) => at);
  const message = messageOf(() => assert.deepEqual(list, [...list.slice(0, 29), 99]));
  expect(message.split("\n").slice(0, 4).join("\n")).not.toContain("99");
  expect(tellingLines(message, 3)).toEqual(["Expected values to be strictly deep-equal:", "+   29", "-   99"]);
});

test("Jest's comparison is read too", () => {
  const message = "expect(received).toEqual(expected) // deep equality\n\n- Expected  - 1\n+ Received  + 1\n\n  Array [\n    1,\n-   2,\n+   3,\n  ]";
  expect(tellingLines(message, 8)).toEqual(["expect(received).toEqual(expected) // deep equality", "-   2,", "+   3,"]);
});

test("and AVA's, whose marks stand right before the value", () => {
  const message = "t.deepEqual() does not hold\nDifference (- actual, + expected):\n  [\n    'a',\n-   2,\n+   0,\n  ]";
  expect(tellingLines(message, 4)).toEqual(["t.deepEqual() does not hold", "-   2,", "+   0,"]);
});

test("without a comparison the first lines are told, frames and gaps left out", () => {
  expect(tellingLines("boom\n\n- a point\n    at f (a.js:1:1)\nmore", 2)).toEqual(["boom", "- a point"]);
  expect(tellingLines("", 3)).toEqual([]);
});

test("never more than asked for, and nothing that was not there", () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { maxLength: 20 }), fc.nat(9), (lines, most) => {
      const told = tellingLines(lines.join("\n"), most);
      expect(told.length).toBeLessThanOrEqual(most);
      for (const line of told) expect(lines.join("\n")).toContain(line);
    }),
  );
});
