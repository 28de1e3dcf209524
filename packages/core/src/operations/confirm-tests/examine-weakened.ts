import { nextMutant, rankUnits, type Mutant, type Tried, type Unit } from "#change";
import { isTestOf, judgeStrength, titleOfTest, type CaughtNow, type ExecutedFact, type Side, type StrengthJudged, type SuspicionOutcome, type TestFailure, type TestId, type Trial } from "#evidence";
import { firstLine, MOST_MUTANTS, outcomeOf, redKeys, runLimit, type Examined, type Group, type Lab } from "./examination.ts";
import { anyAtEdit, hotUnits, isEnough, isExhausted, nearUnits } from "./enough.ts";
import type { Noticed } from "./compare-suites.ts";
import { otherTests, reachOf, unitsOf } from "./reachable-code.ts";
import { fateOf, type SuspectTest, type Suspicion } from "./suspicions.ts";

/** What the old tests are asked on: head's source with the base's tests, the head, and the code before the change. */
export interface Trees {
  readonly old: string;
  readonly head: string;
  readonly base: string;
}

export interface WeakenedGroup extends Group {
  readonly trees: Trees;
  /** Test files of the head that may catch what the old one caught: its own successor first. */
  readonly successors: readonly string[];
  /** Test files the change touches: they are asked as successors, or not at all. */
  readonly touched: ReadonlySet<string>;
  /** Titles of all tests of the changed files as they were. */
  readonly before: ReadonlySet<string>;
  /** Faults that tests of this file noticed when many were tried at once; empty where none were. */
  readonly noticed: readonly Noticed[];
  /** Path of the test file before the change's renames, as the tree before the change has it. */
  readonly basePath: string;
}

/** A suspected test with what is known of it so far. */
export interface Watched {
  readonly suspicion: Suspicion;
  readonly test: SuspectTest;
  /** Keys of the tests that ran for it and were green. */
  readonly keys: ReadonlySet<string>;
  readonly trials: Trial[];
  /** Decided without any mutant. */
  settled?: StrengthJudged & { readonly failure?: TestFailure };
}

/** Asks the old tests of one file on the changed code, and then the new ones for every fault the old ones caught. */
export async function examineWeakened(group: WeakenedGroup, lab: Lab): Promise<Examined> {
  const first = await lab.run(group.trees.old, [group.file]);
  const watched = group.suspicions.flatMap((suspicion) => suspicion.tests.map((test) => watch(suspicion, test, first.side)));
  if (!first.whole) for (const one of watched) one.settled ??= undecided("the old tests did not run to their end on the changed code");
  await settleRed(watched, group, lab, first.side);
  const open = watched.filter(({ settled }) => settled === undefined);
  const mutants = open.length === 0 ? [] : await tryFaults(open, group, lab, { old: first.side, limitMs: runLimit(first.durationMs) });
  return { mutants, outcomes: group.suspicions.map((suspicion) => combined(suspicion, watched.filter((one) => one.suspicion === suspicion), lab.left() <= group.until)) };
}

const undecided = (why: string): StrengthJudged => ({ fact: "undecided", because: `Not confirmed by a run: ${why}`, caughtBefore: 0, caughtNow: 0 });

function watch(suspicion: Suspicion, test: SuspectTest, side: Side): Watched {
  const ran = [...side.tests].filter(([, { id }]) => isTestOf(test.title, id));
  const keys = new Set(ran.flatMap(([key, { outcome }]) => (outcome === "green" ? [key] : [])));
  const about = { suspicion, test, keys, trials: [] };
  const unloaded = [...side.unloaded.values()][0];
  if (ran.length === 0) return { ...about, settled: undecided(unloaded ? `the old test does not load with the changed code (${firstLine(unloaded)})` : "no test of that name ran") };
  const red = ran.find(([, { outcome }]) => outcome === "red");
  if (red) return { ...about, settled: { ...undecided("the old test is red on the changed code, and not by what it checks"), ...(red[1].failure && { failure: red[1].failure }) } };
  return keys.size === 0 ? { ...about, settled: undecided("the old test does not run here either") } : about;
}

/** Old tests that are red on the changed code: was it the change, and are they so twice? */
async function settleRed(watched: readonly Watched[], { trees, file, basePath }: WeakenedGroup, lab: Lab, first: Side): Promise<void> {
  // A remark is raised by a loss alone: whether the behaviour changed needs no second look.
  const red = watched.filter(({ settled, suspicion }) => settled?.failure !== undefined && !suspicion.remark && isAboutBehaviour(settled.failure));
  if (red.length === 0) return;
  const [before, again] = [await lab.run(trees.base, [basePath]), await lab.run(trees.old, [file])];
  const redIn = (side: Side, { test }: Watched): boolean => [...side.tests.values()].some(({ id, outcome }) => outcome === "red" && isTestOf(test.title, id));
  const greenIn = (side: Side, { test }: Watched): boolean => [...side.tests.values()].some(({ id, outcome }) => outcome === "green" && isTestOf(test.title, id));
  for (const one of red) {
    const failure = one.settled?.failure;
    if (failure === undefined) continue;
    if (redIn(before.side, one)) one.settled = undecided("the old test was red before this change as well");
    else if (greenIn(before.side, one) && redIn(again.side, one) && redIn(first, one)) one.settled = { fact: "behaviour-changed", because: `Run to see: as it was, the test is red on the changed code (${firstLine(failure)})`, failure, caughtBefore: 0, caughtNow: 0 };
    else one.settled = undecided("the old test passes and fails on the same code");
  }
}

