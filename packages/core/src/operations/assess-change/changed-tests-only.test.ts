import { expect, test } from "vitest";
import type { ChangedFile } from "#change";
import { diffOf } from "../../../../../tests/support/diff-of.ts";
import { changedTestsOnly } from "./changed-tests-only.ts";

const one = (name: string, wanted: number): string => `test("${name}", () => {\n  expect(a()).toBe(${wanted});\n});\n`;
const BASE = one("stays", 7);
const HEAD = one("stays", 7) + one("comes", 2);

const changed = (path: string, base: string, head: string, kind: ChangedFile["kind"] = "test"): ChangedFile => ({ ...diffOf(path, base, head), kind }) as unknown as ChangedFile;
const texts: Readonly<Record<string, readonly [string, string]>> = { "a.test.ts": [BASE, HEAD], "helper.test.ts": ["export const check = (x) => expect(x).toBe(1);\n", "export const check = (x) => expect(x).toBeTruthy();\n"] };
const textOf = (side: "base" | "head" | "target", path: string): string | undefined => texts[path]?.[side === "base" ? 0 : 1];
const file = changed("a.test.ts", BASE, HEAD);

test("unchanged tests of a changed file are left out, other files are as they are", () => {
  const cut = changedTestsOnly([file], textOf);
  expect(cut?.("head", "a.test.ts")).toContain("toBe(2)");
  expect(cut?.("head", "a.test.ts")). not.toContain("toBe(7)");
  expect(cut?.("base", "helper.test.ts")).toBeUndefined();
});

test("a file that lost more lines than it got is read whole at once", () => {
  const [base, head] = [BASE + one("goes", 1), BASE];
  expect(changedTestsOnly([changed("b.test.ts", base, head)], (side) => (side === "base" ? base : head))).toBeUndefined();
});

test("a file whose tests changed loses the others too", () => {
  const [base, head] = [BASE + one("changes", 1), BASE + one("changes", 2)];
  const cut = changedTestsOnly([changed("b.test.ts", base, head)], (side) => (side === "base" ? base : head));
  expect(cut?.("base", "b.test.ts")).toContain("toBe(1)");
  expect(cut?.("base", "b.test.ts")). not.toContain("toBe(7)");
});

test("nothing is left out where a helper or a stored snapshot changed too: what a test means may stand there", () => {
  const [base, head] = texts["helper.test.ts"] ?? ["", ""];
  expect(changedTestsOnly([file, changed("helper.test.ts", base, head)], textOf)).toBeUndefined();
  expect(changedTestsOnly([file, changed("__snapshots__/a.test.ts.snap", "1\n", "2\n", "snapshot")], textOf)).toBeUndefined();
  expect(changedTestsOnly([file, changed("src/a.ts", "1\n", "2\n", "source")], textOf)).toBeDefined();
});
