import type { Observation, Place } from "#kernel";
import { countFates, evidenceOf, shownSurvivors, titleOfTest, type JudgedMutant, type Mutation } from "#evidence";
import { defineCheck, SHARED_GATES } from "../../check.ts";

/** Places named in one finding. */
const MOST_PLACES = 12;

export const survivingMutant = defineCheck({
  id: "tests/surviving-mutant",
  asks: "Would a test notice if the changed lines did something else?",
  why: "A line that tests execute may still be checked by nothing. A fault put into it, that every test lets through, shows which behaviour nobody asked for.",
  since: "0.1.0",
  effect: "note",
  gates: SHARED_GATES,

  *look({ change, evidence }) {
    const mutation = evidenceOf(evidence, "mutation").find(({ subject }) => subject === change.head || subject === change.headTree);
    if (mutation === undefined) return;
    const shown = shownSurvivors(mutation.mutants);
    const counts = countFates(mutation.mutants);
    const details = { ...counts, complete: mutation.complete, survivors: shown.slice(0, 50).map(({ mutant }) => mutant.says) };
    const [first] = shown;
    if (first) yield { ...tell(first, shown), details };
    else if (counts.killed > 0) yield { answer: "holds", because: `All ${counts.killed} faults that were put into the changed lines are noticed by a test${leftOpen(mutation)}.`, subject: "mutants", details };
  },
});

const leftOpen = ({ mutants, complete }: Mutation): string => {
  const { unknown } = countFates(mutants);
  return unknown > 0 || !complete ? `, and ${unknown} could not be judged` : "";
};

function tell(first: JudgedMutant, shown: readonly JudgedMutant[]): Observation {
  const [test] = first.reachedBy;
  const more = shown.length > 1 ? ` On ${shown.length - 1} more ${shown.length === 2 ? "line" : "lines"} a fault goes unnoticed too.` : "";
  return {
    answer: "broken",
    because: `Nobody noticed when ${first.mutant.says}.${more}`,
    fix: test === undefined ? "Write a test that turns red with it." : `Extend ${test.file === undefined ? "" : `${test.file}: `}“${titleOfTest(test).slice(0, 120)}”, the test nearest to it.`,
    places: shown.slice(0, MOST_PLACES).map(({ mutant }): Place => ({ file: mutant.file, line: mutant.line, endLine: mutant.endLine, side: "head" })),
    // What was done to which code: the same after a rebase.
    subject: shown.map(({ mutant }) => `${mutant.file}\n${mutant.unit}\n${mutant.before}\n${mutant.after}`.slice(0, 400)).sort().join("\n").slice(0, 20_000),
    excerpt: [`- ${oneLine(first.mutant.before)}`, `+ ${oneLine(first.mutant.after)}`],
  };
}

const oneLine = (code: string): string => code.replace(/\s+/g, " ").trim().slice(0, 200);
