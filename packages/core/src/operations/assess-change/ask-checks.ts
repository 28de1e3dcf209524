import type { CheckId, GateName, Json, Observation } from "#kernel";
import type { Change, Repository, SyntaxReader, SyntaxTree } from "#change";
import type { Evidence, Flakes } from "#evidence";
import type { Intent } from "#intent";
import type { Check, EvidenceNeed, Facts, FileRequest, StaticFacts, TextSide, TreeOf } from "#checks";
import type { AnswerMemory } from "../ports/answer-memory.ts";
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
  const [text, tree, earlier] = await Promise.all([
    readTexts(requests, about.change, repository),
    readTrees(perCheck, about, repository),
    recalling.size === 0 ? [] : repository.touchedPaths(about.change.mergeBase, RECALLED),
  ]);
  const look = ({ check, facts }: Asked): readonly Observation[] => [...check.look({ ...completeFacts(facts, about, text, tree), ...(recalling.has(check) && { earlier }) })];
  const answers = new Map(all.map((asked) => [asked.check.id, known.get(asked.check.id) ?? look(asked)]));
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

/** Rounds of parsing: a test, its helpers, their helpers. */
const ROUNDS = 3;

/** Parses what the checks ask for, in rounds; nothing at all, and no parser loaded, when nobody asks. */
async function readTrees(asked: readonly Asked[], { change, syntax }: Questioning, repository: Pick<Repository, "readFiles">): Promise<TreeOf> {
  const trees = new Map<string, SyntaxTree | undefined>();
  const keyOf = ({ side, path }: FileRequest): string => `${side}:${path}`;
  const tree: TreeOf = (side, path) => trees.get(keyOf({ side, path }));
  const wanting = asked.filter(({ check }) => check.parses !== undefined);
  for (let round = 0; round < ROUNDS; round += 1) {
    const wanted = new Map(wanting.flatMap(({ check, facts }) => [...(check.parses?.(facts, tree) ?? [])]).map((request) => [keyOf(request), request]));
    const fresh = [...wanted.values()].filter((request) => !trees.has(keyOf(request)));
    if (fresh.length === 0) break;
    const text = await readTexts(fresh, change, repository);
    for (const request of fresh) {
      const found = text(request.side, request.path);
      trees.set(keyOf(request), found === undefined ? undefined : await syntax.read(request.path, found));
    }
  }
  return tree;
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

async function readTexts(requests: readonly FileRequest[], change: Change, repository: Pick<Repository, "readFiles">): Promise<Facts["text"]> {
  const trees: Record<TextSide, string> = { base: change.mergeBaseTree, head: change.headTree, target: change.base };
  const sides = Object.keys(trees) as TextSide[];
  const pathsOn = (side: TextSide): string[] => [...new Set(requests.filter((request) => request.side === side).map((request) => request.path))];
  const texts = new Map(await Promise.all(sides.map(async (side) => [side, await readSide(repository, trees[side], pathsOn(side))] as const)));
  return (side, path) => texts.get(side)?.get(path)?.text;
}

const readSide = (repository: Pick<Repository, "readFiles">, tree: string, paths: readonly string[]) =>
  paths.length === 0 ? Promise.resolve(new Map<string, { text?: string }>()) : repository.readFiles(tree, paths);
