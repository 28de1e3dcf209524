import type { Mutant, Unit } from "#change";
import type { JudgedMutant, LineSpan, MutationOutcome, MutationRequest, MutationRunner, RunRequest, TestId, TestSetup } from "#evidence";

export interface ComparingPorts {
  readonly mutation: MutationRunner;
  readonly setups: readonly TestSetup[];
  readonly signal: AbortSignal;
  readonly isolation?: RunRequest["isolation"];
  /** Milliseconds left for all of it. */
  left(): number;
  says(words: string): void;
}

/** The same faults in the same code, before two sets of tests. */
export interface Comparison {
  /** Head's source with the base's tests, and the head. */
  readonly old: string;
  readonly head: string;
  /** The old test file, as `old` has it. */
  readonly file: string;
  /** Files of the head that took its place, or may have. */
  readonly successors: readonly string[];
  /** Other test files of the head that reach this source file. */
  othersOf(source: string): readonly string[];
  /** Functions to break, the likeliest first. */
  readonly units: readonly Unit[];
}

/** A fault, and the first test of the old file that noticed it. */
export interface Noticed {
  readonly mutant: Mutant;
  readonly by: TestId;
}

/** What the old tests noticed, and what became of it. */
export interface Compared {
  readonly tried: number;
  readonly caught: readonly Noticed[];
  /** Seen twice to be noticed by no test that was asked. */
  readonly lost: readonly Noticed[];
  /** Faults of `caught` that nobody could tell about. */
  readonly open: number;
  /** Why it is not whole; absent when it is. */
  readonly because?: string;
  /** What isolation was achieved, in words. */
  readonly isolation?: string;
}

/** Lines of code that are broken for one test file; fewer where every fault starts its own process. */
const MOST_LINES = 300;
const MOST_LINES_ALONE = 60;
const WARM: ReadonlySet<string> = new Set(["vitest", "mocha", "pytest"]);

/** True where one process tries fault after fault: only there is it cheap to look into what nobody suspects. */
export const staysWarm = (setups: readonly TestSetup[]): boolean => setups.some(({ runner }) => WARM.has(runner));
/** Test files beside the changed ones that are asked before a fault counts as unnoticed. */
const MOST_OTHERS = 30;
/** With less left than this, nothing more is started. */
const LEAST_MS = 3000;

/**
 * Puts many faults into the code an old test file is about and asks which of those its tests noticed no test notices any more. Every fault that was noticed was so by a test that is green without it, and
 * every one that is lost was missed twice: the runner of mutants sees to both. What a run could not tell is neither.
 */
export async function compareSuites(comparison: Comparison, ports: ComparingPorts): Promise<Compared> {
  const { old, head, file, successors, othersOf, units } = comparison;
  const nothing = { tried: 0, caught: [], lost: [], open: 0 };
  const lines = linesOf(units, staysWarm(ports.setups) ? MOST_LINES : MOST_LINES_ALONE);
  if (lines.size === 0) return { ...nothing, because: "no code was found that these tests could be about" };
  const before = await ask({ tree: old, selection: [file], lines, kills: true }, 0.5, ports);
  const tried = before.mutants.filter(({ fate, reaching }) => fate === "killed" || fate === "survived" || reaching > 0).length;
  const caught = before.mutants.flatMap(({ fate, mutant, killedBy }) => (fate === "killed" && killedBy !== undefined ? [{ mutant, by: killedBy }] : []));
  if (caught.length === 0) return { ...nothing, tried, because: before.because ?? "the old tests noticed none of the faults" };
  const ofNow = new Asking(head, { lines, silent: before.mutants.filter(({ fate }) => fate !== "killed").map(settled), caught: before.mutants.filter(({ fate }) => fate === "killed") }, ports);
  const missed = await ofNow.missed(caught, successors, 0.6);
  const reaching = [...new Set(missed.flatMap(({ mutant }) => othersOf(mutant.file)))].filter((path) => !successors.includes(path));
  const unnoticed = await ofNow.missed(missed, reaching.slice(0, MOST_OTHERS), 1);
  // Where more tests reach the code than were asked, one of them may notice.
  const lost = reaching.length > MOST_OTHERS ? [] : unnoticed;
  const because = before.because ?? ofNow.because;
  return { tried, caught, lost, open: ofNow.open + unnoticed.length - lost.length, ...(before.isolation !== undefined && { isolation: before.isolation }), ...(because !== undefined && { because }) };
}

