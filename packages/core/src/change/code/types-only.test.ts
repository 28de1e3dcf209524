import { expect, test } from "vitest";
import { isTypesOnly } from "./types-only.ts";

const TYPES = `import type { A } from "./a";
import { B } from "./b";

/** What goes in. */
export type Input = Record<string, any>;
export type Merge<T> = T extends Input
  ? T
  : Omit<T, keyof A> & {
      [Key in keyof T]: B;
    };
// one more
export interface Options<
  T,
> {
  readonly name?: string;
  run(): void;
}
declare module "x" {
  const y: number;
}
export type { A };
`;

test("a file of types alone runs nothing", () => {
  expect(isTypesOnly("src/types.ts", TYPES)).toBe(true);
});

test.each([
  ["a constant", "export const a = 1;\n"],
  ["an enum", "export enum Kind {\n  a,\n}\n"],
  ["a function", "export function run(): void {}\n"],
  ["a call", "start();\n"],
  ["a loaded module", 'import("./b.js");\n'],
  ["what others export", 'export { a } from "./a";\n'],
  ["a class", "class A {}\n"],
])("%s beside them runs", (_, code) => {
  expect(isTypesOnly("src/types.ts", TYPES + code)).toBe(false);
});

test("nothing is said of other languages, nor of a file with imports alone", () => {
  expect(isTypesOnly("src/types.js", "export type A = 1;\n")).toBe(false);
  expect(isTypesOnly("src/all.ts", 'import "./a";\n')).toBe(false);
});
