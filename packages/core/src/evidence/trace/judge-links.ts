import { nearest } from "#kernel";
import { nameOfRef } from "#intent";
import { labelLinks } from "./label-links.ts";
import type { ProofLink, ResultRecord } from "./proof-link.ts";
import type { Results } from "./results.ts";
import type { CriterionFacts, StoryFacts, TracedLink } from "./trace.ts";

/** Everything one repository says about proofs. */
export interface SourceLinks {
  /** Its name in the workspace. */
  readonly name: string;
  /** True for the repository that is asked: its tests are told without a name. */
  readonly here: boolean;
  /** True where the stories stand: paths in them begin there. */
  readonly home: boolean;
  readonly links: readonly ProofLink[];
  /** Every path of its tree. */
  readonly paths: ReadonlySet<string>;
  readonly results: Results;
}

/** Links that count for a criterion, by criterion, and those that count for none. */
export interface JudgedLinks {
  readonly of: ReadonlyMap<CriterionFacts, readonly TracedLink[]>;
  readonly loose: readonly TracedLink[];
}

interface Found {
  readonly link: ProofLink;
  readonly source: SourceLinks;
}

/** Judges every link: of tests, of reports and of the stories themselves. */
export function judgeLinks(stories: readonly StoryFacts[], sources: readonly SourceLinks[]): JudgedLinks {
  const known = byId(stories);
  const tests = sources.flatMap((source) => withLabels(source).map((link): Found => ({ link, source })));
  const files = filesNamed(stories, sources);
  const criteria = criteriaNamed(tests);
  const of = new Map<CriterionFacts, TracedLink[]>();
  const loose: TracedLink[] = [...files.missing];
  const seen = new Set<string>();
  const take = (found: Found): void => {
    if (found.link.ref.criterion === undefined && criteria.has(fileKey(found))) return;
    const target = targetOf(found, known);
    if (!("criterion" in target)) return void loose.push(traced(found, target));
    const key = `${placeKey(found)}\0${target.story.file}\0${target.criterion.id}`;
    if (seen.has(key)) return void (found.link.by === "story" || loose.push(traced(found, { state: "duplicate", because: `it says ${nameOfRef(found.link.ref)} more than once` })));
    seen.add(key);
    const list = of.get(target.criterion);
    const judged = traced(found, stateOf(found, target.criterion));
    if (list) list.push(judged);
    else of.set(target.criterion, [judged]);
  };
  for (const found of tests) take(found);
  if (files.links.length === 0) return { of, loose };
  const refined = new Set([...of].flatMap(([criterion, links]) => links.map((link) => `${link.repository ?? HERE}\0${link.file}\0${criterion.revision}\0${criterion.id}`)));
  // A story's link to a file says less than the file's own: where its tests name the criterion, they are the proofs.
  for (const { found, criterion } of files.links) if (!refined.has(`${found.source.here ? HERE : found.source.name}\0${found.link.file}\0${criterion.revision}\0${criterion.id}`)) take(found);
  return { of, loose };
}

const HERE = "";

function byId(stories: readonly StoryFacts[]): ReadonlyMap<string, readonly StoryFacts[]> {
  const known = new Map<string, StoryFacts[]>();
  for (const story of stories) known.set(story.id, [...(known.get(story.id) ?? []), story]);
  return known;
}

const placeKey = ({ link: { file, scope, titles }, source }: Found): string => `${source.name}\0${file}\0${scope}\0${titles.join("\0")}`;

/** Links a report's labels tell, beside those the tests themselves say. */
function withLabels({ links, results }: SourceLinks): readonly ProofLink[] {
  const told = labelLinks(results.runs);
  if (told.length === 0) return links;
  const keyOf = ({ file, titles, ref }: ProofLink): string => `${file}\0${titles.join("\0")}\0${nameOfRef(ref)}`;
  const said = new Set(links.map(keyOf));
  const fresh = told.filter((link) => !said.has(keyOf(link)));
  return [...links, ...new Map(fresh.map((link) => [keyOf(link), link])).values()];
}

const fileKey = ({ link: { file, ref }, source }: Found): string => `${source.name}\0${file}\0${ref.story}`;

/** Files whose tests name criteria of a story: a tag with the story alone is there to choose tests by, and no claim of its own. */
const criteriaNamed = (tests: readonly Found[]): ReadonlySet<string> => new Set(tests.filter(({ link }) => link.ref.criterion !== undefined).map(fileKey));

