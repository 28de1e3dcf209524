import { decodeText, detached } from "./decode-text.ts";

/** One opened element. Attribute values are decoded when asked for: most are never looked at. */
export class XmlElement {
  readonly #text: string;
  /** name start, name end, value start, value end; repeated. */
  readonly #spans: readonly number[];

  constructor(
    /** Without its namespace prefix. */
    readonly name: string,
    /** Offset of its `<`. */
    readonly offset: number,
    text: string,
    spans: readonly number[],
  ) {
    this.#text = text;
    this.#spans = spans;
  }

  /** The value of an attribute, by its name without prefix; of several the first. */
  get(name: string): string | undefined {
    const spans = this.#spans;
    for (let index = 0; index < spans.length; index += 4) {
      const [start = 0, end = 0, from = 0, to = 0] = [spans[index], spans[index + 1], spans[index + 2], spans[index + 3]];
      if (end - start !== name.length || !this.#text.startsWith(name, start)) continue;
      return detached(decodeText(this.#text.slice(from, to)));
    }
    return undefined;
  }

  /** The value as a whole number; undefined when it is none. */
  count(name: string): number | undefined {
    const value = this.get(name)?.trim();
    return value !== undefined && /^\d{1,15}$/.test(value) ? Number(value) : undefined;
  }
}
