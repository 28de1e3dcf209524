import type { Observation, Place } from "#kernel";
import { strongest, type EditEffect, type EditKind, type TestEdit } from "#change";

/** Places of one finding: a reviewer looks at a few, a list of hundreds helps nobody. */
const MOST_PLACES = 12;

/** One finding per kind of edit and file; what is only worth a remark is one finding per kind. */
export function tellEdits(edits: readonly TestEdit[]): Observation[] {
  const groups = new Map<string, TestEdit[]>();
  for (const edit of edits) {
    const key = edit.effect === "note" ? `note ${edit.kind}` : `${edit.kind} ${edit.places[0]?.file ?? ""}`;
    groups.set(key, [...(groups.get(key) ?? []), edit]);
  }
  return [...groups.values()].map(tell);
}

function tell(edits: readonly TestEdit[]): Observation {
  const [first] = edits as readonly [TestEdit, ...TestEdit[]];
  const effect: EditEffect = strongest(edits.map((edit) => edit.effect));
  const tests = [...new Set(edits.map(({ test }) => test))];
  const more = tests.length > 1 ? ` (and ${tests.length - 1} more ${tests.length === 2 ? "test" : "tests"})` : edits.length > 1 ? ` (and ${edits.length - 1} more)` : "";
  return {
    answer: "broken",
    effect,
    because: `${quoted(first.test)} ${first.because}${more}.`,
    fix: FIX[first.kind],
    places: placesOf(edits),
    subject: `${first.kind}\n${edits.map(({ subject }) => subject).sort().join("\n").slice(0, 20_000)}`,
    ...(effect !== "note" && { ask: { to: ["author"], question: QUESTION[first.kind] ?? "What catches now what this caught?", how: "Put it back, or have an owner waive this finding with the reason." } }),
    ...((first.before ?? first.after) !== undefined && { excerpt: [...(first.before === undefined ? [] : [`- ${first.before}`]), ...(first.after === undefined ? [] : [`+ ${first.after}`])] }),
    details: { kind: first.kind, tests: tests.slice(0, 50), edits: edits.length },
  };
}

const quoted = (title: string): string => `“${title.length > 100 ? `${title.slice(0, 97)}…` : title}”`;

/** Head first: that is where a reviewer can answer. */
function placesOf(edits: readonly TestEdit[]): Place[] {
  const places = edits.flatMap(({ places: found }) => found);
  const distinct = [...new Map(places.map((place) => [`${place.side}:${place.file}:${place.line}`, place])).values()];
  const [first, ...rest] = distinct;
  return first === undefined ? [] : [first, ...rest.filter(({ side }) => side === "head"), ...rest.filter(({ side }) => side === "base")].slice(0, MOST_PLACES);
}

const QUESTION: Readonly<Partial<Record<EditKind, string>>> = {
  "test-skipped": "When will this test run again, and what guards the behaviour until then?",
  "test-focused": "Shall the other tests of this file really not run?",
  "assertion-loosened": "Why is the exact check no longer right?",
  "expectation-changed": "Is the new value what users were promised?",
  "snapshot-changed": "What changed the output, when no source did?",
  "threshold-lowered": "Why may less be covered than before?",
};

const FIX: Readonly<Record<EditKind, string>> = {
  "test-skipped": "Let it run. If it can't run now, write beside it where this is taken up again (a ticket), and have an owner waive this.",
  "test-focused": "Take `only` away.",
  "test-removed": "Put the test back, or remove what it tests in the same change.",
  "tests-removed-with-file": "Put the tests back, or remove what they test in the same change.",
  "test-emptied": "Put the checks back: a test that checks nothing is always green.",
  "rows-removed": "Put the rows back, or say what made them wrong.",
  "test-conditional": "Let it run everywhere, or say why it can't.",
  "failure-expected": "Let it be red, or fix what it shows.",
  "assertion-removed": "Put the check back, or replace it by one that is as strict.",
  "assertion-loosened": "Check the exact value again, or say why it can't be known.",
  "assertion-nuance": "Nothing to do when the difference does not matter here.",
  "assertion-unreachable": "Put the check where it runs, and wait for its promise.",
  "assertion-conditional": "Make sure that the condition holds when it should, or check it too.",
  "failure-swallowed": "Let the failure through.",
  "expectation-changed": "Make sure that the new value is the promised one, not just the observed one.",
  "plan-lowered": "Let the number of checks be as many as before.",
  "unit-replaced": "Test the real thing; replace what stands round it.",
  "snapshot-changed": "Look at the difference; commit it with what made it.",
  "snapshot-emptied": "Look at why there is no output any more.",
  "timeout-raised": "Find out what became slower.",
  "retries-raised": "Find out why it fails at first.",
  "outcome-forced": "Let the tests decide the outcome.",
  "threshold-lowered": "Keep the threshold, or have an owner waive this with the reason.",
  "tests-excluded": "Let these files run.",
  "failure-ignored": "Let a failing test fail the run.",
};
