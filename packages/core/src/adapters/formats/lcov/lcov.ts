import { CoverageFacts } from "../coverage/coverage-facts.ts";
import type { FileFacts } from "../coverage/file-facts.ts";
import { truncatedReport, unreadableReport } from "../errors.ts";
import type { ReadReport, ReportFormat, ReportSource } from "../report-format.ts";

/** lcov tracefiles, old and new (2.x writes `FNL`, `e` before exceptional branches, checksums). */
export const lcov: ReportFormat = {
  format: "lcov",
  accepts: ({ head }) => /^(?:\s*(?:#[^\n]*|TN:[^\n]*|VER:[^\n]*)?\n){0,50}?\s*SF:/.test(head) || /^\s*TN:[^\n]*\s*$/.test(head),
  parse: readLcov,
};

const NEWLINE = 10;

/** One pass over the bytes: no line becomes a string unless it names a file or a branch. */
function readLcov({ bytes, path }: ReportSource): ReadReport {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const facts = new CoverageFacts("sum");
  const arms = new Map<string, string>();
  let file: FileFacts | undefined;
  let name = "";
  let line = 0;
  const broken = (says: string): Error => unreadableReport({ path, line, says });
  for (let from = 0; from < buffer.length;) {
    line++;
    const found = buffer.indexOf(NEWLINE, from);
    const to = found === -1 ? buffer.length : found;
    const key = keyAt(buffer, from);
    if (key === "DA") {
      if (!file) throw broken("a DA line comes before any SF line");
      if (!readLine(buffer, from + 3, to, file)) throw broken("a DA line has no line number and hits");
    } else if (key === "BRDA") {
      if (!file) throw broken("a BRDA line comes before any SF line");
      if (!readBranch(buffer.toString("latin1", from + 5, to), file, arms)) throw broken("a BRDA line has not four parts");
    } else if (key === "SF") {
      name = buffer.toString("utf8", from + 3, to).trim();
      if (name === "") throw broken("an SF line names no file");
      file = facts.of(name);
    } else if (key === "end") {
      facts.close(name);
      file = undefined;
    } else if (key === undefined && !isIgnored(buffer, from, to)) {
      throw broken("this is no line of an lcov tracefile");
    }
    from = to + 1;
  }
  if (file) throw truncatedReport({ path, line, says: "its last record has no end_of_record" });
  return { drafts: [facts.draft("lcov")] };
}

type Key = "DA" | "BRDA" | "SF" | "end" | undefined;

function keyAt(buffer: Buffer, at: number): Key {
  const [first, second, third] = [buffer[at], buffer[at + 1], buffer[at + 2]];
  if (first === 0x44 && second === 0x41 && third === 0x3a) return "DA";
  if (first === 0x53 && second === 0x46 && third === 0x3a) return "SF";
  if (first === 0x42 && second === 0x52 && third === 0x44 && buffer.toString("latin1", at, at + 5) === "BRDA:") return "BRDA";
  if (first === 0x65 && buffer.toString("latin1", at, at + 13) === "end_of_record") return "end";
  return undefined;
}

/** Other keys (functions, totals, MC/DC), comments and blank lines say nothing about lines. */
function isIgnored(buffer: Buffer, from: number, to: number): boolean {
  return /^\s*(?:$|#|[A-Z][A-Z_]{1,15}:)/.test(buffer.toString("latin1", from, Math.min(to, from + 40)));
}

/** `<line>,<hits>[,<checksum>]`; hits may be negative or huge where counters overflowed, which still means "ran". */
function readLine(buffer: Buffer, from: number, to: number, file: FileFacts): boolean {
  let at = from;
  let line = 0;
  for (; at < to && isDigit(buffer[at]); at++) line = line * 10 + ((buffer[at] ?? 0) - 48);
  if (at === from || buffer[at] !== 0x2c) return false;
  const start = at + 1;
  let hits = 0;
  for (at = start; at < to && isDigit(buffer[at]); at++) hits = hits * 10 + ((buffer[at] ?? 0) - 48);
  if (at === start) hits = oddHits(buffer.toString("latin1", start, Math.min(to, start + 40)));
  if (Number.isNaN(hits)) return false;
  file.line(line, hits);
  return true;
}

function oddHits(text: string): number {
  if (/^-\d/.test(text)) return 1;
  return /^(?:undefined|-|=+|#+)\s*(?:,|$)/.test(text) ? 0 : Number.NaN;
}

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 48 && byte <= 57;

/** `<line>,[e]<block>,<branch>,<taken>`; since 2.0 the branch may be an expression with commas of its own. */
function readBranch(text: string, file: FileFacts, arms: Map<string, string>): boolean {
  const first = text.indexOf(",");
  const second = text.indexOf(",", first + 1);
  const last = text.lastIndexOf(",");
  if (first <= 0 || second === -1 || last <= second) return false;
  const line = Number(text.slice(0, first));
  const taken = text.slice(last + 1).trim();
  if (!Number.isInteger(line) || !/^(?:-|\d{1,20})$/.test(taken)) return false;
  const printed = `${text.slice(first + 1, second)}:${text.slice(second + 1, last)}`;
  file.branch(line, sameText(arms, printed), taken === "-" ? undefined : Number(taken));
  return true;
}

/** Arms are named alike in every file; one string serves them all. */
function sameText(known: Map<string, string>, text: string): string {
  const before = known.get(text);
  if (before !== undefined) return before;
  const copy = Buffer.from(text, "latin1").toString("latin1");
  known.set(copy, copy);
  return copy;
}
