import { expect, test } from "vitest";
import { isOwnWork, isSolo } from "./solo.ts";

const ada = { name: "Ada", email: "ada@example.com" };
const grace = { name: "Grace", email: "grace@example.com" };
const bot = { name: "dependabot[bot]", email: "49699333+dependabot[bot]@users.noreply.github.com" };

test("one human beside bots works alone; two do not; nobody does not", () => {
  expect([isSolo([ada, bot], []), isSolo([ada, grace], []), isSolo([bot], []), isSolo([], [])]).toEqual([true, false, false, false]);
  expect(isSolo([ada, { ...ada, email: "ada@work.example" }], [])).toBe(true);
});

test("a stranger's change is not the self's, however alone the self works", () => {
  expect(isOwnWork([ada], [], [ada])).toBe(true);
  expect(isOwnWork([ada], [], [ada, grace])).toBe(false);
  expect(isOwnWork([ada], [], [{ name: "somebody", email: "x@example.com" }])).toBe(false);
});
