import type { CriterionState, SectionName } from "../story.ts";
import { sameMeaning } from "./same-meaning.ts";
import type { CriterionVersion, StoryVersion } from "./story-version.ts";

/**
 * What became of a criterion. `reworded`: other words, surely the same meaning. `changed`: it may say something else. `promised`: it was planned before.
 * `withdrawn`: a promise that is only planned again. `retired`, `revived`: out of force, and back. `removed`: its text is gone. `moved`: it stood under another name or
 * in another story. `proofs`: tests were linked or unlinked. `approved`: somebody looked at its proofs for the words it has now.
 */
export type CriterionNewsKind = "added" | "reworded" | "changed" | "promised" | "withdrawn" | "retired" | "revived" | "removed" | "moved" | "proofs" | "approved";

/** What became of a story as a whole. `sections`: what it says beside its criteria. */
export type StoryNewsKind = "begun" | "renamed" | "retitled" | "sections" | "dropped";

/** A test that began, or ceased, to prove a criterion, or was changed. */
export interface ProofNews {
  readonly file: string;
  readonly how: "linked" | "unlinked" | "changed";
}

/** One criterion, or one story as a whole, in one commit. */
export interface BehaviourNews {
  readonly story: string;
  /** Absent for news of the story itself. */
  readonly criterion?: string;
  readonly kinds: readonly (CriterionNewsKind | StoryNewsKind)[];
  /** State it has now, or had when it was removed. */
  readonly state?: CriterionState;
  /** First characters of the revision it has now. */
  readonly revision?: string;
  /** Sentence before and now; where one side has none, or both are the same, the other alone. */
  readonly before?: string;
  readonly after?: string;
  /** Name it had before: `ST-cart#AC-1` of a criterion, `ST-cart` of a story. */
  readonly from?: string;
  readonly proofs: readonly ProofNews[];
  readonly sections?: readonly SectionName[];
}

/** Enough of a revision to name one text among the few a criterion ever had. */
const REVISION = 12;

/** What a commit did to stories: those it touched, as they were and as they are. Same versions, same news, in the order of the stories. */
export function compareVersions(before: readonly StoryVersion[], after: readonly StoryVersion[]): readonly BehaviourNews[] {
  const same = unchanged(before, after);
  const [old, now] = [placesOf(before, same), placesOf(after, same)];
  const renamed = renamedStories(before, after);
  const pairs = pairUp(old, now, renamed);
  const taken = new Set(pairs.map(({ was }) => was));
  const kept = new Map(pairs.map(({ was, is }) => [is, was]));
  const came = now.flatMap((is) => newsOf(kept.get(is), is, renamed));
  const gone = old.filter((was) => !taken.has(was)).map(removed);
  return [...storyNews(before, after, renamed), ...came, ...gone];
}

interface Placed {
  readonly story: StoryVersion;
  readonly criterion: CriterionVersion;
}

const placesOf = (stories: readonly StoryVersion[], same: ReadonlySet<CriterionVersion>): readonly Placed[] => stories.flatMap((story) => story.criteria.filter((criterion) => !same.has(criterion)).map((criterion) => ({ story, criterion })));

/** Criteria that stand in the same story as the same object: a reader that keeps what it read makes them so, and nothing became of them. */
function unchanged(before: readonly StoryVersion[], after: readonly StoryVersion[]): ReadonlySet<CriterionVersion> {
  const same = new Set<CriterionVersion>();
  if (before.length !== 1 || after.length !== 1 || before[0]?.id !== after[0]?.id) return same;
  const was = new Set(before[0]?.criteria);
  for (const criterion of after[0]?.criteria ?? []) if (was.has(criterion)) same.add(criterion);
  return same;
}

/** Story ids that changed, new one to old one: of one file, or where most criteria of a story that is gone stand in one that is new. */
function renamedStories(before: readonly StoryVersion[], after: readonly StoryVersion[]): ReadonlyMap<string, string> {
  const gone = before.filter(({ id }) => !after.some((one) => one.id === id));
  const fresh = after.filter(({ id }) => !before.some((one) => one.id === id));
  const found = new Map<string, string>();
  for (const story of fresh) {
    const texts = new Set(story.criteria.map(({ text }) => text));
    const ids = new Set(story.criteria.map(({ id }) => id.toLowerCase()));
    const from = gone.find(({ file }) => file === story.file) ?? gone.find(({ criteria }) => criteria.length > 0 && 2 * criteria.filter(({ id, text }) => texts.has(text) && ids.has(id.toLowerCase())).length >= criteria.length);
    if (from !== undefined && ![...found.values()].includes(from.id)) found.set(story.id, from.id);
  }
  return found;
}

interface Pair {
  readonly was: Placed;
  readonly is: Placed;
}

/** Criteria of both sides that are the same one: first by name, then by name in a renamed story, then by their very text. */
function pairUp(old: readonly Placed[], now: readonly Placed[], renamed: ReadonlyMap<string, string>): readonly Pair[] {
  const rest = { old: new Set(old), now: new Set(now) };
  const pairs: Pair[] = [];
  const pairBy = (keyOfOld: (place: Placed) => string, keyOfNow: (place: Placed) => string): void => {
    const waiting = new Map<string, Placed[]>();
    for (const was of rest.old) waiting.set(keyOfOld(was), [...(waiting.get(keyOfOld(was)) ?? []), was]);
    for (const is of rest.now) {
      const was = waiting.get(keyOfNow(is))?.shift();
      if (was === undefined) continue;
      pairs.push({ was, is });
      rest.old.delete(was);
      rest.now.delete(is);
    }
  };
  const named = (story: string, { criterion }: Placed): string => `${story}#${criterion.id.toLowerCase()}`;
  pairBy((was) => named(was.story.id, was), (is) => named(is.story.id, is));
  pairBy((was) => named(was.story.id, was), (is) => named(renamed.get(is.story.id) ?? "", is));
  // A text that stands there several times, or none at all, tells nothing.
  const said = (place: Placed): string => (place.criterion.text === "" ? named(place.story.id, place) : `\0${place.criterion.text}`);
  pairBy((was) => `${said(was)}\0${was.criterion.id.toLowerCase()}`, (is) => `${said(is)}\0${is.criterion.id.toLowerCase()}`);
  pairBy(said, said);
  return pairs;
}

