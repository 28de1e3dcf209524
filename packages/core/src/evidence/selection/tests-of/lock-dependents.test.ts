import fc from "fast-check";
import { expect, test } from "vitest";
import { lockDependents, withDependents } from "./lock-dependents.ts";

const users = (path: string, text: string, name: string): readonly string[] => [...withDependents([name], lockDependents(path, text) ?? new Map())].toSorted();

test.each([
  ["package-lock.json", JSON.stringify({ packages: { "": {}, "node_modules/a": { dependencies: { b: "1" } }, "node_modules/a/node_modules/b": { dependencies: { "@s/c": "1" } }, "node_modules/d": {} } })],
  ["package-lock.json", JSON.stringify({ dependencies: { a: { requires: { b: "1" }, dependencies: { b: { requires: { "@s/c": "1" } } } }, d: {} } })],
  ["pnpm-lock.yaml", "packages:\n\n  /a@1.0.0:\n    resolution: {integrity: x}\n    dependencies:\n      b: 1.0.0\n\n  /b@1.0.0(c@2):\n    dependencies:\n      '@s/c': 1.0.0\n    dev: true\n\n  /d@1.0.0:\n    dev: true\n"],
  ["pnpm-lock.yaml", "snapshots:\n\n  a@1.0.0:\n    dependencies:\n      b: 1.0.0\n\n  b@1.0.0:\n    dependencies:\n      '@s/c': 1.0.0\n\n  d@1.0.0: {}\n"],
  ["yarn.lock", 'a@^1.0.0:\n  version "1.0.0"\n  dependencies:\n    b "^1"\n\n"b@^1", b@^1.1:\n  version "1.0.0"\n  dependencies:\n    "@s/c" "1"\n\nd@1:\n  version "1"\n'],
  ["yarn.lock", '"a@npm:^1.0.0":\n  version: 1.0.0\n  dependencies:\n    b: "npm:^1"\n  languageName: node\n\n"b@npm:^1":\n  version: 1.0.0\n  dependencies:\n    "@s/c": "npm:1"\n'],
])("%s: who depends on a package, however far", (path, text) => {
  expect(users(path, text, "@s/c")).toEqual(["@s/c", "a", "b"]);
  expect(users(path, text, "a")).toEqual(["a"]);
});

test("what can't be read says nothing, and cycles end", () => {
  expect(lockDependents("bun.lockb", "\0")).toBeUndefined();
  expect(lockDependents("package-lock.json", "{")).toBeUndefined();
  expect(users("yarn.lock", "a@1:\n  dependencies:\n    b 1\nb@1:\n  dependencies:\n    a 1\n", "a")).toEqual(["a", "b"]);
  fc.assert(fc.property(fc.string(), fc.constantFrom("yarn.lock", "pnpm-lock.yaml", "package-lock.json"), (text, path) => void lockDependents(path, text)));
});
