import type { CheckId, Observation } from "#kernel";
import type { Check, Facts, StaticFacts } from "#checks";
import type { AnswerMemory } from "../ports/answer-memory.ts";
import { questionOf } from "./question-of.ts";

interface Asked {
  readonly check: Check;
  readonly facts: StaticFacts;
}

interface Recalled {
  /** Answers that need not be found again. */
  readonly known: ReadonlyMap<CheckId, readonly Observation[]>;
  /** Keeps what was answered to the other questions. */
  keep(answers: ReadonlyMap<CheckId, readonly Observation[]>): Promise<void>;
}

/**
 * Looks up what was answered before to exactly the same questions. Only by checks that want to read trees of this change: parsing and reading them takes
 * longer than all else together, and what other checks do takes no longer than looking it up.
 */
export async function recallAnswers(asked: readonly Asked[], complete: (facts: StaticFacts) => Facts, memory: AnswerMemory | undefined): Promise<Recalled> {
  if (memory === undefined) return { known: new Map(), keep: () => Promise.resolve() };
  const questions = new Map(asked.filter(readsTrees).map(({ check, facts }) => [check.id, questionOf(check, complete(facts))]));
  const found = await Promise.all([...questions].map(async ([id, question]) => [id, await memory.recall(question)] as const));
  const known = new Map(found.flatMap(([id, answers]) => (answers === undefined ? [] : [[id, answers] as const])));
  return {
    known,
    keep: async (answers) => {
      const fresh = [...questions].filter(([id]) => !known.has(id));
      await Promise.all(fresh.map(([id, question]) => memory.keep(question, answers.get(id) ?? [])));
    },
  };
}

/** What earlier changes touched is read only once somebody asks: a check that recalls them is asked anew. */
const readsTrees = ({ check, facts }: Asked): boolean => check.recalls === undefined && [...(check.parses?.(facts, () => undefined) ?? [])].length > 0;
