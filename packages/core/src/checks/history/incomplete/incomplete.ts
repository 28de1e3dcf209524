import { ALL_GATES, defineCheck } from "../../check.ts";

export const incomplete = defineCheck({
  id: "history/incomplete",
  asks: "Can the whole change be read?",
  why: "A verdict about half a diff looks exactly like a verdict about all of it, so the missing half is said first.",
  since: "0.1.0",
  effect: "ask",
  gates: ALL_GATES,

  *look({ change }) {
    for (const gap of change.gaps.filter((candidate) => candidate.part === "diff")) {
      yield {
        answer: "broken",
        because: gap.because,
        fix: gap.fix,
        subject: gap.because,
        ask: { to: ["author"], question: "Can you make the whole change readable for Git?", how: gap.fix },
      };
    }
  },
});
