import type { CheckId, GateName, Json, Observation } from "#kernel";
import type { Change, Repository } from "#change";
import type { Evidence } from "#evidence";
import type { Intent } from "#intent";
import type { Check, EvidenceNeed, Facts, FileRequest, StaticFacts, TextSide } from "#checks";

export interface Questioning {
  readonly change: Change;
  readonly intent: Intent;
  readonly gate: GateName;
  readonly evidence: readonly Evidence[];
  readonly unavailable: ReadonlyMap<EvidenceNeed, string>;
  readonly solo?: boolean;
  optionsOf(check: Check): Readonly<Record<string, Json>>;
}

export type Answers = ReadonlyMap<CheckId, readonly Observation[]>;

/** Asks every check, after reading in one go all the files they want to see. */
export async function askChecks(checks: readonly Check[], about: Questioning, repository: Pick<Repository, "readFiles">): Promise<Answers> {
  const perCheck = checks.map((check) => ({ check, facts: staticFacts(check, about) }));
  const requests = perCheck.flatMap(({ check, facts }) => [...(check.reads?.(facts) ?? [])]);
  const text = await readTexts(requests, about.change, repository);
  return new Map(perCheck.map(({ check, facts }) => [check.id, [...check.look(completeFacts(facts, about, text))]]));
}

const staticFacts = (check: Check, { change, intent, gate, optionsOf }: Questioning): StaticFacts => ({ change, intent, gate, options: optionsOf(check) });

const completeFacts = (facts: StaticFacts, about: Questioning, text: Facts["text"]): Facts => ({
  ...facts,
  evidence: about.evidence,
  unavailable: about.unavailable,
  ...(about.solo !== undefined && { solo: about.solo }),
  text,
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
