import { evidenceOf, isTypeTest, neverStarted, WIDE, type AffectedTest, type Evidence, type TestSetup } from "#evidence";
import { SHARED_GATES } from "#checks";
import { owesProof } from "../prove-change/plan-proof.ts";
import { decideIsolation, type Allowed } from "./decide-isolation.ts";
import type { EvidencePorts, Gathering } from "./gathering.ts";
import { gatherProof, type GatheredProof } from "./gather-proof.ts";
import type { HandedProof } from "../prove-change/handed-proofs.ts";
import { runTests } from "./run-tests.ts";
import { commandLines } from "../select-tests/command-lines.ts";
import { keepMeasured } from "../select-tests/measured-for.ts";
import { selectTests, type Selection } from "../select-tests/select-tests.ts";
import { timesOf } from "../select-tests/test-times.ts";
import { takeProof } from "./take-proof.ts";

/** What Proofline's own runs gave, and what they did not. */
export interface OwnRuns {
  readonly evidence: readonly Evidence[];
  /** Why no test ran, where one should have. */
  readonly whyNoTests?: string;
  /** Why an owed proof is not there. */
  readonly whyNoProof?: string;
  readonly blindSpots: readonly string[];
  readonly notRun: readonly string[];
  /** True when the budget ended before all that was selected had run. */
  readonly ranOut: boolean;
  readonly testMs: number;
  /** Why the runs were isolated as they were, where that needs saying. */
  readonly isolationBecause?: string;
}

/** With less than this left a run would only be cut short. */
const LEAST_MS = 1000;

/** Runs what the asked checks need and no report has shown: the changed tests and their proof first, what is further away while the budget lasts. */
export async function ownRuns(about: Gathering, { evidence: reported, proofs }: { readonly evidence: readonly Evidence[]; readonly proofs: readonly HandedProof[] }, ports: EvidencePorts): Promise<OwnRuns> {
  const tests = testsOwed(about, reported);
  const proof = about.needs.has("proof") && owesProof(about.change);
  const handed = await takeProof({ change: about.change, handed: proof ? proofs : [], declaredSetups: about.declaredSetups }, ports);
  const made = await runAll(about, { tests, proof: proof && !handed.taken }, ports);
  return { ...made, evidence: [...handed.evidence, ...made.evidence] };
}

async function runAll(about: Gathering, { tests, proof }: { readonly tests: boolean; readonly proof: boolean }, ports: EvidencePorts): Promise<OwnRuns> {
  if (!tests && !proof) return nothing();
  const refused = about.input.run ? about.untrusted : "--no-run was given";
  if (refused !== undefined) return without(refused, { tests, proof });
  ports.progress.says("looking for the tests of this change");
  const setups = await ports.executor.detect(about.change.headTree, about.declaredSetups);
  // Neither a missing runner nor missing tests excuse anything: tests/none-ran speaks of both.
  if (setups.every((setup) => setup.declare !== undefined)) return { ...nothing(), blindSpots: notStarted(setups), ...(proof && { whyNoProof: "no runner that is started here has these tests" }) };
  return runOwed({ about, setups, tests, proof }, ports);
}

interface Owed {
  readonly about: Gathering;
  readonly setups: readonly TestSetup[];
  readonly tests: boolean;
  readonly proof: boolean;
}

async function runOwed({ about, setups, tests, proof }: Owed, ports: EvidencePorts): Promise<OwnRuns> {
  const selection = tests ? await selected(about, ports) : undefined;
  const waves = !tests ? [] : selection ? wavesOf(selection.tests, setups, about.change.files.map((file) => file.path)) : (["all"] as const);
  if (waves.length === 0 && !proof) return { ...nothing(), blindSpots: selection?.blindSpots ?? [], notRun: leftOut(selection, [], { floors: false, setups }) };
  const allowed = await decideIsolation({ change: about.change, ...about.origin }, ports);
  if (allowed.notRun !== undefined) return without(allowed.notRun, { tests, proof });
  const ran = await runWaves({ about, setups, waves, allowed, proof, changed: new Set(selection?.tests.filter((test) => test.distance === 0).map((test) => test.file)) }, ports);
  await ports.code?.keepTimes(timesOf(ran.evidence)).catch(() => undefined);
  if (ports.code) await keepMeasured(ran.evidence, { repository: ports.repository, code: ports.code }).catch(() => undefined);
  return {
    ...ran,
    evidence: selection ? ran.evidence.map((item) => (item.kind === "coverage" ? { ...item, partial: true } : item)) : ran.evidence,
    blindSpots: selection?.blindSpots ?? [],
    notRun: [...ran.notRun, ...leftOut(selection, ran.evidence, { floors: about.floors, setups })],
    ...(allowed.says !== undefined && { isolationBecause: allowed.says }),
  };
}

