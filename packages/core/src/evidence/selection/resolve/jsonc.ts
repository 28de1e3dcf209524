/** Settings as their tools read them: JSON with comments and trailing commas. Undefined for what is none, or too large to be settings. */
export function readJsonc(text: string): unknown {
  if (text.length > LARGEST) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    try {
      return JSON.parse(bare(text));
    } catch {
      return undefined;
    }
  }
}

const LARGEST = 1_000_000;

export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null && !Array.isArray(value);

/** Without comments and trailing commas; what stands in strings is left alone. One walk: what never ends is taken to the end once, however often it begins. */
function bare(text: string): string {
  const parts: string[] = [];
  const from = text.startsWith("\ufeff") ? 1 : 0;
  let kept = from;
  for (let at = from; at < text.length; at += 1) {
    const char = text[at];
    if (char === '"') at = stringEnd(text, at);
    else if (char === ",") {
      if (!closesNext(text, at + 1)) continue;
      parts.push(text.slice(kept, at));
      kept = at + 1;
    } else if (char === "/" && (text[at + 1] === "/" || text[at + 1] === "*")) {
      const end = commentEnd(text, at);
      if (end === undefined) break;
      parts.push(text.slice(kept, at));
      kept = end;
      at = end - 1;
    }
  }
  parts.push(text.slice(kept));
  return parts.join("");
}

/** Offset of a string's closing quote, or of the end of its line. */
function stringEnd(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at += 1) {
    if (text[at] === "\\") at += 1;
    else if (text[at] === '"' || text[at] === "\n") return at;
  }
  return text.length;
}

/** Offset behind a comment; undefined for one that does not end. */
function commentEnd(text: string, from: number): number | undefined {
  const isLine = text[from + 1] === "/";
  const end = text.indexOf(isLine ? "\n" : "*/", from + 2);
  if (end < 0) return isLine ? text.length : undefined;
  return isLine ? end : end + 2;
}

/** Whether a bracket closes right behind an offset, spaces and comments left out. */
function closesNext(text: string, from: number): boolean {
  for (let at = from; at < text.length; at += 1) {
    const char = text[at] ?? "";
    if (char === "/" && (text[at + 1] === "/" || text[at + 1] === "*")) at = (commentEnd(text, at) ?? text.length) - 1;
    else if (!/\s/.test(char)) return char === "}" || char === "]";
  }
  return false;
}
