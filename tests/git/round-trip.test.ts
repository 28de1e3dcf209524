import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openRepository } from "../../packages/core/src/adapters/git/index.ts";
import type { DiffFile, DiffLine } from "../../packages/core/src/change/index.ts";
import { makeRepo } from "../support/repo.ts";

interface Line {
  readonly text: string;
  readonly end: "\n" | "\r\n" | "";
}

const linesIn = (text: string): Line[] =>
  (text.match(/[^\n]*\n|[^\n]+$/g) ?? []).map((line) => ({
    text: line.replace(/\r?\n$/, ""),
    end: line.endsWith("\r\n") ? "\r\n" : line.endsWith("\n") ? "\n" : "",
  }));

const written = ({ text, crlf, noNewline }: DiffLine): Line => (noNewline ? { text: crlf ? `${text}\r` : text, end: "" } : { text, end: crlf ? "\r\n" : "\n" });

/** Head text by applying hunks to base text; checks that what is deleted was there. */
function apply(base: string, file: DiffFile): string {
  const before = linesIn(base);
  const after: Line[] = [];
  let read = 0;
  for (const hunk of file.hunks) {
    const until = hunk.baseCount === 0 ? hunk.baseStart : hunk.baseStart - 1;
    after.push(...before.slice(read, until));
    const removed = hunk.lines.filter((line) => line.op === "-");
    expect(removed.map(written)).toEqual(before.slice(until, until + hunk.baseCount));
    expect(removed.map((line) => line.line)).toEqual(removed.map((_, index) => hunk.baseStart + index));
    const added = hunk.lines.filter((line) => line.op === "+");
    expect(added.map((line) => line.line)).toEqual(added.map((_, index) => hunk.headStart + index));
    expect(after.length + 1).toBe(hunk.headCount === 0 ? hunk.headStart + 1 : hunk.headStart);
    after.push(...added.map(written));
    read = until + hunk.baseCount;
  }
  return [...after, ...before.slice(read)].map(({ text, end }) => text + end).join("");
}

const line = fc.constantFrom(
  "alpha",
  "beta",
  "",
  "}",
  "-- a/x",
  "++ b/x",
  "@@ -1 +1 @@",
  "diff --git a/x b/x",
  "\\ No newline at end of file",
  "größe 中",
  "\u2028",
  "\r",
  " ",
);
const text = fc
  .tuple(fc.array(fc.tuple(line, fc.constantFrom("\n", "\n", "\r\n")), { maxLength: 12 }), fc.option(line, { nil: "" }))
  .map(([lines, last]) => lines.map(([body, end]) => body + end).join("") + last);
const edits = fc.array(fc.tuple(text, text), { minLength: 30, maxLength: 60 });

describe("hunks", () => {
  it("applied to the base text give the head text, for any texts and line ends", async () => {
    const repo = makeRepo();
    const repository = await openRepository(repo.dir, { env: repo.env });
    await fc.assert(
      fc.asyncProperty(edits, async (pairs) => {
        repo.remove("f");
        const base = repo.commit("base", Object.fromEntries(pairs.map(([before], index) => [`f/${index}.txt`, before])));
        repo.commit("head", Object.fromEntries(pairs.map(([, after], index) => [`f/${index}.txt`, after])));
        const diff = await repository.diff(await repository.resolve({ base, head: { kind: "commit", rev: "HEAD" } }));
        expect(diff.gaps).toEqual([]);
        const byPath = new Map(diff.files.map((file) => [file.path, file]));
        for (const [index, [before, after]] of pairs.entries()) {
          const file = byPath.get(`f/${index}.txt`);
          expect(file ? apply(before, file) : before).toBe(after);
        }
      }),
      { numRuns: 8 },
    );
    await repository.close();
  });
});
