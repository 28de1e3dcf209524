import type { MutantKind } from "#change";
import type { JudgedMutant } from "./mutation.ts";

/** What tells a reviewer most first: a bent comparison says which case is not tested; an emptied block only that little is. */
const TELLING: readonly MutantKind[] = ["comparison", "logic", "arithmetic", "condition", "refusal", "call", "method", "gone", "literal"];

const rank = ({ mutant }: JudgedMutant): number => (TELLING.indexOf(mutant.kind) + 1 || TELLING.length + 1) * 2 + (mutant.endLine > mutant.line ? 1 : 0);

/** Survivors worth showing: of one line the most telling, in the order of files and lines. */
export function shownSurvivors(mutants: readonly JudgedMutant[]): readonly JudgedMutant[] {
  const best = new Map<string, JudgedMutant>();
  for (const one of mutants) {
    if (one.fate !== "survived") continue;
    const line = `${one.mutant.file}\n${one.mutant.line}`;
    const before = best.get(line);
    if (before === undefined || rank(one) < rank(before)) best.set(line, one);
  }
  return [...best.values()].toSorted((a, b) => (a.mutant.file < b.mutant.file ? -1 : a.mutant.file > b.mutant.file ? 1 : a.mutant.line - b.mutant.line));
}
