import { nearest, sha256Hex } from "#kernel";
import { fencedFrontMatter, readFrontMatter, type Yaml } from "../front-matter.ts";
import { linesOf, withoutClosing, type Line } from "../lines.ts";
import { collectProblems } from "../problems.ts";
import { readCriterion } from "../read-criterion.ts";
import { approvedIn } from "../approval.ts";
import { normalisedText, TEST_LINK } from "../revision.ts";
import { CRITERION_STATES, SECTIONS, type SectionName } from "../story.ts";
import { STORY_ID } from "../story-id.ts";
import type { CriterionVersion, StoryVersion } from "./story-version.ts";

/** Reads versions of story files. Undefined for a text that names no story and stands in a file that does not either. */
export type VersionReader = (file: string, text: string) => StoryVersion | undefined;

interface Front {
  readonly id?: string;
  readonly title: string;
}

/** Characters of a version that is read; what is larger is no story. */
const LARGEST = 1_000_000;

/**
 * A reader for thousands of versions of the same files: most of each stood in the one before, so front matter and criteria are kept by their text and
 * read once. It reads as `readStory` does; what that would tell as a problem is history and nobody's to mend.
 */
export function versionReader(yaml: Yaml): VersionReader {
  const fronts = new Map<string, Front>();
  const blocks = new Map<string, CriterionVersion | undefined>();
  const texts = new Map<string, string>();
  const frontOf = (text: string): Front => kept(fronts, text, (): Front => plainFront(text) ?? readFrontMatter(text, yaml, collectProblems("")) ?? { title: "" });
  // Versions come in the order of history: nearly every block stands where it stood in the one read before, and comparing is cheaper than looking up.
  const last = new Map<string, { readonly blocks: readonly string[]; readonly read: readonly (CriterionVersion | undefined)[] }>();
  const criteriaOf = (file: string, found: readonly string[]): readonly CriterionVersion[] => {
    const before = last.get(file);
    const now = found.map((block, at) => (before !== undefined && block === before.blocks[at] ? before.read[at] : kept(blocks, block, () => readBlock(block))));
    last.set(file, { blocks: found, read: now });
    return now.filter((one) => one !== undefined);
  };
  const textOf = (section: string): string => kept(texts, section, () => normalisedText(section));
  return (file, text) => {
    if (text.length > LARGEST) return undefined;
    const fenced = fencedFrontMatter(text);
    const front = typeof fenced === "object" ? frontOf(fenced.text) : undefined;
    const id = front?.id ?? idOfFile(file);
    if (id === undefined) return undefined;
    const body = text.slice(typeof fenced === "object" ? fenced.bodyStart : 0);
    const { blocks: found, sections } = partsOf(body);
    const said = [...sections].flatMap(([name, section]): readonly (readonly [SectionName, string])[] => (textOf(section) === "" ? [] : [[name, textOf(section)]]));
    return { file, id, title: front?.title || id, criteria: firstOfEach(criteriaOf(file, found)), sections: new Map(said) };
  };
}

/** An id that stands twice means its first place, as everywhere. */
function firstOfEach(criteria: readonly CriterionVersion[]): readonly CriterionVersion[] {
  const seen = new Set<string>();
  return criteria.filter(({ id }) => !seen.has(id.toLowerCase()) && seen.add(id.toLowerCase()));
}

