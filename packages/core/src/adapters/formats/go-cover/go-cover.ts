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
  const facts = new CoverageFacts();
  let number = 0;
  let last = "";
  for (const line of readLines(bytes)) {
    number++;
    last = line;
    if (line.trim() === "" || line.startsWith("mode: ")) continue;
    const block = line.length > 8192 ? null : BLOCK.exec(line);
    if (!block) throw cutOff(bytes, line) ? truncatedReport({ path, line: number, says: "its last line is cut off" }) : unreadableReport({ path, line: number, says: "this is no block of a Go cover profile" });
    readBlock(block, facts);
  }
  if (last !== "" && bytes[bytes.length - 1] !== 10 && facts.size > 0) throw truncatedReport({ path, line: number, says: "its last line has no end" });
  // Profiles of several packages tell the blocks of a shared one again; a block counts once per test binary.
  return { drafts: [facts.draft("go-cover", "max")] };
}

const cutOff = (bytes: Uint8Array, line: string): boolean => bytes[bytes.length - 1] !== 10 && Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).subarray(-Buffer.byteLength(line)).toString("utf8") === line;

function readBlock(block: RegExpExecArray, facts: CoverageFacts): void {
  const [file = "", first, firstColumn, last, lastColumn, statements, count] = block.slice(1).map((part, index) => (index === 0 ? part : Number(part))) as [string, ...number[]];
  if (first === undefined || last === undefined || statements === 0 || last - first > LONGEST_BLOCK) return;
  // A block that ends left of where it began ends at the brace that closes it: a line without code.
  const end = last > first && (lastColumn ?? 0) <= (firstColumn ?? 0) ? last - 1 : last;
  const lines: FileFacts = facts.of(file);
  for (let line = first; line <= end; line++) lines.line(line, count ?? 0);
}
