import type { CheckId, Effect, Json, Observation } from "#kernel";
import type { Mutant } from "#change";
import { evidenceOf, type Evidence, type SuspicionOutcome } from "#evidence";

/** Edits that are facts and no suspicions: a test that is switched off is off, also where others catch what it caught. */
const FACTS: ReadonlySet<string> = new Set(["test-skipped"]);

/** Edits that take something away from a test, and hold once a run has shown what: a fault that the old tests noticed and nobody does now. */
const LOSSES: ReadonlySet<string> = new Set(["test-removed", "tests-removed-with-file", "test-emptied", "assertion-removed"]);

/**
 * Suspicion explains, the executed fact decides: an observation that was looked into by runs says what they showed. Refuted, it is a remark; where
 * a fault goes unnoticed by every test now, a remark is a question and a question about something taken away holds; confirmed or undecided otherwise, and where reading alone is the fact, it keeps its effect.
 * What no run looked into stays as it was.
 */
export function* withExecutedFacts(check: CheckId, seen: Iterable<Observation>, evidence: readonly Evidence[]): Generator<Observation> {
  const outcomes = new Map(evidenceOf(evidence, "confirmation").flatMap((one) => one.outcomes.filter((outcome) => outcome.check === check).map((outcome) => [outcome.subject, outcome])));
  for (const one of seen) {
    const outcome = outcomes.get(one.subject);
    yield* outcome === undefined || one.answer !== "broken" ? [one] : told(one, outcome);
  }
  for (const one of outcomes.values()) if (one.unsuspected !== undefined && one.unnoticed === true) yield foundByRun(one, one.unsuspected);
}

/** A loss that reading did not suspect: the run alone says so, hence it asks and never holds. */
const foundByRun = (outcome: SuspicionOutcome, { file, title, line }: NonNullable<SuspicionOutcome["unsuspected"]>): Observation => ({
  answer: "broken",
  effect: "ask",
  because: `“${title.length > 100 ? `${title.slice(0, 97)}…` : title}” changed, and nothing took over all that it caught. ${outcome.because}.`,
  fix: "Check for this fault in a test again, or have an owner waive this with the reason.",
  places: [{ file, line, side: "base" }],
  subject: outcome.subject,
  ask: WHAT_CATCHES_IT,
  ...(outcome.lost && { excerpt: shown(outcome.lost) }),
  details: { kind: "fault-unnoticed", tests: [title], edits: 1, executed: factOf(outcome) },
});

function* told(seen: Observation, outcome: SuspicionOutcome): Generator<Observation> {
  // A new test that was seen to turn red is none that can't.
  if (outcome.fact === "can-fail") return;
  const remark = seen.effect === "note";
  // That runs could not tell either is no news about a remark.
  if (remark && outcome.fact !== "weaker" && outcome.fact !== "as-strong") return yield { ...seen, details: { ...seen.details, executed: factOf(outcome) } };
  const { ask = remark ? WHAT_CATCHES_IT : undefined, fix, ...rest } = seen;
  const cleared = outcome.fact === "as-strong" && !FACTS.has(kindOf(seen));
  const effect = effectOf(seen, cleared, outcome.unnoticed === true);
  const asks = effect !== "note" && effect !== "block";
  yield {
    ...rest,
    because: `${seen.because} ${outcome.because}.`,
    ...(effect !== undefined && { effect }),
    ...(fix !== undefined && { fix: cleared ? "Nothing to do, unless it caught something that these faults are not like." : fix }),
    ...(ask && (asks || (effect === "block" && seen.effect === "block")) && { ask }),
    ...(seen.excerpt && { excerpt: [...seen.excerpt, ...(outcome.lost ? shown(outcome.lost) : [])] }),
    ...(!seen.excerpt && outcome.lost && { excerpt: shown(outcome.lost) }),
    details: { ...seen.details, executed: factOf(outcome) },
  };
}

function effectOf(seen: Observation, cleared: boolean, unnoticed: boolean): Effect | undefined {
  if (cleared) return "note";
  if (unnoticed && seen.effect === "note") return "ask";
  return unnoticed && LOSSES.has(kindOf(seen)) ? "block" : seen.effect;
}

const WHAT_CATCHES_IT = { to: ["author"], question: "What catches this fault now?", how: "Check for it in a test, or have an owner waive this finding with the reason." };

const kindOf = ({ details }: Observation): string => (typeof details?.["kind"] === "string" ? details["kind"] : "");

/** The fault that nobody notices, as lines; a result that was bent has no line that a person would write. */
function shown({ file, line, kind, before, after }: Mutant): readonly string[] {
  const bent = kind === "value" || kind === "order" || kind === "more";
  return bent || before === "" || before.includes("\n") || after.includes("\n") ? [] : [`  ${file}:${line}, a fault that nothing notices now:`, `- ${before.slice(0, 160)}`, `+ ${after.slice(0, 160)}`];
}

const factOf = ({ fact, tried, caughtBefore, caughtNow, lost, failure, suites }: SuspicionOutcome): Json => ({
  fact,
  tried,
  caughtBefore,
  caughtNow,
  ...(lost && { mutant: { file: lost.file, line: lost.line, kind: lost.kind, function: lost.unit, before: lost.before.slice(0, 500), after: lost.after.slice(0, 500), says: lost.says } }),
  ...(suites && { suites: { ...suites } }),
  ...(failure && { failure: { kind: failure.kind, message: failure.message.slice(0, 500) } }),
});
