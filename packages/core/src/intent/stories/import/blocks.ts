import { type Line, linesOf, withoutClosing } from "../lines.ts";

/** A heading with everything below it, up to the next one of its level or above. */
export interface Block {
  readonly level: number;
  readonly title: string;
  readonly heading: Line;
  readonly lines: readonly Line[];
}

/** All headings of a text, each with what stands below it. */
export function headedBlocks(lines: readonly Line[]): readonly Block[] {
  const heads = lines.flatMap((line, index) => {
    const read = line.opaque ? null : /^(#{1,6})[ \t]+(.*)$/.exec(line.text);
    return read?.[1] ? [{ index, level: read[1].length, title: withoutClosing(read[2] ?? "").trim(), heading: line }] : [];
  });
  return heads.map(({ index, level, title, heading }, at) => {
    const next = heads.slice(at + 1).find((other) => other.level <= level);
    return { level, title, heading, lines: lines.slice(index + 1, next?.index ?? lines.length) };
  });
}

export const linesIn = (text: string): readonly Line[] => linesOf(text.replace(/^\ufeff/, ""));

/** Lines as they stand, joined. */
export const textOf = (lines: readonly Line[]): string => lines.map(({ text }) => text).join("\n").replace(/^\n+|\s+$/g, "");

/** The lines up to the first heading among them. */
export const ownLines = (lines: readonly Line[]): readonly Line[] => {
  const end = lines.findIndex((line) => !line.opaque && /^#{1,6}[ \t]/.test(line.text));
  return end < 0 ? lines : lines.slice(0, end);
};

/** One item of a list with the lines that belong to it. */
export interface Item {
  readonly mark: string;
  /** Its text, line by line, without the mark; indented lines below it lose their indent. */
  readonly lines: readonly { readonly text: string; readonly number: number }[];
}

/** Top-level items of a list. */
export function itemsOf(lines: readonly Line[]): readonly Item[] {
  const items: OpenItem[] = [];
  let open: OpenItem | undefined;
  for (const line of lines) {
    const indent = /^[ \t]*/.exec(line.text)?.[0].length ?? 0;
    const begun = beginItem(line, open, indent);
    if (begun) items.push((open = begun));
    else if (open && goesOn(line, open, indent)) open.lines.push({ text: line.text.slice(Math.min(indent, open.indent)).trimEnd(), number: line.number });
    else open = undefined;
  }
  return items;
}

interface OpenItem extends Item {
  /** Columns in front of its text. */
  readonly indent: number;
  readonly lines: { readonly text: string; readonly number: number }[];
}

function beginItem(line: Line, open: OpenItem | undefined, indent: number): OpenItem | undefined {
  const [, before = "", mark, gap = "", text = ""] = (line.opaque ? null : /^( {0,3})([-*+]|\d{1,4}[.)])([ \t]+)(.*)$/.exec(line.text)) ?? [];
  if (mark === undefined || (open && indent >= open.indent)) return undefined;
  return { mark, indent: before.length + mark.length + gap.length, lines: [{ text: text.trim(), number: line.number }] };
}

/** A blank line may be followed by more of the item; a line that isn't indented goes on only without one. */
const goesOn = (line: Line, open: OpenItem, indent: number): boolean => line.text.trim() === "" || indent >= Math.min(2, open.indent) || open.lines.at(-1)?.text !== "";

/** An item's text as a block. */
export const itemText = ({ lines }: Item): string => lines.map(({ text }) => text).join("\n").trim();

/** Lines that begin so, outside of fences. */
export const countLines = (lines: readonly Line[], pattern: RegExp): number => lines.filter((line) => !line.opaque && pattern.test(line.text)).length;

/** True when a task list has boxes and each is ticked. */
export function allDone(text: string | undefined): boolean {
  const boxes = [...(text ?? "").matchAll(/^\s*[-*] \[([ xX])\]/gm)];
  return boxes.length > 0 && boxes.every(([, tick]) => tick !== " ");
}
