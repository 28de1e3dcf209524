import * as fc from "fast-check";
import { expect, test } from "vitest";
import { kindsOf, judgeFiles } from "./judge-files.ts";

const word = fc.constantFrom("sum", "total", "tax", "price", "list", "name", "cart", "user", "rate", "date");
const value = fc.oneof(fc.integer({ min: 0, max: 999 }).map(String), word.map((text) => `"${text}"`), fc.constant("{ a: 1, b: [2] }"));
const matcher = fc.constantFrom("toBe", "toEqual", "toStrictEqual", "toContain", "toMatchObject", "not.toBe");
const assertion = fc.tuple(word, fc.integer({ min: 0, max: 99 }), matcher, value).map(([name, at, how, expected]) => `expect(${name}(${at})).${how}(${expected});`);
/** Statements of a test that is never empty. */
const body = fc.array(assertion, { minLength: 1, maxLength: 5 });
const suite = fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 10_000 }), body), { minLength: 1, maxLength: 6, selector: ([id]) => id });

type Suite = readonly (readonly [number, readonly string[]])[];
const print = (tests: Suite, name = (id: number): string => `case ${id}`): string => `import { expect, it } from "vitest";\n${tests.map(([id, statements]) => `it("${name(id)}", () => { ${statements.join(" ")} });`).join("\n")}\n`;

const judged = async (before: string, after: string): Promise<readonly string[]> => kindsOf(await judgeFiles({ "test/a.test.ts": before }, { "test/a.test.ts": after }));

test("a file compared with a formatted copy of itself says nothing", () =>
  fc.assert(
    fc.asyncProperty(suite, async (tests) => {
      const formatted = print(tests).replaceAll("; ", ";\n  ").replaceAll('"', "'").replaceAll("(() => {", "(()=>{").replaceAll(", ", ",\n    ");
      expect(await judged(print(tests), formatted)).toEqual([]);
    }),
    { numRuns: 60 },
  ));

test("tests in another order, in a suite, or under other names say nothing", () =>
  fc.assert(
    fc.asyncProperty(suite, fc.constantFrom("turned", "suite", "renamed"), async (tests, how) => {
      const after = how === "turned" ? print([...tests].reverse()) : how === "suite" ? `describe("all", () => {\n${print(tests)}});\n`.replace(/import.*\n/, "") : print(tests, (id) => `what used to be ${id}`);
      expect(await judged(print(tests), after)).toEqual([]);
    }),
    { numRuns: 60 },
  ));

test("whatever test is skipped, and whatever check is taken from a test, it is seen", () =>
  fc.assert(
    fc.asyncProperty(suite, fc.nat(), async (tests, pick) => {
      const [id, statements] = tests[pick % tests.length] as Suite[number];
      expect(await judged(print(tests), print(tests).replace(`it("case ${id}"`, `it.skip("case ${id}"`))).toEqual(["block test-skipped"]);
      const added = "expect(onlyHere(1)).toBe(12345);";
      const more = tests.map(([other, own]) => [other, other === id ? [...own, added] : own] as const);
      expect(await judged(print(more), print(tests))).toEqual(["ask assertion-removed"]);
      expect(statements.length).toBeGreaterThan(0);
    }),
    { numRuns: 40 },
  ));
