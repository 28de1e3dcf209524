import { columnsOf, padTo } from "./columns.ts";
import type { Paint } from "./paint.ts";
import { breakLine } from "./wrap.ts";

const GAP = "  ";
/** A longer word gives way rather than asking for a column of its length. */
const WORD = 20;

/** A table as aligned columns with a rule below its headings. Where the terminal is too narrow for that, each row becomes a short list. */
export function renderTable([titles = [], ...rows]: readonly (readonly string[])[], paint: Paint, width: number): string[] {
  const all = [titles, ...rows];
  const widths = fit(titles.map((_, column) => sizeOf(all.map((row) => row[column] ?? ""))), width - GAP.length * (titles.length - 1));
  if (!widths) return rows.flatMap((row, at) => [...(at > 0 ? [""] : []), ...stacked(titles, row, paint, width)]);
  const [head = [], ...body] = all.map((row) => layOut(titles.map((_, column) => row[column] ?? ""), widths));
  const rule = widths.map((columns) => "─".repeat(columns)).join(GAP);
  // Rows of several lines run into one another without air.
  const air = body.some((lines) => lines.length > 1);
  return [...head.map((line) => paint.bold(line)), paint.dim(rule), ...body.flatMap((lines, at) => (air && at > 0 ? ["", ...lines] : lines))];
}

interface Size {
  readonly wanted: number;
  readonly least: number;
}

const sizeOf = (cells: readonly string[]): Size => ({
  wanted: Math.max(1, ...cells.map(columnsOf)),
  least: Math.min(WORD, Math.max(1, ...cells.flatMap((cell) => cell.split(/\s+/)).map(columnsOf))),
});

/** Column widths that fit: the widest gives way first, none below its longest word. Undefined when that is not enough. */
function fit(sizes: readonly Size[], room: number): number[] | undefined {
  const widths = sizes.map((size) => size.wanted);
  for (let over = widths.reduce((sum, one) => sum + one, 0) - room; over > 0; over--) {
    const giving = widths.map((one, at) => (one > (sizes[at]?.least ?? 0) ? one : 0));
    const widest = Math.max(...giving);
    if (widest === 0) return undefined;
    widths[giving.indexOf(widest)] = widest - 1;
  }
  return widths;
}

function layOut(cells: readonly string[], widths: readonly number[]): string[] {
  const columns = cells.map((cell, at) => breakLine(cell, widths[at] ?? 1));
  const height = Math.max(...columns.map((lines) => lines.length));
  return Array.from({ length: height }, (_, row) => columns.map((lines, at) => padTo(lines[row] ?? "", widths[at] ?? 0)).join(GAP).trimEnd());
}

const stacked = (titles: readonly string[], row: readonly string[], paint: Paint, width: number): string[] => [
  ...breakLine(row[0] ?? "", width).map((line) => paint.bold(line)),
  ...titles.slice(1).flatMap((title, at) => breakLine(`${title}: ${row[at + 1] ?? ""}`, width - 4).map((line, index) => `${index === 0 ? "  " : "    "}${line}`)),
];
