import type { Paint } from "./paint.ts";
import { renderTable } from "./table.ts";
import { breakLine, printable } from "./wrap.ts";

/** A page of ours (headings, paragraphs, lists, tables, fenced code) for a terminal: prose wrapped, tables aligned, code left as it is. */
export function* renderPage(page: string, paint: Paint, width: number): Generator<string> {
  for (const block of blocksOf(page)) yield* renderBlock(block, paint, width);
}

interface Block {
  readonly kind: "gap" | "heading" | "code" | "table" | "item" | "text";
  readonly lines: readonly string[];
}

function* renderBlock({ kind, lines }: Block, paint: Paint, width: number): Generator<string> {
  const [first = ""] = lines;
  if (kind === "gap") yield "";
  else if (kind === "heading") yield* breakLine(plain(first.replace(/^#+ +/, "")), width).map(paint.bold);
  else if (kind === "code") yield* renderCode(lines, paint, width);
  else if (kind === "table") yield* renderTable(lines.filter((line) => !/^\|[\s|:-]+$/.test(line)).map(cellsOf), paint, width);
  else if (kind === "item") yield* renderItem(lines, width);
  else if (kind === "text") yield* breakLine(plain(lines.join(" ")), width);
}

/** What the check says is prose and wraps; anything else is there to be copied. */
function* renderCode([fence = "", ...lines]: readonly string[], paint: Paint, width: number): Generator<string> {
  const language = fence.replace(/^`+/, "");
  yield paint.dim(fence);
  for (const line of lines) {
    if (/^`{3,}$/.test(line)) yield paint.dim(line);
    else if (language === "text") yield* breakLine(printable(line), width);
    else if (language === "diff" && /^[+-]/.test(line)) yield line.startsWith("+") ? paint.green(printable(line)) : paint.red(printable(line));
    else yield printable(line);
  }
}

function* renderItem(lines: readonly string[], width: number): Generator<string> {
  const text = plain(lines.map((line) => line.trim()).join(" "));
  const mark = ITEM.exec(text)?.[0] ?? "";
  for (const [index, line] of breakLine(text.slice(mark.length), width - mark.length).entries()) yield `${index === 0 ? mark : " ".repeat(mark.length)}${line}`;
}

const ITEM = /^(?:[-*]|\d{1,3}\.) /;

function* blocksOf(page: string): Generator<Block> {
  const lines = page.trim().split("\n");
  for (let at = 0; at < lines.length; ) {
    const kind = kindOf(lines[at] ?? "");
    let end = at + 1;
    if (kind === "code") {
      while (end < lines.length && !/^`{3,}$/.test(lines[end] ?? "")) end++;
      end++;
    } else if (kind === "item") while (kindOf(lines[end] ?? "") === "text") end++;
    else if (kind === "text" || kind === "table") while (end < lines.length && kindOf(lines[end] ?? "") === kind) end++;
    yield { kind, lines: lines.slice(at, end) };
    at = end;
  }
}

function kindOf(line: string): Block["kind"] {
  if (line.trim() === "") return "gap";
  if (line.startsWith("```")) return "code";
  if (/^#{1,6} /.test(line)) return "heading";
  if (line.startsWith("|")) return "table";
  return ITEM.test(line) ? "item" : "text";
}

/** A bar inside a cell is written `\|`. */
const cellsOf = (line: string): string[] =>
  line
    .replace(/^\|/, "")
    .replace(/\|\s*$/, "")
    .split(/(?<!\\)\|/)
    .map((cell) => plain(cell.trim().replaceAll("\\|", "|")));

/** Words without the marks that only a browser draws; `code` keeps its own, so that it can be told from prose without colour. */
const plain = (text: string): string => printable(text).replace(/\*\*([^*]{1,200})\*\*/g, "$1").replace(/\[([^\][]{1,200})\]\(([^()\s]{1,500})\)/g, (_, words: string, to: string) => (/^https?:/.test(to) ? `${words} (${to})` : words));
