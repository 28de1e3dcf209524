import { expect, test } from "vitest";
import { joinResults } from "./join-results.ts";

const uuid = (n: number): string => `1111111${n}-0000-4000-8000-000000000000`;
const file = (path: string, text: string, modifiedAt = 5) => ({ path, bytes: Buffer.from(text), modifiedAt });
const texts = (files: ReturnType<typeof joinResults>): unknown => files.map(({ path, bytes }) => [path, Buffer.from(bytes).toString("utf8")]);

test("results of one folder are one report, as old as the oldest; folders stay apart", () => {
  const joined = joinResults([file(`a/${uuid(1)}-result.json`, '{"x":1}', 7), file(`a/${uuid(2)}-result.json`, '{\n"x": 2 }\n', 3), file(`b/${uuid(1)}-result.json`, "{}"), file("junit.xml", "<a/>")]);
  expect(joined.map(({ path, modifiedAt }) => [path, modifiedAt])).toEqual([["a/*-result.json", 3], ["b/*-result.json", 5], ["junit.xml", 5]]);
  expect(JSON.parse(Buffer.from(joined[0]?.bytes ?? []).toString("utf8"))).toEqual([{ x: 1 }, { x: 2 }]);
});

test("a result that is cut off stays alone, so that its error names it", () => {
  const cut = file(`a/${uuid(1)}-result.json`, '{"x":');
  expect(texts(joinResults([cut, file(`a/${uuid(2)}-result.json`, "{}")]))).toEqual([["a/*-result.json", "[\n{}\n]\n"], [cut.path, '{"x":']]);
});

test("containers, categories and attachments beside results are left out; alone they are read, and refused, as what they are", () => {
  const beside = [file(`a/${uuid(3)}-container.json`, "{}"), file("a/categories.json", "[]"), file("a/executor.json", "{}")];
  expect(joinResults([...beside, file(`a/${uuid(1)}-result.json`, "{}")]).map(({ path }) => path)).toEqual(["a/*-result.json"]);
  expect(joinResults(beside)).toEqual(beside);
});

test("a file that only ends like one is left as it is", () => {
  const files = [file("reports/unit-result.json", "{}"), file("coverage.json", "{}")];
  expect(joinResults(files)).toEqual(files);
});
