import { nearest } from "#kernel";
import { fencedFrontMatter, readFrontMatter, type Fenced, type FrontMatter, type Yaml } from "./front-matter.ts";
import { linesOf, withoutClosing, type Line } from "./lines.ts";
import { collectProblems, quoted, type Problems } from "./problems.ts";
import { readCriterion } from "./read-criterion.ts";
import { entriesOf, questionsIn, readAccess, termsIn } from "./read-sections.ts";
import { SECTIONS, type Criterion, type SectionName, type Span, type Story, type StoryReading } from "./story.ts";
import { storyFile } from "./story-id.ts";

/** Characters of a story file; a long one has twenty thousand. */
const LARGEST = 1_000_000;

/** Reads a story file. Never throws, whatever the text: what can't be read is among the problems, with its line and what to write instead. */
export function readStory(file: string, text: string, yaml: Yaml): StoryReading {
  const problems = collectProblems(file);
  if (text.length > LARGEST) problems.add("too-large", 1, `The file has ${text.length.toLocaleString("en")} characters; a story may have ${LARGEST.toLocaleString("en")}.`, "Split it into several stories.");
  const front = problems.found.length > 0 ? undefined : openFrontMatter(text, problems);
  const head = front && readFrontMatter(front.text, yaml, problems);
  if (!front || !head) return { problems: problems.found };
  if (file !== storyFile(head.id) && file.startsWith("proofline/")) problems.add("file-name", 1, `The story ${head.id} stands in another file than its own.`, `Move it to ${storyFile(head.id)}, or correct its id.`);
  return { story: storyOf(file, text, front, head, problems), problems: problems.found };
}

function openFrontMatter(text: string, problems: Problems): Fenced | undefined {
  const found = fencedFrontMatter(text);
  if (typeof found === "object") return found;
  if (found === "open") problems.add("front-matter", 1, "The front matter is never closed.", "Write a line `---` below its last key.");
  else problems.add("front-matter", 1, "The file does not begin with front matter.", "Begin it with `---`, `id: ST-…`, `title: …` and `---`.");
  return undefined;
}

function storyOf(file: string, text: string, front: Fenced, head: FrontMatter, problems: Problems): Story {
  const lines = linesOf(text, front.bodyStart, front.bodyLine);
  for (const line of lines) {
    if (/^(?:<{7}|>{7})(?: |$)/.test(line.text)) problems.add("conflict", line.number, "A merge conflict stands in the file.", "Keep what is meant and remove the lines `<<<<<<<`, `=======` and `>>>>>>>`.");
  }
  const sections = sectionsOf(lines, problems);
  const of = (name: SectionName): readonly Line[] => sections.get(name)?.lines ?? [];
  const textOf = (name: SectionName): string => textFrom(text, of(name));
  const asked = [...(sections.get("Open questions") ? entriesOf(of("Open questions")).filter(({ text: says }) => !says.includes("[NEEDS CLARIFICATION") && !NONE.test(says)) : []), ...questionsIn(lines)];
  return {
    file,
    ...head,
    intent: textOf("Intent"),
    criteria: criteriaOf(text, of("Behaviour"), problems),
    constraints: entriesOf(of("Constraints")),
    qualityGates: entriesOf(of("Quality gates")),
    access: readAccess(of("Access"), problems),
    unchanged: entriesOf(of("Unchanged")),
    openQuestions: asked.toSorted((a, b) => a.line - b.line),
    notes: textOf("Notes"),
    terms: [...new Set(termsIn(lines))],
    sections: new Map([...sections].map(([name, section]) => [name, section.span])),
  };
}

/** What people write below “Open questions” when there are none. */
const NONE = /^(?:none|nothing|no open questions)\b/i;

const textFrom = (text: string, lines: readonly Line[]): string => {
  const [first, last] = [lines[0], lines.at(-1)];
  return first && last ? text.slice(first.start, last.end).replace(/\r\n/g, "\n").trim() : "";
};

interface Section {
  readonly lines: readonly Line[];
  /** From the heading to the next section. */
  readonly span: Span;
}

function sectionsOf(lines: readonly Line[], problems: Problems): ReadonlyMap<SectionName, Section> {
  const heads = lines.flatMap((line, index) => (!line.opaque && /^##[ \t]+\S/.test(line.text) ? [index] : []));
  const found = new Map<SectionName, Section>();
  for (const [at, start] of heads.entries()) {
    const heading = lines[start];
    const body = lines.slice(start + 1, heads[at + 1] ?? lines.length);
    if (!heading) continue;
    const name = nameOf(heading, problems);
    if (name === undefined) continue;
    if (found.has(name)) problems.add("section-twice", heading.number, `There are two sections ${name}.`, "Put what stands in both into one.");
    else found.set(name, { lines: body, span: { start: heading.start, end: body.at(-1)?.end ?? heading.end } });
  }
  return found;
}

/** A section by its name; a slip of the pen is told and still read as what was meant, so that nothing below it goes unseen. */
function nameOf(heading: Line, problems: Problems): SectionName | undefined {
  const typed = withoutClosing(heading.text.replace(/^##[ \t]+/, "")).trim();
  const exact = SECTIONS.find((name) => name.toLowerCase() === typed.toLowerCase());
  if (exact) return exact;
  const close = SECTIONS.find((name) => name === nearest(typed, SECTIONS));
  problems.add("unknown-section", heading.number, `A story has no section ${quoted(typed)}.`, close === undefined ? `Its sections are ${SECTIONS.join(", ")}; anything else goes below \`## Notes\`.` : `Write \`## ${close}\`.`);
  return close;
}

function criteriaOf(text: string, lines: readonly Line[], problems: Problems): readonly Criterion[] {
  const heads = lines.flatMap((line, index) => (!line.opaque && /^###[ \t]+\S/.test(line.text) ? [index] : []));
  const byId = new Map<string, Criterion>();
  for (const [at, start] of heads.entries()) {
    const heading = lines[start];
    const criterion = heading && readCriterion(text, heading, lines.slice(start + 1, heads[at + 1] ?? lines.length), problems);
    if (!criterion) continue;
    const before = byId.get(criterion.id.toLowerCase());
    if (before) problems.add("id-twice", criterion.line, `${criterion.id} stands in line ${before.line} as well.`, "Give one of them an id of its own; the older one keeps its id, because tests point at it.");
    else byId.set(criterion.id.toLowerCase(), criterion);
  }
  return [...byId.values()];
}
