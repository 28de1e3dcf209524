import fc from "fast-check";
import { expect, test } from "vitest";
import { readBlock } from "./diagnostic-block.ts";
import { cpuMs } from "../../../../../../tests/support/cpu-time.ts";

test("reads what TAP writers print", () => {
  const text = `
  duration_ms: 0.5
  error: 'it''s "odd"'
  name: "Assertion\\"Error"
  signal: ~
  message: "two
lines"
  stack: |-
    Error: x
        at a.js:1:2

    end
  at:
    file: a.js
    line: 12
  details:
    'Difference (- actual, + expected):': |-
      - 90
      + 91
  last: plain: text`;
  expect(readBlock(text)).toEqual({
    duration_ms: 0.5,
    error: `it's "odd"`,
    name: 'Assertion"Error',
    signal: null,
    message: "two\nlines",
    stack: "Error: x\n    at a.js:1:2\n\nend",
    at: { file: "a.js", line: 12 },
    details: { "Difference (- actual, + expected):": "- 90\n+ 91" },
    last: "plain: text",
  });
});

test("expands nothing, and a quote that never closes takes nothing along", () => {
  expect(readBlock("a: &a [x, x]\nb: [*a, *a]\nc: 'open\nd: 1")).toEqual({ a: "&a [x, x]", b: "[*a, *a]", c: "open", d: 1 });
  expect(readBlock("- - - a")).toBeUndefined();
  expect(Object.keys(readBlock("__proto__: 1\nx: 2") ?? {})).toEqual(["__proto__", "x"]);
});

test("any text is read, in time that grows with it", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("a", ":", " ", "\n", "'", '"', "|", "-", "\\", "~"), maxLength: 200 }), (text) => void readBlock(text)),
  );
  for (const piece of ["- ", "? ", "[", "a: ", "a:\n ", "'\n", '"a\n', "a: '\n", "a: |\n", " "]) {
    const started = cpuMs();
    readBlock(piece.repeat(40_000));
    expect(cpuMs() - started).toBeLessThan(2000);
  }
});
