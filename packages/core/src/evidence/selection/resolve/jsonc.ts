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

/** Without comments and trailing commas; what stands in strings is left alone. */
const bare = (text: string): string =>
  text
    .replace(/^\ufeff/, "")
    .replace(/"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (part) => (part.startsWith('"') ? part : ""))
    .replace(/"(?:[^"\\\n]|\\.)*"|,(?=\s*[}\]])/g, (part) => (part === "," ? "" : part));
