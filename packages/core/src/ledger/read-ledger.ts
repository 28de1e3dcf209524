import { EMPTY_TAIL, hashOf, type LedgerEntry, type LedgerRecord, type LedgerTail } from "./record.ts";

/** Something that is wrong with a ledger, and on which line. */
export interface LedgerProblem {
  readonly line: number;
  readonly because: string;
}

/** What a ledger's text holds. */
export interface LedgerReading {
  readonly records: readonly LedgerRecord[];
  /** Records of a kind this version does not know: passed over, and kept by whoever writes the ledger anew. */
  readonly others?: readonly LedgerRecord<object>[];
  /** The next record is chained to this. */
  readonly tail: LedgerTail;
  /** Lines that break the chain or are no records; reading goes on after them. */
  readonly problems: readonly LedgerProblem[];
  /**
   * Characters up to which the text is whole. What lies behind was being written when its writer died and was never acknowledged:
   * the next writer cuts it off before it appends.
   */
  readonly wholeUntil: number;
  /** The torn end, kept for whoever wants to look at it; empty as a rule. */
  readonly torn: string;
  /** What else has to be said, in words: state of other runs that does not count, and why. */
  readonly notes?: readonly string[];
}

const MOST_SAID = 3;

/** What must not go unsaid about a ledger: lines that were altered, an end that was torn. Empty as a rule. */
export function ledgerNotes({ problems, torn, notes }: Pick<LedgerReading, "problems" | "torn" | "notes">): readonly string[] {
  const more = problems.length - MOST_SAID;
  return [
    ...problems.slice(0, MOST_SAID).map(({ line, because }) => `the ledger, line ${line}: ${because}`),
    ...(more > 0 ? [`the ledger has ${more} more such lines`] : []),
    ...(torn === "" ? [] : ["the ledger's last line was cut short when its writer was stopped: it is set aside in .proofline/ledger.torn"]),
    ...(notes ?? []),
  ];
}

/** Where reading goes on in a ledger whose beginning is known. */
export interface ReadUpTo {
  readonly tail: LedgerTail;
  /** Lines before it, so that problems name the right one. */
  readonly lines: number;
}

/**
 * Reads a ledger, or what follows a part that was read before. Never throws: a torn last line is expected after a kill, anything else is
 * a named problem.
 */
export function readLedger(text: string, from: ReadUpTo = { tail: EMPTY_TAIL, lines: 0 }): LedgerReading {
  const wholeUntil = text.lastIndexOf("\n") + 1;
  const records: LedgerRecord[] = [];
  const others: LedgerRecord<object>[] = [];
  const problems: LedgerProblem[] = [];
  let { tail } = from;
  const lines = text.slice(0, wholeUntil).split("\n").slice(0, -1);
  for (const [index, line] of lines.entries()) {
    const read = readLine(line);
    if ("because" in read) {
      problems.push({ line: from.lines + index + 1, because: read.because });
      continue;
    }
    if (read.previous !== tail.hash || read.sequence !== tail.sequence + 1)
      problems.push({ line: from.lines + index + 1, because: `it does not follow record ${tail.sequence}: records were removed, added or reordered` });
    tail = { sequence: read.sequence, hash: read.hash };
    if (isKnown(read)) records.push(read);
    else if (!KINDS.has(String(read.entry.kind))) others.push(read);
    else problems.push({ line: from.lines + index + 1, because: "it lacks what its kind needs" });
  }
  return { records, ...(others.length > 0 && { others }), tail, problems, wholeUntil, torn: text.slice(wholeUntil) };
}

type AnyRecord = LedgerRecord<{ readonly kind?: unknown }>;

function readLine(line: string): AnyRecord | { readonly because: string } {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { because: "it is not JSON" };
  }
  if (!isRecord(value)) return { because: "it is no ledger record" };
  const { hash, ...body } = value;
  return hashOf(body) === hash ? value : { because: "its hash does not fit what it says: it was altered" };
}

function isRecord(value: unknown): value is AnyRecord {
  if (typeof value !== "object" || value === null) return false;
  const { schema, sequence, at, previous, hash, entry } = value as Record<keyof LedgerRecord, unknown>;
  const whole = Number.isSafeInteger(sequence) && typeof at === "string" && typeof previous === "string" && typeof hash === "string";
  return schema === "proofline/ledger/1" && whole && typeof entry === "object" && entry !== null;
}

/** The fields each kind is read by: what another machine wrote is not taken on trust. */
const KINDS: ReadonlyMap<string, (entry: Readonly<Record<string, unknown>>) => boolean> = new Map<LedgerEntry["kind"], (entry: Readonly<Record<string, unknown>>) => boolean>([
  ["verdict", ({ decision, gate, mode, head, findings }) => areTexts(decision, gate, mode, head) && Array.isArray(findings) && findings.every(isFinding)],
  ["waiver-used", ({ check, fingerprint }) => areTexts(check, fingerprint)],
  ["overruled", ({ check, fingerprint }) => areTexts(check, fingerprint)],
  ["floor", ({ surface, commit, lines, branches, measured }) => areTexts(surface, commit) && isShare(lines) && isShare(branches) && areShares(measured)],
  ["flake", ({ test, title, subject, passed, failed }) => areTexts(test, title, subject) && isCount(passed) && isCount(failed)],
]);

const isKnown = (record: AnyRecord): record is LedgerRecord & AnyRecord => KINDS.get(String(record.entry.kind))?.(record.entry as Readonly<Record<string, unknown>>) === true;
const areTexts = (...values: readonly unknown[]): boolean => values.every((value) => typeof value === "string");
const isShare = (value: unknown): boolean => value === undefined || (typeof value === "number" && Number.isFinite(value));

/** Absent, or an object of shares. */
function areShares(value: unknown): boolean {
  if (value === undefined) return true;
  if (typeof value !== "object" || value === null) return false;
  const { lines, branches } = value as { readonly lines?: unknown; readonly branches?: unknown };
  return isShare(lines) && isShare(branches);
}

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;

function isFinding(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const { check, fingerprint, alarm } = value as Readonly<Record<string, unknown>>;
  return areTexts(check, fingerprint) && typeof alarm === "boolean";
}
