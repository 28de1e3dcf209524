import type { Observation, Place } from "#kernel";
import { evidenceOf, standingOfQa, type Qa, type QaStanding } from "#evidence";
import { defineCheck, SHARED_GATES } from "../../check.ts";

export const notDone = defineCheck({
  id: "qa/not-done",
  asks: "Did somebody try by hand what policy wants tried, on this very code?",
  why: "Some of what users meet no test sees. Where a team wants a person to look, it should be known who did, on which build, and what came of it; a look at other code is none.",
  since: "0.1.0",
  effect: "ask",
  gates: SHARED_GATES,

  *look({ change, gate, evidence }) {
    const qa = evidenceOf(evidence, "qa").find(({ subject }) => subject === change.head || subject === change.headTree);
    const owed = qa?.owed.filter(({ gates }) => gates.includes(gate)) ?? [];
    const [rule] = owed;
    if (qa === undefined || rule === undefined || !qa.items.some((item) => item.owed)) return;
    const to = [...new Set(owed.flatMap(({ by }) => by))];
    const standing = standingOfQa(qa);
    if (standing.failed.length > 0) yield failed(standing, to);
    if (standing.missing.length > 0) yield missing(qa, standing, rule.because, to);
    else if (standing.failed.length === 0) yield { answer: "holds", because: doneBy(standing), subject: "qa" };
  },
});

/** Things named in one sentence. */
const SHOWN = 2;

const shown = (texts: readonly string[]): string => `${texts.slice(0, SHOWN).map((text) => `“${text.length > 90 ? `${text.slice(0, 89)}…` : text}”`).join(", ")}${texts.length > SHOWN ? ` and ${texts.length - SHOWN} more` : ""}`;

function missing({ items, runs, product }: Qa, { missing: open, counting, lapsed }: QaStanding, because: string, to: readonly string[]): Observation {
  const all = items.filter(({ owed }) => owed).length;
  const [old] = lapsed;
  const refused = runs.find(({ state }) => state === "refused");
  const besides = counting.length > 0 ? "" : old !== undefined ? ` ${old.run.by} tried it on ${old.run.at.slice(0, 10)}, and the code has changed since.` : refused === undefined ? "" : ` ${refused.file} does not count: ${refused.because ?? "nobody vouches for it"}.`;
  return {
    answer: "broken",
    because: `${open.length === all ? `Nobody tried ${all === 1 ? "the one thing" : `the ${all} things`}` : `${open.length} of ${all} things to try were not tried`} by hand that this change owes (${because}): ${shown(open.map(({ what }) => what))}.${besides}`,
    fix: "Run `proofline qa list`, try it on a build of this code, then `proofline qa record --outcome passed`, and commit the file it writes.",
    places: placesOf(open.flatMap(({ place }) => place ?? [])),
    subject: open.map(({ id }) => id).toSorted().join("\n").slice(0, 20_000),
    ask: { to: to.length > 0 ? to : ["author"], question: "Who tried this by hand, on which build, and what came of it?", how: "`proofline qa list` says what to try; `proofline qa record` writes it down." },
    details: { owed: all, missing: open.map(({ id }) => id).slice(0, 50), product },
  };
}

function failed({ failed: broken }: QaStanding, to: readonly string[]): Observation {
  const [first] = broken as readonly [QaStanding["failed"][number], ...QaStanding["failed"]];
  return {
    answer: "broken",
    because: `${first.by} tried it and it failed: ${shown(broken.map(({ what, note }) => (note === undefined ? what : `${note} (${what})`)))}.`,
    fix: "Mend it and have it tried again: a new record of the mended code takes this one's place.",
    places: [{ file: first.file, side: "head" }],
    subject: `failed\n${broken.map(({ id }) => id).toSorted().join("\n")}`.slice(0, 20_000),
    ask: { to: to.length > 0 ? to : ["author"], question: "Is what was found mended, or may it stay?", how: "Record the next try, or waive this finding." },
    details: { failed: broken.map(({ id }) => id).slice(0, 50) },
  };
}

function doneBy({ counting }: QaStanding): string {
  const [run] = counting;
  if (run === undefined) return "What has to be tried by hand was tried.";
  const { by, at, build, items } = run.run;
  const where = [build.environment, build.artifact ?? build.commit?.slice(0, 7)].filter((word) => word !== undefined && word !== "").join(", ");
  return `${by} tried ${items.length === 1 ? "it" : `${items.length} things`} by hand on ${at.slice(0, 10)}${where === "" ? "" : ` (${where})`}${run.state === "reported" ? ", by their own word: the record is not signed" : run.state === "self" ? ", recorded as self" : ""}.`;
}

const placesOf = (places: readonly Place[]): readonly Place[] => [...new Map(places.map((place) => [`${place.file}:${place.line ?? 0}`, place])).values()].slice(0, 12);
