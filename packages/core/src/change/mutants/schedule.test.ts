import { expect, test } from "vitest";
import type { Mutant, MutantKind, Unit } from "./mutant.ts";
import { nextMutant, rankUnits, type Tried } from "./schedule.ts";

const mutant = (unit: string, kind: MutantKind, start: number): Mutant => ({ file: "src/a.js", line: 1, endLine: 1, start, end: start, before: "", after: "", kind, unit, says: "" });
const unit = (name: string, kinds: readonly MutantKind[], words: readonly string[] = []): Unit => ({ file: "src/a.js", name, line: 1, endLine: 9, words: new Set(words), mutants: kinds.map((kind, at) => mutant(name, kind, at)) });
const reach = new Map([["src/a.js", 1]]);

/** Goes through a schedule with a test that notices what `looks` says. */
function walk(units: readonly Unit[], looks: (mutant: Mutant) => boolean, most: number): readonly Tried[] {
  const tried: Tried[] = [];
  for (let next = nextMutant(units, tried); next !== undefined && tried.length < most; next = nextMutant(units, tried)) tried.push({ mutant: next, noticed: looks(next) });
  return tried;
}

test("what a test names comes first, then what that calls", () => {
  const units = [unit("other", ["value"]), unit("helper", ["value"]), unit("price", ["value"], ["helper"])];
  expect(rankUnits(units, { words: new Set(["price"]), reach }).map(({ name }) => name)).toEqual(["price", "helper", "other"]);
});

test("a function in which a fault was noticed is gone through; one in which neither is noticed is left", () => {
  const units = [unit("silent", ["value", "literal", "throws", "call"]), unit("seen", ["value", "comparison", "literal", "throws"])];
  const tried = walk(units, ({ unit: name }) => name === "seen", 99);
  expect(tried.filter(({ mutant: { unit: name } }) => name === "seen")).toHaveLength(4);
  expect(tried.filter(({ mutant: { unit: name } }) => name === "silent").map(({ mutant: { kind } }) => kind)).toEqual(["value", "throws"]);
});

test("nothing is tried twice, and there is an end", () => {
  const units = Array.from({ length: 30 }, (_, at) => unit(`f${at}`, ["value", "literal", "throws"]));
  const tried = walk(units, ({ start }) => start === 0, 1000);
  expect(new Set(tried.map((one) => one.mutant)).size).toBe(tried.length);
  expect(tried.length).toBeLessThan(90);
});
