const LARGEST = 16 * 1024 * 1024;

/**
 * True when a change to `proofline/baseline.json` only takes entries out: debt that was paid needs nobody's leave. Any doubt is no.
 * Undefined is a side without the file; a baseline that is removed is one without entries.
 */
export function baselineShrinks(before: string | undefined, after: string | undefined): boolean {
  const was = before === undefined ? undefined : readEntries(before);
  if (was === undefined) return false;
  const is = after === undefined ? { rest: was.rest, entries: [] } : readEntries(after);
  const known = new Set(was.entries);
  return is !== undefined && is.rest === was.rest && is.entries.every((entry) => known.has(entry));
}

interface Entries {
  /** Everything but the entries: a change of it is no shrinking. */
  readonly rest: string;
  readonly entries: readonly string[];
}

function readEntries(text: string): Entries | undefined {
  if (text.length > LARGEST) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null) return undefined;
    const { findings, ...rest } = value as Readonly<Record<string, unknown>>;
    return Array.isArray(findings) ? { rest: JSON.stringify(rest), entries: findings.map((entry) => JSON.stringify(entry)) } : undefined;
  } catch {
    return undefined;
  }
}
