import type { Observation, Place } from "#kernel";
import { evidenceOf, type ConcernedPromise, type StoryTrace } from "#evidence";
import { ALL_GATES, defineCheck } from "../../check.ts";

export const unproven = defineCheck({
  id: "specs/unproven",
  asks: "Does a test name every promise this change makes or leaves without its proof?",
  why: "A promise that no test names is kept by nobody: the first one to notice that it is broken is a customer.",
  since: "0.1.0",
  effect: "ask",
  gates: ALL_GATES,

  *look({ change, evidence }) {
    const trace = evidenceOf(evidence, "story-trace").find(({ subject }) => subject === change.head || subject === change.headTree);
    if (trace === undefined) return;
    const open = trace.concerned.filter(({ news }) => news === "promised" || news === "lost");
    const away = trace.repositories?.some(({ stories }) => stories) === true;
    const unread = trace.unread ?? [];
    if (unread.some(({ stories }) => stories)) yield unknownStories(unread);
    for (const promises of byStory(open).values()) yield unread.length > 0 ? doubt(tell(promises, away), unread) : tell(promises, away);
    const kept = trace.concerned.filter(({ news, criterion }) => news !== "promised" && news !== "lost" && criterion.proof !== "unproven").length;
    if (open.length === 0 && kept > 0) yield { answer: "holds", because: `A test names ${kept === 1 ? "the promise" : `each of the ${kept} promises`} this change makes or rewords.`, subject: "promises" };
  },
});

function byStory(promises: readonly ConcernedPromise[]): ReadonlyMap<string, readonly ConcernedPromise[]> {
  const groups = new Map<string, ConcernedPromise[]>();
  for (const promise of promises) groups.set(promise.story.id, [...(groups.get(promise.story.id) ?? []), promise]);
  return groups;
}

type Unread = NonNullable<StoryTrace["unread"]>;

/** A test of a repository that could not be read may prove it: that is not known, and not a promise without a proof. */
function doubt(seen: Observation, unread: Unread): Observation {
  const [first] = unread;
  return { ...seen, answer: "unknown", because: `${seen.because.replace(/\.$/, "")} here; whether a test of ${unread.map(({ name }) => name).join(", ")} proves it could not be read (${first?.because ?? "it could not be opened"}).`, fix: `Make ${unread.map(({ name }) => name).join(", ")} readable where this runs. ${seen.fix ?? ""}`.trim() };
}

/** A note: who can't reach the stories here should not have to answer for it. */
const unknownStories = (unread: Unread): Observation => ({
  answer: "unknown",
  effect: "note",
  because: `This change touches tests that name promises, and the stories of ${unread.map(({ name }) => name).join(", ")} could not be read: ${unread[0]?.because ?? "they could not be opened"}.`,
  fix: "Give this job access to the repository that `workspace: stories:` names, or leave the key out.",
  subject: "stories unread",
});

/** Ids named in one sentence. */
const SHOWN = 3;

/** One story, one question: what is missing has one reason. */
function tell(promises: readonly ConcernedPromise[], away: boolean): Observation {
  const [first] = promises as readonly [ConcernedPromise, ...ConcernedPromise[]];
  const { story } = first;
  const names = promises.map(({ criterion }) => `${story.id}#${criterion.id}`);
  const shown = `${names.slice(0, SHOWN).join(", ")}${names.length > SHOWN ? ` and ${names.length - SHOWN} more` : ""}`;
  const [are, it] = names.length === 1 ? ["is", "it"] : ["are", "them"];
  return {
    answer: "broken",
    because: promises.every(({ news }) => news === "lost") ? `${shown} ${are} promised, and this change takes away the last test that proved ${it}.` : `${shown} ${are} promised, and ${why(first, it)}.`,
    fix: `Name it in the test that shows it: \`@verifies ${names[0]}\` in a comment, or a Playwright annotation of type criterion; or mark it \`planned\` until there is one.`,
    // What stands in another repository has no place in this one.
    places: away ? [] : promises.slice(0, 12).map(({ criterion }): Place => ({ file: story.file, line: criterion.line, side: "head" })),
    // By what was promised, not by how many lines stand above it.
    subject: promises.map(({ criterion }) => `${criterion.id} ${criterion.revision}`).sort().join("\n").slice(0, 20_000),
    ask: { to: [story.owner ?? "author"], question: `What shows that ${shown} ${names.length === 1 ? "holds" : "hold"}?`, how: "Link a test, or mark the criterion planned in the story." },
    details: { story: story.id, criteria: names.slice(0, 100), lost: promises.filter(({ news }) => news === "lost").length },
  };
}

const why = ({ criterion: { proof, because } }: ConcernedPromise, it: string): string => (proof === "unproven" ? `no test names ${it}` : proof === "skipped" ? `the tests that name ${it} are skipped` : (because ?? `no test proves ${it}`));
