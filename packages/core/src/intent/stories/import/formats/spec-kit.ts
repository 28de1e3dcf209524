import type { DraftCriterion } from "../../edit-story.ts";
import { freeId } from "../../story-id.ts";
import type { SourceFile } from "../imported.ts";
import { allDone, headedBlocks, itemsOf, itemText, linesIn, ownLines, textOf, type Block } from "../blocks.ts";
import { drafted, type ImportFormat } from "../importer.ts";
import { titleCase } from "./openspec.ts";

const SPEC = /(?:^|\/)specs\/(\d{3,4}-[^/]+)\/(?:spec|tasks)\.md$/;
const NUMBERED = /^\*\*([A-Z]{1,5}-\d{1,4}[a-z]?)\*\*:?(?:\*\*)?\s*([^]*)$/;
const NUMBERED_INSIDE = /^\*\*([A-Z]{1,5}-\d{1,4}[a-z]?):\*\*\s*([^]*)$/;

/** spec-kit: `specs/001-name/spec.md` with user stories, functional requirements and success criteria. */
export const specKit: ImportFormat = {
  format: "spec-kit",
  claim: (path) => {
    const name = SPEC.exec(path)?.[1];
    if (name !== undefined) return { story: name };
    return /(?:^|\/)(?:specs\/\d{3,4}-[^/]+|\.specify)\//.test(path) ? { left: "holds no requirement: a plan, research or a template" } : undefined;
  },
  read: (story, files) => {
    const done = allDone(files.find(({ path }) => path.endsWith("/tasks.md"))?.text);
    const reading: Reading = { state: done ? "promised" : "planned", intent: [], criteria: [], gates: [], constraints: [], questions: [], ids: new Set(), guesses: new Set(), told: new Map(), counted: { requirements: 0, scenarios: 0 } };
    for (const file of files) {
      if (file.path.endsWith("/tasks.md")) for (const line of linesIn(file.text)) reading.told.set(`${file.path}:${line.number}`, "");
      else readSpec(file, reading);
    }
    reading.guesses.add(done ? "criteria are promised: every task in tasks.md is ticked" : "criteria are planned: nothing says that all tasks are done");
    const draft = { title: reading.title ?? titleCase(story), intent: reading.intent.join("\n\n"), criteria: reading.criteria, constraints: reading.constraints.join("\n"), qualityGates: reading.gates.join("\n"), openQuestions: reading.questions.join("\n") };
    return { draft, counted: reading.counted, guesses: [...reading.guesses], told: reading.told };
  },
};

interface Reading {
  title?: string;
  readonly state: "promised" | "planned";
  readonly intent: string[];
  readonly criteria: DraftCriterion[];
  readonly gates: string[];
  readonly constraints: string[];
  readonly questions: string[];
  readonly ids: Set<string>;
  readonly guesses: Set<string>;
  readonly told: Map<string, string>;
  readonly counted: { requirements: number; scenarios: number };
}

function readSpec(file: SourceFile, reading: Reading): void {
  const tell = (number: number, text: string): void => void reading.told.set(`${file.path}:${number}`, text);
  const lines = linesIn(file.text);
  for (const block of headedBlocks(lines)) {
    const title = /^Feature Specification:\s*(.+)$/i.exec(block.title)?.[1];
    if (block.level === 1 && title !== undefined && reading.title === undefined) {
      reading.title = title.trim();
      tell(block.heading.number, reading.title);
    } else if (/^(?:User Scenarios & Testing|Requirements|Functional Requirements|Success Criteria|Measurable Outcomes|Edge Cases)\b/i.test(block.title)) tell(block.heading.number, "");
    if (/^User Story\s+\d/i.test(block.title)) readUserStory(block, reading, tell);
    else if (/^Edge Cases\b/i.test(block.title)) readEdgeCases(block, reading);
    else readNumbered(block, reading, tell);
  }
}

type Tell = (number: number, text: string) => void;

/** The story goes to Intent; its acceptance scenarios are criteria of their own. */
function readUserStory(block: Block, reading: Reading, tell: Tell): void {
  const number = /^User Story\s+(\d{1,4})/i.exec(block.title)?.[1] ?? "0";
  const label = block.lines.findIndex((line) => /^\s*\*\*Acceptance Scenarios:?\*\*:?/i.test(line.text));
  const narrative = label < 0 ? block.lines : block.lines.slice(0, label);
  reading.intent.push(`### ${block.title}\n\n${textOf(narrative).replace(/\n-{3,}\s*$/, "")}`);
  if (label < 0) return;
  const labelled = block.lines[label];
  if (labelled) tell(labelled.number, "");
  for (const line of block.lines) if (/^-{3,}\s*$/.test(line.text)) tell(line.number, "");
  for (const [index, item] of itemsOf(block.lines.slice(label + 1)).entries()) {
    reading.counted.scenarios += 1;
    add(`AC-US${number}.${index + 1}`, itemText(item), reading);
    reading.guesses.add("acceptance scenarios of user story N are the criteria AC-USN.1, AC-USN.2 …");
  }
}

function readEdgeCases(block: Block, reading: Reading): void {
  for (const item of itemsOf(ownLines(block.lines))) {
    const text = itemText(item);
    if (!/\?\s*$/.test(text) || text.includes("\n\n")) continue;
    reading.questions.push(`- ${text.replace(/\n/g, "\n  ")}`);
    reading.guesses.add("edge cases that end in a question mark are open questions");
  }
}

/** `- **FR-001**: …` is a criterion, `SC-001` a quality gate, `NFR-001` a constraint. */
function readNumbered(block: Block, reading: Reading, tell: Tell): void {
  for (const item of itemsOf(ownLines(block.lines))) {
    const text = itemText(item);
    const [, id, rest] = NUMBERED.exec(text) ?? NUMBERED_INSIDE.exec(text) ?? [];
    const first = item.lines[0];
    if (id === undefined || rest === undefined || !first) continue;
    tell(first.number, rest.split("\n")[0] ?? "");
    if (/^SC-/.test(id)) reading.gates.push(entry(id, rest));
    else if (/^(?:NFR|PERF|PR)-/.test(id)) reading.constraints.push(entry(id, rest));
    else {
      reading.counted.requirements += 1;
      add(`AC-${id}`, rest, reading);
    }
  }
}

const entry = (id: string, text: string): string => `- ${id}: ${text.replace(/\n/g, "\n  ")}`;

function add(wanted: string, body: string, reading: Reading): void {
  const id = freeId(wanted, { has: (one) => reading.ids.has(one) });
  if (id !== wanted) reading.guesses.add(`${wanted.slice(3)} stands twice: the second one is ${id}`);
  reading.ids.add(id);
  reading.criteria.push(drafted(id, reading.state, body));
}

