import { columnsOf } from "./columns.ts";
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

/** Indented, without its fences. What the check says wraps as prose does; a line of code too long goes on below itself, further in. */
function* renderCode([fence = "", ...lines]: readonly string[], paint: Paint, width: number): Generator<string> {
  const language = fence.replace(/^`+/, "");
  const colour = (line: string): ((text: string) => string) => (language !== "diff" ? same : line.startsWith("+") ? paint.green : line.startsWith("-") ? paint.red : same);
  for (const line of lines.filter((one) => !/^`{3,}$/.test(one))) {
    const text = printable(line);
    const lead = language === "text" ? "" : (/^[+-]?\s*/.exec(text)?.[0] ?? "");
    const below = language === "text" ? "" : " ".repeat(Math.min(lead.length + 4, width >> 1));
    const parts = columnsOf(text) <= width - INDENT.length ? [text] : breakLine(text.slice(lead.length), Math.max(20, width - INDENT.length - below.length)).map((part, at) => (at === 0 ? lead : below) + part);
    for (const part of parts) yield `${INDENT}${colour(text)(part)}`.trimEnd();
  }
}

const INDENT = "    ";
const same = (text: string): string => text;

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
