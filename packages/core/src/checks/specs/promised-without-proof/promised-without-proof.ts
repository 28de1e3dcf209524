import type { Observation } from "#kernel";
import { evidenceOf, shownBefore, type KeptPlan, type ShownBefore } from "#evidence";
import { ALL_GATES, defineCheck, SHARED_GATES } from "../../check.ts";

export const promisedWithoutProof = defineCheck({
  id: "specs/promised-without-proof",
  asks: "Was the proof of each plan this change keeps red before, and is it green now?",
  why: "A test that was green before anybody wrote the code shows nothing about the code: the promise reads as kept, and nobody has seen it.",
  since: "0.1.0",
  effect: "ask",
  gates: ALL_GATES,

  *look({ change, evidence, gate }) {
    const signs = evidenceOf(evidence, "story-signs").find(({ subject }) => subject === change.head || subject === change.headTree);
    // That no test names it is for specs/unproven to say.
    const plans = (signs?.kept ?? []).map((plan) => ({ plan, shown: shownBefore(plan, evidence) })).filter(({ shown }) => shown.answer !== "no-test");
    const kept = plans.filter(({ shown }) => shown.answer === "shown");
    // Before others look at it there is time to run it.
    const owed = plans.filter(({ shown }) => shown.answer !== "not-run" || SHARED_GATES.includes(gate));
    for (const { plan, shown } of owed) if (isNotShown(shown)) yield tell(plan, shown, change.mergeBase);
    const [first] = kept;
    if (first !== undefined) yield { answer: "holds", because: `Promised on proof: ${kept.map(({ plan }) => nameOf(plan)).join(", ")} ${kept.length === 1 ? "was" : "were"} red before this change and ${kept.length === 1 ? "is" : "are"} green with it${first.shown.reported ? " (reported)" : ""}.`, subject: kept.map(({ plan }) => `${nameOf(plan)} ${plan.revision}`).join("\n") };
  },
});

type NotShown = ShownBefore & { readonly answer: keyof typeof WHY };

const isNotShown = (shown: ShownBefore): shown is NotShown => shown.answer in WHY;

const nameOf = ({ story, criterion }: KeptPlan): string => `${story}#${criterion}`;

function tell(plan: KeptPlan, { answer, test }: NotShown, from: string): Observation {
  const name = nameOf(plan);
  const files = plan.tests.map(({ file }) => file);
  const notRun = answer === "not-run";
  return {
    answer: notRun ? "unknown" : "broken",
    because: `${name} was planned and is promised now, and ${WHY[answer](test)}.`,
    fix: notRun ? `Show it: \`proofline prove --type feature --test ${files[0] ?? "FILE"} --broken ${from.slice(0, 12)} --fixed HEAD\`; hand its record in with --evidence, or keep ${plan.criterion} planned.` : `Make the test fail without the new behaviour, or say in the story that ${plan.criterion} describes what was so already (add it as promised instead of planning it).`,
    places: [{ file: plan.file, line: plan.line, side: "head" }, ...files.slice(0, 5).map((file) => ({ file, side: "head" as const }))],
    subject: `${name} ${plan.revision}`,
    ask: { to: [plan.owner ?? "author"], question: `What shows that ${name} is kept because of this change?`, how: "A test of it that is red on the code before and green now; or leave it planned." },
    details: { criterion: name, answer, tests: files.slice(0, 20), ...(test !== undefined && { test }) },
  };
}

const WHY: Readonly<Record<Exclude<ShownBefore["answer"], "shown" | "no-test">, (test: string | undefined) => string>> = {
  green: (test) => `its test “${test ?? ""}” passes without this change as well`,
  "wrong-red": (test) => `its test “${test ?? ""}” was not red for its own reason before and green after`,
  "not-run": () => "no run of its tests on the code before is on record",
};
