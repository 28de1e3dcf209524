import { expect, it } from "vitest";
import type { Mutant, Unit } from "#change";
import { hotUnits } from "./enough.ts";

const unit = (name: string, line: number, endLine: number, file = "src/a.js"): Unit => ({ file, name, line, endLine, words: new Set<string>(), mutants: [] });
const noticed = (line: number, name: string) => ({ mutant: { file: "src/a.js", line } as unknown as Mutant, by: { file: "t.js", suite: ["fees"], name } });

it("is hot where the suspected test noticed a fault, the smallest function first", () => {
  const units = [unit("named", 1, 5), unit("outer", 10, 30), unit("inner", 12, 14), unit("other", 12, 14, "src/b.js")];
  expect(hotUnits(units, [{ title: "fees › adds" }], [noticed(13, "adds"), noticed(2, "takes away")]).map(({ name }) => name)).toEqual(["inner", "outer"]);
  expect(hotUnits(units, [{ title: "fees › adds" }], [])).toEqual([]);
});
