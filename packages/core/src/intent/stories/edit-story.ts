import { fenceAfter, lineEndOf, linesOf } from "./lines.ts";
import { normalisedText } from "./revision.ts";
import { SECTIONS, type Criterion, type CriterionState, type Story } from "./story.ts";
import { freeId, slugOf } from "./story-id.ts";

/** A criterion somebody wants to add. */
export interface NewCriterion {
  readonly sentence: string;
  readonly state?: CriterionState;
}

/**
 * The story's text with criteria added and every other character as it was. Each gets an id made of its words, not the next number, and stands behind the criterion it
 * has most words in common with, not at the end: two people who add different behaviours on two branches take different ids and different places, so Git
 * merges them.
 */
export function addCriteria(text: string, story: Story, wanted: readonly NewCriterion[]): string {
  const taken = new Set(story.criteria.map(({ id }) => id.toLowerCase()));
  const added = wanted.map((one) => {
    const id = criterionIdFor(one.sentence, taken);
    taken.add(id.toLowerCase());
    return { at: placeFor(one.sentence, story), block: criterionBlock(id, one) };
  });
  const eol = lineEndOf(text);
  // From the end, so that offsets stay true; what goes to one place keeps its order.
  return [...groupByPlace(added)].sort(([a], [b]) => b - a).reduce((edited, [at, blocks]) => insertBlocks(edited, at, blocks, eol), text);
}

function groupByPlace(added: readonly { readonly at: number; readonly block: string }[]): ReadonlyMap<number, readonly string[]> {
  const places = new Map<number, string[]>();
  for (const { at, block } of added) places.set(at, [...(places.get(at) ?? []), block]);
  return places;
}

/** An id made of a sentence's words: what the system does, without the small words. */
export function criterionIdFor(sentence: string, taken: ReadonlySet<string>): string {
  const said = normalisedText(sentence);
  const response = /\b(?:shall|must|will)\b(.*)$/i.exec(said.slice(0, 2_000))?.[1] ?? said;
  const words = slugOf(response, 200).split("-").filter((word) => word.length > 1 && !SMALL.has(word));
  const wanted = `AC-${words.slice(0, 4).join("-") || "new"}`;
  return freeId(wanted, { has: (id) => taken.has(id.toLowerCase()) });
}

const SMALL = new Set("a an and as at be been by for from if in into is it its no not of on or shall so system that the their them then they this to user when where while with".split(" "));

const wordsOf = (sentence: string): ReadonlySet<string> => new Set(slugOf(sentence, 2_000).split("-").filter((word) => word.length > 2 && !SMALL.has(word)));

/** Behind the criterion most like it; without any, at the end of Behaviour, or where that section belongs. */
function placeFor(sentence: string, story: Story): number {
  const words = wordsOf(sentence);
  let best: Criterion | undefined;
  let most = -1;
  for (const criterion of story.criteria) {
    const other = wordsOf(criterion.sentence);
    const shared = [...words].filter((word) => other.has(word)).length / Math.max(1, other.size + words.size);
    if (shared >= most) [best, most] = [criterion, shared];
  }
  return best?.span.end ?? story.sections.get("Behaviour")?.end ?? -1;
}

function criterionBlock(id: string, { sentence, state }: NewCriterion): string {
  return `### ${id} · ${state ?? "planned"}\n\n${oneParagraph(sentence)}\n`;
}

