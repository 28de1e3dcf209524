import type { Observation, Place } from "#kernel";
import { evidenceOf, type LockedChange } from "#evidence";
import { ALL_GATES, defineCheck } from "../../check.ts";

export const lockedProofChanged = defineCheck({
  id: "specs/locked-proof-changed",
  asks: "Does the change leave proofs as they were approved?",
  why: "Whoever implements a promise, a person or an agent, must not be the one who decides what shows that it is kept.",
  since: "0.1.0",
  effect: "ask",
  gates: ALL_GATES,

  *look({ change, evidence }) {
    const signs = evidenceOf(evidence, "story-signs").find(({ subject }) => subject === change.head || subject === change.headTree);
    if (signs === undefined) return;
    for (const how of ["implementing", "unlocked", "unapproved"] as const) {
      const files = signs.locked.filter((one) => one.how === how);
      if (files.length > 0) yield tell(files);
    }
  },
});

/** Names told in one sentence. */
const SHOWN = 3;

const listed = (names: readonly string[]): string => `${names.slice(0, SHOWN).join(", ")}${names.length > SHOWN ? ` and ${names.length - SHOWN} more` : ""}`;

function tell(files: readonly LockedChange[]): Observation {
  const [first] = files as readonly [LockedChange, ...LockedChange[]];
  const criteria = [...new Set(files.flatMap((one) => one.criteria))];
  const stories = [...new Set(criteria.map((name) => name.split("#")[0] ?? ""))];
  const what = `${listed(files.map(({ file }) => file))} ${files.length === 1 ? "was" : "were"} approved as proof of ${listed(criteria)}`;
  return {
    answer: "broken",
    because: SAYS[first.how](what, files),
    fix: first.how === "unlocked" ? "Put the lines back. What nobody has to prove any more is retired in its story; then its proofs leave the lock by themselves." : first.how === "unapproved" ? `Have whoever answers for the proof look at it, then lock it anew: \`proofline spec lock ${stories.join(" ")}\`.` : "Leave the proof as it was approved; or change it in a change of its own, that touches no code, and lock it anew there.",
    places: files.slice(0, 12).map(({ file, gone }): Place => ({ file, side: gone ? "base" : "head" })),
    subject: files.map(({ file, criteria: of }) => `${file} ${of.join(" ")}`).sort().join("\n").slice(0, 20_000),
    ask: { to: ["quality-controller"], question: `Is ${listed(criteria)} still shown by ${files.length === 1 ? "it" : "them"}?`, how: "Move the change of the proof into a change of its own, or have an owner waive this with the reason." },
    details: { how: first.how, files: files.slice(0, 100).map(({ file, as, gone }) => ({ file, as, gone })), criteria: criteria.slice(0, 100) },
  };
}

const SAYS: Readonly<Record<LockedChange["how"], (what: string, files: readonly LockedChange[]) => string>> = {
  implementing: (what, files) => `${what}, and this change ${files.every(({ gone }) => gone) ? "takes it away" : "changes it"} while it also changes the code.`,
  unlocked: (what) => `${what}, and this change takes that out of proofline/proofs.lock.`,
  unapproved: (what, files) => `${what}, and ${files.every(({ gone }) => gone) ? "is gone" : "says something else"} now without being approved anew.`,
};
