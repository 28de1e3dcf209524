/** How runners explain the marks of a comparison; such a line is no part of it. */
const LEGEND = /^\s*(?:Difference \(- actual, \+ expected\):|\+ actual - expected\b.{0,40}|[-+] (?:Expected|Received|expected|actual)\b.{0,20}|\.\.\. (?:Skipped|Lines skipped).{0,40})$/;
const MARKED = /^\s*[-+](?:\s|[\w"'[{(])/;

/**
 * What a failure's message has to tell, in at most `most` lines: its heading, then the lines that differ where it prints a comparison, since what is equal comes
 * first and would fill the room; without a comparison its first lines. Stack frames and empty lines are left out.
 */
export function tellingLines(message: string, most: number): string[] {
  const lines = message.split("\n").map((line) => line.trimEnd()).filter((line) => line.trim() !== "" && !/^\s+at\s/.test(line));
  const [heading, ...rest] = lines;
  const marked = rest.filter((line) => MARKED.test(line) && !LEGEND.test(line));
  const compared = rest.some((line) => LEGEND.test(line)) && marked.length > 0;
  return heading !== undefined && compared ? [heading, ...marked].slice(0, most) : lines.slice(0, most);
}
