import type { JourneyReport, WalkedJourney, WalkedTest } from "@proofline/core/operations";
import { count, duration, short } from "../../render/words.ts";
import { clip, printable, wrap } from "../../render/wrap.ts";
import { problemLines } from "./render-lint.ts";
import type { Page } from "./page.ts";

/** Width of the state's column. */
const STATE = 9;
/** Journeys that were left, as many as a screen bears. */
const MOST_LEFT = 12;

/** Journey by journey: how it ended, why it was chosen, and where to look when it is not green. */
export function renderJourneys(report: JourneyReport, page: Page): readonly string[] {
  const { journeys, left, problems, notes, evidence } = report;
  if (journeys.length === 0 && left.length === 0 && problems.length === 0) return EMPTY;
  return [
    ...headLines(report, page),
    ...journeys.flatMap((journey) => journeyLines(journey, page)),
    ...leftLines(left, page),
    ...(problems.length > 0 ? ["", ...problemLines(problems, page)] : []),
    ...notes.flatMap((note) => ["", ...wrap(note, page.width - 2).map((line) => ` ${page.paint.dim(printable(line))}`)]),
    ...(evidence !== undefined ? ["", ` evidence  ${evidence}`] : []),
    ...nextLines(journeys, page),
  ];
}

function headLines({ journeys, layer, commit, tree, uncommitted, base, tookMs }: JourneyReport, { paint }: Page): readonly string[] {
  const green = journeys.filter(({ state }) => state === "verified").length;
  const red = journeys.some(({ state }) => state === "failing");
  const badge = journeys.length === 0 ? paint.badge("NONE", "yellow") : red ? paint.badge("RED", "red") : green === journeys.length ? paint.badge("GREEN", "green") : paint.badge("NOT SHOWN", "yellow");
  const where = commit === undefined ? `tree ${short(tree)}` : `${short(commit)}${uncommitted ? " with uncommitted changes" : ""}`;
  return [
    journeys.length === 0 ? `${badge} no journey belongs to the layer ${layer} on ${where}` : `${badge} ${green} of ${count(journeys.length, "journey")} walked to the end on ${where}`,
    ` ${paint.dim(`layer ${layer}${base === undefined ? "" : `, against ${short(base)}`} · ${duration(tookMs)}`)}`,
  ];
}

const WORDS = { verified: "green", failing: "red", flaky: "flaky", skipped: "skipped", "not-run": "not run", unproven: "no test" } as const;

function journeyLines(journey: WalkedJourney, page: Page): readonly string[] {
  const { paint, width } = page;
  const { id, title, user, impact, state, because, chosen, ms, tests } = journey;
  const word = WORDS[state].padEnd(STATE);
  const painted = state === "verified" ? paint.green(word) : state === "failing" ? paint.red(word) : paint.yellow(word);
  const time = ms === undefined ? "" : duration(ms);
  const name = clip(`${printable(id)}  ${printable(title)}`, width - STATE - time.length - 4);
  const gap = " ".repeat(Math.max(2, width - STATE - name.length - time.length - 2));
  const indent = " ".repeat(STATE + 2);
  const row = (text: string): string[] => wrap(text, width - STATE - 3).map((line) => `${indent}${printable(line)}`);
  return [
    "",
    ` ${painted} ${paint.bold(name)}${gap}${paint.dim(time)}`,
    ...row(`${user} · impact ${impact} · ${chosen}`).map(paint.dim),
    ...(state === "verified" || because === undefined ? [] : row(because)),
    ...(state === "verified" ? [] : tests.filter(({ outcome }) => outcome === "failed").flatMap((test) => redLines(test, row))),
  ];
}

/** A red test: where, and what to open. */
function redLines({ title, file, failure, evidence }: WalkedTest, row: (text: string) => string[]): string[] {
  const line = failure?.place?.line;
  const shots = evidence.filter(({ type }) => type === "image/png").slice(0, 2);
  const trace = evidence.find(({ type }) => type === "application/zip");
  return [...row(`${file}${line === undefined ? "" : `:${line}`}  ${title}`), ...shots.flatMap(({ path }) => row(path)), ...(trace ? row(`npx playwright show-trace ${trace.path}`) : [])];
}

function leftLines(left: JourneyReport["left"], { paint, width }: Page): readonly string[] {
  if (left.length === 0) return [];
  const rest = left.length - MOST_LEFT;
  return ["", paint.bold(`${left.length} left`), ...left.slice(0, MOST_LEFT).map(({ id, because }) => ` ${paint.dim(clip(`${printable(id)}  ${because}`, width - 2))}`), ...(rest > 0 ? [` ${paint.dim(`and ${rest} more`)}`] : [])];
}

function nextLines(journeys: readonly WalkedJourney[], { width }: Page): readonly string[] {
  const red = journeys.find(({ state }) => state === "failing");
  if (red === undefined) return [];
  return ["", ...wrap(`Next: mend it, then  proofline spec run --journey ${red.id}`, width - 2).map((line) => ` ${line}`)];
}

const EMPTY = ["No journeys here yet: proofline/journeys/ has no JN-*.md file.", "", " How to write one: docs/journeys.md"];
