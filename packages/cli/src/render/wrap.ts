/**
 * Breaks text at spaces so that no line is longer than `width`; a longer word stands alone on its line.
 * Control characters other than line breaks are taken out: what is printed may come from a stranger's repository.
 */
export function wrap(text: string, width: number): string[] {
  return printable(text).split("\n").flatMap((paragraph) => wrapLine(paragraph, Math.max(20, width)));
}

function wrapLine(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    if (line === "") line = word;
    else if (line.length + 1 + word.length <= width) line += ` ${word}`;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}

/** Removes escape sequences and control characters, so that repository content can't drive the reader's terminal. */
export function printable(text: string): string {
  return text.replace(/\u001b\[[0-9;?]*[ -/]*[@-~]/g, "").replace(/\t/g, "  ").replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, "");
}

/** Cuts text to `width`, with an ellipsis when something was cut. */
export function clip(text: string, width: number): string {
  const flat = printable(text).replace(/\n/g, " ");
  return flat.length <= width ? flat : `${flat.slice(0, Math.max(0, width - 1))}…`;
}
