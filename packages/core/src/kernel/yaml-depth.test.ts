import { expect, test } from "vitest";
import { yamlTooDeep } from "./yaml-depth.ts";

test.each([
  ["brackets", "a: " + "[".repeat(60)],
  ["dashes on one line", "- ".repeat(32_000)],
  ["indented dashes", `a:\n  ${"- ".repeat(60)}`],
  ["explicit keys", "? ".repeat(60)],
  ["indentation", `a:\n${" ".repeat(500)}b: 1`],
])("%s beyond any honest file are seen before a parser is", (_, text) => expect(yamlTooDeep(text)).toBe(true));

test("an ordinary file passes, also one with many short lists", () => {
  expect(yamlTooDeep("areas:\n  - { name: a, paths: [b, c] }\n".repeat(500))).toBe(false);
});