/** `[@test](path)` of the stories; `name:path` stands in another repository of the workspace. */
function filesNamed(stories: readonly StoryFacts[], sources: readonly SourceLinks[]): { readonly links: readonly { readonly found: Found; readonly criterion: CriterionFacts }[]; readonly missing: readonly TracedLink[] } {
  const links: { found: Found; criterion: CriterionFacts }[] = [];
  const missing: TracedLink[] = [];
  for (const story of stories) {
    for (const criterion of story.criteria) {
      if (criterion.state === "retired") continue;
      for (const test of criterion.tests) {
        const path = test.replace(/^\.?\//, "");
        const near = sources.find(({ home, paths }) => home && paths.has(path));
        const source = near ?? sources.find(({ name, paths }) => path.startsWith(`${name}:`) && paths.has(path.slice(name.length + 1)));
        const file = near ? path : path.slice((source?.name.length ?? -1) + 1);
        const link: ProofLink = { ref: { story: story.id, criterion: criterion.id }, by: "story", at: criterion.line, file, scope: "file", titles: [], line: 1 };
        if (source) links.push({ found: { link, source }, criterion });
        else missing.push({ ...plain(link), state: "orphaned", because: `${story.file}:${criterion.line} names a file that is not there` });
      }
    }
  }
  return { links, missing };
}

interface Judged {
  readonly state: TracedLink["state"];
  readonly because?: string;
  readonly record?: ResultRecord;
}

/** The criterion a link means; a state where there is none, or where it can't be told. */
function targetOf({ link: { ref } }: Found, known: ReadonlyMap<string, readonly StoryFacts[]>): Judged | { readonly story: StoryFacts; readonly criterion: CriterionFacts } {
  const [story, twin] = known.get(ref.story) ?? [];
  if (story === undefined) return { state: "orphaned", because: `there is no story ${ref.story}${meant(ref.story, [...known.keys()])}` };
  if (twin) return { state: "ambiguous", because: `${ref.story} stands in ${story.file} and in ${twin.file}` };
  const living = story.criteria.filter(({ state }) => state !== "retired");
  const [only] = living;
  if (ref.criterion === undefined) {
    if (only !== undefined && living.length === 1) return { story, criterion: only };
    return { state: "ambiguous", because: `it names ${ref.story}, not which of its ${living.length} criteria` };
  }
  const wanted = ref.criterion.toLowerCase();
  const criterion = story.criteria.find(({ id }) => id.toLowerCase() === wanted);
  if (criterion === undefined) return { state: "orphaned", because: `${ref.story} has no ${ref.criterion}${isNumbered(ref.criterion) ? "" : meant(ref.criterion, story.criteria.map(({ id }) => id))}` };
  return criterion.state === "retired" ? { state: "orphaned", because: `${nameOfRef(ref)} is retired` } : { story, criterion };
}

/** One number is as near as another. */
const isNumbered = (id: string): boolean => /^AC-\d/.test(id);

/** Of very many names none is looked for. */
const meant = (asked: string, known: readonly string[]): string => {
  const close = known.length > 2_000 ? undefined : nearest(asked, known);
  return close === undefined ? "" : `; is ${close} meant?`;
};

/** True where the text is not the one the link, or else the criterion's links as a whole, were approved for. */
export const isOutdated = ({ revision, approved }: Pick<CriterionFacts, "revision" | "approved">, own: string | undefined): boolean => {
  const made = own ?? approved;
  return made !== undefined && !revision.startsWith(made);
};

function stateOf({ link, source }: Found, criterion: CriterionFacts): Judged {
  const standing = source.results.standing(link);
  const record = standing && { record: standing.record };
  if (link.twin && standing?.mixed) return { state: "ambiguous", because: "two tests of this file have the same titles, and one of them failed", ...record };
  if (standing?.outcome === "failing") return { state: "failing", ...because(standing.because), ...record };
  if (isOutdated(criterion, link.ref.revision)) return { state: "outdated", because: `the text changed since the link was approved at ${(link.ref.revision ?? criterion.approved ?? "").slice(0, 12)}`, ...record };
  if (standing !== undefined) return { state: standing.outcome, ...because(standing.because), ...record };
  return link.skipped ? { state: "skipped", because: "the test says that it is not to run" } : { state: "not-run", because: "no result on this commit" };
}

const because = (says: string | undefined): Pick<Judged, "because"> => (says === undefined ? {} : { because: says });

const plain = ({ file, scope, titles, line, by, at, ref }: ProofLink): Omit<TracedLink, "state"> => ({ file, scope, titles, line, by, at, names: nameOfRef(ref) });

const traced = ({ link, source }: Found, judged: Judged): TracedLink => ({ ...plain(link), ...(!source.here && { repository: source.name }), ...judged });
