import { rankUnits, type SyntaxReader } from "#change";
import { ENOUGH, isTestOf, titleOfTest, type ComparedSuites, type MutationRunner, type RunRequest, type SuspicionOutcome, type TestSetup } from "#evidence";
import { compareSuites, type Compared, type Noticed } from "./compare-suites.ts";
import { nearUnits } from "./enough.ts";
import { editOf, type QuietEdit } from "./quiet-edits.ts";
import { otherTests, reachOf, unitsOf, type CodeMap } from "./reachable-code.ts";
import { fateOf, type SuspectTest, type Suspicion } from "./suspicions.ts";

/** True where some of these runners can be driven fault by fault: all that are started natively, but no command somebody declared. */
export const canCompare = (setups: readonly TestSetup[]): boolean => setups.some(({ runner, declare }) => declare === undefined && runner !== "command");

/** One old test file whose edits are looked at together. */
export interface ComparedGroup {
  readonly file: string;
  readonly suspicions: readonly Suspicion[];
  readonly quiet: readonly QuietEdit[];
  readonly successors: readonly string[];
  readonly trees: { readonly old: string; readonly head: string };
  readonly touched: ReadonlySet<string>;
}

export interface GroupPorts {
  readonly mutation: MutationRunner;
  readonly setups: readonly TestSetup[];
  readonly code: CodeMap;
  readonly syntax: SyntaxReader;
  readonly signal: AbortSignal;
  readonly isolation?: RunRequest["isolation"];
  left(): number;
  says(words: string): void;
}

/** Other tests that reach a source file, as far as imports are followed. */
const MOST_FOLLOWED = 60;

/** What the old test file noticed and nobody does now, told of the suspicion or the edit it belongs to. A test that is gone is missed by nobody when others notice all it noticed. */
export async function compareGroup(group: ComparedGroup, ports: GroupPorts): Promise<{ readonly outcomes: readonly SuspicionOutcome[]; readonly compared: Compared }> {
  const { file, suspicions, quiet, trees, successors, touched } = group;
  const { code, syntax } = ports;
  const reach = await reachOf(file, code);
  const tests = suspicions.flatMap((one) => one.tests);
  const words = new Set([...tests.flatMap(({ part, names }) => [...part.words, ...names]), ...quiet.flatMap(({ part }) => [...part.words])]);
  const ranked = rankUnits(await unitsOf(reach.keys(), code, syntax), { words, reach });
  const near = nearUnits(ranked, tests.map((test) => ({ test })));
  const units = [...near, ...ranked.filter((unit) => !near.includes(unit))];
  const compared = await compareSuites({ ...trees, file, successors, units, othersOf: (source) => otherTests(source, touched, code, MOST_FOLLOWED) }, ports);
  return { compared, outcomes: outcomesOf(group, compared) };
}

export const suitesOf = ({ tried, caught, lost, open, because }: Compared): ComparedSuites => ({ tried, caught: caught.length, lost: lost.length, open, ...(because !== undefined && { because: because.slice(0, 300) }) });

function outcomesOf({ file, suspicions, quiet }: ComparedGroup, compared: Compared): readonly SuspicionOutcome[] {
  const counts = { tried: compared.tried, caughtBefore: compared.caught.length, caughtNow: compared.caught.length - compared.lost.length - compared.open, suites: suitesOf(compared) };
  const told = new Map<string, SuspicionOutcome>();
  for (const lost of compared.lost) {
    const about = { ...counts, check: "tests/weakened" as const, fact: "weaker" as const, lost: lost.mutant, unnoticed: true as const, because: lossOf(lost) };
    const suspicion = suspicions.find((one) => one.tests.some((test) => isOf(test, lost)));
    const edit = suspicion === undefined ? editOf(quiet, file, lost.by) : undefined;
    const title = titleOfTest(lost.by);
    const outcome = suspicion ? { ...about, subject: suspicion.subject } : edit && { ...about, subject: `fault-unnoticed\n${file}\n${title}`, unsuspected: { file, title, line: edit.part.line } };
    if (outcome && !told.has(outcome.subject)) told.set(outcome.subject, outcome);
  }
  const whole = compared.because === undefined && compared.open === 0 && compared.lost.length === 0;
  for (const suspicion of whole ? suspicions.filter((one) => fateOf(one) === "gone" && !one.incomplete) : []) {
    const own = suspicion.tests.map((test) => compared.caught.filter((one) => isOf(test, one)).length);
    const sum = own.reduce((total, count) => total + count, 0);
    if (own.length > 0 && own.every((count) => count >= ENOUGH)) told.set(suspicion.subject, { ...counts, check: "tests/weakened", subject: suspicion.subject, fact: "as-strong", caughtBefore: sum, caughtNow: sum, because: `Run to see: all ${sum} faults it noticed first are noticed by other tests (of ${compared.tried} tried)` });
  }
  return [...told.values()];
}

const isOf = (test: SuspectTest, { by }: Noticed): boolean => isTestOf(test.title, by);

const lossOf = ({ mutant }: Noticed): string => `Run to see: when ${mutant.says}, the old test turned red, and now no test does`;
