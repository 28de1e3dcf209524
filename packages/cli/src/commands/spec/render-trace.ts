import type { LinkState, ProofState, TracedCriterion, TracedLink, TracedRepository, TracedStory, TraceReport } from "@proofline/core/operations";
import { count, placeOf, short } from "../../render/words.ts";
import { clip, printable, wrap } from "../../render/wrap.ts";
import { problemLines } from "./render-lint.ts";
import type { Page } from "./page.ts";
import { standingOf, type Standing } from "./trace-standing.ts";

/** Up to so many stories, what is proven is shown as well; of more, only what is not. */
const ALL_UP_TO = 20;
/** Stories with gaps, and links that lead nowhere, that a screen bears. */
const MOST = 40;
/** Width of the state's column. */
const STATE = 11;

/** Story by story: which promises are proven on this commit, by which test, and which are not and why. `ran`: the tests were just run. */
export function renderTrace(report: TraceReport, page: Page, ran = false): readonly string[] {
  const { stories, problems, loose, notes } = report;
  if (stories.length === 0 && problems.length === 0 && loose.length === 0) return [...EMPTY, ...noteLines(notes, page)];
  const open = stories.filter((story) => !isProven(story));
  const shown = stories.length <= ALL_UP_TO ? stories : open.slice(0, MOST);
  const rest = stories.length - shown.length;
  return [
    ...headLines(report, page),
    ...shown.flatMap((story) => storyLines(story, page)),
    ...(rest > 0 ? ["", ` ${page.paint.dim(restWords(rest, open.length - Math.min(open.length, MOST)))}`] : []),
    ...looseLines(loose, page),
    ...(problems.length > 0 ? ["", ...problemLines(problems, page)] : []),
    ...noteLines(notes, page),
    ...nextLines(report, page, ran),
  ];
}

const isProven = ({ criteria }: TracedStory): boolean => criteria.every(({ state, proof }) => state !== "promised" || proof === "verified");

const restWords = (rest: number, cut: number): string => (cut > 0 ? `${count(rest, "more story", "more stories")}, ${cut.toLocaleString("en")} of them with gaps: name one, or --format json` : `${count(rest, "more story", "more stories")}, proven as far as ${rest === 1 ? "it promises" : "they promise"} anything`);

const BADGES: Readonly<Record<Standing, readonly [string, "red" | "green" | "yellow"]>> = { failing: ["FAILING", "red"], gaps: ["GAPS", "yellow"], open: ["NOT SHOWN", "yellow"], proven: ["PROVEN", "green"], empty: ["NO PROMISE", "yellow"] };

function headLines(report: TraceReport, { paint, width }: Page): readonly string[] {
  const { promised, repositories, results } = report;
  const [word, colour] = BADGES[standingOf(report)];
  const total = Object.values(promised).reduce((sum, n) => sum + n, 0);
  const rest = (Object.keys(promised) as ProofState[]).flatMap((state) => (state === "verified" || promised[state] === 0 ? [] : [`${promised[state].toLocaleString("en")} ${WORDS[state]}`]));
  const [here] = repositories;
  const handed = report.stories.flatMap(({ criteria }) => criteria).filter(({ state, proof, links }) => state === "promised" && proof === "verified" && links.every(({ state: one, record }) => one !== "verified" || record?.source === "reported")).length;
  const byReport = handed === 0 ? "" : handed === promised.verified ? ", by reports handed in" : `, ${handed.toLocaleString("en")} of them by reports handed in`;
  const ran = results.filter(({ tests }) => tests > 0);
  const sources = ran.map(({ tool, source, origin, tests }) => `${tool}${source === "reported" ? ` from ${origin}` : ""} (${count(tests, "test")}, ${source})`);
  return [
    `${paint.badge(word, colour)} ${promised.verified.toLocaleString("en")} of ${count(total, "promise")} proven${here ? ` on ${commitWords(here)}` : ""}${byReport}`,
    ...(rest.length > 0 ? [` ${rest.join(" · ")}`] : []),
    ...repositories.slice(1).flatMap((one) => wrap(`${one.stories ? "stories of" : "and"} ${one.name} at ${commitWords(one)}${one.notes.map((note) => `; ${note}`).join("")}`, width - 2).map((line) => ` ${paint.dim(line)}`)),
    ...wrap(sources.length === 0 ? "results: none of this commit" : `results: ${sources.slice(0, 6).join(", ")}${sources.length > 6 ? ` and ${sources.length - 6} more` : ""}`, width - 2).map((line) => ` ${paint.dim(line)}`),
  ];
}

const commitWords = ({ commit, tree, uncommitted }: TracedRepository): string => (commit === undefined ? `tree ${short(tree)}` : `${short(commit)}${uncommitted ? " with uncommitted changes" : ""}`);

const WORDS: Readonly<Record<ProofState | LinkState, string>> = { verified: "verified", failing: "failing", skipped: "skipped", flaky: "flaky", outdated: "outdated", orphaned: "orphaned", duplicate: "duplicate", ambiguous: "ambiguous", "not-run": "not run", unproven: "unproven" };

function painted(state: ProofState | LinkState, { paint }: Page): string {
  const word = WORDS[state].padEnd(STATE);
  if (state === "verified") return paint.green(word);
  return state === "failing" ? paint.red(word) : paint.yellow(word);
}

