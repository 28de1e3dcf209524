import { truncatedReport, unreadableReport } from "../errors.ts";

/** What a failed attempt to read a document may still be. */
const ONE_PER_LINE = /^\s*\{[^\n]*\}\s*\n\s*\{/;

/**
 * The JSON document in a source; undefined when it is one document per line, which the formats concerned read themselves.
 * Deep nesting costs nothing here: the parser of V8 does not recurse.
 */
export function readJson(source: {
  readonly path: string;
  readonly head: string;
  readonly bytes: Uint8Array;
  text(): string;
}): { readonly value: unknown } | undefined {
  const text = source.text();
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    if (ONE_PER_LINE.test(source.head) || startsWithDocumentLine(text)) return undefined;
    const says = error instanceof Error ? error.message : String(error);
    const position = Number(/at position (\d+)/.exec(says)?.[1] ?? Number.NaN);
    if (/end of JSON input|Unterminated string/.test(says) || position >= text.trimEnd().length) {
      throw truncatedReport({ path: source.path, line: lineAt(text, text.length), says: "its JSON is cut off" }, error);
    }
    const line = Number.isNaN(position) ? undefined : lineAt(text, position);
    throw unreadableReport({ path: source.path, ...(line === undefined ? {} : { line }), says: "it is no valid JSON" }, error);
  }
}

/** A first line that is a document of its own, longer than the head shows. */
function startsWithDocumentLine(text: string): boolean {
  const end = text.indexOf("\n");
  const first = end === -1 ? "" : text.slice(0, end).trim();
  if (!first.startsWith("{") || !first.endsWith("}")) return false;
  try {
    JSON.parse(first);
    return true;
  } catch {
    return false;
  }
}

function lineAt(text: string, position: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at !== -1 && at < position; at = text.indexOf("\n", at + 1)) line++;
  return line;
}
