import { sha256Hex } from "#kernel";

/** A part of a document that a command writes, by name. Its text holds no marker of its own. */
export interface Block {
  readonly name: string;
  readonly heading: string;
  readonly text: string;
}

/** What became of a document's blocks. */
export interface Rewritten {
  readonly text: string;
  /** Blocks somebody edited: they stay as they are. */
  readonly kept: readonly string[];
}

const OPEN = /^<!-- generated: ([a-z-]{1,40}) ([0-9a-f]{12}) -->\r?$/;
const CLOSE = "<!-- /generated -->";

const hashOf = (text: string): string => sha256Hex(text).slice(0, 12);

/** One block with its heading, as it stands in the document. */
export const renderBlock = ({ name, heading, text }: Block): string => `## ${heading}\n\n${markedText(name, text)}`;

const markedText = (name: string, text: string): string => `<!-- generated: ${name} ${hashOf(text)} -->\n${text}\n${CLOSE}\n`;

/**
 * Puts new texts into the blocks of a document; every other character stays. A block whose text is not what its marker's hash says was edited by somebody and
 * stays, too. A block the document has not, because it is new or somebody took it out with its marker, is left out: what a person removed does not come back.
 */
export function rewriteBlocks(document: string, blocks: readonly Block[]): Rewritten {
  const wanted = new Map(blocks.map((block) => [block.name, block]));
  const lines = document.split("\n");
  const out: string[] = [];
  const kept: string[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? "";
    const [, name, hash] = OPEN.exec(line) ?? [];
    const end = name === undefined ? -1 : closeOf(lines, at + 1);
    const block = name === undefined ? undefined : wanted.get(name);
    if (name === undefined || end < 0 || block === undefined) {
      out.push(line);
      continue;
    }
    const text = lines.slice(at + 1, end).map((one) => one.replace(/\r$/, "")).join("\n");
    if (hashOf(text) === hash) out.push(...markedText(block.name, block.text).split("\n").slice(0, -1));
    else {
      kept.push(name);
      out.push(...lines.slice(at, end + 1));
    }
    at = end;
  }
  return { text: out.join("\n"), kept };
}

/** The line that closes a block; none where another one opens first. */
function closeOf(lines: readonly string[], from: number): number {
  for (let at = from; at < lines.length; at += 1) {
    const line = (lines[at] ?? "").replace(/\r$/, "");
    if (line === CLOSE) return at;
    if (OPEN.test(line)) return -1;
  }
  return -1;
}