const isAboutBehaviour = ({ kind }: TestFailure): boolean => kind === "assertion" || kind === "error";

interface Started {
  readonly old: Side;
  readonly limitMs: number;
}

/** A new side, run without a fault: what is green there can turn red. */
interface Baseline {
  readonly files: readonly string[];
  readonly green: ReadonlySet<string>;
}

async function baseline(tree: string, files: readonly string[], lab: Lab): Promise<Baseline | undefined> {
  if (files.length === 0) return { files, green: new Set() };
  const { side, whole } = await lab.run(tree, files);
  return whole ? { files, green: new Set([...side.tests].flatMap(([key, { outcome }]) => (outcome === "green" ? [key] : []))) } : undefined;
}

async function tryFaults(open: readonly Watched[], group: WeakenedGroup, lab: Lab, started: Started): Promise<readonly Mutant[]> {
  const successors = await baseline(group.trees.head, group.successors, lab);
  if (successors === undefined) {
    for (const one of open) one.settled = undecided("the tests as they are now did not run to their end");
    return [];
  }
  const reach = await reachOf(group.file, lab.code);
  const ran = await lab.ranThrough(group.trees.old, [group.file], started.limitMs);
  const units = rankUnits(onlyRan(await unitsOf(reach.keys(), lab.code, lab.syntax), ran), { words: new Set(open.flatMap(({ test }) => [...test.part.words, ...test.names])), reach });
  const trying = new Trying(group, lab, started, successors);
  const tried: Tried[] = [];
  const hot = hotUnits(units, open.map(({ test }) => test), group.noticed);
  const near = [...hot, ...nearUnits(units, open).filter((unit) => !hot.includes(unit))];
  // What the edited check itself names comes first: a fault elsewhere turns the test red before that check is reached.
  const ranked = [...near, ...units.filter((unit) => !near.includes(unit))];
  while (trying.ran < MOST_MUTANTS && lab.left() > group.until && !open.every(isEnough)) {
    const mutant = nextMutant(ranked, tried);
    if (mutant === undefined || (near.length > 0 && isExhausted(near, tried) && !anyAtEdit(open, units, tried))) break;
    lab.says(`fault ${trying.ran + 1} of at most ${MOST_MUTANTS}: ${mutant.says}`);
    tried.push({ mutant, noticed: await trying.one(mutant, open.filter((one) => !isEnough(one))) });
  }
  return tried.map(({ mutant }) => mutant);
}

/** Functions that the old tests run through: no fault elsewhere could turn them red. All of them where the runner can't tell. A surrounding function stays, for what stands within it is named by its place. */
function onlyRan(units: readonly Unit[], ran: ReadonlyMap<string, ReadonlySet<string>>): readonly Unit[] {
  if (ran.size === 0) return units;
  const did = ({ file, name }: Unit): boolean => {
    const names = ran.get(file);
    return names !== undefined && (name === "" || [...names].some((one) => one.slice(Math.max(one.lastIndexOf("."), one.lastIndexOf(" ")) + 1) === name));
  };
  const kept = units.map((unit) => (did(unit) ? unit : { ...unit, mutants: [] }));
  return kept.some(({ mutants }) => mutants.length > 0) ? kept : units;
}

/** One fault after the other: the old tests first, and the new ones only where the old ones noticed. */
class Trying {
  ran = 0;
  private readonly others = new Map<string, Promise<Baseline | undefined>>();

  constructor(
    private readonly group: WeakenedGroup,
    private readonly lab: Lab,
    private readonly started: Started,
    private readonly successors: Baseline,
  ) {}

  /** True when a suspected test noticed this fault as it was. */
  async one(mutant: Mutant, watched: readonly Watched[]): Promise<boolean> {
    const old = await this.old(mutant);
    if (old === undefined) return false;
    this.ran += 1;
    const caught = watched.filter((one) => caughtBy(old, one));
    for (const one of watched) if (!caught.includes(one)) one.trials.push({ mutant, caughtBefore: false });
    if (caught.length === 0) return false;
    const now = await this.now(mutant, old, caught);
    const lost = now !== undefined && caught.some((one) => isLost(now.get(one), one));
    const again = lost ? await this.again(mutant, caught) : undefined;
    for (const one of caught) {
      const found = now?.get(one);
      one.trials.push({ mutant, caughtBefore: true, bends: isBent(mutant, one), ...atEdit(old, one), ...(found && { now: found }), ...(isLost(found, one) && again && { repeated: isLost(again.get(one), one) }) });
    }
    return true;
  }

  private async old(mutant: Mutant): Promise<Side | undefined> {
    const tree = await this.lab.treeWith(this.group.trees.old, mutant);
    if (tree === undefined) return undefined;
    const { side, whole } = await this.lab.run(tree, [this.group.file], this.started.limitMs);
    return whole ? side : undefined;
  }

