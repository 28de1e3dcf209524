import { isUnstable, tallyTests, type FlakeHistory, type Flakes, type TestRun } from "#evidence";
import type { FlakeRecord, LedgerRecord } from "./record.ts";

const DAY_MS = 86_400_000;
/** A sighting older than this no longer speaks of the test as it is. */
const WINDOW_DAYS = 30;
/** So many runs in a row without a failure, and a test that fails one time in ten has been mended with 88 % certainty. */
const CLEAN_RUNS = 20;

/** The tests known to be flaky at a moment (ISO), from what was recorded in the 30 days before. One that has since passed 20 runs in a row is not. */
export function flakesIn(records: readonly LedgerRecord[], now: string): Flakes {
  const since = Date.parse(now) - WINDOW_DAYS * DAY_MS;
  const found = new Map<string, FlakeHistory & { readonly subjects: ReadonlySet<string>; readonly clean: number }>();
  for (const { at, entry } of records) {
    if (entry.kind !== "flake" || Date.parse(at) < since) continue;
    const before = found.get(entry.test);
    const subjects = new Set(before?.subjects);
    if (isUnstable(entry)) subjects.add(entry.subject);
    if (subjects.size === 0) continue;
    found.set(entry.test, {
      title: entry.title,
      ...(entry.file !== undefined && { file: entry.file }),
      subjects,
      sightings: subjects.size,
      passed: (before?.passed ?? 0) + entry.passed,
      failed: (before?.failed ?? 0) + entry.failed,
      clean: entry.failed > 0 ? 0 : (before?.clean ?? 0) + entry.passed,
    });
  }
  return new Map([...found].filter(([, { clean }]) => clean < CLEAN_RUNS).map(([test, { subjects: _subjects, clean: _clean, ...history }]) => [test, history]));
}

/**
 * What is worth recording of a command's runs: tests that did both, and every later run of those known to. A run that was only remembered is
 * no second try, but what it said of the same tree still counts against a fresh one.
 */
export function flakeEntries(runs: readonly TestRun[], known: Flakes): readonly FlakeRecord[] {
  const unstable = tallyTests(runs).filter(isUnstable);
  const seen = new Set(unstable.map((tally) => tally.test));
  const fresh = tallyTests(runs.filter((run) => !run.remembered)).filter((tally) => known.has(tally.test) && !seen.has(tally.test));
  return [...unstable, ...fresh].map((tally) => ({ kind: "flake", ...tally }));
}
