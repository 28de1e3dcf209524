import type { Observation } from "#kernel";
import { evidenceOf, type OwedSign } from "#evidence";
import { ROLE_TITLES } from "#intent";
import { defineCheck, SHARED_GATES } from "../../check.ts";

export const unsigned = defineCheck({
  id: "specs/unsigned",
  asks: "Did everybody sign whose role this change owes?",
  why: "A promise that changes without its owner, or a proof without who answers for it, is found out when a customer quotes the old one.",
  since: "0.1.0",
  effect: "note",
  gates: SHARED_GATES,

  *look({ change, evidence }) {
    const signs = evidenceOf(evidence, "story-signs").find(({ subject }) => subject === change.head || subject === change.headTree);
    if (signs === undefined || signs.owed.length === 0) return;
    const stories = new Set(signs.owed.map(({ story }) => story));
    for (const story of stories) yield tell(signs.owed.filter((one) => one.story === story));
  },
});

/** One story, one finding: whoever has to sign reads the same change. */
function tell(owed: readonly OwedSign[]): Observation {
  const [first] = owed as readonly [OwedSign, ...OwedSign[]];
  const open = owed.filter(({ state }) => state !== "signed");
  if (open.length === 0) return { answer: "holds", because: `${first.story} is signed by ${owed.map(({ role, by }) => `${by ?? "somebody"} as ${ROLE_TITLES[role]}`).join(", ")}.`, subject: first.story };
  return {
    answer: "broken",
    because: `${first.story} owes ${open.map(signature).join("; ")}.`,
    fix: `Once it is read: ${open.map(({ role }) => `\`proofline spec sign ${first.story} --as ${role} --key FILE\``).join(", ")}. \`proofline spec status ${first.story}\` shows all stages.`,
    places: [{ file: first.file, side: "head" }],
    subject: open.map(({ story, role, because }) => `${story} ${role} ${because}`).sort().join("\n").slice(0, 20_000),
    details: { story: first.story, owed: open.map(({ role, state, because, entitled }) => ({ role, state, because, entitled: [...entitled] })) },
  };
}

function signature({ role, because, state, by, why }: OwedSign): string {
  const given = state === "lapsed" ? ` (${by ?? "somebody"}'s lapsed: ${why ?? "it changed"})` : state === "refused" ? ` (${by ?? "somebody"}'s does not count: ${why ?? "it is not valid"})` : "";
  return `the ${ROLE_TITLES[role]}'s signature, because ${because}${given}`;
}
