import type { JsonObject } from "../json/shapes.ts";

/**
 * Reads the mappings, quoted texts and block texts that TAP writers print between `---` and `...`. Not YAML on purpose:
 * no aliases, tags or flow collections, hence nothing that grows, and what is not understood is text. Linear in the lines.
 */
export function readBlock(text: string): JsonObject | undefined {
  const lines = text.split("\n");
  const block = new BlockReader(lines).mapping(indentOf(lines.find((line) => line.trim() !== "") ?? ""), 0);
  return Object.keys(block).length === 0 ? undefined : block;
}

/** Writers nest three levels at most. */
const DEEPEST = 5;

const KEY = /^ *(?:'([^'\n]{1,200})'|"([^"\n]{1,200})"|([A-Za-z_$][\w$ .()-]{0,100})):(?: +(.*))?$/;

class BlockReader {
  readonly #lines: readonly string[];
  #at = 0;

  constructor(lines: readonly string[]) {
    this.#lines = lines;
  }

  /** Entries at this indentation; ends at the first line further left. */
  mapping(indent: number, depth: number): JsonObject {
    const entries: [string, unknown][] = [];
    for (; this.#at < this.#lines.length;) {
      const line = this.#lines[this.#at] ?? "";
      if (line.trim() !== "" && indentOf(line) < indent) break;
      this.#at++;
      const found = indentOf(line) === indent && line.length < 4000 ? KEY.exec(line) : null;
      const key = found?.[1] ?? found?.[2] ?? found?.[3];
      if (found && key !== undefined) entries.push([key, this.#value(found[4]?.trim() ?? "", indent, depth)]);
    }
    return Object.fromEntries(entries);
  }

  #value(printed: string, indent: number, depth: number): unknown {
    if (/^[|>][+-]?\d?$/.test(printed)) return this.#blockText(indent);
    if (printed.startsWith('"') || printed.startsWith("'")) return this.#quoted(printed);
    if (printed !== "") return plainValue(printed);
    const next = this.#lines.slice(this.#at, this.#at + 1)[0] ?? "";
    return depth < DEEPEST && next.trim() !== "" && indentOf(next) > indent ? this.mapping(indentOf(next), depth + 1) : "";
  }

  #blockText(indent: number): string {
    const taken: string[] = [];
    for (; this.#at < this.#lines.length; this.#at++) {
      const line = this.#lines[this.#at] ?? "";
      if (line.trim() !== "" && indentOf(line) <= indent) break;
      taken.push(line);
    }
    const margin = indentOf(taken.find((line) => line.trim() !== "") ?? "");
    return taken
      .map((line) => line.slice(Math.min(margin, indentOf(line))))
      .join("\n")
      .trimEnd();
  }

  /** Vitest breaks lines inside quotes without indenting them. */
  #quoted(printed: string): string {
    const quote = printed.slice(0, 1);
    let text = printed.slice(1);
    const start = this.#at;
    while (!endsQuoted(text, quote) && this.#at < this.#lines.length && this.#at - start < 50) text += `\n${this.#lines[this.#at++] ?? ""}`;
    if (!endsQuoted(text, quote)) {
      this.#at = start; // it never closes: what follows are entries of their own
      return printed.slice(1);
    }
    const inner = text.trimEnd().slice(0, -1);
    return quote === "'" ? inner.replaceAll("''", "'").replaceAll("\\'", "'") : inner.replace(/\\(["\\/nrt])/g, (_, char: string) => ESCAPES[char] ?? char);
  }
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t" };

function endsQuoted(text: string, quote: string): boolean {
  const end = text.trimEnd();
  if (!end.endsWith(quote)) return false;
  let escapes = 0;
  while (end[end.length - 2 - escapes] === "\\") escapes++;
  return quote === "'" || escapes % 2 === 0;
}

function plainValue(printed: string): unknown {
  if (printed === "~" || printed === "null") return null;
  return /^-?\d{1,15}(?:\.\d{1,15})?$/.test(printed) ? Number(printed) : printed;
}

const indentOf = (line: string): number => line.length - line.trimStart().length;
