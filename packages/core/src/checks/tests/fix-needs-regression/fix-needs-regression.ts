import { isPresentation, isTestSide } from "#change";
import { ALL_GATES, defineCheck } from "../../check.ts";

export const fixNeedsRegression = defineCheck({
  id: "tests/fix-needs-regression",
  asks: "Does a bug fix come with a test?",
  why: "A fix without a test is a bug that may come back unseen: nothing shows that it was there, or that it is gone.",
  since: "0.1.0",
  effect: "ask",
  gates: ALL_GATES,

  *look({ change }) {
    if (change.type !== "fix") return;
    const fixed = change.files.filter((file) => file.kind === "source" && file.behaviour && !isPresentation(file.path));
    if (fixed.length === 0 || change.files.some((file) => isTestSide(file) && file.status !== "deleted" && file.added > 0)) return;
    const said = { declared: "declared as a fix", prefix: "its title says it is a fix", inferred: "its message reads like a fix" }[change.typeFrom];
    yield {
      answer: "broken",
      because: `This changes behaviour in ${fixed.length === 1 ? fixed[0]?.path : `${fixed.length} files`} (${said}) and no test came with it.`,
      fix: "Add a test that fails without the fix. If this is no bug fix, say so with a `Change-Type:` trailer or --type.",
      places: fixed.map((file) => ({ file: file.path, line: Math.max(1, file.hunks[0]?.headStart ?? 1), side: "head" as const })),
      subject: fixed.map((file) => file.path).sort().join("\n"),
      ask: {
        to: ["author"],
        question: "Which test fails without this fix?",
        how: "Add it to this change; or have an owner waive this finding with the reason.",
      },
    };
  },
});
