import type { ProofTest, TestRun } from "#evidence";
import type { ProofPlan } from "./plan-proof.ts";

const MOST = 5;

/** What a reader should know beside the outcome: which tests were asked though nobody touched them, which of those are red by themselves, what the runs noted. */
export function proofNotes({ taken = [] }: Pick<ProofPlan, "taken">, tests: readonly ProofTest[], runs: readonly TestRun[]): readonly string[] {
  const untouched = new Set(taken.map((one) => one.file));
  const red = tests.filter((test) => test.head === "red" && test.id.file !== undefined && untouched.has(test.id.file));
  return [
    ...(taken.length === 0 ? [] : [`the change touches no test, only what tests use; asked were ${listed(taken.map(({ file, because }) => `${file} (${because})`))}`]),
    ...(red.length === 0 ? [] : [`red on the head and not touched by the change: ${listed(red.map((test) => `“${[...test.id.suite, test.id.name].join(" › ").slice(0, 160)}”`))}`]),
    ...[...new Set(runs.flatMap((one) => one.notes ?? []))].slice(0, 10),
  ];
}

const listed = (all: readonly string[]): string => `${all.slice(0, MOST).join(", ")}${all.length > MOST ? ` and ${all.length - MOST} more` : ""}`;
