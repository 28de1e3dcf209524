import fc from "fast-check";
import { expect, test } from "vitest";
import { diffOf } from "../../../../tests/support/diff-of.ts";
import type { DiffFile } from "./diff.ts";
import { newLines } from "./moved-lines.ts";
import { cpuMs } from "../../../../tests/support/cpu-time.ts";

const FUNCTION = ["export function total(items) {", "  let sum = 0;", "  for (const item of items) sum += item.price;", "  return sum;", "}"];
const text = (...lines: readonly string[]): string => lines.map((line) => `${line}\n`).join("");

test("a function moved to another file, and indented anew, is not new code", () => {
  const moved = FUNCTION.map((line) => `  ${line}`);
  const files = [diffOf("a.ts", text(...FUNCTION), text("other();")), diffOf("b.ts", undefined, text("class Cart {", ...moved, "}"))];
  expect(newLines(files)).toEqual([[1], [1]]);
});

test("the line that was edited on the way is new", () => {
  const edited = FUNCTION.map((line) => line.replace("sum = 0", "sum = 1"));
  const files = [diffOf("a.ts", text(...FUNCTION, "x();", "y();"), ""), diffOf("b.ts", undefined, text(...edited, "x();", "y();"))];
  expect(newLines(files)[1]).toEqual(expect.arrayContaining([2]));
});

test("two lines alike by chance are new, one long line found once on each side is moved", () => {
  expect(newLines([diffOf("a.ts", text("start();", "stop();"), ""), diffOf("b.ts", undefined, text("start();", "stop();"))])).toEqual([[], [1, 2]]);
  const long = 'const message = "the quick brown fox jumps over the lazy dog";';
  expect(newLines([diffOf("a.ts", text(long), ""), diffOf("b.ts", undefined, text("a();", long))])).toEqual([[], [1]]);
  expect(newLines([diffOf("a.ts", text(long), ""), diffOf("b.ts", undefined, text(long, long))])).toEqual([[], [1, 2]]);
});

test("wrapping lines in a condition makes only the condition new", () => {
  expect(newLines([diffOf("a.ts", text("go();", "run();"), text("if (ready) {", "  go();", "  run();", "}"))])).toEqual([[1]]);
});

test("one deleted block explains one copy, the second copy is new", () => {
  const files = [diffOf("a.ts", text(...FUNCTION), ""), diffOf("b.ts", undefined, text(...FUNCTION)), diffOf("c.ts", undefined, text(...FUNCTION))];
  const [, first = [], second = []] = newLines(files);
  expect([first.length, second.length].sort()).toEqual([0, 5]);
});

const line = fc.constantFrom(
  "alpha();",
  "beta();",
  "gamma();",
  "delta(1, 2, 3);",
  "}",
  "",
  "  epsilon();",
  "const zeta = `a line that is long enough to be telling`;",
);
const lines = fc.array(line, { maxLength: 12 });
const change: fc.Arbitrary<DiffFile> = fc.tuple(lines, lines).map(([base, head]) => diffOf("a.ts", text(...base), text(...head)));
const telling = (value: string): boolean => /[\p{L}\p{N}]/u.test(value) && value.trim().length > 3;

test("new lines are added lines, in order, each once", () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 4 }), (files) => {
      newLines(files).forEach((numbers, index) => {
        const added = files[index]?.hunks.flatMap((hunk) => hunk.lines.filter((one) => one.op === "+").map((one) => one.line)) ?? [];
        expect(added.filter((number) => numbers.includes(number))).toEqual(numbers);
      });
    }),
  );
});

test("no more telling lines are explained than were deleted, text by text", () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 4 }), (files) => {
      const fresh = newLines(files);
      const budget = new Map<string, number>();
      const all = files.flatMap((file, index) => file.hunks.flatMap((hunk) => hunk.lines.map((one) => ({ ...one, index, text: one.text.trim() }))));
      for (const one of all) if (one.op === "-") budget.set(one.text, (budget.get(one.text) ?? 0) + 1);
      for (const one of all) {
        if (one.op !== "+" || !telling(one.text) || fresh[one.index]?.includes(one.line)) continue;
        budget.set(one.text, (budget.get(one.text) ?? 0) - 1);
      }
      expect([...budget.values()].every((left) => left >= 0)).toBe(true);
    }),
  );
});

test("moving a whole file's lines elsewhere makes nothing new", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.stringMatching(/^[a-z]{5,12}\(\);$/), { minLength: 3, maxLength: 20 }), (body) => {
      expect(newLines([diffOf("a.ts", text(...body), undefined), diffOf("b.ts", undefined, text(...body))])).toEqual([[], []]);
    }),
  );
});

test("purely added code is new throughout", () => {
  fc.assert(
    fc.property(lines, (body) => {
      expect(newLines([diffOf("a.ts", undefined, text(...body))])[0]).toHaveLength(body.length);
    }),
  );
});

test("a hundred thousand repeated lines are paired in linear time", () => {
  const repeated = (op: "+" | "-") => Array.from({ length: 100_000 }, (_, index) => ({ op, text: "same line again", line: index + 1 }));
  const hunk = { baseStart: 1, baseCount: 100_000, headStart: 1, headCount: 100_000, heading: "" };
  const file = diffOf("a.ts", "", "");
  const started = cpuMs();
  const [, fresh = []] = newLines([
    { ...file, hunks: [{ ...hunk, lines: repeated("-") }] },
    { ...file, hunks: [{ ...hunk, lines: repeated("+") }] },
  ]);
  expect(fresh).toEqual([]);
  expect(cpuMs() - started).toBeLessThan(3_000);
});