/** A sentence can't begin a heading, a list or a fence of its own. */
const oneParagraph = (text: string): string =>
  text
    .replace(/\s+/g, " ")
    .trim()
    .replace(/^(?=#|[-*+] |\d{1,4}[.)] |`{3}|~{3}|\||>|<!--)/, "\\");

function insertBlocks(text: string, at: number, blocks: readonly string[], eol: string): string {
  const place = at < 0 ? text.length : at;
  const before = text.slice(0, place);
  const heading = at < 0 ? "## Behaviour\n\n" : "";
  const gap = before === "" || /(?:^|\n)\r?\n$/.test(before) ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  const rest = text.slice(place);
  const written = `${gap}${heading}${blocks.join("\n")}${rest === "" ? "" : "\n"}`;
  return before + written.replaceAll("\n", eol) + rest;
}

/** The story's text with one criterion's state changed and every other character as it was. */
export function withState(text: string, criterion: Criterion, state: CriterionState): string {
  const { start } = criterion.span;
  const newline = text.indexOf("\n", start);
  const end = newline < 0 ? text.length : newline;
  const heading = text.slice(start, end);
  const trailing = /\s*$/.exec(heading)?.[0] ?? "";
  const head = /^#+[ \t]+\S+/.exec(heading)?.[0] ?? heading;
  return `${text.slice(0, start)}${head} · ${state}${trailing}${text.slice(end)}`;
}

/** A story as it is first written. Blocks are Markdown. */
export interface StoryDraft {
  readonly id: string;
  readonly title: string;
  readonly owner?: string;
  readonly area?: string;
  readonly targets?: readonly string[];
  readonly intent?: string;
  readonly criteria?: readonly DraftCriterion[];
  readonly constraints?: string;
  readonly qualityGates?: string;
  readonly access?: string;
  readonly unchanged?: string;
  readonly openQuestions?: string;
  readonly notes?: string;
}

export interface DraftCriterion {
  readonly id: string;
  readonly state: CriterionState;
  /** The block below the heading: the sentence first. */
  readonly body: string;
}

/** The text of a new story file. Sections without a word are left out; headings inside a block are moved below its section. */
export function renderStory(draft: StoryDraft): string {
  const head = ["---", `id: ${draft.id}`, `title: ${yamlText(draft.title)}`, ...(draft.owner ? [`owner: ${yamlText(draft.owner)}`] : []), ...(draft.area ? [`area: ${yamlText(draft.area)}`] : [])];
  const targets = draft.targets?.length ? ["targets:", ...draft.targets.map((glob) => `  - ${yamlText(glob)}`)] : [];
  const criteria = (draft.criteria ?? []).map(({ id, state, body }) => `### ${id} · ${state}\n\n${below(body, 4)}`).join("\n\n");
  const blocks: Readonly<Record<(typeof SECTIONS)[number], string | undefined>> = {
    Intent: draft.intent,
    Behaviour: criteria,
    Constraints: draft.constraints,
    "Quality gates": draft.qualityGates,
    Access: draft.access,
    Unchanged: draft.unchanged,
    "Open questions": draft.openQuestions,
    Notes: draft.notes,
  };
  const sections = SECTIONS.flatMap((name) => {
    const block = blocks[name];
    return block?.trim() ? [`## ${name}\n\n${name === "Behaviour" ? block : below(block, 3)}`] : [];
  });
  return `${[...head, ...targets, "---"].join("\n")}\n\n${sections.join("\n\n")}\n`;
}

/** A text as YAML on one line: as it stands where nothing in it means anything to YAML. */
const yamlText = (text: string): string => (/^[A-Za-z][A-Za-z0-9 _.,/()'’-]*$/.test(text) && !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(text) && !text.endsWith(" ") ? text : JSON.stringify(text.replace(/[\r\n]+/g, " ")));

/** Markdown whose headings are at least of this level, so that none of them opens a section. */
export function below(block: string, level: number): string {
  let fence: string | undefined;
  return block
    .replace(/\r\n?/g, "\n")
    .replace(/^\n+|\s+$/g, "")
    .split("\n")
    .map((line) => {
      const before = fence;
      fence = fenceAfter(fence, line);
      if (before !== undefined || fence !== undefined) return line;
      const heading = /^(#{1,6})[ \t]/.exec(line)?.[1];
      return heading !== undefined && heading.length < level ? "#".repeat(level - heading.length) + line : line;
    })
    .concat(fence === undefined ? [] : [fence])
    .concat(commentLeftOpen(block) ? ["-->"] : [])
    .join("\n");
}

/** True where a comment is opened and never closed, which would hide everything below it. */
const commentLeftOpen = (block: string): boolean => {
  const opens = linesOf(block).findLast((line) => !line.fenced && /<!--|-->/.test(line.text))?.text;
  return opens !== undefined && opens.lastIndexOf("<!--") > opens.lastIndexOf("-->");
};
