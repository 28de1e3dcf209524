import type { DraftCriterion } from "../../edit-story.ts";
import type { CriterionState } from "../../story.ts";
import { freeId, slugOf } from "../../story-id.ts";
import { drafted, type ImportFormat } from "../importer.ts";
import { titleCase } from "./openspec.ts";

/** Gherkin: a feature is a story, each of its scenarios a criterion that points at the feature file as its proof. */
export const gherkin: ImportFormat = {
  format: "gherkin",
  claim: (path) => (path.endsWith(".feature") ? { story: path.replace(/\.feature$/, "").replace(/^(?:.*\/)?features\//, "") } : undefined),
  read: (story, [file]) => {
    if (file === undefined) return { draft: { title: story }, counted: { requirements: 0, scenarios: 0 }, guesses: [], told: new Map() };
    const lines = file.text.replace(/^\ufeff/, "").split("\n").map((line) => line.replace(/\r$/, ""));
    const language = /^\s*#\s*language:\s*(\S{1,20})/.exec(lines[0] ?? "")?.[1];
    if (language !== undefined && language !== "en") {
      return { draft: { title: titleCase(story), notes: fenced(lines) }, counted: { requirements: 0, scenarios: 0 }, guesses: [`its keywords are in another language (${language.replace(/[^\w-]/g, "")}): kept whole in the notes, no criterion made of it`], told: new Map() };
    }
    return readFeature(story, file.path, lines);
  },
};

const FEATURE = /^\s*(?:Feature|Business Need|Ability):\s*(.*)$/;
const SCENARIO = /^\s*(?:Scenario(?: Outline| Template)?|Example):\s*(.*)$/;
const OTHER = /^\s*(?:Background|Rule):/;
const UNFINISHED = /@(?:wip|todo|pending|skip|ignore|draft|manual)\b/i;

function readFeature(story: string, path: string, lines: readonly string[]): ReturnType<ImportFormat["read"]> {
  const marks = marksOf(lines);
  const feature = marks.find(({ kind }) => kind === "feature");
  const title = FEATURE.exec(lines[feature?.line ?? -1] ?? "")?.[1]?.trim() || titleCase(story);
  const ids = new Set<string>();
  const criteria = marks.flatMap((mark, at) => (mark.kind === "scenario" ? [readScenario(lines.slice(mark.from, marks[at + 1]?.from ?? lines.length), mark.line - mark.from, path, ids)] : []));
  const guesses = [
    ...(criteria.length === 0 ? [] : ["the name of a scenario stands for its sentence", "scenarios are promised, or planned where a tag such as @wip says so"]),
    ...(marks.some(({ kind }) => kind === "other") ? ["Background and Rule are kept in the notes; they still apply where the feature file is run"] : []),
  ];
  return {
    draft: { title, intent: feature ? intentOf(lines, feature, marks) : "", criteria },
    counted: { requirements: criteria.length, scenarios: criteria.length },
    guesses,
    told: new Map(feature ? [[`${path}:${feature.line + 1}`, title]] : []),
  };
}

function readScenario(block: readonly string[], keyword: number, path: string, ids: Set<string>): DraftCriterion {
  const name = SCENARIO.exec(block[keyword] ?? "")?.[1]?.trim() ?? "";
  const id = freeId(`AC-${slugOf(name) || "scenario"}`, ids);
  ids.add(id);
  const state: CriterionState = UNFINISHED.test(block.slice(0, keyword).join(" ")) ? "planned" : "promised";
  const proof = /^[^()\s]{1,500}$/.test(path) ? `\n\n[@test](${path})` : "";
  return drafted(id, state, `${sentence(name)}${proof}\n\n${fenced(block)}`);
}

/** What stands between the feature's name and the first thing in it. */
function intentOf(lines: readonly string[], feature: Mark, marks: readonly Mark[]): string {
  const until = marks.find(({ from }) => from > feature.line)?.from ?? lines.length;
  const text = lines.slice(feature.line + 1, until).map((line) => line.trim());
  return text.filter((line) => !line.startsWith("#")).join("\n").trim();
}

interface Mark {
  readonly kind: "feature" | "scenario" | "other";
  /** Index of the keyword's line, and of the first tag or comment above it. */
  readonly line: number;
  readonly from: number;
}

/** Where features, scenarios and backgrounds begin; doc strings are text. */
function marksOf(lines: readonly string[]): readonly Mark[] {
  const marks: Mark[] = [];
  let doc: string | undefined;
  for (const [line, text] of lines.entries()) {
    const quote = /^\s*("""|```)/.exec(text)?.[1];
    if (quote !== undefined && (doc === undefined || doc === quote)) {
      doc = doc === undefined ? quote : undefined;
      continue;
    }
    if (doc !== undefined) continue;
    const kind = FEATURE.test(text) ? "feature" : SCENARIO.test(text) ? "scenario" : OTHER.test(text) ? "other" : undefined;
    if (kind === undefined) continue;
    let from = line;
    while (from > 0 && /^\s*[@#]/.test(lines[from - 1] ?? "")) from -= 1;
    marks.push({ kind, line, from });
  }
  return marks;
}

const sentence = (name: string): string => (name === "" ? "This scenario has no name." : name.replace(/^(?=#|[-*+] |\d{1,4}[.)] |`{3}|~{3}|\||>|<!--)/, "\\"));

/** A fence longer than any in the text. */
function fenced(lines: readonly string[]): string {
  const longest = Math.max(2, ...lines.map((line) => /`{3,}/.exec(line)?.[0].length ?? 0));
  const fence = "`".repeat(longest + 1);
  return `${fence}gherkin\n${lines.join("\n").replace(/^\n+|\s+$/g, "")}\n${fence}`;
}
