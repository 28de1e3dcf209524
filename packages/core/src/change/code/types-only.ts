/** What begins a statement that leaves nothing behind when types are erased. */
const ERASED = /^(?:export\s+)?(?:default\s+)?(?:declare\s+)?(?:type\s+[\w$]|interface\s+[\w$])|^(?:import|export)\s+type[\s{*]|^import\b(?!\s*\()|^(?:export\s+)?declare\s|^export\s*\{\s*\};?\s*$/;
/** A line that only goes on with, or closes, what a line above began; an empty one; a comment. */
const GOES_ON = /^(?:[\s})\]>|&?:;]|\/\/|\/\*|\*|$)/;
/** A file longer than this is no list of types. */
const MOST_LINES = 20_000;

/**
 * True for a TypeScript file in which only types are declared: nothing of it runs, so no test can reach it. By the lines that begin a statement, as a formatter
 * leaves them; where it is not sure it says false.
 */
export function isTypesOnly(path: string, text: string): boolean {
  if (!/\.[cm]?tsx?$/.test(path)) return false;
  const lines = text.split("\n", MOST_LINES + 1);
  if (lines.length > MOST_LINES) return false;
  const starts = lines.filter((line) => !GOES_ON.test(line)).map((line) => line.slice(0, 300));
  return starts.some((line) => !line.startsWith("import")) && starts.every((line) => ERASED.test(line));
}
