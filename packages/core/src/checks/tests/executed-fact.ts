import type { CheckId, Effect, Json, Observation } from "#kernel";
import type { Mutant } from "#change";
import { evidenceOf, type Evidence, type SuspicionOutcome } from "#evidence";

/** Edits that are facts and no suspicions: a test that is switched off is off, also where others catch what it caught. */
const FACTS: ReadonlySet<string> = new Set(["test-skipped"]);

/**
 * Suspicion explains, the executed fact decides: an observation that was looked into by runs says what they showed. Refuted, it is a remark; a remark
 * after which a fault goes unnoticed by every test is a question; confirmed or undecided, and where reading alone is the fact, it keeps its effect.
 * What no run looked into stays as it was.
 */
export function* withExecutedFacts(check: CheckId, seen: Iterable<Observation>, evidence: readonly Evidence[]): Generator<Observation> {
  const outcomes = new Map(evidenceOf(evidence, "confirmation").flatMap((one) => one.outcomes.filter((outcome) => outcome.check === check).map((outcome) => [outcome.subject, outcome])));
  for (const one of seen) {
    const outcome = outcomes.get(one.subject);
    yield* outcome === undefined || one.answer !== "broken" ? [one] : told(one, outcome);
  }
}

function* told(seen: Observation, outcome: SuspicionOutcome): Generator<Observation> {
  // A new test that was seen to turn red is none that can't.
  if (outcome.fact === "can-fail") return;
  const remark = seen.effect === "note";
  // That runs could not tell either is no news about a remark.
  if (remark && outcome.fact !== "weaker" && outcome.fact !== "as-strong") return yield { ...seen, details: { ...seen.details, executed: factOf(outcome) } };
  const { ask = remark ? WHAT_CATCHES_IT : undefined, fix, ...rest } = seen;
  const cleared = outcome.fact === "as-strong" && !FACTS.has(kindOf(seen));
  const effect: Effect | undefined = cleared ? "note" : remark && outcome.unnoticed === true ? "ask" : seen.effect;
  const decides = effect !== "note";
  yield {
    ...rest,
    because: `${seen.because} ${outcome.because}.`,
    ...(effect !== undefined && { effect }),
    ...(fix !== undefined && { fix: cleared ? "Nothing to do, unless it caught something that these faults are not like." : fix }),
    ...(ask && decides && { ask }),
    ...(seen.excerpt && { excerpt: [...seen.excerpt, ...(outcome.lost ? shown(outcome.lost) : [])] }),
    ...(!seen.excerpt && outcome.lost && { excerpt: shown(outcome.lost) }),
    details: { ...seen.details, executed: factOf(outcome) },
  };
}

const WHAT_CATCHES_IT = { to: ["author"], question: "What catches this fault now?", how: "Check for it in a test, or have an owner waive this finding with the reason." };

const kindOf = ({ details }: Observation): string => (typeof details?.["kind"] === "string" ? details["kind"] : "");

/** The fault that nobody notices, as lines; a result that was bent has no line that a person would write. */
function shown({ file, line, kind, before, after }: Mutant): readonly string[] {
  const bent = kind === "value" || kind === "order" || kind === "more";
  return bent || before === "" || before.includes("\n") || after.includes("\n") ? [] : [`  ${file}:${line}, a fault that nothing notices now:`, `- ${before.slice(0, 160)}`, `+ ${after.slice(0, 160)}`];
}

const factOf = ({ fact, tried, caughtBefore, caughtNow, lost, failure }: SuspicionOutcome): Json => ({
  fact,
  tried,
  caughtBefore,
  caughtNow,
  ...(lost && { mutant: { file: lost.file, line: lost.line, kind: lost.kind, function: lost.unit, before: lost.before.slice(0, 500), after: lost.after.slice(0, 500), says: lost.says } }),
  ...(failure && { failure: { kind: failure.kind, message: failure.message.slice(0, 500) } }),
});
