import { writeFile } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import type { Mutant, Repository } from "#change";
import type { JudgedMutant, LineSpan, MutationOutcome, MutationRequest, MutationRunner, TestId } from "#evidence";
import type { Bench, OnBenches } from "#evidence";
import type { Instrumented, PlacedMutant } from "./instrument.ts";
import type { PassOutcome, ReachingTest, Tally } from "./tally.ts";
import { DRIVERS } from "./drivers/drivers.ts";
import { notDriven, tryMutants, type Tried } from "./try-mutants.ts";

export interface MutationParts {
  readonly repository: Pick<Repository, "readFiles">;
  readonly onBenches: OnBenches;
}

/** Breaks changed lines in a tree of our own, all mutants in one text behind switches, and runs the tests that reach each. */
export const projectMutationRunner = ({ repository, onBenches }: MutationParts): MutationRunner => ({
  mutate: async (setups, request) => {
    const deadline = Date.now() + request.budgetMs;
    const placed = await place(repository, request);
    const known = new Map((request.known ?? []).map((one) => [nameOf(one.mutant), one]));
    const live = placed.mutants.filter(({ leftOut, mutant }) => leftOut === undefined && !known.has(nameOf(mutant)));
    const notes = placed.unread.map(({ path, because }) => `${path} was ${placed.mutants.some(({ mutant }) => mutant.file === path) ? "read in part" : "left out"}: ${because}`);
    const settled = (mutants: readonly JudgedMutant[]): readonly JudgedMutant[] => mutants.map((one) => known.get(nameOf(one.mutant)) ?? one);
    if (live.length === 0) return { mutants: settled(judgeAll(placed.mutants, [])), complete: placed.unread.length === 0, notes, isolation: "nothing was run" };
    // Laying out a tree with its packages takes seconds; nobody waits for them to hear that no runner here can be driven.
    if (setups.length > 0 && setups.every(({ runner }) => !Object.hasOwn(DRIVERS, runner))) {
      const outcome = outcomeOf(placed.mutants, [{ root: "", because: notDriven(setups.map(({ runner }) => runner)), notes, isolation: "nothing was run" }], []);
      return { ...outcome, mutants: settled(outcome.mutants) };
    }
    request.onProgress?.(`${live.length} mutants on the changed lines`);
    const said = await onBenches(setups, request, (bench) => onBench(bench, placed, { request, deadline, ids: new Set(live.map(({ id }) => id)) }));
    const outcome = outcomeOf(placed.mutants, said, notes);
    return { ...outcome, mutants: settled(outcome.mutants) };
  },
});

/** A mutant by what it does: the same in every run on the same tree. */
const nameOf = ({ file, start, end, after }: Mutant): string => `${file}\n${start} ${end}\n${after}`;

/** What one setup's tests said, or why nothing could be asked. */
interface Said {
  readonly tally?: Tally;
  readonly root: string;
  readonly because?: string;
  readonly notes: readonly string[];
  readonly isolation: string;
}

async function place(repository: MutationParts["repository"], { tree, lines, everything }: MutationRequest): Promise<Instrumented> {
  const texts = await repository.readFiles(tree, [...lines.keys()]);
  const sources = [...lines].flatMap(([path, spans]: readonly [string, readonly LineSpan[]]) => {
    const text = texts.get(path)?.text;
    return text === undefined || spans.length === 0 ? [] : [{ path, text, spans }];
  });
  const [python, scripts] = [sources.filter(({ path }) => path.endsWith(".py")), sources.filter(({ path }) => !path.endsWith(".py"))];
  if (python.length === 0) return (await import("./instrument.ts")).instrument(scripts, everything);
  const made = (await import("./python/instrument-python.ts")).instrumentPython(python, everything);
  if (scripts.length === 0) return made;
  const others = await (await import("./instrument.ts")).instrument(scripts, everything);
  return { files: new Map([...others.files, ...made.files]), mutants: [...others.mutants, ...made.mutants], unread: [...others.unread, ...made.unread] };
}

interface OnBench {
  readonly request: MutationRequest;
  readonly deadline: number;
  readonly ids: ReadonlySet<string>;
}

async function onBench(bench: Bench, placed: Instrumented, { request, deadline, ids }: OnBench): Promise<Said> {
  const about = { root: bench.root, isolation: bench.isolation, notes: [] };
  if (bench.unable !== undefined) return { ...about, because: bench.unable };
  for (const [path, text] of placed.files) await writeFile(join(bench.root, path), text);
  const unbuilt = await bench.build("before", deadline - Date.now(), request.signal);
  const onProgress = (says: string): void => request.onProgress?.(says);
  const trying = { ids, broken: [...placed.files.keys()], deadline, signal: request.signal, onProgress, kills: request.kills === true };
  const first = await tryMutants(bench, trying);
  const { tally, because } = lacksBuild(first, bench) && (await bench.build("missing", deadline - Date.now(), request.signal)) === undefined ? await tryMutants(bench, trying) : first;
  const red = [...new Map(tally.red.map((one) => [`${one.file}\n${one.title}`, one])).values()];
  const notes = [
    ...(unbuilt === undefined ? [] : [unbuilt]),
    ...red.slice(0, 5).map(({ file, title, message }) => `${title === "" ? inTree(bench.root, file) : `“${title}”`} is red without any mutant and was left out: ${message.split("\n")[0] ?? ""}`),
    ...(red.length > 5 ? [`and ${red.length - 5} more red tests were left out`] : []),
  ];
  return { ...about, tally, notes, ...(because !== undefined && { because: because.replaceAll(`${bench.root}/`, "") }) };
}

