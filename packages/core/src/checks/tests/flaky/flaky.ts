import type { Observation } from "#kernel";
import { evidenceOf, flakeRate, isUnstable, tallyTests, type FlakeHistory, type TestTally } from "#evidence";
import { ownersOf, type Intent } from "#intent";
import { ALL_GATES, defineCheck } from "../../check.ts";

export const flaky = defineCheck({
  id: "tests/flaky",
  asks: "Does every test that ran say the same each time?",
  why: "A test that passes and fails on the same code trains everybody to press the button again, and one day the red was real.",
  since: "0.1.0",
  effect: "note",
  gates: ALL_GATES,
  needs: ["test-run"],

  *look({ evidence, flakes, intent }) {
    const tallies = tallyTests(evidenceOf(evidence, "test-run"));
    const seen = new Map<string, TestTally>();
    // Known before, and red again: it is said here, since it decides nowhere.
    for (const tally of tallies) if (isUnstable(tally) || (tally.failed > 0 && flakes?.has(tally.test))) seen.set(tally.test, tally);
    for (const tally of seen.values()) yield observationOf(tally, flakes?.get(tally.test), intent);
  },
});

function observationOf(tally: TestTally, history: FlakeHistory | undefined, intent: Intent): Observation {
  const owners = tally.file === undefined ? [] : ownersOf(tally.file, intent.codeOwners);
  const passed = tally.passed + (history?.passed ?? 0);
  const failed = tally.failed + (history?.failed ?? 0);
  const { rate, low, high } = flakeRate({ passed, failed });
  const here = isUnstable(tally) ? "passed and failed on the same code" : "is red here and known to be flaky";
  const before = history ? `, on ${count(history.sightings, "tree")} before this one` : "";
  return {
    answer: "broken",
    because: `“${tally.title}” ${here}${before}: ${failed} of ${count(passed + failed, "run")} failed. It decides nothing alone${owners.length > 0 ? `; it belongs to ${owners.join(", ")}` : ""}.`,
    fix: "Make it stable: await what it starts, take its clock and its random numbers in hand, give it a port and a folder of its own. Until then skip it with an issue's number.",
    ...(tally.file !== undefined && { places: [{ file: tally.file, side: "head" as const }] }),
    subject: tally.test,
    details: { test: tally.title, passed, failed, rate: rounded(rate), atLeast: rounded(low), atMost: rounded(high), owners: [...owners] },
  };
}

const rounded = (share: number): number => Math.round(share * 1000) / 1000;
const count = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? "" : "s"}`;
