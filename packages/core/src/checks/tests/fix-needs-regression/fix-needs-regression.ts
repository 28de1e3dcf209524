import { bringsTest, goesUntested, isPresentation, isTestSide, isUnseenByTests, testPractices, type Change, type ChangedFile, type TestPractice } from "#change";
import { ALL_GATES, defineCheck } from "../../check.ts";

export const fixNeedsRegression = defineCheck({
  id: "tests/fix-needs-regression",
  asks: "Does a bug fix come with a test?",
  why: "A fix without a test is a bug that may come back unseen: nothing shows that it was there, or that it is gone.",
  since: "0.1.0",
  effect: "ask",
  gates: ALL_GATES,

  recalls: ({ change }) => change.typeFrom !== "declared" && untested(change).length > 0,

  *look({ change, earlier = [] }) {
    const fixed = untested(change);
    if (fixed.length === 0) return;
    const practiceOf = testPractices(earlier);
    const near = fixed.map((file) => practiceOf(file.path));
    // Code that nobody here writes tests for is debt: this change did not make it, and asking each fix in turn would only teach people to look away.
    const debt = near.every((practice) => practice !== undefined && goesUntested(practice)) ? near[0] : undefined;
    const said = { declared: "declared as a fix", prefix: "its title says it is a fix", inferred: "its message reads like a fix" }[change.typeFrom];
    yield {
      answer: "broken",
      because: `This changes behaviour in ${fixed.length === 1 ? fixed[0]?.path : `${fixed.length} files`} (${said}) and no test came with it${debt === undefined ? "" : `; ${habit(debt)}`}.`,
      fix: "Add a test that fails without the fix. If this is no bug fix, say so with a `Change-Type:` trailer or --type.",
      places: fixed.map((file) => ({ file: file.path, line: Math.max(1, file.hunks[0]?.headStart ?? 1), side: "head" as const })),
      subject: fixed.map((file) => file.path).sort().join("\n"),
      ...(debt === undefined
        ? { ask: { to: ["author"], question: "Which test fails without this fix?", how: "Add it to this change; or have an owner waive this finding with the reason." } }
        : { effect: "note" as const, details: { place: debt.place, changes: debt.changes, tested: debt.tested } }),
    };
  },
});

/** What a fix changed, when no test came with it. */
function untested(change: Change): readonly ChangedFile[] {
  if (change.type !== "fix" || change.files.some(bringsTest)) return [];
  const fixed = change.files.filter((file) => file.kind === "source" && file.behaviour && !isPresentation(file.path));
  // The log and the locks of a change are its business where it does anything else.
  if (fixed.every(isUnseenByTests)) return [];
  // What is only taken away takes its tests along: a touched test shows that somebody looked.
  if (fixed.every((file) => file.added === 0) && change.files.some(isTestSide)) return [];
  // Where functions changed is where the bug was: settings and manifests that went along come last.
  return [...fixed].sort((one, other) => Number(other.symbols.length > 0) - Number(one.symbols.length > 0) || other.added - one.added);
}

const habit = ({ place, changes, tested }: TestPractice): string =>
  `${tested === 0 ? "none" : tested} of the last ${changes} changes ${place === "" ? "like it" : `to ${place.slice(0, -1)} alone`} brought one`;
