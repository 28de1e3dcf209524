import { expect, test } from "vitest";
import { functionsOf } from "./functions-of.ts";

const spans = (path: string, ...lines: string[]): readonly string[] => functionsOf(path, lines.join("\n")).map(({ name, line, endLine }) => `${name} ${line}-${endLine}`);

test("functions and methods with the lines that are their own; what follows them at top level is in none", () => {
  expect(spans("a.ts", "export function one() {", "  return 1;", "}", "", "const x = one();", "class Two {", "  run() {", "    x();", "  }", "}")).toEqual(["one 1-3", "Two 6-10", "run 7-9"]);
  expect(spans("a.py", "def one():", "    return 1", "", "x = 1", "class Two:", "    def run(self):", "        pass")).toEqual(["one 1-2", "Two 5-7", "run 6-7"]);
});

test("signatures over several lines stay with their function", () => {
  expect(spans("a.ts", "export function one(", "  a: number,", "): number {", "  return a;", "}")).toEqual(["one 1-5"]);
  expect(spans("a.ts", "")).toEqual([]);
});
