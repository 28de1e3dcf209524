import { CoverageFacts } from "../coverage/coverage-facts.ts";
import type { FileFacts } from "../coverage/file-facts.ts";
import { truncatedReport, unreadableReport } from "../errors.ts";
import { readLines } from "../lines/read-lines.ts";
import type { ReadReport, ReportFormat, ReportSource } from "../report-format.ts";

/** Go cover profiles: `mode: set|count|atomic`, then one block of statements per line. Concatenated profiles are one. */
export const goCover: ReportFormat = {
  format: "Go cover profile",
  accepts: ({ head }) => /^\s*mode: (?:set|count|atomic)\s*(?:\n|$)/.test(head),
  parse: readProfile,
};

/** `<file>:<line>.<column>,<line>.<column> <statements> <count>` */
const BLOCK = /^(.+):(\d{1,9})\.(\d{1,9}),(\d{1,9})\.(\d{1,9}) (\d{1,9}) (\d{1,20})$/;

/** A block is a run of statements; one of a million lines is no code. */
const LONGEST_BLOCK = 100_000;

function readProfile({ bytes, path }: ReportSource): ReadReport {
  const facts = new CoverageFacts("max"); // profiles of several packages tell the blocks of a shared one again
  let number = 0;
  let broken: number | undefined;
  for (const line of readLines(bytes)) {
    number++;
    if (line.trim() === "" || line.startsWith("mode: ")) continue;
    if (broken !== undefined) break;
    const block = line.length > 8192 ? null : BLOCK.exec(line);
    if (block) readBlock(block, facts);
    else broken = number;
  }
  if (broken !== undefined && broken === number && bytes.at(-1) !== 10) throw truncatedReport({ path, line: broken, says: "its last line is cut off" });
  if (broken !== undefined) throw unreadableReport({ path, line: broken, says: "this is no block of a Go cover profile" });
  return { drafts: [facts.draft("go-cover")] };
}

function readBlock(block: RegExpExecArray, facts: CoverageFacts): void {
  const [file = "", first, firstColumn, last, lastColumn, statements, count] = block.slice(1).map((part, index) => (index === 0 ? part : Number(part))) as [
    string,
    ...number[],
  ];
  if (first === undefined || last === undefined || statements === 0 || last - first > LONGEST_BLOCK) return;
  // A block that ends left of where it began ends at the brace that closes it: a line without code.
  const end = last > first && (lastColumn ?? 0) <= (firstColumn ?? 0) ? last - 1 : last;
  const lines: FileFacts = facts.of(file);
  for (let line = first; line <= end; line++) lines.line(line, count ?? 0);
}
