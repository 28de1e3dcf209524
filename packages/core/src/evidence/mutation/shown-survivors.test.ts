import fc from "fast-check";
import { expect, test } from "vitest";
import type { JudgedMutant, MutantFate } from "./mutation.ts";
import { shownSurvivors } from "./shown-survivors.ts";

const judged = (line: number, kind: JudgedMutant["mutant"]["kind"], fate: MutantFate = "survived", file = "a.ts"): JudgedMutant => ({
  mutant: { file, line, endLine: line, start: 0, end: 1, before: "a", after: "b", kind, unit: "", says: kind },
  fate,
  reachedBy: [],
  reaching: 0,
});

test("of one line the most telling survivor is shown", () => {
  expect(shownSurvivors([judged(1, "literal"), judged(1, "comparison"), judged(1, "gone")]).map(({ mutant }) => mutant.kind)).toEqual(["comparison"]);
});

test("files and lines come in order, and nothing but survivors", () => {
  const shown = shownSurvivors([judged(9, "literal"), judged(2, "logic"), judged(1, "logic", "killed"), judged(3, "logic", "unknown"), judged(1, "gone", "survived", "0.ts")]);
  expect(shown.map(({ mutant }) => `${mutant.file}:${mutant.line}`)).toEqual(["0.ts:1", "a.ts:2", "a.ts:9"]);
});

test("at most one a line, and one for each line that has any", () => {
  const any = fc.record({ line: fc.integer({ min: 1, max: 6 }), kind: fc.constantFrom("comparison" as const, "literal" as const, "gone" as const), fate: fc.constantFrom("survived" as const, "killed" as const, "unknown" as const) });
  fc.assert(
    fc.property(fc.array(any), (rows) => {
      const mutants = rows.map(({ line, kind, fate }) => judged(line, kind, fate));
      const lines = shownSurvivors(mutants).map(({ mutant }) => mutant.line);
      expect(lines).toEqual([...new Set(rows.filter(({ fate }) => fate === "survived").map(({ line }) => line))].sort((a, b) => a - b));
    }),
  );
});
