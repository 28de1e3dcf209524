import type { DraftCriterion } from "../../edit-story.ts";
import { freeId } from "../../story-id.ts";
import type { SourceFile } from "../imported.ts";
import { allDone, headedBlocks, itemsOf, itemText, linesIn, ownLines, textOf, type Block } from "../blocks.ts";
import { drafted, type ImportFormat } from "../importer.ts";
import { titleCase } from "./openspec.ts";

const SPEC = /(?:^|\/)\.kiro\/specs\/([^/]+)\/(requirements|bugfix|tasks)\.md$/;
const CRITERIA = /^Acceptance Criteria$/i;

/** Kiro: `.kiro/specs/<name>/requirements.md` with numbered acceptance criteria per requirement, or `bugfix.md`. */
export const kiro: ImportFormat = {
  format: "kiro",
  claim: (path) => {
    const name = SPEC.exec(path)?.[1];
    if (name !== undefined) return { story: name };
    return /(?:^|\/)\.kiro\//.test(path) ? { left: "holds no requirement: a design or steering" } : undefined;
  },
  read: (story, files) => {
    const done = allDone(files.find(({ path }) => path.endsWith("/tasks.md"))?.text);
    const reading: Reading = { state: done ? "promised" : "planned", intent: [], criteria: [], unchanged: [], ids: new Set(), guesses: [], told: new Map(), counted: { requirements: 0, scenarios: 0 } };
    for (const file of files) {
      if (file.path.endsWith("/tasks.md")) tellAll(file, reading);
      else readFile(file, reading);
    }
    reading.guesses.push(done ? "criteria are promised: every task in tasks.md is ticked" : "criteria are planned: nothing says that all tasks are done");
    const unchanged = reading.unchanged.join("\n");
    return { draft: { title: titleCase(story), intent: reading.intent.join("\n\n"), criteria: reading.criteria, ...(unchanged && { unchanged }) }, counted: reading.counted, guesses: reading.guesses, told: reading.told };
  },
};

interface Reading {
  readonly state: "promised" | "planned";
  readonly intent: string[];
  readonly criteria: DraftCriterion[];
  readonly unchanged: string[];
  readonly ids: Set<string>;
  readonly guesses: string[];
  readonly told: Map<string, string>;
  readonly counted: { requirements: number; scenarios: number };
}

/** Tasks say how far an implementation is, not what the product promises. */
function tellAll(file: SourceFile, { told }: Reading): void {
  for (const line of linesIn(file.text)) told.set(`${file.path}:${line.number}`, "");
}

function readFile(file: SourceFile, reading: Reading): void {
  const tell = (number: number, text: string): void => void reading.told.set(`${file.path}:${number}`, text);
  const blocks = headedBlocks(linesIn(file.text));
  for (const block of blocks) {
    if (block.level <= 2 && /^(?:Requirements(?: Document)?|Introduction)$/i.test(block.title)) tell(block.heading.number, "");
    if (/^Introduction$/i.test(block.title)) reading.intent.unshift(textOf(ownLines(block.lines)));
    else if (/^Requirement\s+\d/i.test(block.title)) readRequirement(block, reading, tell);
    else if (/^(?:Expected|Unchanged) Behaviou?r/i.test(block.title)) readBugfix(block, reading, tell);
  }
}

type Tell = (number: number, text: string) => void;

function readRequirement(block: Block, reading: Reading, tell: Tell): void {
  const number = /^Requirement\s+(\d{1,4}(?:\.\d{1,4})*)/i.exec(block.title)?.[1] ?? "0";
  const below = headedBlocks(block.lines).filter(({ title }) => CRITERIA.test(title));
  const own = ownLines(block.lines);
  reading.intent.push(`### ${block.title}\n\n${textOf(own)}`);
  for (const list of below) {
    tell(list.heading.number, "");
    for (const [index, item] of itemsOf(list.lines).entries()) addCriterion(`AC-${number}.${/^\d/.test(item.mark) && item.mark !== "1." ? Number.parseInt(item.mark, 10) : index + 1}`, itemText(item), reading);
  }
}

function readBugfix(block: Block, reading: Reading, tell: Tell): void {
  tell(block.heading.number, "");
  for (const item of itemsOf(ownLines(block.lines))) {
    const text = itemText(item);
    const [, number, rest] = /^(\d{1,4}\.\d{1,4})\s+([^]*)$/.exec(text) ?? [];
    const first = item.lines[0];
    if (number !== undefined && first) tell(first.number, first.text.replace(number, ""));
    if (/^Unchanged/i.test(block.title)) reading.unchanged.push(`- ${number === undefined ? "" : `C-${number}: `}${(rest ?? text).replace(/\n/g, "\n  ")}`);
    else addCriterion(`AC-${number ?? `${reading.criteria.length + 1}`}`, rest ?? text, reading);
  }
}

function addCriterion(wanted: string, body: string, reading: Reading): void {
  const id = freeId(wanted, { has: (one) => reading.ids.has(one) });
  reading.ids.add(id);
  reading.counted.requirements += 1;
  reading.criteria.push(drafted(id, reading.state, body));
}
