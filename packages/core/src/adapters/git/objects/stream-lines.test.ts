import fc from "fast-check";
import { expect, test } from "vitest";
import { makeRepo } from "../../../../../../tests/support/repo.ts";
import { sieveLines, streamLines } from "./stream-lines.ts";
import type { Wanted } from "./wanted-lines.ts";

const wanted: Wanted = { maybe: (text) => text.includes("KEY"), linesAfter: (line) => (line.includes("BEGIN") ? 3 : 0) };

const sifted = (chunks: readonly Buffer[]) => {
  const sieve = sieveLines(wanted);
  for (const chunk of chunks) sieve.take(chunk);
  return sieve.end();
};

test("a wanted line comes with its number and those round it, whatever the portions the bytes come in", () => {
  const word = fc.constantFrom("KEY", "a", "BEGIN KEY", "ü", "", "b\r");
  fc.assert(
    fc.property(fc.array(word, { maxLength: 60 }), fc.array(fc.integer({ min: 1, max: 20 })), (texts, cuts) => {
      const bytes = Buffer.from(texts.join("\n"));
      const chunks: Buffer[] = [];
      let at = 0;
      for (const cut of cuts) chunks.push(bytes.subarray(at, (at += cut)));
      const found = sifted([...chunks, bytes.subarray(at)]);
      // After the last line end there is no line.
      const all = (texts.at(-1) === "" ? texts.slice(0, -1) : texts).map((text) => text.replace(/\r$/, ""));
      for (const { line, text } of found) expect(text).toBe(all[line - 1]);
      expect(found.map(({ line }) => line)).toEqual([...new Set(found.map(({ line }) => line))].sort((a, b) => a - b));
      const numbers = new Set(found.map(({ line }) => line));
      all.forEach((text, index) => {
        if (text.includes("KEY")) expect(numbers.has(index + 1)).toBe(true);
        if (text.includes("BEGIN")) for (const after of [2, 3, 4]) if (index + after <= all.length) expect(numbers.has(index + after)).toBe(true);
      });
    }),
  );
});

test("a line of many megabytes is looked at in pieces that nothing falls between", () => {
  const sieve = sieveLines({ maybe: (text) => text.includes("NEEDLE"), linesAfter: () => 0 });
  const long = `${"x".repeat(64 * 1024 - 3)}NEEDLE${"y".repeat(5_000_000)}`;
  for (let at = 0; at < long.length; at += 65_536) sieve.take(Buffer.from(long.slice(at, at + 65_536)));
  const found = sieve.end();
  expect(found.length).toBeGreaterThan(0);
  expect(found.every(({ line, text }) => line === 1 && text.length <= 64 * 1024)).toBe(true);
  expect(found.some(({ text }) => text.includes("NEEDLE"))).toBe(true);
});

test("a blob is read to its end, a binary one is not read, one that is not there is said", async () => {
  const repo = makeRepo();
  repo.commit("One", { "a.sql": `${"insert;\n".repeat(700_000)}KEY\n`, "b.bin": Buffer.from("a\0KEY") });
  const call = { cwd: repo.dir, env: repo.env };
  const found = await streamLines(repo.id("HEAD:a.sql"), wanted, call);
  expect([found.whole, found.lines.at(-1)]).toEqual([true, { line: 700_001, text: "KEY" }]);
  expect(await streamLines(repo.id("HEAD:b.bin"), wanted, call)).toMatchObject({ binary: true, lines: [] });
  expect(await streamLines("f".repeat(40), wanted, call)).toMatchObject({ whole: false });
});
