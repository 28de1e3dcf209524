import { nextMutant, rankUnits, type Tried } from "#change";
import { isTestOf, judgeVacuous, type StrengthJudged, type SuspicionOutcome, type Trial } from "#evidence";
import { outcomeOf, redKeys, runLimit, type Examined, type Group, type Lab } from "./examination.ts";
import { reachOf, unitsOf } from "./reachable-code.ts";
import type { Suspicion } from "./suspicions.ts";

/** Faults a suspected test is put to: one that notices none of these notices little. */
const MOST_TRIED = 12;

interface Watched {
  readonly suspicion: Suspicion;
  readonly keys: ReadonlySet<string>;
  readonly trials: Trial[];
}

/** Puts faults into the code a new test calls, and looks whether any turns it red. */
export async function examineVacuous(group: Group, tree: string, lab: Lab): Promise<Examined> {
  const first = await lab.run(tree, [group.file]);
  const watched = group.suspicions.flatMap((suspicion) =>
    suspicion.tests.map((test): Watched => ({ suspicion, trials: [], keys: new Set([...first.side.tests].flatMap(([key, { id, outcome }]) => (outcome === "green" && isTestOf(test.title, id) ? [key] : []))) })),
  );
  const runs = watched.filter(({ keys }) => keys.size > 0);
  const tried: Tried[] = [];
  if (first.whole && runs.length > 0) {
    const reach = await reachOf(group.file, lab.code);
    const words = new Set(group.suspicions.flatMap(({ tests }) => tests.flatMap(({ part }) => [...part.words]).concat(tests.flatMap(({ names }) => [...names]))));
    const units = rankUnits(await unitsOf(reach.keys(), lab.code, lab.syntax), { words, reach });
    let ran = 0;
    while (ran < MOST_TRIED && lab.left() > group.until) {
      const mutant = nextMutant(units, tried);
      if (mutant === undefined) break;
      lab.says(`fault ${ran + 1} of at most ${MOST_TRIED}: ${mutant.says}`);
      const broken = await lab.treeWith(tree, mutant);
      const seen = broken === undefined ? undefined : await lab.run(broken, [group.file], runLimit(first.durationMs));
      const red = seen?.whole === true ? runs.map(({ keys }) => redKeys(seen.side, keys)) : undefined;
      if (red) ran += 1;
      for (const [index, keys] of (red ?? []).entries()) runs[index]?.trials.push({ mutant, caughtBefore: keys.length > 0, byAssertion: keys.some((key) => seen?.side.tests.get(key)?.failure?.kind === "assertion") });
      tried.push({ mutant, noticed: red?.some((keys) => keys.length > 0) === true });
    }
  }
  return { mutants: tried.map(({ mutant }) => mutant), outcomes: group.suspicions.map((suspicion) => combined(suspicion, watched.filter((one) => one.suspicion === suspicion))) };
}

/** One test that can't fail is enough to say so; a suspicion is dropped when all of its tests can. */
function combined(suspicion: Suspicion, watched: readonly Watched[]): SuspicionOutcome {
  const silent: StrengthJudged = { fact: "undecided", because: "Not confirmed by a run: the test did not run here", caughtBefore: 0, caughtNow: 0 };
  const judged = watched.map(({ keys, trials }) => (keys.size === 0 ? silent : judgeVacuous(trials)));
  const found = judged.find(({ fact }) => fact === "cannot-fail") ?? judged.find(({ fact }) => fact === "undecided") ?? (suspicion.incomplete ? { ...silent, because: "Not confirmed by a run: not all of its tests could be found" } : (judged[0] ?? silent));
  return outcomeOf(suspicion, found, Math.max(0, ...watched.map(({ trials }) => trials.length)));
}
