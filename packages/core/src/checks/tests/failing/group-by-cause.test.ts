import fc from "fast-check";
import { expect, test } from "vitest";
import { groupByCause, groupByFile, type RedTest } from "./group-by-cause.ts";

const red = (key: string, failure: Partial<RedTest["failure"]>): RedTest => ({ key, title: key, source: "ran", failure: { kind: "error", message: "boom", ...failure } });
const keys = (tests: readonly RedTest[]): string[][] => groupByCause(tests).map((group) => group.map((test) => test.key));

test("tests that break for one missing module are one cause", () => {
  expect(keys([red("a", { kind: "load", missing: "./gone", message: "Cannot find ./gone from a" }), red("b", { kind: "load", missing: "./gone", message: "Cannot find ./gone from b" })])).toEqual([["a", "b"]]);
});

test("numbers and addresses do not make two causes of one", () => {
  expect(keys([red("a", { message: "timeout after 5003 ms at 0x7f01" }), red("b", { message: "timeout after 5011 ms at 0x9e22" })])).toEqual([["a", "b"]]);
});

const claim = (file: string, line: number, message = "expected 500 to be 200"): Partial<RedTest["failure"]> => ({ kind: "assertion", message, place: { file, line } });

test("assertions of one file that say the same are one cause, wherever they stand in it", () => {
  expect(keys([red("a", claim("a.test.ts", 3)), red("b", claim("a.test.ts", 9)), red("c", claim("a.test.ts", 3))])).toEqual([["a", "b", "c"]]);
});

test("assertions that say the same in two files, or something else in one, are two causes", () => {
  expect(keys([red("a", claim("a.test.ts", 3)), red("b", claim("b.test.ts", 9))])).toEqual([["a"], ["b"]]);
  expect(keys([red("a", claim("a.test.ts", 3)), red("b", claim("a.test.ts", 9, "expected 404 to be 200"))])).toEqual([["a"], ["b"]]);
});

test("one assertion met by several rows is one cause, whatever each row saw", () => {
  expect(keys([red("a", claim("a.test.ts", 3)), red("b", claim("a.test.ts", 3, "expected 404 to be 200"))])).toEqual([["a", "b"]]);
});

test("how long it took and where it lay in memory make no second cause of an assertion", () => {
  expect(keys([red("a", claim("a.test.ts", 3, "took 12 ms at 0x7f01")), red("b", claim("a.test.ts", 9, "took 31.5 ms at 0x9e22"))])).toEqual([["a", "b"]]);
});

test("what one line of source throws is one cause, in any file and with any words; another line is another", () => {
  const thrown = (line: number, message: string): Partial<RedTest["failure"]> => ({ message, thrownAt: { file: "src/parse.ts", line } });
  expect(keys([red("a", thrown(7, "bad token x")), red("b", thrown(9, "bad indent")), red("c", thrown(7, "bad token y"))])).toEqual([["a", "c"], ["b"]]);
});

test("assertions that a library of this repository throws are not one cause for that", () => {
  const thrown = (message: string): Partial<RedTest["failure"]> => ({ kind: "assertion", message, thrownAt: { file: "lib/assertion.js", line: 120 } });
  expect(keys([red("a", thrown("expected 1 to equal 2")), red("b", thrown("expected 3 to equal 4"))])).toEqual([["a"], ["b"]]);
});

test("a test that shares one sign with each of two groups makes them one, which stands where its first test stood", () => {
  expect(keys([red("a", claim("a.test.ts", 3)), red("x", { message: "other" }), red("b", claim("a.test.ts", 9, "y")), red("c", claim("a.test.ts", 9))])).toEqual([["a", "b", "c"], ["x"]]);
});

test("every test is in exactly one group, and no order of them changes who is together", () => {
  const some = fc.array(fc.record({ kind: fc.constantFrom("assertion" as const, "error" as const), message: fc.constantFrom("x", "y", "z"), line: fc.integer({ min: 1, max: 3 }), file: fc.constantFrom("a", "b") }), { maxLength: 12 });
  const sets = (tests: readonly RedTest[]): string[] => keys(tests).map((group) => [...group].sort().join()).sort();
  fc.assert(
    fc.property(some, (facts) => {
      const tests = facts.map(({ kind, message, line, file }, at) => red(`t${at}`, { kind, message, place: { file, line }, ...(line === 1 && { thrownAt: { file, line } }) }));
      expect(keys(tests).flat().sort()).toEqual(tests.map((one) => one.key).sort());
      expect(sets([...tests].reverse())).toEqual(sets(tests));
    }),
  );
});

test("assertions without a place are never merged", () => {
  expect(keys([red("a", { kind: "assertion" }), red("b", { kind: "assertion" })])).toEqual([["a"], ["b"]]);
});

const inFile = (key: string, line: number, file = "a.test.ts"): RedTest => ({ ...red(key, claim(file, line, `expected ${key} to be 200`)), file });

test("many causes in one file are one finding; a few stay apart, and so does what must", () => {
  const grouped = (tests: readonly RedTest[]): string[][] => groupByFile(groupByCause(tests), ({ failure }) => failure.kind).map((group) => group.map((test) => test.key));
  const four = [1, 2, 3, 4].map((line) => inFile(`t${line}`, line));
  expect(grouped(four.slice(0, 3))).toEqual([["t1"], ["t2"], ["t3"]]);
  expect(grouped([inFile("first", 1, "b.test.ts"), ...four, { ...red("port", { kind: "environment", message: "EADDRINUSE" }), file: "a.test.ts" }])).toEqual([["first"], ["t1", "t2", "t3", "t4"], ["port"]]);
  expect(grouped([1, 2, 3, 4].map((line) => red(`u${line}`, claim("a.test.ts", line, `expected ${line} to be 200`))))).toHaveLength(4);
});

test("putting together by file loses no test and says each once", () => {
  const tests = fc.array(fc.tuple(fc.nat(3), fc.nat(9)), { maxLength: 40 }).map((picks) => picks.map(([file, line], at) => inFile(`k${at}`, line, `${file}.test.ts`)));
  fc.assert(
    fc.property(tests, (some) => {
      expect(groupByFile(groupByCause(some), () => 0).flat().map((test) => test.key).sort()).toEqual(some.map((test) => test.key).sort());
    }),
  );
});
