import type { CheckId, Finding } from "#kernel";
import { compareText } from "../weigh.ts";
import { BASELINE_FILE, BASELINE_SCHEMA, type BaselineEntry } from "./baseline-entry.ts";

/** Debt that is not this change's fault. It only shrinks. */
export interface Baseline {
  readonly entries: ReadonlyMap<string, BaselineEntry>;
}

export const EMPTY_BASELINE: Baseline = { entries: new Map() };

/** Reads `proofline/baseline.json`. A baseline that cannot be read is an error: guessing it empty would blame this change. */
export async function parseBaseline(text: string, file: string = BASELINE_FILE): Promise<Baseline> {
  // A repository without a baseline does not pay for the schema library.
  const { readBaselineEntries } = await import("./read-baseline.ts");
  return baselineOf(readBaselineEntries(text, file));
}

const baselineOf = (entries: readonly BaselineEntry[]): Baseline => ({ entries: new Map(entries.map((entry) => [entry.fingerprint, entry])) });

/** The first baseline of a repository: every broken or unknown finding of today. */
export function baselineFrom(findings: readonly Finding[]): Baseline {
  return baselineOf(
    findings
      .filter(({ answer }) => answer === "broken" || answer === "unknown")
      .map(({ fingerprint, check, because, places }) => ({ fingerprint, check, ...(places[0] === undefined ? {} : { path: places[0].file }), because })),
  );
}

/** The file's text: sorted, one entry per line, so that shrinking it reads well in a diff and merges without conflict. */
export function renderBaseline({ entries }: Baseline): string {
  const sorted = [...entries.values()].toSorted(
    (a, b) => compareText(a.check, b.check) || compareText(a.path ?? "", b.path ?? "") || compareText(a.fingerprint, b.fingerprint),
  );
  const lines = sorted.map(({ check, path, fingerprint, because }) => `    ${JSON.stringify({ check, path, fingerprint, because })}`);
  return `{\n  "schema": "${BASELINE_SCHEMA}",\n  "findings": [${lines.length === 0 ? "" : `\n${lines.join(",\n")}\n  `}]\n}\n`;
}

/**
 * Drops what is gone. Only checks that looked at the whole repository may say so: entries of other checks stay.
 */
export function shrinkBaseline(baseline: Baseline, present: ReadonlySet<string>, lookedAtAll: ReadonlySet<CheckId>): Baseline {
  return baselineOf([...baseline.entries.values()].filter((entry) => present.has(entry.fingerprint) || !lookedAtAll.has(entry.check)));
}

/** What a change does to the baseline. Grown entries alter the gate; gone ones are the point of it. */
export function diffBaseline(before: Baseline, after: Baseline): { readonly grown: readonly BaselineEntry[]; readonly gone: readonly BaselineEntry[] } {
  const missingFrom = (other: Baseline) => (entry: BaselineEntry) => !other.entries.has(entry.fingerprint);
  return { grown: [...after.entries.values()].filter(missingFrom(before)), gone: [...before.entries.values()].filter(missingFrom(after)) };
}
