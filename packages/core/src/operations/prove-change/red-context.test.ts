import { expect, it } from "vitest";
import type { Change } from "#change";
import { redContext } from "./red-context.ts";

it.each([
  ['it("rounds", () => {', true],
  ['it.skipIf(process.platform === "win32")("rounds", () => {', true],
  ['test("rounds", { skip: !process.env.DATABASE }, () => {', true],
  ['test("rounds", (t) => { if (process.platform === "win32") t.skip(); });', true],
  ['test.concurrent.skip("rounds", () => {', false],
  ['  it.skip("rounds", () => {', false],
  ['test.todo("rounds");', false],
  ['xit("rounds", () => {', false],
  ['it("floors", () => {', false],
])("a change that writes %s brings a test “rounds” that may run somewhere: %s", async (text, brings) => {
  const change = { mergeBaseTree: "base", headTree: "head", files: [{ path: "a.test.js", status: "modified", kind: "test", hunks: [{ lines: [{ op: "+", text }] }] }] } as unknown as Change;
  const context = await redContext(change, ["a.test.js"], { readFiles: () => Promise.resolve(new Map()) });
  expect(context.brings?.({ file: "a.test.js", suite: [], name: "rounds" })).toBe(brings);
});
