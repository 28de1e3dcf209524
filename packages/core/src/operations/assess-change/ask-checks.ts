import type { CheckId, GateName, Json, Observation } from "#kernel";
import type { Change, Repository, SyntaxReader } from "#change";
import type { Evidence, Flakes } from "#evidence";
import type { Intent } from "#intent";
import type { Check, EvidenceNeed, Facts, StaticFacts, TreeOf } from "#checks";
import type { AnswerMemory } from "../ports/answer-memory.ts";
import { readTexts, readTrees } from "./read-trees.ts";
import { recallAnswers } from "./recall-answers.ts";

export interface Questioning {
  readonly change: Change;
  readonly intent: Intent;
  readonly gate: GateName;
  readonly evidence: readonly Evidence[];
  readonly unavailable: ReadonlyMap<EvidenceNeed, string>;
  readonly solo?: boolean;
  readonly outOfSight?: readonly string[];
  readonly flakes?: Flakes;
  readonly syntax: SyntaxReader;
  /** Answers to the same questions, for checks that read trees; absent where nothing is remembered. */
  readonly memory?: AnswerMemory;
  optionsOf(check: Check): Readonly<Record<string, Json>>;
}

export type Answers = ReadonlyMap<CheckId, readonly Observation[]>;

/** Asks every check, after reading in one go all the files they want to see, and then what some want to see as trees. */
export async function askChecks(checks: readonly Check[], about: Questioning, repository: Pick<Repository, "readFiles" | "touchedPaths">): Promise<Answers> {
  const all = checks.map((check) => ({ check, facts: staticFacts(check, about) }));
  const { known, keep } = await recallAnswers(all, (facts) => completeFacts(facts, about, nothing, nothing), about.memory);
  const perCheck = all.filter(({ check }) => !known.has(check.id));
  const requests = perCheck.flatMap(({ check, facts }) => [...(check.reads?.(facts) ?? [])]);
  const recalling = new Set(perCheck.filter(({ check, facts }) => check.recalls?.(facts) === true).map(({ check }) => check));
  const [text, trees, earlier] = await Promise.all([
    readTexts(requests, about.change, repository),
    readTrees({ asked: perCheck, change: about.change, syntax: about.syntax, repository }, "changed"),
    recalling.size === 0 ? [] : repository.touchedPaths(about.change.mergeBase, RECALLED),
  ]);
  const look = ({ check, facts }: Asked, tree: TreeOf): readonly Observation[] => [...check.look({ ...completeFacts(facts, about, text, tree), ...(recalling.has(check) && { earlier }) })];
  const answers = new Map(all.map((asked) => [asked.check.id, known.get(asked.check.id) ?? look(asked, trees.tree)]));
  // Some of what is suspected of a change alone may be explained by the tests round it: then all of them are read.
  const suspecting = trees.whole ? [] : perCheck.filter(({ check }) => check.parses !== undefined && answers.get(check.id)?.some((seen) => seen.answer === "broken" && check.doubts?.(seen) !== false));
  if (suspecting.length > 0) {
    const { tree } = await readTrees({ asked: suspecting, change: about.change, syntax: about.syntax, repository }, "whole", trees.known);
    for (const asked of suspecting) answers.set(asked.check.id, look(asked, tree));
  }
  await keep(answers);
  return answers;
}

const nothing = (): undefined => undefined;

/** Changes that a habit is read from: months of work in most repositories, and a fraction of a second to list. */
const RECALLED = 500;

interface Asked {
  readonly check: Check;
  readonly facts: StaticFacts;
}

const staticFacts = (check: Check, { change, intent, gate, optionsOf }: Questioning): StaticFacts => ({ change, intent, gate, options: optionsOf(check) });

const completeFacts = (facts: StaticFacts, about: Questioning, text: Facts["text"], tree: TreeOf): Facts => ({
  ...facts,
  evidence: about.evidence,
  unavailable: about.unavailable,
  ...(about.flakes && { flakes: about.flakes }),
  ...(about.solo !== undefined && { solo: about.solo }),
  ...(about.outOfSight && { outOfSight: about.outOfSight }),
  text,
  tree,
});
