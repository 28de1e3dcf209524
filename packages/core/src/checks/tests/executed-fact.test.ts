import { expect, test } from "vitest";
import type { Effect, Observation } from "#kernel";
import type { Confirmation, SuspicionOutcome } from "#evidence";
import { withExecutedFacts } from "./executed-fact.ts";

const ASK = { to: ["author"], question: "Why?", how: "Say so." };
const seen = (kind: string, effect: Effect): Observation => ({ answer: "broken", because: "“adds” is gone.", subject: "s", effect, ...(effect === "ask" && { ask: ASK }), details: { kind } });
const outcome = (over: Partial<SuspicionOutcome>): SuspicionOutcome => ({ check: "tests/weakened", subject: "s", fact: "weaker", because: "Run to see: nobody notices it now", tried: 3, caughtBefore: 2, caughtNow: 1, ...over }) as unknown as SuspicionOutcome;

function told(kind: string, effect: Effect, over: Partial<SuspicionOutcome>): readonly [Effect | undefined, boolean] {
  const evidence = { kind: "confirmation", source: "ran", subject: "head", digest: "sha256:0", origin: "x", outcomes: [outcome(over)], mutants: [] } as unknown as Confirmation;
  const [one] = withExecutedFacts("tests/weakened", [seen(kind, effect)], [evidence]);
  return [one?.effect, one?.ask !== undefined];
}

test.each(["test-removed", "tests-removed-with-file", "test-emptied", "assertion-removed"])("%s asks, and holds once a fault that it noticed goes unnoticed", (kind) => {
  expect(told(kind, "ask", { unnoticed: true })).toEqual(["block", false]);
  expect(told(kind, "ask", {})).toEqual(["ask", true]);
  expect(told(kind, "ask", { fact: "undecided" })).toEqual(["ask", true]);
});

test("what is checked less strictly stays a question, and a remark becomes one", () => {
  expect(told("assertion-loosened", "ask", { unnoticed: true })).toEqual(["ask", true]);
  expect(told("assertion-removed", "note", { unnoticed: true })).toEqual(["ask", true]);
});

test("what was refuted is a remark, but for a test that is off", () => {
  expect(told("test-removed", "ask", { fact: "as-strong" })).toEqual(["note", false]);
  expect(told("test-skipped", "block", { fact: "as-strong" })[0]).toBe("block");
});

test("a loss that nobody suspected asks where the old test stood, and what was suspected is said once", () => {
  const unsuspected = { file: "test/a.test.js", title: "works", line: 7 };
  const evidence = { kind: "confirmation", source: "ran", subject: "head", digest: "sha256:0", origin: "x", outcomes: [outcome({ subject: "other", unnoticed: true, unsuspected })], mutants: [] } as unknown as Confirmation;
  const found = [...withExecutedFacts("tests/weakened", [], [evidence])];
  expect(found).toMatchObject([{ answer: "broken", effect: "ask", subject: "other", places: [{ file: "test/a.test.js", line: 7, side: "base" }], details: { kind: "fault-unnoticed", tests: ["works"] } }]);
  const suspected = { ...evidence, outcomes: [outcome({ unnoticed: true })] } as unknown as Confirmation;
  expect([...withExecutedFacts("tests/weakened", [seen("assertion-removed", "ask")], [suspected])]).toHaveLength(1);
});
