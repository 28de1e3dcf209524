import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { renderBlock, rewriteBlocks, type Block } from "./blocks.ts";

const block = (name: string, text: string): Block => ({ name, heading: name, text });
const document = (...blocks: readonly Block[]): string => `# Title\n\nOurs.\n\n${blocks.map(renderBlock).join("\n")}\n## Decisions\n\nAlso ours.\n`;

describe("blocks that a command writes", () => {
  test("a new text replaces the old one, and nothing else moves", () => {
    expect(rewriteBlocks(document(block("a", "one"), block("b", "two")), [block("a", "ONE\nmore"), block("b", "two")])).toEqual({ text: document(block("a", "ONE\nmore"), block("b", "two")), kept: [] });
  });

  test("a block somebody edited stays and is told; its neighbour is brought up to date", () => {
    const edited = document(block("a", "one"), block("b", "two")).replace("one", "one, but better");
    const { text, kept } = rewriteBlocks(edited, [block("a", "ONE"), block("b", "TWO")]);
    expect(kept).toEqual(["a"]);
    expect(text).toBe(edited.replace(/<!-- generated: b [^]*$/, "") + renderBlock(block("b", "TWO")).replace(/^[^]*?<!--/, "<!--") + "\n## Decisions\n\nAlso ours.\n");
  });

  test("a block taken out with its markers does not come back, and one without an end is left alone", () => {
    const without = "# Title\n\nNo blocks here.\n";
    expect(rewriteBlocks(without, [block("a", "one")])).toEqual({ text: without, kept: [] });
    const open = document(block("a", "one")).replace("<!-- /generated -->", "");
    expect(rewriteBlocks(open, [block("a", "TWO")])).toEqual({ text: open, kept: [] });
  });

  test("line ends of Windows are no edit", () => {
    const { text, kept } = rewriteBlocks(document(block("a", "one\ntwo")).replaceAll("\n", "\r\n"), [block("a", "NEW")]);
    expect(kept).toEqual([]);
    expect(text).toContain("NEW");
  });

  test("whatever stands round it, writing twice is writing once, and a person's lines are all still there", () => {
    const line = fc.string({ maxLength: 30 }).map((text) => text.replace(/[\r\n]|<!--/g, " "));
    fc.assert(
      fc.property(fc.array(line), fc.array(line), line, line, (before, after, one, two) => {
        const whole = [...before, renderBlock(block("a", one)), ...after].join("\n");
        const first = rewriteBlocks(whole, [block("a", two)]);
        expect(rewriteBlocks(first.text, [block("a", two)])).toEqual(first);
        expect(first.text.split("\n")).toEqual(expect.arrayContaining([...before, ...after]));
        expect(first.text).toContain(two);
      }),
    );
  });
});
