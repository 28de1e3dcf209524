import { withoutComments, type Line } from "./lines.ts";
import { meant, quoted, type Problems } from "./problems.ts";
import { revisionOf, TEST_LINK } from "./revision.ts";
import { approvedIn } from "./approval.ts";
import { CRITERION_STATES, type Criterion, type CriterionState, type Scenario, type Step } from "./story.ts";
import { CRITERION_ID } from "./story-id.ts";

/** Reads the block below a `###` heading of Behaviour. Undefined, with the reason among the problems, where the heading names no criterion. */
export function readCriterion(text: string, heading: Line, body: readonly Line[], problems: Problems): Criterion | undefined {
  const named = readHeading(heading, problems);
  if (named === undefined) return undefined;
  const end = body.at(-1)?.end ?? heading.end;
  const whole = text.slice(heading.end, end);
  const { sentence, line } = sentenceOf(body);
  if (sentence === "") problems.add("no-sentence", heading.number, `${named.id} says nothing.`, "Write one sentence below it: When <trigger>, the <system> shall <response>.");
  const approved = approvedIn(whole);
  const firstScenario = body.findIndex(isScenario);
  return {
    ...named,
    sentence,
    steps: stepsOf(firstScenario < 0 ? body : body.slice(0, firstScenario)),
    scenarios: scenariosOf(body),
    tests: [...new Set([...whole.matchAll(TEST_LINK)].flatMap((match) => match[1] ?? []))],
    revision: revisionOf(whole),
    ...(approved !== undefined && { approved }),
    line: heading.number,
    sentenceLine: line ?? heading.number,
    span: { start: heading.start, end },
  };
}

function readHeading(heading: Line, problems: Problems): { readonly id: string; readonly state: CriterionState } | undefined {
  const words = heading.text.replace(/^#+[ \t]+/, "").trim();
  const [first = "", ...rest] = words.slice(0, 300).split(/\s+/);
  const id = first.replace(/:$/, "");
  if (!CRITERION_ID.test(id)) {
    problems.add("no-criterion", heading.number, `${quoted(words)} has no id.`, "Write the heading as `### AC-1 · promised`; headings of other kinds belong into Notes.");
    return undefined;
  }
  const typed = rest.filter((word) => !/^[·•|:–—-]$/.test(word)).join(" ");
  const state = CRITERION_STATES.find((one) => one === typed.toLowerCase());
  if (state === undefined) problems.add("no-state", heading.number, typed === "" ? `${id} has no state.` : `${quoted(typed)} is no state.`, `Write \`### ${id} · planned\`, \`promised\` or \`retired\`.${typed === "" ? "" : ` ${meant(typed, CRITERION_STATES)}`}`);
  // What nobody promised gates nothing.
  return { id, state: state ?? "planned" };
}

/** The first paragraph that is neither a comment nor a link to a test. */
function sentenceOf(body: readonly Line[]): { readonly sentence: string; readonly line?: number } {
  const parts: string[] = [];
  let line: number | undefined;
  for (const each of body) {
    if (each.fenced) break;
    const text = each.opaque ? "" : withoutComments(each.text).replace(TEST_LINK, "").trim();
    if (text === "" && line !== undefined) break;
    if (/^#{1,6}\s/.test(text)) break;
    if (isListItem(each.text) && (line !== undefined || readStep(each) !== undefined)) break;
    if (text === "") continue;
    line ??= each.number;
    parts.push(text);
  }
  return { sentence: parts.join(" ").replace(/\s+/g, " "), ...(line !== undefined && { line }) };
}

const isListItem = (text: string): boolean => /^\s*(?:[-*+]|\d{1,4}[.)])\s/.test(text);
const isScenario = (line: Line): boolean => !line.opaque && /^####\s/.test(line.text);

const STEP = /^[ \t]*(?:[-*+][ \t]+|\d{1,4}[.)][ \t]+)?(?:\*\*|__)?(given|when|then|and|but)\b(?:\*\*|__)?[:,]?[ \t]*(?:\*\*|__)?[ \t]*(.*)$/i;

function readStep(line: Line): Step | undefined {
  const read = STEP.exec(line.text);
  if (!read?.[1] || !isListItem(line.text)) return undefined;
  return { keyword: read[1].toLowerCase() as Step["keyword"], text: (read[2] ?? "").trim(), line: line.number };
}

/** List items that begin with Given, When, Then, And or But; lines that go on below one belong to it. */
function stepsOf(lines: readonly Line[]): readonly Step[] {
  const steps: Step[] = [];
  let open = false;
  for (const line of lines) {
    const step = line.opaque ? undefined : readStep(line);
    const last = steps.at(-1);
    if (step) steps.push(step);
    else if (open && last && !line.opaque && line.text.trim() !== "" && !isListItem(line.text)) steps[steps.length - 1] = { ...last, text: `${last.text} ${line.text.trim()}`.trim() };
    open = step !== undefined || (open && line.text.trim() !== "" && !isListItem(line.text));
  }
  return steps;
}

function scenariosOf(body: readonly Line[]): readonly Scenario[] {
  const starts = body.flatMap((line, index) => (isScenario(line) ? [index] : []));
  const named = starts.map((start, index) => {
    const head = body[start];
    const name = (head?.text ?? "").replace(/^#+\s+/, "").replace(/^Scenario(?: Outline)?:\s*/i, "").trim();
    return { name, steps: stepsOf(body.slice(start + 1, starts[index + 1] ?? body.length)), line: head?.number ?? 0 };
  });
  return [...named, ...gherkinOf(body)].toSorted((a, b) => a.line - b.line);
}

const GHERKIN_STEP = /^\s*(given|when|then|and|but|\*)\s+(.*)$/i;

/** Scenarios inside fenced `gherkin` blocks. */
function gherkinOf(body: readonly Line[]): readonly Scenario[] {
  const found: { name: string; steps: Step[]; line: number }[] = [];
  let inside = false;
  let doc = false;
  for (const line of body) {
    if (!line.fenced) inside = doc = false;
    else if (!inside) inside = /^ {0,3}(?:`{3,}|~{3,})\s*gherkin\b/i.test(line.text);
    // A doc string is a step's text, whatever it says.
    else if (/^\s*(?:"""|```)/.test(line.text)) doc = !doc;
    else if (!doc) {
      const name = /^\s*(?:Scenario(?: Outline| Template)?|Example):\s*(.*)$/.exec(line.text);
      const step = GHERKIN_STEP.exec(line.text);
      if (name) found.push({ name: (name[1] ?? "").trim(), steps: [], line: line.number });
      else if (step?.[1]) found.at(-1)?.steps.push({ keyword: step[1] === "*" ? "and" : (step[1].toLowerCase() as Step["keyword"]), text: (step[2] ?? "").trim(), line: line.number });
    }
  }
  return found;
}

