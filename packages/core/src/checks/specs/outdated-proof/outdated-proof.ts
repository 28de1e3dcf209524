import type { Observation } from "#kernel";
import { evidenceOf, type ConcernedPromise, type TracedLink } from "#evidence";
import { ALL_GATES, defineCheck } from "../../check.ts";

export const outdatedProof = defineCheck({
  id: "specs/outdated-proof",
  asks: "Do the proofs of a promise speak of the words it has now?",
  why: "A promise that says something else today, with the test of yesterday, is green and proves nothing of it.",
  since: "0.1.0",
  effect: "note",
  gates: ALL_GATES,

  *look({ change, evidence }) {
    const trace = evidenceOf(evidence, "story-trace").find(({ subject }) => subject === change.head || subject === change.headTree);
    if (trace === undefined) return;
    for (const promise of trace.concerned) if (promise.news === "reworded" || promise.news === "stale") yield tellPromise(promise);
    for (const link of trace.loose.slice(0, MOST)) yield tellLink(link);
  },
});

/** Links told one by one; more of them have one cause. */
const MOST = 20;

function tellPromise({ story, criterion, news }: ConcernedPromise): Observation {
  const name = `${story.id}#${criterion.id}`;
  const tests = criterion.links.length === 1 ? "its test" : `its ${criterion.links.length} tests`;
  const [link] = criterion.links;
  return {
    answer: "broken",
    because: news === "reworded" ? `${name} says something else now, and ${tests} did not change${criterion.approved === undefined ? "" : " or was not approved for it"}.` : `A test names ${name} as it read before.`,
    fix: `Look at ${link === undefined ? "its tests" : link.file}: change it, or record that it shows the new words with \`proofline spec trace ${name} --approve\`.`,
    places: [{ file: story.file, line: criterion.line, side: "head" }, ...(link === undefined || link.repository !== undefined ? [] : [{ file: link.file, line: link.line, side: "head" as const }])],
    subject: `${name} ${criterion.revision}`,
    details: { criterion: name, revision: criterion.revision.slice(0, 12), tests: criterion.links.slice(0, 20).map(({ file, titles }) => [file, ...titles].join(" › ")) },
  };
}

function tellLink({ names, file, at, by, state, because, titles }: TracedLink): Observation {
  const says = state === "duplicate" ? `A test says twice that it proves ${names}` : by === "story" ? `${names} names ${file} as its test` : `A test says that it proves ${names}`;
  return {
    answer: "broken",
    because: state === "duplicate" ? `${says}.` : `${says}: ${because ?? state}.`,
    fix: FIXES[state] ?? "Correct the link, or take it out.",
    places: by === "story" ? [] : [{ file, line: at, side: "head" }],
    subject: `${state} ${names} ${file} ${titles.join(" › ")}`.slice(0, 2_000),
    details: { state, names },
  };
}

const FIXES: Readonly<Partial<Record<TracedLink["state"], string>>> = {
  orphaned: "Name the criterion that took its place, or take the link out.",
  ambiguous: "Name one criterion, as in ST-guest-checkout#AC-1.",
  duplicate: "Keep one of the two.",
};
