import { evidenceOf, type Evidence } from "#evidence";

/**
 * Milliseconds each test file took in these runs of our own; the longest where it ran more than once. Tests that ran side by side add up to more than the
 * run took: what they took together is shared out by what each took.
 */
export function timesOf(evidence: readonly Evidence[]): ReadonlyMap<string, number> {
  const times = new Map<string, number>();
  for (const run of evidenceOf(evidence, "test-run")) {
    if (run.source !== "ran") continue;
    const own = new Map<string, number>();
    for (const { id, durationMs } of run.cases) if (id.file !== undefined && durationMs !== undefined) own.set(id.file, (own.get(id.file) ?? 0) + durationMs);
    const together = [...own.values()].reduce((sum, ms) => sum + ms, 0);
    const share = run.durationMs !== undefined && together > run.durationMs ? run.durationMs / together : 1;
    for (const [file, ms] of own) times.set(file, Math.max(times.get(file) ?? 0, Math.round(ms * share)));
  }
  return times;
}