/** Everything that is owed is missing for one reason. */
const without = (why: string, owed: { readonly tests: boolean; readonly proof: boolean }): OwnRuns => ({ ...nothing(), ...(owed.tests && { whyNoTests: why }), ...(owed.proof && { whyNoProof: why }) });

const nothing = (): OwnRuns => ({ evidence: [], blindSpots: [], notRun: [], ranOut: false, testMs: 0 });

/** True when a check wants test runs, the change has something to test, and nobody has shown it yet. */
function testsOwed({ change, needs, input }: Gathering, reported: readonly Evidence[]): boolean {
  if (!needs.has("test-run") && !needs.has("coverage")) return false;
  if (!change.files.some((file) => file.behaviour || file.kind === "test" || file.kind === "config")) return false;
  // What CI has shown is not run a second time; a report is of lower rank and says so.
  return !input.run || input.all || !evidenceOf(reported, "test-run").some((run) => run.complete && run.cases.length > 0);
}

/** The affected tests; undefined for the whole suite: a floor speaks of a whole surface, and runs whole where the gate owes it. */
async function selected({ change, input, gate, floors }: Gathering, { repository, code }: EvidencePorts): Promise<Selection | undefined> {
  const whole = input.all || (floors && SHARED_GATES.includes(gate));
  if (whole) return undefined;
  const selection = await selectTests(change, { repository, ...(code && { code }) });
  return withoutGuesses(selection, SHARED_GATES.includes(gate) ? Infinity : MOST_WHILE_WAITING);
}

/** More tests than this of what runs them all are left to the gates that have the time. */
const MOST_WHILE_WAITING = 40;

/**
 * Without tests that no known way leads to: their green would say nothing of the change, and it would hide that no test saw it. Where every test may differ, because
 * what runs them changed, they stay while they are few enough.
 */
function withoutGuesses(selection: Selection, most: number): Selection {
  const every = selection.widened.filter((one) => one.every).flatMap((one) => one.tests);
  const kept = new Set(every.length <= most ? every : []);
  return { ...selection, tests: selection.tests.filter((test) => test.distance < WIDE || kept.has(test.file)) };
}

type Wave = readonly string[] | "all";
type Ordered = Pick<AffectedTest, "file" | "distance">;

/** So many files start together even where some are further away: starting a runner again costs more than it saves. */
const TOGETHER = 40;

/**
 * Selected tests in the order they are worth running: package by package, nearest first, so that a budget cuts what says least, and a red is looked
 * into before the next package starts. After a package with a changed test come those with a changed file: others often import it as directly, and say less of it.
 */
export function wavesOf(tests: readonly Ordered[], setups: readonly TestSetup[], changed: readonly string[] = []): readonly (readonly string[])[] {
  const dirs = [...new Set(setups.map((setup) => setup.packageDir))].toSorted((a, b) => b.length - a.length);
  const dirOf = (file: string): string => dirs.find((one) => one === "." || file.startsWith(`${one}/`)) ?? ".";
  const own = new Set(changed.map(dirOf));
  const groups = new Map<string, Ordered[]>();
  for (const test of tests) groups.set(dirOf(test.file), [...(groups.get(dirOf(test.file)) ?? []), test]);
  const nearest = (part: readonly Ordered[]): number => part.reduce((least, test) => Math.min(least, test.distance), Infinity);
  const parts = [...groups].flatMap(([dir, group]) => {
    const [near, ...far] = (group.length <= TOGETHER ? [group] : [group.filter((test) => test.distance <= 1), group.filter((test) => test.distance > 1)]).filter((part) => part.length > 0);
    return [...(near ? [{ part: near, turn: nearest(near) === 0 ? 0 : own.has(dir) ? 1 : 2 }] : []), ...far.map((part) => ({ part, turn: 2 }))];
  });
  return parts.toSorted((a, b) => a.turn - b.turn || nearest(a.part) - nearest(b.part)).map(({ part }) => part.map((test) => test.file));
}

interface Running {
  readonly about: Gathering;
  readonly setups: readonly TestSetup[];
  readonly waves: readonly Wave[];
  readonly allowed: Allowed;
  readonly proof: boolean;
  /** Test files the change touches. */
  readonly changed: ReadonlySet<string>;
}

