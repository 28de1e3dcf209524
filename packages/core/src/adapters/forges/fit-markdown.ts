const encoder = new TextEncoder();
const FENCE = /^ {0,3}(`{3,}|~{3,})/;

/** Bytes of a text as hosts count them. */
export const byteLength = (text: string): number => encoder.encode(text).length;

/**
 * Cuts Markdown at a line so that it fits into `limit` bytes, closes what the cut left open (code fences, `<details>`), and says
 * how much is missing and where to find it. A text that fits comes back as it is.
 */
export function fitMarkdown(text: string, limit: number, whereTheRestIs: string): string {
  if (byteLength(text) <= limit) return text;
  const lines = text.split("\n");
  const room = limit - byteLength(farewell(lines.length, whereTheRestIs)) - 200; // what closing may add
  let used = 0;
  let kept = 0;
  for (const line of lines) {
    used += byteLength(line) + 1;
    if (used > room) break;
    kept += 1;
  }
  const head = kept === 0 ? [fitText(lines[0] ?? "", Math.max(0, room))] : lines.slice(0, kept);
  return [...head, ...closers(head), farewell(lines.length - kept, whereTheRestIs)].join("\n");
}

/** Cuts plain text at a character so that it fits into `limit` bytes, ending in `…`. */
export function fitText(text: string, limit: number): string {
  if (byteLength(text) <= limit) return text;
  let cut = "";
  let used = 3; // the ellipsis
  for (const character of text) {
    used += byteLength(character);
    if (used > limit) break;
    cut += character;
  }
  return `${cut}…`;
}

const farewell = (lines: number, whereTheRestIs: string): string =>
  `\n_Cut here: ${lines} more ${lines === 1 ? "line does" : "lines do"} not fit. ${whereTheRestIs}_\n`;

function closers(lines: readonly string[]): string[] {
  let fence: string | undefined;
  let details = 0;
  for (const line of lines) {
    const mark = FENCE.exec(line)?.[1];
    if (mark !== undefined) {
      if (fence === undefined) fence = mark;
      else if (mark[0] === fence[0] && mark.length >= fence.length) fence = undefined;
    } else if (fence === undefined) {
      details += (line.match(/<details\b/g)?.length ?? 0) - (line.match(/<\/details>/g)?.length ?? 0);
    }
  }
  // More than three open blocks never happen in texts of ours; a stranger's text may not blow the limit by opening thousands.
  return [...(fence === undefined ? [] : [fence]), ...Array.from({ length: Math.min(Math.max(details, 0), 3) }, () => "</details>")];
}
