import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import type { CheckDefaults } from "#verdict";
import { configJsonSchema } from "./config-schema.ts";

const checks: readonly CheckDefaults[] = [
  { id: "change/size", effect: "note", gates: ["local"], options: { "max-lines": { type: "number", default: 400, says: "Lines." } } },
];
const schema = await configJsonSchema(checks);
const accepts = new Ajv2020({ strict: true, strictTypes: false, formats: { date: /^\d{4}-\d{2}-\d{2}$/ } }).compile(schema);

interface Node {
  readonly properties?: Readonly<Record<string, Node>>;
  readonly items?: Node;
  readonly anyOf?: readonly Node[];
  readonly description?: string;
}

function* keysOf(node: Node, path = ""): Generator<readonly [string, Node]> {
  for (const [key, child] of Object.entries(node.properties ?? {})) {
    yield [`${path}.${key}`, child];
    yield* keysOf(child, `${path}.${key}`);
  }
  if (node.items !== undefined) yield* keysOf(node.items, `${path}[]`);
  for (const arm of node.anyOf ?? []) yield* keysOf(arm, path);
}

test("every key is described, and named in kebab-case or by a check's id", () => {
  const keys = [...keysOf(schema)];
  expect(keys.length).toBeGreaterThan(40);
  expect(keys.filter(([, node]) => (node.description ?? "") === "").map(([path]) => path)).toEqual([]);
  expect(keys.map(([path]) => path.split(".").at(-1)?.replace("[]", "") ?? "").filter((key) => !/^[a-z]+(?:[-/][a-z]+)*$/.test(key))).toEqual([]);
});

test.each([
  [{}, true],
  [{ areas: [{ name: "a", paths: ["x"] }] }, true],
  [{ gates: { local: "warn", "pull-request": { mode: "enforce", from: "2026-12-01" } } }, true],
  [{ checks: { "change/size": { effect: "ask", options: { "max-lines": 3 } } } }, true],
  [{ budgets: { local: "5m", turn: 20 } }, true],
  [{ checks: { "change/sze": "ask" } }, false],
  [{ areas: [{ name: "a" }] }, false],
  [{ gates: { local: "off" } }, false],
  [{ unknown: 1 }, false],
])("an editor's validator says of %j: %s", (value, valid) => {
  expect(accepts(value)).toBe(valid);
});
