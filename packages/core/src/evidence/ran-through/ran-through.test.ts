import fc from "fast-check";
import { expect, test } from "vitest";
import { measuredTies, type ChangedSource } from "./measured-ties.ts";
import { packRan, unpackRan } from "./pack-ran.ts";
import { mergeRan, MOST_FUNCTIONS, recordsOf, TOO_MANY, type RanRecord } from "./ran-through.ts";

const record = (name: string, functions: readonly string[], more: Partial<RanRecord["files"][number]> = {}): RanRecord => ({ test: name, blob: `${name}@1`, files: [{ path: "src/a.ts", blob: "a1", functions, ...more }] });
const changed = (...symbols: string[]): ChangedSource => ({ path: "src/a.ts", before: { path: "src/a.ts", blob: "a1" }, symbols });
const ties = (change: readonly ChangedSource[], records: readonly RanRecord[]) => {
  const { loaded, ran } = measuredTies(change, records, (path) => `${path}@1`);
  return { loaded: loaded.get("src/a.ts") ?? [], ran: Object.fromEntries(ran) };
};

test("who ran the touched function comes first, who ran others of the file last", () => {
  expect(ties([changed("price")], [record("one", ["price"]), record("two", ["fee"])])).toEqual({ loaded: ["one", "two"], ran: { one: "through", two: "past" } });
});

test("where nobody can tell, nothing is said: other contents, a name nobody ran, code outside of any function, too many names", () => {
  const both = [record("one", ["price"]), record("two", ["fee"])];
  expect(ties([changed("price")], [record("one", ["price"], { blob: "a0" })])).toEqual({ loaded: ["one"], ran: {} });
  expect(ties([changed("renamed")], both).ran).toEqual({});
  expect(ties([changed()], both).ran).toEqual({});
  expect(ties([changed("price")], [record("one", ["price"]), record("two", [TOO_MANY])]).ran).toEqual({ one: "through" });
});

test("a test that never loaded a changed file ran past it, unless it changed since", () => {
  const far: RanRecord = { test: "far", blob: "far@1", files: [{ path: "src/b.ts", blob: "b1", functions: [] }] };
  expect(ties([changed("price")], [far]).ran).toEqual({ far: "past" });
  expect(ties([changed("price")], [{ ...far, blob: "far@0" }]).ran).toEqual({});
});

test("records are bound to contents, and a test measured again has one record", () => {
  const blobs = new Map([["a.test.ts", "t1"], ["src/a.ts", "a1"]]); // prettier-ignore
  const seen = [{ test: "a.test.ts", files: [{ path: "src/a.ts", functions: ["x"] }, { path: "dist/gone.js", functions: [] }, { path: "a.test.ts", functions: [] }] }, { test: "not-tracked.test.ts", files: [] }];
  expect(recordsOf(seen, blobs)).toEqual([{ test: "a.test.ts", blob: "t1", files: [{ path: "src/a.ts", blob: "a1", functions: ["x"] }] }]);
  const many = [{ test: "a.test.ts", files: [{ path: "src/a.ts", functions: Array.from({ length: MOST_FUNCTIONS + 1 }, (_, n) => `f${n}`) }] }];
  expect(recordsOf(many, blobs)[0]?.files[0]?.functions).toEqual([TOO_MANY]);
  expect(mergeRan([record("one", ["old"]), record("two", [])], [record("one", ["new"])])).toEqual([record("one", ["new"]), record("two", [])]);
});

const anyRecord = fc.record({
  test: fc.string({ minLength: 1 }),
  blob: fc.string({ minLength: 1 }),
  files: fc.array(fc.record({ path: fc.string({ minLength: 1 }), blob: fc.string({ minLength: 1 }), functions: fc.array(fc.string(), { maxLength: 4 }) }), { maxLength: 4 }),
});

test("what was packed is read back the same, and anything else is no record and no error", () => {
  fc.assert(fc.property(fc.array(anyRecord, { maxLength: 8 }), (records) => void expect(unpackRan(packRan(records))).toEqual(records)));
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => void expect(unpackRan(text)).toEqual([])));
  expect(unpackRan('{"schema":"proofline/ran-through/1","words":["a"],"tests":[[0,0,7,8,9]],"lists":[]}')).toEqual([{ test: "a", blob: "a", files: [] }]);
});