interface Before {
  readonly lines: ReadonlyMap<string, readonly LineSpan[]>;
  readonly silent: readonly JudgedMutant[];
  readonly caught: readonly JudgedMutant[];
}

/** Asks the tests of now about what the old ones noticed, and about nothing else. */
class Asking {
  open = 0;
  because: string | undefined;

  constructor(
    private readonly head: string,
    private readonly before: Before,
    private readonly ports: ComparingPorts,
  ) {}

  /** Those of `waiting` that no test of these files notices; all of them where there is no file to ask. What could not be told is counted as open. */
  async missed(waiting: readonly Noticed[], selection: readonly string[], share: number): Promise<readonly Noticed[]> {
    if (waiting.length === 0 || selection.length === 0) return waiting;
    const names = new Set(waiting.map(({ mutant }) => nameOf(mutant)));
    const known = [...this.before.silent, ...this.before.caught.filter(({ mutant }) => !names.has(nameOf(mutant)))];
    const after = await ask({ tree: this.head, selection, lines: linesFor(this.before.lines, waiting), known }, share, this.ports);
    this.because ??= after.because;
    const fates = new Map(after.mutants.map((one) => [nameOf(one.mutant), one.fate]));
    const fateOf = ({ mutant }: Noticed) => fates.get(nameOf(mutant)) ?? "unknown";
    this.open += waiting.filter((one) => fateOf(one) === "unknown").length;
    return waiting.filter((one) => fateOf(one) === "survived" || fateOf(one) === "uncovered");
  }
}

type Asked = Pick<MutationRequest, "tree" | "selection" | "lines" | "known" | "kills">;

async function ask(asked: Asked, share: number, { mutation, setups, signal, isolation, left, says }: ComparingPorts): Promise<Pick<MutationOutcome, "mutants" | "because"> & { readonly isolation?: string }> {
  const budgetMs = left() * share;
  if (budgetMs < LEAST_MS * share) return { mutants: [], because: "the time for it ended" };
  return mutation.mutate(setups, { ...asked, budgetMs, signal, ...(isolation && { isolation }), onProgress: says });
}

/** Whole functions, the likeliest first, as far as the bound goes; what stands in one that is taken is taken with it. */
function linesOf(units: readonly Unit[], most: number): ReadonlyMap<string, readonly LineSpan[]> {
  const lines = new Map<string, LineSpan[]>();
  let room = most;
  for (const { file, line, endLine } of units) {
    const spans = lines.get(file) ?? [];
    const size = endLine - line + 1;
    if (size > room || spans.some(({ from, to }) => from <= line && endLine <= to)) continue;
    lines.set(file, [...spans.filter(({ from, to }) => !(line <= from && to <= endLine)), { from: line, to: endLine }]);
    room -= size;
  }
  return lines;
}

/** Only the files that are still in question; whole, so that the faults are the same ones. */
const linesFor = (lines: ReadonlyMap<string, readonly LineSpan[]>, waiting: readonly Noticed[]): ReadonlyMap<string, readonly LineSpan[]> => new Map([...lines].filter(([path]) => waiting.some(({ mutant }) => mutant.file === path)));

const nameOf = ({ file, start, end, after }: Mutant): string => `${file}\n${start} ${end}\n${after}`;

/** What was not noticed before is not asked again. */
const settled = (one: JudgedMutant): JudgedMutant => (one.fate === "survived" ? one : { ...one, fate: "survived" });
