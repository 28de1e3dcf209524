import { evidenceOf } from "#evidence";
import { ALL_GATES, defineCheck } from "../../check.ts";

export const noneRan = defineCheck({
  id: "tests/none-ran",
  asks: "Did any test run on this head?",
  why: "An empty run is green in most runners. A change to behaviour that no test saw is not proven, whatever the exit code said.",
  since: "0.1.0",
  effect: "ask",
  gates: ALL_GATES,
  needs: ["test-run"],

  *look({ change, evidence }) {
    const changed = change.files.filter((file) => file.kind === "source" && file.behaviour && file.status !== "deleted");
    if (changed.length === 0) return;
    const runs = evidenceOf(evidence, "test-run").filter((run) => run.subject === change.head || run.subject === change.headTree);
    const executed = runs.flatMap((run) => run.cases).filter((test) => test.outcome === "passed" || test.outcome === "failed");
    if (executed.length > 0) {
      yield { answer: "holds", because: `${executed.length} tests ran on this head.`, subject: "ran" };
      return;
    }
    const unloaded = runs.flatMap((run) => run.unloaded);
    if (unloaded.length > 0) return; // tests/failing speaks of files that do not load.
    const collected = runs.flatMap((run) => run.cases).length;
    yield {
      answer: "broken",
      because: collected > 0 ? `All ${collected} collected tests were skipped.` : `${changed.length === 1 ? "One source file" : `${changed.length} source files`} changed behaviour and no test ran on ${changed.length === 1 ? "it" : "them"}.`,
      fix: "Add a test for what changed, or declare how tests run under `tests:` in proofline.yaml.",
      places: changed.slice(0, 5).map((file) => ({ file: file.path })),
      // Names the change: a waiver for one change must not cover the next.
      subject: changed.map((file) => file.path).sort().join("\n"),
      ask: {
        to: ["author"],
        question: "What shows that this works?",
        how: "Add a test, hand in a report with --evidence, or declare `tests.command` in proofline.yaml.",
      },
    };
  },
});
