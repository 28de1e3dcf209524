import type { DraftCriterion } from "../../edit-story.ts";
import { freeId, slugOf } from "../../story-id.ts";
import { countLines, headedBlocks, linesIn, ownLines, textOf, type Block } from "../blocks.ts";
import { drafted, type ImportFormat } from "../importer.ts";
import type { SourceFile } from "../imported.ts";

const TRUTH = /(?:^|\/)openspec\/specs\/(.+)\/spec\.md$/;
const DELTA = /(?:^|\/)openspec\/changes\/(?!archive\/)([^/]+)\/specs\/(.+)\/spec\.md$/;
const REQUIREMENT = /^Requirement:\s*(.*)$/i;

/** OpenSpec: `specs/<capability>/spec.md` holds today's truth; what an open change adds or alters is planned. */
export const openspec: ImportFormat = {
  format: "openspec",
  claim: (path) => {
    const capability = TRUTH.exec(path)?.[1] ?? DELTA.exec(path)?.[2];
    if (capability !== undefined) return { story: capability };
    if (/(?:^|\/)openspec\/changes\/archive\//.test(path)) return { left: "a finished change: its outcome stands in the specs" };
    return /(?:^|\/)openspec\//.test(path) ? { left: "holds no requirement: a plan, a design or a convention" } : undefined;
  },
  read: (story, files) => {
    const reading = startReading();
    // Today's truth first, so that it has the first choice of ids.
    const [truth, deltas] = [files.filter(({ path }) => TRUTH.test(path)), files.filter(({ path }) => !TRUTH.test(path))];
    for (const file of truth) readTruth(file, reading);
    for (const file of deltas) readDelta(file, reading);
    if (truth.length > 0) reading.guesses.push("requirements of `specs/` are promised: OpenSpec calls them the current truth");
    return { draft: { title: reading.title ?? titleCase(story), intent: reading.intent.join("\n\n"), criteria: reading.criteria }, counted: reading.counted, guesses: reading.guesses, told: reading.told };
  },
};

interface Reading {
  title?: string;
  readonly intent: string[];
  readonly criteria: DraftCriterion[];
  readonly ids: Set<string>;
  readonly guesses: string[];
  readonly told: Map<string, string>;
  readonly counted: { requirements: number; scenarios: number };
}

const startReading = (): Reading => ({ intent: [], criteria: [], ids: new Set(), guesses: [], told: new Map(), counted: { requirements: 0, scenarios: 0 } });

function readTruth(file: SourceFile, reading: Reading): void {
  const lines = linesIn(file.text);
  reading.counted.requirements += countLines(lines, /^### +Requirement:/i);
  reading.counted.scenarios += countLines(lines, /^#### +Scenario:/i);
  const tell = (number: number, text: string): void => void reading.told.set(`${file.path}:${number}`, text);
  for (const block of headedBlocks(lines)) {
    const named = REQUIREMENT.exec(block.title);
    if (block.level === 1 && reading.title === undefined) {
      reading.title = block.title.replace(/\s+Specification$/i, "").trim() || "Untitled";
      tell(block.heading.number, reading.title);
    } else if (block.level === 2 && /^Purpose$/i.test(block.title)) {
      reading.intent.push(textOf(ownLines(block.lines)));
      tell(block.heading.number, "");
    } else if (block.level === 2 && /^Requirements$/i.test(block.title)) tell(block.heading.number, "");
    else if (block.level === 3 && named) addRequirement(block, named[1] ?? "", "promised", reading);
  }
}

function readDelta(file: SourceFile, reading: Reading): void {
  const change = DELTA.exec(file.path)?.[1] ?? "";
  const lines = linesIn(file.text);
  for (const section of headedBlocks(lines).filter(({ level }) => level === 2)) {
    const kind = /^(ADDED|MODIFIED) Requirements$/i.exec(section.title)?.[1]?.toLowerCase();
    if (kind === undefined) continue;
    reading.told.set(`${file.path}:${section.heading.number}`, "");
    for (const block of headedBlocks(section.lines).filter(({ level }) => level === 3)) {
      const name = REQUIREMENT.exec(block.title)?.[1];
      if (name === undefined) continue;
      reading.counted.requirements += 1;
      reading.counted.scenarios += countLines(block.lines, /^#### +Scenario:/i);
      const id = addRequirement(block, name, "planned", reading, `, ${kind} by the change ${change}`);
      if (kind === "modified") reading.guesses.push(`${id} is what the change ${change} wants to make of “${name}”: planned beside today's text; when it ships, keep one of the two ids and retire the other text`);
    }
    if (!reading.guesses.includes(PLANNED)) reading.guesses.push(PLANNED);
  }
}

const PLANNED = "requirements of open changes are planned";

function addRequirement(block: Block, name: string, state: "promised" | "planned", reading: Reading, from = ""): string {
  const id = freeId(`AC-${slugOf(name) || "requirement"}`, { has: (one) => reading.ids.has(one.toLowerCase()) });
  reading.ids.add(id.toLowerCase());
  reading.criteria.push(drafted(id, state, textOf(block.lines), `Requirement: ${name}${from}`));
  return id;
}

export const titleCase = (slug: string): string => slug.split(/[/_-]+/).map((word, at) => (at === 0 ? word.charAt(0).toUpperCase() + word.slice(1) : word)).join(" ");

