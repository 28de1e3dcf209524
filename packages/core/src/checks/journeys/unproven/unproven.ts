import type { GateName, Observation } from "#kernel";
import { evidenceOf, type JourneyStanding, type WithdrawnJourney } from "#evidence";
import { defineCheck, SHARED_GATES } from "../../check.ts";

export const unproven = defineCheck({
  id: "journeys/unproven",
  asks: "Was every journey this change reaches walked to its end on this very commit?",
  why: "Tests of parts stay green while the way through them is broken. A journey that nobody walked on this commit is one whose first walker is a customer.",
  since: "0.1.0",
  effect: "ask",
  gates: SHARED_GATES,

  *look({ change, gate, evidence, unavailable }) {
    const trace = evidenceOf(evidence, "journey-trace").find(({ subject }) => subject === change.head || subject === change.headTree);
    if (trace === undefined) return;
    const owed = trace.journeys.filter((journey) => isOwed(journey, gate));
    const open = owed.filter(({ state }) => state !== "verified");
    const broken = open.filter(({ state }) => state === "failing" || state === "unproven" || state === "skipped");
    // One reason, one question: what was not walked is one command away.
    const unknown = open.filter((journey) => !broken.includes(journey));
    for (const journey of broken) yield tell(journey);
    for (const journey of trace.withdrawn ?? []) yield tellWithdrawn(journey);
    // Where no run was wanted at all, that is told once, for everything that needed one.
    if (unknown.length > 0 && !unavailable.has("test-run")) yield notWalked(unknown, gate);
    if (owed.length > 0 && open.length === 0) yield { answer: "holds", because: `${owed.length === 1 ? `The journey ${owed[0]?.id} is` : `All ${owed.length} journeys owed here are`} green on this commit.`, subject: "journeys" };
  },
});

/** A release owes every journey; a change those it reaches. */
const isOwed = ({ reached }: JourneyStanding, gate: GateName): boolean => gate === "release" || reached !== undefined;

const SAYS = { failing: "is red on this commit", unproven: "is promised, and no test walks it", skipped: "is promised, and its tests are skipped" } as const;

function tell(journey: JourneyStanding): Observation {
  const { id, title, user, file, line, owner, state, because = "", tests, reached } = journey;
  const says = SAYS[state as keyof typeof SAYS];
  return {
    answer: "broken",
    because: `${id} (${title}) ${says}${because === "" || state === "skipped" ? "" : `: ${because}`}.`.replace(/\.{2,}$/, "."),
    fix: state === "failing" ? `Walk it with \`proofline spec run --journey ${id}\`, look at its trace, and mend it.` : `Name a browser test of it under \`tests:\` in ${file}; until there is one, write \`state: planned\`.`,
    places: [{ file, line, side: "head" }, ...tests.slice(0, 5).map((path) => ({ file: path, side: "head" as const }))],
    subject: `${id} ${state}`,
    ask: { to: [owner ?? "author"], question: `What shows that ${user} can still ${lower(title)}?`, how: state === "failing" ? "Mend it, or say why it may be red." : "Link a test, or mark the journey planned." },
    details: { journey: id, state, ...(reached !== undefined && { reached }) },
  };
}

function tellWithdrawn({ id, title, user, file, owner, gone, reached }: WithdrawnJourney): Observation {
  return {
    answer: "broken",
    because: `${id} (${title}) is promised, and this change ${gone ? "deletes it" : "calls it planned"} beside what it runs through (${reached}).`,
    fix: `Keep it promised and walk it with \`proofline spec run --journey ${id}\`; or write \`state: retired\` in its file, if ${user} shall not walk it any more.`,
    places: [{ file, side: gone ? "base" : "head" }],
    subject: `${id} withdrawn`,
    ask: { to: [owner ?? "author"], question: `May ${user} lose this: ${lower(title)}?`, how: "Mark the journey retired, or keep it promised and show that it still leads to its end." },
    details: { journey: id, state: gone ? "deleted" : "planned", reached },
  };
}

/** Ids named in one sentence. */
const SHOWN = 3;

function notWalked(journeys: readonly JourneyStanding[], gate: GateName): Observation {
  const names = journeys.map(({ id }) => id);
  const shown = `${names.slice(0, SHOWN).join(", ")}${names.length > SHOWN ? ` and ${names.length - SHOWN} more` : ""}`;
  const flaky = journeys.filter(({ state }) => state === "flaky");
  const why = flaky.length === journeys.length ? `passed and failed on this commit, which shows nothing` : gate === "release" ? `${names.length === 1 ? "was" : "were"} not walked on this commit` : `${names.length === 1 ? "is" : "are"} reached by this change and ${names.length === 1 ? "was" : "were"} not walked on this commit`;
  const [first] = journeys;
  return {
    answer: "unknown",
    because: `${shown} ${why}${gate === "release" || first?.reached === undefined ? "" : ` (${first.id}: ${first.reached})`}.`,
    fix: `Run \`proofline spec run --layer ${gate === "release" ? "full" : "feature"}\`, or hand in the report of a run on this commit with \`--evidence\`.`,
    places: journeys.slice(0, 12).map(({ file, line }) => ({ file, line, side: "head" })),
    subject: names.toSorted().join("\n").slice(0, 20_000),
    ask: { to: [first?.owner ?? "author"], question: `Does ${shown} still lead to its end?`, how: `Run \`proofline spec run --layer ${gate === "release" ? "full" : "feature"}\` on this commit.` },
    details: { journeys: names.slice(0, 100), flaky: flaky.map(({ id }) => id).slice(0, 100) },
  };
}

const lower = (title: string): string => (title === "" ? "walk it" : `${title.charAt(0).toLowerCase()}${title.slice(1)}`);