  /** What catches it now, for each test that caught it: in the tests the change touched, and then in others that reach the same code. Undefined when a run was cut short. */
  private async now(mutant: Mutant, old: Side, caught: readonly Watched[]): Promise<ReadonlyMap<Watched, CaughtNow> | undefined> {
    const own = await this.redIn(mutant, this.successors);
    if (own === undefined) return undefined;
    const took = ({ test }: Watched): boolean => own.some((id) => isTestOf(test.now, id) || this.noticesAnew(id, old));
    const elsewhere = own.length > 0 ? own : await this.redElsewhere(mutant);
    // What could not be asked may have noticed.
    if (elsewhere === undefined) return undefined;
    const others = elsewhere.length > 0;
    return new Map(caught.map((one) => [one, { edited: took(one), others }]));
  }

  /** What noticed it before as well took nothing over; a test of another file counts when it is new. */
  private noticesAnew(id: TestId, old: Side): boolean {
    const title = titleOfTest(id);
    const before = [...old.tests.values()].filter((test) => titleOfTest(test.id) === title);
    return before.length > 0 ? before.every(({ outcome }) => outcome !== "red") : !this.group.before.has(title);
  }

  private async redElsewhere(mutant: Mutant): Promise<readonly TestId[] | undefined> {
    const others = await this.othersOf(mutant.file);
    return others === undefined ? undefined : this.redIn(mutant, others);
  }

  private async redIn(mutant: Mutant, { files, green }: Baseline): Promise<readonly TestId[] | undefined> {
    if (files.length === 0 || green.size === 0) return [];
    const tree = await this.lab.treeWith(this.group.trees.head, mutant);
    if (tree === undefined) return undefined;
    const { side, whole } = await this.lab.run(tree, files, this.started.limitMs * files.length);
    // A file that does not load with the fault says nothing of what its tests notice.
    return whole && side.unloaded.size === 0 ? redKeys(side, green).flatMap((key) => side.tests.get(key)?.id ?? []) : undefined;
  }

  private othersOf(source: string): Promise<Baseline | undefined> {
    const known = this.others.get(source) ?? baseline(this.group.trees.head, otherTests(source, this.group.touched, this.lab.code, MOST_OTHERS), this.lab);
    this.others.set(source, known);
    return known;
  }

  /** The same a second time, where the old test is red again. */
  private async again(mutant: Mutant, caught: readonly Watched[]): Promise<ReadonlyMap<Watched, CaughtNow> | undefined> {
    const old = await this.old(mutant);
    return old !== undefined && caught.every((one) => caughtBy(old, one)) ? this.now(mutant, old, caught) : undefined;
  }
}

const isBent = ({ kind, unit }: Mutant, { test }: Watched): boolean => (kind === "value" || kind === "order" || kind === "more") && test.names.has(unit.toLowerCase());

const isLost = (now: CaughtNow | undefined, { suspicion }: Watched): boolean => now !== undefined && !now.edited && (fateOf(suspicion) === "edited" || !now.others);

/** Test files beside the changed ones that are asked before a fault counts as unnoticed. */
const MOST_OTHERS = 8;

const caughtBy = (side: Side, { keys }: Watched): boolean => redKeys(side, keys).length > 0;

function atEdit(side: Side, { keys, test, suspicion }: Watched): Pick<Trial, "atEdit"> {
  if (test.lines.length === 0) return {};
  const places = [...keys].flatMap((key) => side.tests.get(key)?.failure?.place ?? []);
  return { atEdit: places.some(({ file, line }) => file === suspicion.file && line !== undefined && test.lines.some(([from, to]) => from <= line && line <= to)) };
}

/** What the tests of one suspicion say together: one loss is a loss, and all must be as strong. */
function combined(suspicion: Suspicion, watched: readonly Watched[], outOfTime: boolean): SuspicionOutcome {
  const judged = watched.map((one) => one.settled ?? judgeStrength(one.trials, fateOf(suspicion)));
  const of = (fact: ExecutedFact) => judged.find((one) => one.fact === fact);
  const weaker = of("weaker") ?? of("behaviour-changed");
  const open = of("undecided");
  const tried = Math.max(0, ...watched.map(({ trials }) => trials.length));
  const sum = (count: (one: StrengthJudged) => number): number => judged.reduce((total, one) => total + count(one), 0);
  const all = { ...judged[0], fact: "as-strong" as const, because: judged.length === 1 ? (judged[0]?.because ?? "") : `Run to see: all ${sum((one) => one.caughtBefore)} faults the ${judged.length} old tests caught are still caught` };
  const found = weaker ?? open ?? (suspicion.incomplete ? undecided("not all of its tests could be found") : all);
  const timed = found.fact === "undecided" && outOfTime ? { ...found, because: `${found.because}; the time for it ended` } : found;
  return outcomeOf(suspicion, { ...timed, caughtBefore: sum((one) => one.caughtBefore), caughtNow: sum((one) => one.caughtNow) }, tried);
}

