import { describe, expect, test } from "vitest";
import type { Change } from "#change";
import { noLinkMemory } from "./trace-ports.ts";
import { traceChange } from "./trace-change.ts";

const change = (...files: readonly { readonly path: string; readonly kind: string; readonly status?: string; readonly line?: string }[]): Change =>
  ({ headTree: "head", mergeBaseTree: "base", files: files.map(({ path, kind, status = "modified", line = "x" }) => ({ path, kind, status, hunks: [{ lines: [{ op: "+", text: line, line: 1 }] }] })) }) as unknown as Change;

/** A repository that can't be looked at: whoever does fails. */
const untouched = { repository: { listFiles: () => Promise.reject(new Error("listed")), readBlobs: () => Promise.reject(new Error("read")) }, links: noLinkMemory, readers: () => Promise.reject(new Error("loaded")) };

describe("a change that concerns no story", () => {
  test("is not looked into: nothing is loaded, listed or read", async () => {
    expect(await traceChange(change({ path: "src/a.ts", kind: "source", line: "ST-cart#AC-1" }, { path: "test/a.test.ts", kind: "test" }, { path: "proofline/stories/drafts/x.md", kind: "docs" }), untouched)).toEqual([]);
  });

  test.each([
    ["a story", { path: "proofline/stories/ST-cart.md", kind: "docs" }],
    ["a line of a test that names one", { path: "test/a.test.ts", kind: "test", line: "// @verifies ST-cart#AC-1" }],
    ["a test file that is gone", { path: "test/a.test.ts", kind: "test", status: "deleted" }],
  ])("%s makes it look", async (_, file) => {
    await expect(traceChange(change(file), untouched)).rejects.toThrow("loaded");
  });
});
