import type { Observation, Place } from "#kernel";
import type { Change } from "#change";
import { evidenceOf, type Proof, type ProofTest } from "#evidence";
import { ALL_GATES, defineCheck, SHARED_GATES } from "../../check.ts";

export const passWithoutChange = defineCheck({
  id: "tests/pass-without-change",
  asks: "Would the tests that came with this change have failed without it?",
  why: "A test that passes on the old code as well shows nothing about the new: it would not have caught the bug, and will not catch it when it comes back.",
  since: "0.1.0",
  effect: "block",
  gates: ALL_GATES,
  needs: ["proof"],

  *look({ change, evidence, gate }) {
    // One that was only reported was not seen to run.
    const proof = evidenceOf(evidence, "proof").findLast((one) => one.source === "ran");
    if (!proof) return;
    if (proof.outcome === "proven") yield holds(proof);
    else if (proof.outcome === "refuted") yield* refuted(proof, change);
    else if (proof.outcome === "not proven") yield* notProven(proof, change, SHARED_GATES.includes(gate));
  },
});

const holds = (proof: Proof): Observation => ({
  answer: "holds",
  because: `Proven: ${proof.because}${proof.repeats > 1 ? ` (${proof.repeats} runs a side)` : ""}.`,
  subject: subjectOf(proof),
  details: detailsOf(proof),
});

function* refuted(proof: Proof, change: Change): Generator<Observation> {
  const declared = change.typeFrom !== "inferred";
  if (proof.changeType === "refactor") {
    // Nobody said that behaviour would stay: `perf` and `types` are more than rewriting.
    if (!declared || !saysRefactoring(change)) return;
    yield asking(proof, {
      because: `This is declared as a refactoring, but ${proof.because}.`,
      fix: "If the behaviour was meant to change, say so with a `Change-Type:` trailer or --type; else keep it as it was.",
      question: "Was behaviour meant to change?",
      how: "Declare the type of this change, or restore the behaviour the test describes.",
    });
    return;
  }
  const because = `This ${declared ? "says it is" : "reads like"} a fix, and ${proof.because}.`;
  const fix = "Make one of the tests fail on the code before the fix: assert on what the bug did wrong. If this is no bug fix, say so with a `Change-Type:` trailer or --type.";
  // What was only read out of a message's wording is no declaration to hold anybody to.
  if (declared) yield { ...about(proof, because), answer: "broken", fix };
  else yield asking(proof, { because, fix, question: "Which test fails without this fix?", how: "Add it; or, if this is no bug fix, say so with a `Change-Type:` trailer or --type." });
}

const saysRefactoring = ({ typeFrom, commits }: Change): boolean => typeFrom === "declared" || commits.some(({ message }) => /^\W{0,8}(?:refactor|cleanup|simplify|style|polish)/i.test(message));

/** A question to the author. */
function asking(proof: Proof, { because, fix, question, how }: { readonly because: string; readonly fix: string; readonly question: string; readonly how: string }): Observation {
  return { ...about(proof, because), answer: "broken", effect: "ask", fix, ask: { to: ["author"], question, how } };
}

function* notProven(proof: Proof, change: Change, shared: boolean): Generator<Observation> {
  const green = proof.tests.filter((test) => test.head === "green");
  // A red head is tests/failing's to tell.
  if (green.length === 0 && proof.tests.some((test) => test.head === "red")) return;
  const allGreen = green.length > 0 && green.every((test) => test.base === "green");
  if (proof.changeType === "feature" && allGreen) {
    // A type that was only guessed is nothing to hold anybody to.
    if (change.typeFrom === "inferred") return;
    yield asking(proof, {
      because: `This says it brings something new, and ${proof.because}.`,
      fix: "Add a test of the new behaviour. If nothing new can be observed, declare another type with a `Change-Type:` trailer or --type.",
      question: "What shows that it works?",
      how: "Add a test that fails without the feature, or have an owner waive this with the reason.",
    });
    return;
  }
  const weak = green.some((test) => test.why === "absent-before");
  yield {
    ...about(proof, `Not proven: ${proof.because}.`),
    answer: "unknown",
    // Elsewhere it is a hint; where the gate owes the proof, policy says what not having it costs.
    ...((weak || !shared || green.length === 0) && { effect: "note" as const }),
    fix: weak ? "Add a test that calls what existed before and fails on the bug itself." : allGreen ? "Run `proofline prove` where the named test or file can run, or add a test here that fails on the code before the fix." : "Let the tests load on the code before the change as well; `proofline prove` shows why they did not.",
  };
}

/** What every answer carries: places at the tests, and each test's two sides. */
function about(proof: Proof, because: string): Pick<Observation, "because" | "places" | "subject" | "details"> {
  return { because, places: placesOf(proof), subject: subjectOf(proof), details: detailsOf(proof) };
}

const subjectOf = (proof: Proof): string => [proof.outcome, ...proof.selection].join("\n");

function placesOf(proof: Proof): Place[] {
  const files = proof.tests.flatMap((test) => test.id.file ?? []);
  return [...new Set(files.length > 0 ? files : proof.selection)].slice(0, 10).map((file) => ({ file, side: "head" as const }));
}

const MOST_TESTS = 50;

const detailsOf = (proof: Proof): NonNullable<Observation["details"]> => ({
  outcome: proof.outcome,
  ...(proof.weak && { weak: proof.weak }),
  broken: proof.broken,
  repeats: proof.repeats,
  ...(proof.headSurroundings && { surroundings: "the head's packages and settings" }),
  tests: proof.tests.slice(0, MOST_TESTS).map(lineOf),
});

const lineOf = ({ id, head, base, why }: ProofTest): Record<string, string> => ({
  test: [...id.suite, id.name].join(" › "),
  ...(id.file !== undefined && { file: id.file }),
  withChange: head,
  without: base,
  ...(why && { why }),
});
