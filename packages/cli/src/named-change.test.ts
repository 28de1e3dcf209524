import { describe, expect, it } from "vitest";
import { readNamedChange } from "./named-change.ts";

describe("a change named by one word", () => {
  it.each([
    ["4f2a91c", "4f2a91c^", "4f2a91c"],
    ["HEAD~3", "HEAD~3^", "HEAD~3"],
    ["main..topic", "main", "topic"],
    ["main...topic", "main", "topic"],
    ["main..", "main", "HEAD"],
    ["..topic", "HEAD", "topic"],
    ["v1.2.0..v1.3.0", "v1.2.0", "v1.3.0"],
    ["index", "HEAD", "index"],
    ["worktree", "HEAD", "worktree"],
    ["v1.2.0", "v1.2.0^", "v1.2.0"],
  ])("%s is from %s to %s", (word, before, after) => {
    expect(readNamedChange(word, {}, ["base"])).toEqual({ before, after });
  });

  it("is none when nothing was typed", () => {
    expect(readNamedChange(undefined, { base: "main" }, ["base"])).toBeUndefined();
  });

  it("contradicts a flag that says the same thing", () => {
    expect(() => readNamedChange("HEAD", { base: "main" }, ["base", "head"])).toThrow(/HEAD and --base/);
  });
});
