import { expect, test } from "vitest";
import type { Observation } from "#kernel";
import type { Check, Facts, StaticFacts } from "#checks";
import { recallAnswers } from "./recall-answers.ts";

const facts = { change: { headTree: "h" }, gate: "local", options: {} } as unknown as StaticFacts;
const complete = (given: StaticFacts): Facts => ({ ...given, evidence: [], unavailable: new Map(), text: () => undefined }) as unknown as Facts;
const check = (id: string, over: Partial<Check> = {}): Check => ({ id, parses: () => [{ side: "head", path: "a.test.ts" }], ...over }) as unknown as Check;
const answer: Observation[] = [{ answer: "holds", because: "1 test asks no less than before.", subject: "x" }];

function memory() {
  const kept = new Map<string, readonly Observation[]>();
  return { kept, recall: (question: string) => Promise.resolve(kept.get(question)), keep: (question: string, answers: readonly Observation[]) => Promise.resolve(void kept.set(question, answers)) };
}

test("what a check that reads trees answered is known the next time, also that it had nothing to say", async () => {
  const all = [check("tests/weakened"), check("tests/vacuous")].map((one) => ({ check: one, facts }));
  const own = memory();
  const first = await recallAnswers(all, complete, own);
  expect(first.known.size).toBe(0);
  const answers = new Map([["tests/weakened", answer], ["tests/vacuous", []]] as const);
  await first.keep(answers);
  expect(new Map((await recallAnswers(all, complete, own)).known)).toEqual(answers);
});

test.each([
  ["reads no trees", { parses: undefined }],
  ["wants no tree of this change", { parses: () => [] }],
  ["recalls what earlier changes touched", { recalls: () => true }],
])("nothing is kept of a check that %s", async (_, over) => {
  const own = memory();
  const { keep } = await recallAnswers([{ check: check("tests/weakened", over as Partial<Check>), facts }], complete, own);
  await keep(new Map([["tests/weakened", answer]]));
  expect(own.kept.size).toBe(0);
});

test("without a memory everything is asked", async () => {
  const { known, keep } = await recallAnswers([{ check: check("tests/weakened"), facts }], complete, undefined);
  await keep(new Map([["tests/weakened", answer]]));
  expect(known.size).toBe(0);
});