/** Id and title where YAML can mean nothing else by them; undefined where it has to be asked. */
function plainFront(text: string): Front | undefined {
  if (!/^(?:[a-z]+:[ \t]+(?:[A-Za-z][A-Za-z0-9 _.,/()'’-]*|"[^"\\\n]*")\r?\n|targets:[ \t]*\r?\n|[ \t]+- [^\n]*\n)*$/.test(text)) return undefined;
  const ids = [...text.matchAll(/^id:[ \t]+(\S+)[ \t]*\r?$/gm)];
  const titles = [...text.matchAll(/^title:[ \t]+([A-Za-z][^"\n]*?)[ \t]*\r?$/gm)];
  const [id, title] = [ids[0]?.[1] ?? "", titles[0]?.[1] ?? ""];
  return ids.length === 1 && titles.length === 1 && STORY_ID.test(id) ? { id, title } : undefined;
}

function kept<T>(known: Map<string, T>, key: string, read: () => T): T {
  if (known.has(key)) return known.get(key) as T;
  const value = read();
  known.set(key, value);
  return value;
}

/** A story whose front matter can't be read is still the one its file is named after. */
const idOfFile = (file: string): string | undefined => {
  const name = /([^/]+)\.md$/.exec(file)?.[1];
  return name !== undefined && STORY_ID.test(name) ? name : undefined;
};

function readBlock(block: string): CriterionVersion | undefined {
  return readPlainly(block) ?? readFully(block);
}

/** Heading, sentence and steps as nearly all criteria are written; undefined where anything stands there that has to be looked at line by line. */
function readPlainly(block: string): CriterionVersion | undefined {
  const [, id = "", typed = "", rest = ""] = PLAIN.exec(block) ?? [];
  const state = CRITERION_STATES.find((one) => one === typed.toLowerCase());
  if (state === undefined || SPECIAL.test(rest)) return undefined;
  const body = rest.trimStart();
  const end = body.search(SENTENCE_ENDS);
  const sentence = end < 0 ? body : body.slice(0, end);
  if (sentence.includes("<!--") || sentence.includes("[@test]")) return undefined;
  return lateRevision({ id, state, sentence: sentence.replace(/\s+/g, " ").trim(), text: normalisedText(rest), ...approvalIn(rest), tests: testsIn(rest) });
}

/** A blank line, a list, a heading, or a line that is no prose. */
const SENTENCE_ENDS = /\n[^\S\n]*(?:\n|[-*+][^\S\r\n]|\d{1,4}[.)][^\S\r\n]|#{1,6}[^\S\r\n]|<!--|\[@test\]|$(?![^]))/;
const PLAIN = /^###[ \t]+(AC-[A-Za-z0-9](?:[A-Za-z0-9._-]{0,78}[A-Za-z0-9])?)[ \t]+·[ \t]+([A-Za-z]+)[ \t]*\r?\n([^]*)$/;
/** What a sentence may begin with and still be one, and marks that have to be read in order. */
const SPECIAL = /^\s*(?:$|[^A-Za-z“"\s])|^\s*[A-Za-z]+[.)][ \t]|```|~~~|<!--(?![ \t]*approved:[ \t]*[0-9a-f]{7,64}[ \t]*-->)|^[^\n]*(?:\[@test\]|<!--)/;

const testsIn = (text: string): readonly string[] => (text.includes("[@test]") ? [...new Set([...text.matchAll(TEST_LINK)].flatMap((match) => match[1] ?? []))] : []);

function approvalIn(text: string): { readonly approved?: string } {
  const approved = text.includes("<!--") ? approvedIn(text) : undefined;
  return approved === undefined ? {} : { approved };
}

/** Hashed when somebody asks: of most versions nobody does. */
function lateRevision(facts: Omit<CriterionVersion, "revision">): CriterionVersion {
  let revision: string | undefined;
  return Object.defineProperty({ ...facts } as CriterionVersion, "revision", { enumerable: true, get: () => (revision ??= sha256Hex(facts.text)) });
}

function readFully(block: string): CriterionVersion | undefined {
  const [heading, ...body] = linesOf(block);
  const read = heading && readCriterion(block, heading, body, collectProblems(""));
  if (read === undefined) return undefined;
  const { id, state, sentence, revision, approved, tests } = read;
  return { id, state, sentence, text: normalisedText(block.slice(heading?.end ?? 0)), revision, ...(approved !== undefined && { approved }), tests };
}

interface Parts {
  /** Criteria, each with its heading. */
  readonly blocks: readonly string[];
  /** The text below the headings of other sections. */
  readonly sections: ReadonlyMap<SectionName, string>;
}

function partsOf(body: string): Parts {
  const heads = headingsOf(body);
  const blocks: string[] = [];
  const sections = new Map<SectionName, string>();
  const ends = endsOf(heads, body.length);
  let section: SectionName | undefined;
  for (const [at, { start, level, name }] of heads.entries()) {
    const block = body.slice(start, ends[at]);
    if (level === 3 && section === "Behaviour") blocks.push(block);
    if (level === 3) continue;
    section = sectionNamed(name);
    // Of two sections of one name the first counts.
    if (section !== undefined && sections.has(section)) section = undefined;
    if (section !== undefined) sections.set(section, block.slice(block.indexOf("\n") + 1 || block.length));
  }
  sections.delete("Behaviour");
  return { blocks, sections };
}

/** A slip of the pen is read as what was meant, as everywhere. */
const sectionNamed = (name: string): SectionName | undefined => SECTION_NAMES.get(name.toLowerCase()) ?? SECTIONS.find((one) => one === nearest(name, SECTIONS));

const SECTION_NAMES: ReadonlyMap<string, SectionName> = new Map(SECTIONS.map((name) => [name.toLowerCase(), name]));

/** Where each heading's block ends: at the next heading, a section's at the next section. */
function endsOf(heads: readonly Heading[], end: number): readonly number[] {
  const ends = heads.map(() => end);
  let [next, section] = [end, end];
  for (let at = heads.length - 1; at >= 0; at -= 1) {
    const { start, level } = heads[at] as Heading;
    ends[at] = level === 2 ? section : next;
    next = start;
    if (level === 2) section = start;
  }
  return ends;
}

interface Heading {
  readonly start: number;
  readonly level: 2 | 3;
  readonly name: string;
}

/** Headings of sections and criteria. Only a text with fences or comments of several lines has to be read line by line for them. */
function headingsOf(body: string): readonly Heading[] {
  const plain = !body.includes("```") && !body.includes("~~~") && (!body.includes("<!--") || !body.replace(APPROVAL, "").includes("<!--"));
  if (!plain) return linesOf(body).flatMap((line) => (line.opaque ? [] : headingOf(line)));
  const found: Heading[] = [];
  for (let at = body.startsWith("##") ? 0 : body.indexOf("\n##") + 1; at > 0 || (at === 0 && found.length === 0 && body.startsWith("##")); at = body.indexOf("\n##", at) + 1) {
    const end = body.indexOf("\n", at);
    found.push(...headingOf({ text: body.slice(at, end < 0 ? body.length : end), start: at }));
    if (end < 0) break;
  }
  return found;
}

/** The one comment most stories have stands on a line of its own. */
const APPROVAL = /<!--[ \t]*approved:[ \t]*[0-9a-f]{7,64}[ \t]*-->/g;

function headingOf({ text, start }: Pick<Line, "text" | "start">): readonly Heading[] {
  const [, marks = "", name = ""] = /^(#{2,3})[ \t]+(\S.*)$/.exec(text.trimEnd()) ?? [];
  return marks === "" ? [] : [{ start, level: marks.length === 2 ? 2 : 3, name: withoutClosing(name) }];
}
