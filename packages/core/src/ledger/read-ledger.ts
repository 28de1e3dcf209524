import { EMPTY_TAIL, hashOf, type LedgerEntry, type LedgerRecord, type LedgerTail } from "./record.ts";

/** Something that is wrong with a ledger, and on which line. */
export interface LedgerProblem {
  readonly line: number;
  readonly because: string;
}

/** What a ledger's text holds. */
export interface LedgerReading {
  readonly records: readonly LedgerRecord[];
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
}

const KINDS: ReadonlySet<string> = new Set(["verdict", "waiver-used", "overruled", "floor"] satisfies readonly LedgerEntry["kind"][]);

/** Reads a ledger. Never throws: a torn last line is expected after a kill, anything else is a named problem. */
export function readLedger(text: string): LedgerReading {
  const wholeUntil = text.lastIndexOf("\n") + 1;
  const records: LedgerRecord[] = [];
  const problems: LedgerProblem[] = [];
  let tail = EMPTY_TAIL;
  const lines = text.slice(0, wholeUntil).split("\n").slice(0, -1);
  for (const [index, line] of lines.entries()) {
    const read = readLine(line);
    if ("because" in read) {
      problems.push({ line: index + 1, because: read.because });
      continue;
    }
    if (read.previous !== tail.hash || read.sequence !== tail.sequence + 1)
      problems.push({ line: index + 1, because: `it does not follow record ${tail.sequence}: records were removed, added or reordered` });
    tail = { sequence: read.sequence, hash: read.hash };
    if (isKnown(read)) records.push(read);
  }
  return { records, tail, problems, wholeUntil, torn: text.slice(wholeUntil) };
}

function readLine(line: string): LedgerRecord<unknown> | { readonly because: string } {
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

function isRecord(value: unknown): value is LedgerRecord<unknown> {
  if (typeof value !== "object" || value === null) return false;
  const { schema, sequence, at, previous, hash, entry } = value as Record<keyof LedgerRecord, unknown>;
  const whole = Number.isSafeInteger(sequence) && typeof at === "string" && typeof previous === "string" && typeof hash === "string";
  return schema === "proofline/ledger/1" && whole && typeof entry === "object" && entry !== null;
}

const isKnown = (record: LedgerRecord<unknown>): record is LedgerRecord => KINDS.has(String((record.entry as { readonly kind?: unknown }).kind));