/** Nothing could be loaded, and there is something that builds. */
const lacksBuild = ({ tally, because }: Tried, { setup }: Bench): boolean => tally.tests.size === 0 && setup.start?.buildWhenMissing !== undefined && /cannot find|not found|no such file|failed to (?:load|resolve)/i.test([because ?? "", ...tally.red.map(({ message }) => message)].join("\n"));

const inTree = (root: string, file: string): string => relative(root, file).split(sep).join("/");

function outcomeOf(placed: readonly PlacedMutant[], said: readonly Said[], notes: readonly string[]): MutationOutcome {
  const reasons = [...new Set(said.flatMap(({ because }) => because ?? []))];
  const nobody = said.length === 0 ? "no runner here takes these tests" : undefined;
  const because = reasons.length > 0 ? reasons.join("; ") : nobody;
  return {
    mutants: judgeAll(placed, said, because),
    complete: because === undefined,
    ...(because !== undefined && { because }),
    notes: [...notes, ...said.flatMap((one) => one.notes)],
    isolation: said.find(({ tally }) => tally !== undefined)?.isolation ?? "nothing was run",
  };
}

/** Best known first: one setup's kill outweighs what others say, and nobody's silence is a survival. */
const ORDER: readonly JudgedMutant["fate"][] = ["killed", "unknown", "survived", "uncovered"];

function judgeAll(placed: readonly PlacedMutant[], said: readonly Said[], cut?: string): readonly JudgedMutant[] {
  const judged = judgeEach(placed, said, cut);
  return judged.map((one) => (isUncalled(one, judged) ? { ...one, fate: "uncovered" as const } : one));
}

/** A function that is made while its file loads, whose inside no test reaches: nobody calls it, so nobody could notice. */
const isUncalled = ({ fate, static: acts, reaching, mutant: { file, start, end, after } }: JudgedMutant, all: readonly JudgedMutant[]): boolean =>
  fate === "survived" && acts === true && reaching === 0 && after === "() => undefined" && !all.some(({ mutant, reaching: tests }) => tests > 0 && mutant.file === file && mutant.start >= start && mutant.end <= end);

const judgeEach = (placed: readonly PlacedMutant[], said: readonly Said[], cut?: string): readonly JudgedMutant[] =>
  placed.map((one) => {
    if (one.leftOut !== undefined) return { mutant: one.mutant, fate: "left-out", because: one.leftOut, reachedBy: [], reaching: 0 };
    const judged = said.map((each) => judgeOne(one, each));
    const best = ORDER.map((fate) => judged.find((each) => each.fate === fate)).find((each) => each !== undefined);
    if (best === undefined || (best.fate === "uncovered" && cut !== undefined)) return { mutant: one.mutant, fate: "unknown", because: cut ?? "nothing was run", reachedBy: [], reaching: 0 };
    return best;
  });

const WHY: Readonly<Record<Exclude<PassOutcome, "killed" | "survived">, string>> = {
  timeout: "its tests did not come to an end",
  hung: "its tests did not come to an end",
  died: "the test process ended under it",
  unsteady: "a test was red with it once, and not when looked at again",
  lost: "it was not reached again",
};

function judgeOne({ id, mutant }: PlacedMutant, { tally, root, because }: Said): JudgedMutant {
  if (tally === undefined) return { mutant, fate: "unknown", because: because ?? "nothing was run", reachedBy: [], reaching: 0 };
  const reaching = [...tally.reaching(id).keys()].flatMap((key) => tally.tests.get(key) ?? []);
  const isStatic = tally.staticIn(id).size > 0;
  const testId = ({ file, suite, name }: ReachingTest): TestId => ({ file: inTree(root, file), suite: [...suite], name });
  const about = { mutant, reachedBy: nearest(reaching, tally).map(testId), reaching: reaching.length, ...(isStatic && { static: true as const }) };
  if (reaching.length === 0 && !isStatic) {
    const red = tally.reachedByRed(id);
    return red === false ? { ...about, fate: "uncovered" } : { ...about, fate: "unknown", because: red ? "the only tests that reach it are red anyway" : "a test that is red anyway may reach it" };
  }
  const killer = tally.killer(id);
  const [warm, fresh, alone] = [tally.outcome("warm", id), tally.outcome("fresh", id), tally.outcome("alone", id)];
  if ([warm, fresh, alone].includes("killed")) return { ...about, fate: "killed", ...(killer && { killedBy: testId(killer) }) };
  const last = alone ?? fresh;
  if (last === "survived" && isWhole(id, tally)) return { ...about, fate: "survived" };
  const why = last ?? (warm === "survived" ? undefined : warm);
  return { ...about, fate: "unknown", because: why === undefined || why === "survived" ? (because ?? "it was not looked at again") : WHY[why as keyof typeof WHY] };
}

/** Every test file that reaches it has answered, where files answer one by one. */
function isWhole(id: string, tally: Tally): boolean {
  if (tally.outcome("alone", id) !== undefined) return true;
  const said = tally.saidBy("fresh", id);
  if (said.has("")) return true;
  const files = new Set([...tally.staticIn(id), ...[...tally.reaching(id).keys()].flatMap((key) => tally.tests.get(key)?.file ?? [])]);
  const asked = [...files].filter((file) => [...tally.tests.values()].some((test) => test.file === file));
  return asked.every((file) => said.has(file));
}

/** Tests listed for one mutant. */
const MOST_LISTED = 5;

/** The most particular first: a test that reaches little else speaks of this place. */
function nearest(reaching: readonly ReachingTest[], tally: Tally): readonly ReachingTest[] {
  const breadth = tally.breadth();
  return reaching.toSorted((a, b) => (breadth.get(a.key) ?? 0) - (breadth.get(b.key) ?? 0) || a.ms - b.ms).slice(0, MOST_LISTED);
}
