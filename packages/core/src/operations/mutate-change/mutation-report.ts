import type { HeadKind } from "#change";
import { countFates, diffOfFault, shownSurvivors, titleOfTest, type JudgedMutant, type Mutation, type MutantFate, type TestId } from "#evidence";

/** A fault nobody noticed, as a reviewer reads it. */
export interface ReportedSurvivor {
  readonly file: string;
  readonly line: number;
  readonly endLine: number;
  /** The end of “nobody noticed when …”. */
  readonly says: string;
  /** Lines with `-` and `+`, with what stands before the first word taken out. */
  readonly diff: readonly string[];
  readonly reaching: number;
  /** The test nearest to it: the one to extend. */
  readonly nearest?: { readonly file?: string; readonly title: string };
  /** Others on the same line that are not shown. */
  readonly alike: number;
}

export interface ReportedMutant {
  readonly file: string;
  readonly line: number;
  readonly endLine: number;
  readonly column: number;
  readonly before: string;
  readonly after: string;
  readonly says: string;
  readonly fate: MutantFate;
  readonly because?: string;
  readonly killedBy?: string;
}

/** What `mutate` prints; additive changes only. */
export interface MutationReport {
  readonly schema: "proofline/mutation/1";
  readonly base: string;
  readonly head: string;
  readonly headKind: HeadKind;
  /** False when not every mutant has been judged; `because` says why. */
  readonly complete: boolean;
  readonly because?: string;
  readonly counts: Readonly<Record<MutantFate, number>>;
  readonly survivors: readonly ReportedSurvivor[];
  /** Changed lines whose every fault no test reaches, by file. */
  readonly unreached: readonly { readonly file: string; readonly lines: readonly number[] }[];
  readonly mutants: readonly ReportedMutant[];
  readonly notes: readonly string[];
  readonly isolation: string;
  readonly tookMs: number;
  /** Answered from an earlier run on the same commits. */
  readonly remembered?: true;
}

interface Reporting {
  readonly base: string;
  readonly head: string;
  readonly headKind: HeadKind;
  readonly found: Mutation | { readonly nothing: string };
  readonly tookMs: number;
  textOf(file: string): string | undefined;
}

/** Puts a mutation into the words of a report. Pure. */
export function mutationReport({ found, textOf, ...about }: Reporting): MutationReport {
  const schema = "proofline/mutation/1" as const;
  if ("nothing" in found) return { schema, ...about, complete: true, because: found.nothing, counts: countFates([]), survivors: [], unreached: [], mutants: [], notes: [], isolation: "nothing was run" };
  const { mutants, complete, because, notes, isolation, remembered } = found;
  return {
    schema,
    ...about,
    complete,
    ...(because !== undefined && { because }),
    counts: countFates(mutants),
    survivors: shownSurvivors(mutants).map((one) => survivorOf(one, mutants, textOf(one.mutant.file))),
    unreached: unreachedLines(mutants),
    mutants: mutants.map((one) => mutantOf(one, textOf(one.mutant.file))),
    notes,
    isolation,
    ...(remembered && { remembered }),
  };
}

/** The end of “when …” without its place. */
export const saysOnly = ({ says, file, line }: JudgedMutant["mutant"]): string => says.replace(` in ${file}:${line}`, "");

function survivorOf({ mutant, reachedBy, reaching }: JudgedMutant, all: readonly JudgedMutant[], text: string | undefined): ReportedSurvivor {
  const [first] = reachedBy;
  const { file, line, endLine } = mutant;
  return {
    file,
    line,
    endLine,
    says: saysOnly(mutant),
    diff: text === undefined ? [] : outdented(diffOfFault(text, mutant)),
    reaching,
    ...(first && { nearest: nearestOf(first) }),
    alike: all.filter((one) => one.fate === "survived" && one.mutant.file === file && one.mutant.line === line).length - 1,
  };
}

const nearestOf = (id: TestId): { readonly file?: string; readonly title: string } => ({ ...(id.file !== undefined && { file: id.file }), title: titleOfTest(id) });

/** Without the white space that every line begins with. */
function outdented(diff: readonly string[]): readonly string[] {
  const indents = diff.filter((line) => line.slice(2).trim() !== "").map((line) => /^\s*/.exec(line.slice(2))?.[0].length ?? 0);
  const least = Math.min(...indents, 200);
  return diff.map((line) => line.slice(0, 2) + line.slice(2 + least));
}

function mutantOf({ mutant, fate, because, killedBy }: JudgedMutant, text: string | undefined): ReportedMutant {
  const { file, line, endLine, start, before, after } = mutant;
  const column = text === undefined ? 1 : start - (text.lastIndexOf("\n", start - 1) + 1) + 1;
  return { file, line, endLine, column, before: before.slice(0, 2_000), after: after.slice(0, 2_000), says: saysOnly(mutant), fate, ...(because !== undefined && { because }), ...(killedBy && { killedBy: titleOfTest(killedBy) }) };
}

function unreachedLines(mutants: readonly JudgedMutant[]): MutationReport["unreached"] {
  const reached = new Set(mutants.filter(({ fate }) => fate !== "uncovered" && fate !== "left-out").map(({ mutant }) => `${mutant.file}\n${mutant.line}`));
  const byFile = new Map<string, Set<number>>();
  for (const { mutant, fate } of mutants) if (fate === "uncovered" && !reached.has(`${mutant.file}\n${mutant.line}`)) byFile.set(mutant.file, (byFile.get(mutant.file) ?? new Set()).add(mutant.line));
  return [...byFile].map(([file, lines]) => ({ file, lines: [...lines].toSorted((a, b) => a - b) }));
}
