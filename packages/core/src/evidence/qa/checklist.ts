import { compileGlobs } from "#kernel";
import { isComponent, type Change, type ChangedFile } from "#change";
import type { Area, Journey, Story } from "#intent";
import type { RouteNamed } from "../selection/scan/module-facts.ts";
import { isTried } from "./owed.ts";
import type { QaItem } from "./qa.ts";

/** What a checklist is made of. */
export interface ChecklistFacts {
  readonly change: Pick<Change, "files">;
  readonly areas: readonly Area[];
  readonly stories: readonly Story[];
  /** Criteria that a test names, and that are not skipped: `ST-cart#AC-1`. */
  readonly proven: ReadonlySet<string>;
  /** Journeys the change reaches, with the reason. */
  readonly journeys: readonly { readonly journey: Journey; readonly because: string }[];
  /** Routes that changed files handle. */
  readonly routes: readonly (RouteNamed & { readonly file: string })[];
  /** New lines no test ran, where coverage is at hand. */
  readonly uncovered: readonly { readonly file: string; readonly lines: readonly number[] }[];
}

/** Longer lists are not worked through. */
const MOST = 12;

/**
 * What to try by hand for this change, the most telling first, at most twelve: what a user walks or was promised before what a file suggests, what no test shows before
 * what one does. Empty for a change that behaves as before. The same change always gives the same list.
 */
export function checklistOf(facts: ChecklistFacts): readonly QaItem[] {
  const files = facts.change.files.filter(isTried);
  if (files.length === 0) return [];
  const told = facts.stories.flatMap((story) => promisesOf(story, files, facts));
  const spoken = new Set(facts.stories.filter((story) => touchedBy(story, files) !== undefined).flatMap((story) => files.map(({ path }) => path).filter(compileGlobs(story.targets))));
  const items = [
    ...facts.journeys.map(walk),
    ...told.filter(({ owed }) => owed),
    ...areaItems(files, facts),
    ...dataItems(files),
    // What a story speaks of is tried by its promises; the rest by what it offers.
    ...routeItems(facts, spoken),
    ...pageItems(files, spoken),
    ...told.filter(({ owed }) => !owed),
    ...uncoveredItems(facts),
  ];
  return items.slice(0, MOST);
}

const walk = ({ journey: { id, title, user, steps, file, line }, because }: ChecklistFacts["journeys"][number]): QaItem => ({
  id: `journey:${id}`,
  from: "journey",
  what: `Walk “${title}”${user === "" ? "" : ` as ${user}`}${steps.length === 0 ? "" : `: ${steps.slice(0, 4).join("; ")}${steps.length > 4 ? "; and so on to its end" : ""}`}`.slice(0, 400),
  why: because,
  place: { file, line, side: "head" },
  owed: true,
});

/** The changed file that makes a story a touched one. */
const touchedBy = ({ targets, file }: Pick<Story, "targets" | "file">, files: readonly ChangedFile[]): string | undefined => files.map(({ path }) => path).find(compileGlobs([...targets, file]));

/** Promises first whose failure has to be handled: nobody meets those by chance. */
function promisesOf(story: Story, files: readonly ChangedFile[], { proven }: ChecklistFacts): readonly QaItem[] {
  const touched = touchedBy(story, files);
  if (touched === undefined) return [];
  const promised = story.criteria.filter(({ state }) => state === "promised");
  const fails = (sentence: string): boolean => /^if\b/i.test(sentence);
  const criteria = promised.toSorted((a, b) => Number(fails(b.sentence)) - Number(fails(a.sentence))).map(({ id, sentence, line }): QaItem => {
    const name = `${story.id}#${id}`;
    const shown = proven.has(name);
    return { id: `criterion:${name}`, from: "criterion", what: `${fails(sentence) ? "Make it go wrong: " : ""}${sentence}`.slice(0, 400), why: `${touched} is a target of ${story.id}${shown ? "; a test names it" : ", and no test names it"}`, place: { file: story.file, line, side: "head" }, owed: !shown };
  });
  const access = story.access.filter(({ allowed }) => !allowed).map(({ role, action, line }): QaItem => ({ id: `access:${story.id}:${role}:${action}`.slice(0, 200), from: "access", what: `As ${role}, try to ${action}: it has to be refused, and nothing may have changed`, why: `${touched} is a target of ${story.id}, which denies it`, place: { file: story.file, line, side: "head" }, owed: true }));
  return [...criteria, ...access];
}

function areaItems(files: readonly ChangedFile[], { areas }: ChecklistFacts): readonly QaItem[] {
  return areas.filter(({ risk }) => risk === "high").flatMap(({ name }): readonly QaItem[] => {
    const file = files.find((one) => one.areas.includes(name));
    return file === undefined ? [] : [{ id: `area:${name}`, from: "area", what: `Use ${name} the way it is used most, then the way it must not be used: the first works, the second is refused`, why: `${file.path} belongs to ${name}, of high risk`, place: { file: file.path, side: "head" }, owed: true }];
  });
}

function dataItems(files: readonly ChangedFile[]): readonly QaItem[] {
  const steps = files.filter(({ kind, status }) => kind === "migration" && status !== "deleted");
  const [first] = steps;
  return first === undefined ? [] : [{ id: "data:migration", from: "data", what: "Use it with data from before this change: old records still open, change and go", why: `${first.path}${steps.length > 1 ? ` and ${steps.length - 1} more` : ""} changes what is stored`, place: { file: first.path, side: "head" }, owed: true }];
}

const routeItems = ({ routes }: ChecklistFacts, spoken: ReadonlySet<string>): readonly QaItem[] =>
  routes.filter(({ file }) => !spoken.has(file)).slice(0, 4).map(({ method, path, file }) => ({ id: `route:${method} ${path}`, from: "route", what: `${method} ${path}: send what it expects, then what it has to refuse`, why: `${file} handles it and changes`, place: { file, side: "head" }, owed: true }));

function pageItems(files: readonly ChangedFile[], spoken: ReadonlySet<string>): readonly QaItem[] {
  const pages = files.filter(({ path, kind, status }) => kind === "source" && status !== "deleted" && isComponent(path) && !spoken.has(path));
  return pages.slice(0, 3).map(({ path }) => ({ id: `page:${path}`, from: "page", what: `Look at what ${path.split("/").at(-1) ?? path} draws: with nothing in it, with much in it, on a narrow screen, by keyboard alone`, why: `${path} changes what users see`, place: { file: path, side: "head" }, owed: true }));
}

const uncoveredItems = ({ uncovered }: ChecklistFacts): readonly QaItem[] =>
  uncovered.slice(0, 3).map(({ file, lines }) => ({ id: `uncovered:${file}`, from: "uncovered", what: `Make ${file}:${lines[0] ?? 1} happen`, why: `no test runs ${lines.length === 1 ? "this new line" : `${lines.length} of its new lines`}`, place: { file, ...(lines[0] !== undefined && { line: lines[0] }), side: "head" }, owed: false }));
