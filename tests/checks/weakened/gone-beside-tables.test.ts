import { describe, expect, test } from "vitest";
import { alarmsOf, judgeFiles } from "./judge-files.ts";

const OPENING = 'import { expect, it } from "vitest";\nimport { total } from "../src/cart";\n\n';
const said = async (before: string, after: string): Promise<readonly string[]> => alarmsOf(await judgeFiles({ "test/cart.test.ts": OPENING + before }, { "test/cart.test.ts": OPENING + after }));

const table = (...rows: readonly string[]): string => `const odd = [${rows.join(", ")}];\nfor (const value of odd) {\n  it(\`takes \${value} for nothing\`, () => {\n    expect(total([value], 1)).toBe(value);\n  });\n}\n`;
const guards = 'it("keeps the prototype as it is", () => {\n  total(JSON.parse("{}"), 1);\n  expect({}.isAdmin).toBe(undefined);\n});\n';

describe("a test that goes beside a table", () => {
  test("is missed, though the table had its value all along", async () => expect(await said(table("null", "false", "undefined") + guards, table("null", "false", "undefined"))).toEqual(["ask test-removed"]));
  test("is not missed where it became a row of it", async () => expect(await said(table("null", "false") + 'it("takes undefined for nothing", () => {\n  expect(total([undefined], 1)).toBe(undefined);\n});\n', table("null", "false", "undefined"))).toEqual([]));
});

describe("a test that goes beside one with nearly its title", () => {
  const one = (which: string, call: string): string => `it("${which} argument: nothing that could be added", () => {\n  expect(${call}).toBe(undefined);\n});\n`;
  test("is missed where it checked something else", async () => expect(await said(one("first", "total(null, 1)") + one("second", "total(1, null)"), one("first", "total(null, 1)"))).toEqual(["ask test-removed"]));
  test("is not missed where the other checks the same", async () => expect(await said(one("first", "total(null, 1)") + one("first and only", "total(null, 1)"), one("first", "total(null, 1)"))).toEqual([]));
});

describe("a table that was emptied", () => {
  test("asks nothing any more", async () => expect(await said(table("null", "false", "undefined") + guards, table() + guards)).toEqual(["ask rows-removed"]));
  test("is not one that is made at run time now", async () => expect(await said(table("null", "false", "undefined") + guards, table("null").replace("[null]", "oddValues()") + guards)).toEqual([]));
});
