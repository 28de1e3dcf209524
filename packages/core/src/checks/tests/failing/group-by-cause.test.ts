import { expect, test } from "vitest";
import { groupByCause, type RedTest } from "./group-by-cause.ts";

const red = (key: string, failure: Partial<RedTest["failure"]>): RedTest => ({ key, title: key, source: "ran", failure: { kind: "error", message: "boom", ...failure } });
const keys = (tests: readonly RedTest[]): string[][] => groupByCause(tests).map((group) => group.map((test) => test.key));

test("tests that break for one missing module are one cause", () => {
  expect(keys([red("a", { kind: "load", missing: "./gone", message: "Cannot find ./gone from a" }), red("b", { kind: "load", missing: "./gone", message: "Cannot find ./gone from b" })])).toEqual([["a", "b"]]);
});

test("numbers and addresses do not make two causes of one", () => {
  expect(keys([red("a", { message: "timeout after 5003 ms at 0x7f01" }), red("b", { message: "timeout after 5011 ms at 0x9e22" })])).toEqual([["a", "b"]]);
});

test("two assertions with the same words at different places are two causes", () => {
  const at = (line: number): Partial<RedTest["failure"]> => ({ kind: "assertion", message: "expected false to be true", place: { file: "a.test.ts", line } });
  expect(keys([red("a", at(3)), red("b", at(9)), red("c", at(3))])).toEqual([["a", "c"], ["b"]]);
});

test("assertions without a place are never merged", () => {
  expect(keys([red("a", { kind: "assertion" }), red("b", { kind: "assertion" })])).toEqual([["a"], ["b"]]);
});
