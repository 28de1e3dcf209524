import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { columnsOf } from "./columns.ts";
import { renderPage } from "./page.ts";
import { makePaint } from "./paint.ts";
import { renderTable } from "./table.ts";

const plain = makePaint(false);
const page = (text: string, width = 60): string => [...renderPage(text, plain, width)].join("\n");

test("a table is drawn as aligned columns, its cells wrapped, its bars gone", () => {
  const text = "| strength | for example | in the product |\n|---|:--|---|\n| checked | GitHub and npm tokens with a valid checksum | block |\n| likely | a password \\| a key | ask |";
  expect(page(text)).toMatchInlineSnapshot(`
    "strength  for example                         in the product
    ────────  ──────────────────────────────────  ──────────────
    checked   GitHub and npm tokens with a valid  block
              checksum

    likely    a password | a key                  ask"
  `);
});

test("a table too wide for the terminal becomes one short list a row", () => {
  const text = "| the tests on the old code | fix | feature | refactor |\n|---|---|---|---|\n| all green | refuted-and-held | asks-for-more-proof | nothing-is-owed |";
  expect(page(text, 40)).toMatchInlineSnapshot(`
    "all green
      fix: refuted-and-held
      feature: asks-for-more-proof
      refactor: nothing-is-owed"
  `);
});

test("prose that was broken by hand is wrapped anew, lists hang, and marks only a browser draws go", () => {
  const text = "## Remedy\n\nPut back what\nthe **finding** shows, or\nsee [the page](https://x.test/a) and [its neighbour](./b.md).\n\n1. Revoke it where it was\n   issued, since nothing else makes it worthless to anybody.\n2. Go on.";
  expect(page(text, 44)).toMatchInlineSnapshot(`
    "Remedy

    Put back what the finding shows, or see the
    page (https://x.test/a) and its neighbour.

    1. Revoke it where it was issued, since
       nothing else makes it worthless to
       anybody.
    2. Go on."
  `);
});

test("fenced code stands indented without its fences; a line too long goes on below itself, and what the check says wraps as prose", () => {
  const long = `  key: ${"x".repeat(40)} yyyy zzzzzzzzzz`;
  const text = `\`\`\`yaml\n${long}\n# not a heading\n| no table |\n\n- no item\n\`\`\`\n\n\`\`\`text\n${"word ".repeat(20).trim()}\n\`\`\``;
  const lines = page(text).split("\n");
  expect(lines.slice(0, 7)).toEqual([`      key: ${"x".repeat(40)} yyyy`, "          zzzzzzzzzz", "    # not a heading", "    | no table |", "", "    - no item", ""]);
  expect(lines.slice(7)).toEqual([`    ${"word ".repeat(11).trim()}`, `    ${"word ".repeat(9).trim()}`]);
});

test("an unclosed fence and escape codes end nothing", () => {
  expect(page("```\na\u001b[2Jb")).toBe("    ab");
  expect(page("a\u001b[2Jb\u0007")).toBe("ab");
});

const checks = new URL("../../../core/src/checks/", import.meta.url).pathname;
const pages = readdirSync(checks, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".md"));

test.each(pages)("the page %s keeps to the width, and loses no word", (path) => {
  // The word behind a fence names a language for a browser.
  const text = readFileSync(join(checks, path), "utf8");
  for (const width of [60, 79, 99]) {
    for (const line of renderPage(text, plain, width)) {
      expect(line).not.toMatch(/^(?:\||```)/);
      if (line.trim().includes(" ")) expect(columnsOf(line), line).toBeLessThanOrEqual(width);
    }
    const words = (some: string): string[] => some.replace(/^```\w+$/gm, "").match(/\p{L}+/gu) ?? [];
    expect(new Set(words(page(text, width)))).toEqual(new Set(words(text)));
  }
});

test("no table breaks its width where its words allow it, and none loses a cell", () => {
  const word = fc.string({ unit: fc.constantFrom(..."abc日é"), minLength: 1, maxLength: 9 });
  const cell = fc.array(word, { maxLength: 8 }).map((words) => words.join(" "));
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell, cell), { minLength: 2, maxLength: 5 }), fc.integer({ min: 30, max: 100 }), (rows, width) => {
      const lines = renderTable(rows, plain, width);
      for (const line of lines) expect(columnsOf(line)).toBeLessThanOrEqual(width);
      const drawn = lines.join(" ").split(/\s+/);
      for (const text of rows.slice(1).flatMap((row) => row.flatMap((one) => one.split(" ")))) if (text !== "") expect(drawn).toContain(text);
    }),
  );
});
