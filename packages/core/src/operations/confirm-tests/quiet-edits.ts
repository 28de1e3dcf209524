import type { TestPart } from "#change";
import { isTestOf, type TestId } from "#evidence";
import { titleOf, type TestFiles } from "./suspicions.ts";

/** An old test that insists on something the tests of now do not insist on in the same words, where nothing was suspected of it. */
export interface QuietEdit {
  readonly file: string;
  readonly part: TestPart;
}

/** Changed tests that lost a check's very words, whatever came in their place: a value that became another one, a check that was written anew. Tests that only grew, moved or were renamed are none. */
export function quietEdits({ base, head }: TestFiles): readonly QuietEdit[] {
  const now = [...head.values()].flatMap(({ parts }) => parts);
  const bodies = new Set(now.filter(({ restraint }) => restraint === undefined).map(({ body }) => body));
  const insisted = new Set(now.flatMap(({ assertions }) => assertions.filter(({ reach }) => reach === "runs").map(claimOf)));
  return [...base].flatMap(([file, { parts }]) => parts.filter((part) => part.kind === "test" && part.restraint === undefined && !bodies.has(part.body) && part.assertions.some((one) => one.strength > 0 && !insisted.has(claimOf(one)))).map((part) => ({ file, part })));
}

const claimOf = ({ resolved, relation, negated, expected }: TestPart["assertions"][number]): string => `${resolved}\n${relation}\n${negated}\n${expected}`;

/** The quiet edit that a test which ran stands for, in this file. */
export const editOf = (edits: readonly QuietEdit[], file: string, id: TestId): QuietEdit | undefined => edits.find((one) => one.file === file && isTestOf(titleOf(one.part), id));
