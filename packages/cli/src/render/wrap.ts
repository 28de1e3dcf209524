import { characters, columnsOf, widthOf } from "./columns.ts";

/**
 * Breaks text at spaces so that no line takes more than `width` columns; a longer word stands alone on its line.
 * Control characters other than line breaks are taken out: what is printed may come from a stranger's repository.
 */
export function wrap(text: string, width: number): string[] {
  return printable(text).split("\n").flatMap((paragraph) => breakLine(paragraph, Math.max(20, width)));
}

/** One line of printable text broken at its spaces, into columns as narrow as asked. */
export function breakLine(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  let columns = 0;
  for (const word of text.split(/\s+/)) {
    const wide = columnsOf(word);
    if (line === "") [line, columns] = [word, wide];
    else if (columns + 1 + wide <= width) [line, columns] = [`${line} ${word}`, columns + 1 + wide];
    else {
      lines.push(line);
      [line, columns] = [word, wide];
    }
  }
  return [...lines, line];
}

/** Escape sequences that move, colour or retitle; what is left of a broken one loses its escape below. */
const SEQUENCES = /\u001b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\u0007\u001b]{0,2000}(?:\u0007|\u001b\\))/g;
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

/** Removes escape sequences, control characters and marks that turn the direction of text, so that repository content can't drive the reader's terminal. */
export function printable(text: string): string {
  return text.replace(SEQUENCES, "").replace(/\t/g, "  ").replace(CONTROL, "");
}

/** Cuts text to `width` columns, with an ellipsis when something was cut. */
export function clip(text: string, width: number): string {
  const flat = printable(text.length > MOST ? text.slice(0, MOST) : text).replace(/\n/g, " ");
  if (flat.length <= width && columnsOf(flat) <= width) return flat;
  let kept = "";
  let columns = 0;
  for (const character of characters(flat)) {
    const wide = widthOf(character);
    if (columns + wide > width - 1) return columnsOf(flat) <= width ? flat : `${kept}${width > 0 ? "…" : ""}`;
    kept += character;
    columns += wide;
  }
  return flat;
}

/** No line of a terminal is longer, whatever is in it. */
const MOST = 10_000;
