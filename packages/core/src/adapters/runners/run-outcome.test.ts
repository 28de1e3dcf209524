import { expect, test } from "vitest";
import type { LaunchResult } from "./launch.ts";
import { lastWords } from "./run-outcome.ts";

const ended = (output: string): LaunchResult => ({ code: 1, ended: "exit", output, tookMs: 1, leftRunning: 0 });

test("the words of a failed start are its error, not the heading drawn over it", () => {
  const output = "\u001b[31m⎯⎯⎯⎯⎯⎯⎯ Startup Error ⎯⎯⎯⎯⎯⎯⎯⎯\u001b[0m\nError: Cannot find package 'vite-plugin-x'\n    at resolve\n";
  expect(lastWords(ended(output))).toBe("Error: Cannot find package 'vite-plugin-x'");
});

test("without an error it is the last line, and nothing is said to be nothing", () => {
  expect(lastWords(ended("one\ntwo\n"))).toBe("two");
  expect(lastWords(ended("-----\n"))).toBe("it printed nothing");
  expect(lastWords(undefined)).toBe("it printed nothing");
});
