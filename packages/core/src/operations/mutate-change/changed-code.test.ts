import fc from "fast-check";
import { expect, test } from "vitest";
import type { ChangedFile } from "#change";
import { changedCode, spansOf } from "./changed-code.ts";

const file = (path: string, more: Partial<ChangedFile> = {}): ChangedFile => ({ path, status: "modified", kind: "source", behaviour: true, newLines: [3, 4, 9], ...more }) as ChangedFile;

test("lines that follow each other are one span", () => expect(spansOf([9, 3, 4])).toEqual([{ from: 3, to: 4 }, { from: 9, to: 9 }]));

test("every line is in exactly one span, and no other is", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 60 })), (lines) => {
      const covered = spansOf(lines).flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, at) => from + at));
      expect(covered).toEqual([...lines].sort((a, b) => a - b));
    }),
  );
});

test.each(["src/a.ts", "lib/a.mjs", "src/View.tsx", "src/a.py"])("%s can be broken", (path) => expect([...changedCode([file(path)]).keys()]).toEqual([path]));

test.each([file("src/a.d.ts"), file("vite.config.ts"), file("src/a.css"), file("src/a.rb"), file("setup.py"), file("src/a.ts", { status: "deleted" }), file("src/a.ts", { kind: "test" }), file("src/a.ts", { kind: "generated" }), file("src/a.ts", { behaviour: false }), file("src/a.ts", { newLines: [] })])(
  "$path ($kind, $status) can not",
  (one) => expect(changedCode([one]).size).toBe(0),
);
