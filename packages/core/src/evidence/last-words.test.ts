import { expect, test } from "vitest";
import { lastWords } from "./last-words.ts";

test("the words of a failed start are its error, not the heading drawn over it", () => {
  const output = "\u001b[31m⎯⎯⎯⎯⎯⎯⎯ Startup Error ⎯⎯⎯⎯⎯⎯⎯⎯\u001b[0m\nError: Cannot find package 'vite-plugin-x'\n    at resolve\n";
  expect(lastWords(output)).toBe("Error: Cannot find package 'vite-plugin-x'");
});

test("without an error it is the last line, and nothing is said to be nothing", () => {
  expect(lastWords("one\ntwo\n")).toBe("two");
  expect(lastWords("-----\n")).toBe("it printed nothing");
  expect(lastWords("")).toBe("it printed nothing");
});
