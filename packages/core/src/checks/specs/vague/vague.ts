import type { Observation } from "#kernel";
import { evidenceOf } from "#evidence";
import { ALL_GATES, defineCheck } from "../../check.ts";

export const vague = defineCheck({
  id: "specs/vague",
  asks: "Can a test fail the words this change puts into a story?",
  why: "A promise that means something else to each reader can't be kept or broken; the question comes up again in the test, in review and in production.",
  since: "0.1.0",
  effect: "note",
  gates: ALL_GATES,

  *look({ change, evidence }) {
    const trace = evidenceOf(evidence, "story-trace").find(({ subject }) => subject === change.head || subject === change.headTree);
    for (const { rule, file, line, story, criterion, says, rewrite, quote } of trace?.weak.slice(0, MOST) ?? []) {
      const observation: Observation = {
        answer: "broken",
        because: `${criterion === undefined ? story : `${story}#${criterion}`}: ${says}`,
        fix: `Write: ${rewrite}`,
        places: [{ file, line, side: "head" }],
        subject: `${rule} ${story} ${criterion ?? ""} ${quote ?? ""}`.slice(0, 2_000),
        details: { rule },
      };
      yield observation;
    }
  },
});

/** Of one change; more of them are read with `spec lint`. */
const MOST = 20;
