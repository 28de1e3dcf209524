import { evidenceOf, neverStarted, type TestRun } from "#evidence";
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
    const before = evidenceOf(evidence, "test-run").filter((run) => run.subject === change.mergeBase || run.subject === change.mergeBaseTree);
    const neverLoaded = new Set(before.flatMap((run) => run.unloaded.map((unit) => unit.file)));
    const unloaded = runs.flatMap((run) => run.unloaded);
    // tests/failing decides on files that loaded before; those that never did are debt to it, and still nothing ran.
    if (unloaded.some((unit) => !neverLoaded.has(unit.file))) return;
    const stuck = runs.length > 0 && runs.every(brokeOff);
    yield {
      answer: "broken",
      because: whyNothing(changed.length, runs),
      fix: stuck ? UNREADY : UNTESTED,
      places: changed.slice(0, 5).map((file) => ({ file: file.path })),
      // Names the change: a waiver for one change must not cover the next.
      subject: changed.map((file) => file.path).sort().join("\n"),
      ask: {
        to: ["author"],
        question: "What shows that this works?",
        how: `${stuck ? "Make the tests start" : "Add a test"}, hand in a report with --evidence, or declare \`tests.command\` in proofline.yaml.`,
      },
    };
  },
});

const UNTESTED = "Add a test for what changed. Where there are tests that were not connected with it, run them all (--all), or declare how tests run under `tests:` in proofline.yaml.";
const UNREADY = "Give the tests here what they need to start, or declare how they run under `tests:` in proofline.yaml, or hand in the report of a machine that has it (--evidence).";

/** It ended before its first test, for a reason of its own: a setup file, an environment, a package that does not load here. */
const brokeOff = (run: TestRun): boolean => !run.complete && run.cases.length === 0 && (run.cutBy === "setup" || run.cutBy === "crash");

const firstLine = (text: string | undefined): string => text?.split("\n", 1)[0]?.slice(0, 240) ?? "for no known reason";

const count = (amount: number, thing: string): string => `${amount} ${thing}${amount === 1 ? "" : "s"}`;

function whyNothing(sources: number, runs: readonly TestRun[]): string {
  const [unready] = runs.filter(neverStarted);
  if (unready && runs.every(neverStarted)) return `No test could start, nor on the merge base: ${firstLine(unready.because)}.`.replace(/\.{2,}$/, ".");
  const unloaded = runs.flatMap((run) => run.unloaded);
  const [first] = unloaded;
  if (first) {
    const files = new Set(unloaded.map((unit) => unit.file)).size;
    return `No test ran: ${files === 1 ? first.file : `${files} test files`} did not load, nor on the merge base (${first.failure.message.split("\n", 1)[0]?.slice(0, 160) ?? ""}).`;
  }
  const broken = runs.find(brokeOff);
  if (broken) return `No test ran: ${firstLine(broken.because)}.`.replace(/\.{2,}$/, ".");
  const collected = runs.flatMap((run) => run.cases).length;
  if (collected > 0) return `All ${collected} collected tests were skipped.`;
  const empty = runs.find((run) => (run.selection?.length ?? 0) > 0 && run.complete);
  if (empty?.selection) return `No test ran: ${empty.tool} found none in the ${count(empty.selection.length, "file")} it was given.`;
  return sources === 1 ? "One source file changed behaviour and no test ran on it." : `${sources} source files changed behaviour and no test ran on them.`;
}