function storyLines(story: TracedStory, page: Page): readonly string[] {
  const { paint, width } = page;
  const promised = story.criteria.filter(({ state }) => state === "promised");
  const proven = promised.filter(({ proof }) => proof === "verified").length;
  const tally = promised.length === 0 ? "nothing promised" : `${proven} of ${promised.length}`;
  const title = clip(story.title, Math.max(10, width - story.id.length - tally.length - 5));
  const gap = " ".repeat(Math.max(2, width - story.id.length - title.length - tally.length - 3));
  return ["", `${paint.bold(printable(story.id))}  ${title}${gap}${paint.dim(tally)}`, ...story.criteria.flatMap((criterion) => criterionLines(story, criterion, page))];
}

function criterionLines(story: TracedStory, criterion: TracedCriterion, page: Page): readonly string[] {
  const { paint, width } = page;
  const { id, state, proof, sentence, links, because } = criterion;
  if (state === "retired") return [];
  const head = ` ${state === "planned" ? paint.dim("planned".padEnd(STATE)) : painted(proof, page)} ${paint.cyan(id)}  ${clip(plain(sentence), Math.max(10, width - STATE - id.length - 5))}`;
  if (proof === "unproven") return state === "planned" ? [head] : [head, ...under(`${because ?? "no test names it"}; a test does by @verifies ${story.id}#${id}`, page)];
  if (proof === "verified") return [head, ...linkLine(links.find((link) => link.state === "verified") ?? links[0], page), ...(links.length > 1 ? under(`and ${count(links.length - 1, "more test")}${allGreen(links) ? "" : ", not all of them verified"}`, page) : [])];
  return [head, ...links.slice(0, 8).flatMap((link) => [...linkLine(link, page, links.length > 1), ...(link.because === undefined || link.state === "not-run" ? [] : under(link.because, page))]), ...(links.length > 8 ? under(`and ${count(links.length - 8, "more test")}`, page) : [])];
}

const allGreen = (links: readonly TracedLink[]): boolean => links.every(({ state }) => state === "verified");

function linkLine(link: TracedLink | undefined, page: Page, withState = false): readonly string[] {
  if (link === undefined) return [];
  const { paint, width } = page;
  const where = `${link.repository === undefined ? "" : `${link.repository}: `}${placeOf(link.scope === "file" ? { file: link.file } : link)}`;
  const state = withState && link.state !== "verified" ? `${WORDS[link.state]}  ` : "";
  const title = link.scope === "file" ? "the whole file" : `${link.titles.filter((part) => part !== "").join(" › ")}${link.scope === "suite" ? " (all of it)" : ""}`;
  const place = clip(where, width - STATE - 3 - state.length);
  const left = width - STATE - 5 - state.length - place.length;
  return left >= 20 ? [`${INDENT}${state}${paint.dim(place)}  ${clip(title, left)}`] : [`${INDENT}${state}${paint.dim(place)}`, `${INDENT}${clip(title, width - STATE - 3)}`];
}

const INDENT = " ".repeat(STATE + 2);

const under = (text: string, { paint, width }: Page): readonly string[] => wrap(text, width - STATE - 3).map((line) => `${INDENT}${paint.dim(line)}`);

function looseLines(loose: readonly TracedLink[], page: Page): readonly string[] {
  if (loose.length === 0) return [];
  const lines = loose.slice(0, MOST).flatMap((link) => {
    const where = link.by === "story" ? link.file : placeOf({ file: link.file, line: link.at });
    return [` ${painted(link.state, page)} ${clip(`${link.repository === undefined ? "" : `${link.repository}: `}${where}`, page.width - STATE - 3)}`, ...under(link.because ?? "", page)];
  });
  return ["", page.paint.bold("Links that prove nothing"), ...lines, ...(loose.length > MOST ? [` ${page.paint.dim(`and ${count(loose.length - MOST, "more link")}: --format json`)}`] : [])];
}

const noteLines = (notes: readonly string[], { width }: Page): readonly string[] => (notes.length === 0 ? [] : ["", ...notes.flatMap((note) => wrap(note, width - 2).map((line) => ` ${line}`))]);

/** The one thing that is worth doing next. */
function nextLines({ promised, stories }: TraceReport, { width }: Page, ran: boolean): readonly string[] {
  const stale = stories.flatMap(({ id, criteria }) => criteria.flatMap((criterion) => (criterion.state === "promised" && criterion.proof === "outdated" ? [`${id}#${criterion.id}`] : [])))[0];
  if (promised["not-run"] > 0 && ran) return ["", " What is left no runner here took. Journeys are walked by  proofline spec run", " of other tests hand in a report:", "   proofline spec trace --evidence 'reports/*.xml'"];
  if (promised["not-run"] > 0) return ["", " Run them      proofline spec trace --run", " or hand in    proofline spec trace --evidence 'reports/*.xml'"];
  if (stale === undefined) return [];
  return ["", ...wrap("Read the new words and the test. If it still shows them:", width - 2).map((line) => ` ${line}`), `   proofline spec trace ${stale} --approve`];
}

/** Words without the marks only a browser draws. */
const plain = (text: string): string => printable(text).replace(/\*\*|__|`/g, "");

const EMPTY = [
  "No stories here yet: proofline/stories/ has no *.md file.",
  "",
  ' Write one      proofline spec new "Check out without an account"',
  " Or take over   proofline spec import .      from OpenSpec, spec-kit, Kiro, Gherkin",
];