async function runWaves({ about, setups, waves, allowed, proof, changed }: Running, ports: EvidencePorts): Promise<Pick<OwnRuns, "evidence" | "whyNoProof" | "notRun" | "ranOut" | "testMs">> {
  const started = ports.clock.ticks();
  const left = (): number => about.budgetMs - (ports.clock.ticks() - started);
  const evidence: Evidence[] = [];
  const cut: string[] = [];
  let proved: GatheredProof | undefined;
  const prove = async (): Promise<void> => {
    proved = await gatherProof({ change: about.change, declaredSetups: about.declaredSetups, flakes: about.flakes, budgetMs: left(), evidence, isolation: allowed.isolation, keep: !about.stateTracked }, ports);
    evidence.push(...proved.evidence);
  };
  const hasChanged = (wave: Wave): boolean => wave === "all" || wave.some((file) => changed.has(file));
  for (const [index, wave] of waves.entries()) {
    if (index > 0 && left() < LEAST_MS) cut.push(...(wave === "all" ? [] : wave));
    else evidence.push(...unsaid(evidence, await runTests({ change: about.change, setups, selection: wave, budgetMs: left(), ...runningFor(about, allowed, ports) }, ports.executor)));
    // The proof comes before what is further away: it is what this change owes.
    if (proof && !proved && !waves.slice(index + 1).some(hasChanged)) await prove();
  }
  if (proof && !proved) await prove();
  return {
    evidence,
    ...(proved?.why !== undefined && { whyNoProof: proved.why }),
    notRun: cut.length > 0 ? [`${testFiles(cut.length)} further away: the budget of ${Math.round(about.budgetMs / 1000)} s ended before ${cut.length === 1 ? "it" : "them"}`] : [],
    ranOut: cut.length > 0,
    testMs: Math.round(ports.clock.ticks() - started),
  };
}

/** Runs without those that could not start for a reason an earlier one gave already. */
function unsaid(before: readonly Evidence[], fresh: readonly Evidence[]): readonly Evidence[] {
  const said = new Set(evidenceOf(before, "test-run").filter(neverStarted).map((run) => `${run.subject}\n${run.because ?? ""}`));
  return fresh.filter((item) => !(item.kind === "test-run" && neverStarted(item) && said.has(`${item.subject}\n${item.because ?? ""}`)));
}

const runningFor = ({ needs }: Gathering, { isolation }: Allowed, ports: EvidencePorts) => ({
  signal: ports.signal,
  coverage: needs.has("coverage"),
  isolation,
  onProgress: (progress: { readonly says: string }) => ports.progress.says(progress.says),
  ticks: () => ports.clock.ticks(),
});

const notStarted = (setups: readonly TestSetup[]): string[] =>
  setups.length === 0 ? ["no test runner was recognised here"] : setups.map((setup) => `tests of ${setup.runner} are not started here; ${setup.declare}`);

const testFiles = (amount: number): string => `${amount} test ${amount === 1 ? "file" : "files"}`;

/** What a selected run leaves out, in words. */
function leftOut(selection: Selection | undefined, ran: readonly Evidence[], { floors, setups }: { readonly floors: boolean; readonly setups: readonly TestSetup[] }): string[] {
  if (!selection) return [];
  const rest = selection.ofFiles - selection.tests.length;
  return [
    ...(rest > 0 ? [`${testFiles(rest)} no import reaches: --all runs ${rest === 1 ? "it" : "them"} too`] : []),
    ...notTaken(selection, ran, setups),
    ...(floors ? ["coverage floors are measured on the whole suite: --all"] : []),
  ];
}

/** Chosen files that no runner here takes, such as tests of types. Nobody may think they were run. */
function notTaken(selection: Selection, ran: readonly Evidence[], setups: readonly TestSetup[]): string[] {
  const runs = evidenceOf(ran, "test-run");
  const taken = new Set(runs.flatMap((run) => run.selection ?? []));
  const left = selection.tests.map((test) => test.file).filter((file) => !taken.has(file));
  if (left.length === 0 || runs.length === 0 || runs.some(neverStarted) || runs.some((run) => run.selection === undefined)) return [];
  const [typed, others] = [left.filter(isTypeTest), left.filter((file) => !isTypeTest(file))];
  return [
    ...typesNotRun(typed, selection, setups),
    ...(others.length > 0 ? [`${some(others)}: no runner here takes ${others.length === 1 ? "it" : "them"}`] : []),
  ];
}

const some = (files: readonly string[]): string => `${files.slice(0, 3).join(", ")}${files.length > 3 ? ` and ${files.length - 3} more` : ""}`;

/** Nothing in a test of types runs, so no run here speaks of it: whoever wants to know is told how to ask. */
function typesNotRun(files: readonly string[], selection: Selection, setups: readonly TestSetup[]): string[] {
  if (files.length === 0) return [];
  const shown = selection.tests.filter(({ file }) => files.slice(0, 3).includes(file));
  const { commands } = commandLines(shown, setups);
  const how = commands.map(({ command }) => command).join(" && ");
  return [`${some(files)}: ${files.length === 1 ? "a test" : "tests"} of types, not run here${how === "" ? "" : `; by hand: ${how}`}`];
}