const nameOf = ({ story, criterion }: Placed): string => `${story.id}#${criterion.id}`;

function newsOf(was: Placed | undefined, is: Placed, renamed: ReadonlyMap<string, string>): readonly BehaviourNews[] {
  const { criterion: now } = is;
  const about = { story: is.story.id, criterion: now.id, state: now.state, revision: now.revision.slice(0, REVISION) };
  if (was === undefined) return [{ ...about, kinds: ["added", ...(isApproved(now) ? (["approved"] as const) : [])], after: now.sentence, proofs: now.tests.map((file) => ({ file, how: "linked" })) }];
  const { criterion: then } = was;
  const moved = nameOf(was) !== nameOf(is);
  // A story that was renamed says so once.
  const alone = moved && !(renamed.get(is.story.id) === was.story.id && then.id === now.id);
  const reworded = then.text === now.text ? [] : [sameMeaning(then.text, now.text) ? ("reworded" as const) : ("changed" as const)];
  const proofs = linkNews(then.tests, now.tests);
  const kinds = [...(alone ? (["moved"] as const) : []), ...reworded, ...stateNews(then.state, now.state), ...(proofs.length > 0 ? (["proofs"] as const) : []), ...(isApproved(now) && then.approved !== now.approved ? (["approved"] as const) : [])];
  if (kinds.length === 0 && !moved) return [];
  return [{ ...about, kinds, ...(reworded.length > 0 && then.sentence !== now.sentence && { before: then.sentence }), after: now.sentence, ...(moved && { from: nameOf(was) }), proofs }];
}

const isApproved = ({ approved, revision }: CriterionVersion): boolean => approved !== undefined && revision.startsWith(approved);

function stateNews(before: CriterionState, now: CriterionState): readonly CriterionNewsKind[] {
  if (before === now) return [];
  if (now === "retired") return ["retired"];
  if (before === "retired") return now === "promised" ? ["revived", "promised"] : ["revived"];
  return now === "promised" ? ["promised"] : ["withdrawn"];
}

const linkNews = (before: readonly string[], now: readonly string[]): readonly ProofNews[] => [
  ...now.filter((file) => !before.includes(file)).map((file): ProofNews => ({ file, how: "linked" })),
  ...before.filter((file) => !now.includes(file)).map((file): ProofNews => ({ file, how: "unlinked" })),
];

function removed({ story, criterion: { id, state, sentence, tests } }: Placed): BehaviourNews {
  return { story: story.id, criterion: id, kinds: ["removed"], state, before: sentence, proofs: tests.map((file) => ({ file, how: "unlinked" })) };
}

function storyNews(before: readonly StoryVersion[], after: readonly StoryVersion[], renamed: ReadonlyMap<string, string>): readonly BehaviourNews[] {
  const told = after.flatMap((now): readonly BehaviourNews[] => {
    const from = renamed.get(now.id);
    const was = before.find(({ id }) => id === (from ?? now.id));
    if (was === undefined) return [{ story: now.id, kinds: ["begun"], after: now.title, proofs: [] }];
    const sections = sectionsThatMoved(was, now);
    const kinds = [...(from === undefined ? [] : (["renamed"] as const)), ...(was.title === now.title ? [] : (["retitled"] as const)), ...(sections.length > 0 ? (["sections"] as const) : [])];
    if (kinds.length === 0) return [];
    return [{ story: now.id, kinds, ...(was.title !== now.title && { before: was.title }), after: now.title, ...(from !== undefined && { from }), proofs: [], ...(sections.length > 0 && { sections }) }];
  });
  const here = new Set(after.flatMap(({ id }) => [id, renamed.get(id) ?? id]));
  const dropped = before.filter(({ id }) => !here.has(id)).map((was): BehaviourNews => ({ story: was.id, kinds: ["dropped"], before: was.title, proofs: [] }));
  return [...told, ...dropped];
}

/** Notes say nothing anybody promised. */
function sectionsThatMoved(was: StoryVersion, now: StoryVersion): readonly SectionName[] {
  const names = new Set([...was.sections.keys(), ...now.sections.keys()]);
  return [...names].filter((name) => name !== "Notes" && was.sections.get(name) !== now.sections.get(name));
}

/**
 * News of a merge: what it says that none of its parents did. `each` holds what it did to each parent; what one parent had already came with that parent's own
 * commits.
 */
export function mergedNews(each: readonly (readonly BehaviourNews[])[]): readonly BehaviourNews[] {
  const [first = [], ...others] = each;
  const keyOf = ({ story, criterion = "" }: BehaviourNews): string => `${story}#${criterion.toLowerCase()}`;
  const known = others.map((news) => new Set(news.map(keyOf)));
  return first.filter((news) => known.every((keys) => keys.has(keyOf(news))));
}
