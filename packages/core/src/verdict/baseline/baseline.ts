import type { Finding } from "#kernel";
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

/** What a baseline needs of a finding. */
export type Debt = Pick<Finding, "check" | "fingerprint" | "answer" | "effect" | "because" | "places" | "waived">;

/**
 * Areas and checks in which an entry would excuse what is still to come: those that speak of a change and not of the code as it stands,
 * and floors, which may fall further under the same fingerprint.
 */
const NO_DEBT = ["change/", "coverage/", "gate/", "history/", "policy/", "risk/", "tests/fix-needs-regression", "tests/none-ran", "tests/pass-without-change", "tests/weakened"];
const LONGEST_BECAUSE = 300;

/** Whether a finding can be debt at all: it is broken, it weighs, nobody has waived it, and excusing it excuses nothing else. */
export const isDebt = ({ check, answer, effect, waived }: Debt): boolean =>
  answer === "broken" && (effect === "block" || effect === "ask") && (waived === undefined || waived.kind === "baseline") && !NO_DEBT.some((start) => check.startsWith(start));

/** The first baseline of a repository: the debt among the findings of this day (`YYYY-MM-DD`). */
export function baselineFrom(findings: readonly Debt[], since: string): Baseline {
  return baselineOf(
    findings.filter(isDebt).map(({ fingerprint, check, because, places }) => ({
      fingerprint,
      check,
      ...(places[0] === undefined ? {} : { path: places[0].file }),
      since,
      because: because.length > LONGEST_BECAUSE ? `${because.slice(0, LONGEST_BECAUSE - 1)}…` : because,
    })),
  );
}

/** The file's text: sorted, one entry per line, so that shrinking it reads well in a diff and merges without conflict. */
export function renderBaseline({ entries }: Baseline): string {
  const sorted = [...entries.values()].toSorted(
    (a, b) => compareText(a.check, b.check) || compareText(a.path ?? "", b.path ?? "") || compareText(a.fingerprint, b.fingerprint),
  );
  const lines = sorted.map(({ check, path, fingerprint, since, because }) => `    ${JSON.stringify({ check, path, fingerprint, since, because })}`);
  return `{\n  "schema": "${BASELINE_SCHEMA}",\n  "findings": [${lines.length === 0 ? "" : `\n${lines.join(",\n")}\n  `}]\n}\n`;
}

/** What a run can show of paid debt. */
export interface Looked {
  /** Findings of the run; one that holds shows that what broke under the same fingerprint is mended. */
  readonly findings: readonly Debt[];
  /** True where the run would have found the entry again if it were still there. */
  lookedAt(entry: BaselineEntry): boolean;
  /** False for a file that no longer exists. */
  exists(path: string): boolean;
}

/**
 * Drops what is shown to be gone, and adds nothing. Most checks look at a change alone: that they did not find an old problem again shows
 * nothing, and its entry stays.
 */
export function shrinkBaseline(baseline: Baseline, { findings, lookedAt, exists }: Looked): Baseline {
  const present = new Set(findings.filter((finding) => finding.answer !== "holds").map((finding) => finding.fingerprint));
  const mended = new Set(findings.filter((finding) => finding.answer === "holds").map((finding) => finding.fingerprint));
  const isGone = (entry: BaselineEntry): boolean =>
    !present.has(entry.fingerprint) && (mended.has(entry.fingerprint) || lookedAt(entry) || (entry.path !== undefined && !exists(entry.path)));
  return baselineOf([...baseline.entries.values()].filter((entry) => !isGone(entry)));
}

/** What a change does to the baseline. Grown entries alter the gate; gone ones are the point of it. */
export function diffBaseline(before: Baseline, after: Baseline): { readonly grown: readonly BaselineEntry[]; readonly gone: readonly BaselineEntry[] } {
  const missingFrom = (other: Baseline) => (entry: BaselineEntry) => !other.entries.has(entry.fingerprint);
  return { grown: [...after.entries.values()].filter(missingFrom(before)), gone: [...before.entries.values()].filter(missingFrom(after)) };
}
