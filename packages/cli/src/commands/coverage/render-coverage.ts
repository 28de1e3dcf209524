import type { CoverageReport, ProvingLayer, Shares, SurfaceCoverage } from "@proofline/core/operations";
import type { Paint } from "../../render/paint.ts";
import { count, placeOf, short } from "../../render/words.ts";
import { clip, printable, wrap } from "../../render/wrap.ts";

/** The operation's name for all there is, where nobody declared a surface. */
const EVERYTHING = "all sources";

type Place = CoverageReport["weakest"][number];

/** Coverage for a person at a terminal: each surface beside its floor, who proves it, how it went, and where a test is worth most. Ends without a line break. */
export function renderCoverage(report: CoverageReport, paint: Paint, width = 80): string {
  const columns = Math.min(Math.max(width, 40), 100);
  return [...head(report, paint, columns), ...surfaces(report, paint, columns), ...weakest(report, paint, columns), ...foot(report, paint, columns)].join("\n");
}

function* head(report: CoverageReport, paint: Paint, width: number): Generator<string> {
  yield `${paint.bold("proofline coverage")}   ${report.headKind === "commit" ? short(report.head) : report.headKind}`;
  yield "";
  for (const line of wrap(headline(report), width)) yield paint.bold(line);
}

function headline({ surfaces: all, sources }: CoverageReport): string {
  if (all.length === 0) return "There is no source here whose coverage could be told.";
  const floored = all.filter(({ floor }) => floor !== undefined);
  const broken = floored.filter(({ answer }) => answer === "broken");
  const unknown = floored.filter(({ answer }) => answer === "unknown");
  if (sources.length === 0) return `Nothing was measured: ${all[0]?.name === EVERYTHING ? count(all[0].files, "source") : count(all.length, all[0]?.declared === true ? "surface" : "area")} to look at, and no report of lines.`;
  if (broken.length > 0) return `${broken.map(({ name }) => name).join(", ")}: below the floor.`;
  if (unknown.length > 0) return `${unknown.map(({ name }) => name).join(", ")}: a floor is set, and nothing was measured to hold against it.`;
  if (floored.length > 0) return `${floored.length === all.length ? "Every surface" : `${count(floored.length, "surface")} of ${all.length}`} holds its floor.`;
  return all[0]?.declared === true ? "No surface has a floor." : all[0]?.name === EVERYTHING ? "No surface is declared, and no area here is of high risk." : "No surface is declared; these are the areas of high risk.";
}

function* surfaces({ surfaces: all }: CoverageReport, paint: Paint, width: number): Generator<string> {
  for (const surface of all) {
    yield "";
    const mark = surface.answer === "broken" ? paint.red("✗") : surface.answer === "holds" ? paint.green("✓") : surface.answer === "unknown" ? paint.yellow("?") : " ";
    yield `${mark} ${paint.bold(clip(surface.name, width - 24))}  ${paint.dim(`${count(surface.files, "file")}${surface.seen < surface.files ? `, ${surface.seen} in a report` : ""}`)}`;
    if (surface.covered) for (const kind of ["lines", "branches"] as const) yield* bar(surface, kind, paint);
    else yield paint.dim("  nothing measured");
    const said = [provedBy(surface.layers), trendOf(surface)].filter((line) => line !== undefined);
    for (const line of said) for (const text of wrap(line, width - 2)) yield `  ${text}`;
  }
}

/** Twenty places for a hundred percent. */
const PLACES = 20;

function* bar({ covered, floor }: SurfaceCoverage, kind: "lines" | "branches", paint: Paint): Generator<string> {
  const value = covered?.[kind];
  const least = floor?.[kind];
  if (value === undefined) {
    if (least !== undefined) yield `  ${kind.padEnd(8)}  not told by the report${floorText(floor, kind)}`;
    return;
  }
  const full = Math.round((value / 100) * PLACES);
  const colour = least !== undefined && value < least ? paint.red : paint.green;
  yield `  ${kind.padEnd(8)}  ${colour("█".repeat(full))}${paint.dim("░".repeat(PLACES - full))}  ${`${value} %`.padStart(6)}${floorText(floor, kind)}`;
}

/** `floor 81 %, recorded (70 % in proofline.yaml)`. */
function floorText(floor: SurfaceCoverage["floor"], kind: "lines" | "branches"): string {
  const least = floor?.[kind];
  if (least === undefined) return "";
  const { configured, recorded } = floor ?? {};
  const raised = recorded?.[kind] === least && configured?.[kind] !== least;
  return `   floor ${least} %${raised ? `, recorded${configured?.[kind] === undefined ? "" : ` (was ${configured[kind]} %)`}` : ""}`;
}

function provedBy(layers: readonly ProvingLayer[]): string | undefined {
  if (layers.length === 0) return undefined;
  const told = layers.map(({ layer, covered, tests }) => {
    const facts = [...(tests === undefined ? [] : [count(tests, "test file")]), ...(covered?.lines === undefined ? [] : [`${covered.lines} % of lines`]), ...(covered?.branches === undefined ? [] : [`${covered.branches} % of branches`])];
    return `${layer} (${facts.join(", ")})`;
  });
  return `proved by ${told.join(" · ")}`;
}

function trendOf({ trend, covered }: SurfaceCoverage): string | undefined {
  const points: readonly Shares[] = [...trend.map((point) => point.covered), ...(covered ? [covered] : [])];
  const values = points.flatMap(({ lines }) => lines ?? []);
  if (trend.length === 0 || values.length < 2) return undefined;
  const [first = 0, before = 0, last = 0] = [values[0], values.at(-2), values.at(-1)];
  const since = trend[0]?.at.slice(0, 10) ?? "";
  return `trend ${values.slice(-8).join(" → ")} % of lines: ${step(last - before)} since the last value${values.length > 2 ? `, ${step(last - first)} since ${since}` : ""}`;
}

const step = (by: number): string => (Math.abs(by) < 0.05 ? "as it was" : `${by > 0 ? "+" : "−"}${Math.abs(Math.round(by * 10) / 10)}`);

function* weakest({ weakest: places, ofChanges }: CoverageReport, paint: Paint, width: number): Generator<string> {
  if (places.length === 0) return;
  yield "";
  yield paint.bold("where a test is worth most");
  for (const [at, place] of places.entries()) {
    yield ` ${at + 1}  ${paint.cyan(clip(`${placeOf({ file: place.file, ...(place.line !== undefined && { line: place.line }) })}${place.name === undefined ? "" : `  ${printable(place.name)}()`}`, width - 5))}`;
    for (const line of wrap(whyOf(place, ofChanges), width - 4)) yield `    ${line}`;
  }
}

function whyOf({ missedLines, lines, missedBranches, branches, changes, risk, area, unseen, name }: Place, of: number): string {
  const reached = unseen ? `no report mentions it: about ${count(lines, "line")} that no test loads` : missedLines === lines && lines > 0 ? `no test runs ${lines === 1 ? "its one line" : `any of its ${lines} lines`}` : missedLines > 0 ? `${missedLines} of ${count(lines, "line")} never run` : "every line runs";
  const taken = unseen || branches === 0 ? [] : [missedBranches === branches ? "no branch taken" : missedBranches === 0 ? "every branch taken" : `${missedBranches} of ${branches} branches never taken`];
  const where = name === undefined && unseen !== true ? ["outside of any function"] : [];
  return [reached, ...taken, ...where, ...(changes > 0 ? [`its file changed in ${changes} of the last ${count(of, "change")}`] : []), ...(area === undefined ? [] : [`${area}, ${risk} risk`])].join(" · ");
}

function* foot({ sources, measuredTests, recorded, notes, surfaces: all }: CoverageReport, paint: Paint, width: number): Generator<string> {
  const rows: [string, string][] = [
    ...sources.map(({ origin, source, layer, files }, at): [string, string] => [at === 0 ? "From" : "", `${origin}${layer === undefined ? "" : ` (${layer})`}: ${count(files, "file")}, ${source}`]),
    ...(measuredTests > 0 ? [["Tests", `what ${count(measuredTests, "test file")} ${measuredTests === 1 ? "runs" : "run"} through is known`] as [string, string]] : []),
    ...(recorded ? [["Ledger", "these values are the floor of what comes after"] as [string, string]] : []),
    ...notes.map((note): [string, string] => ["Note", note]),
    ...next(all, sources.length > 0, measuredTests > 0).map((text): [string, string] => ["Next", text]),
  ];
  if (rows.length > 0) yield "";
  for (const [label, text] of rows) {
    const [first = "", ...more] = wrap(text, width - 10);
    yield ` ${paint.dim(label.padEnd(7))}  ${first}`;
    for (const line of more) yield `          ${line}`;
  }
}

/** What to do where something is missing that somebody here could give. */
function next(all: readonly SurfaceCoverage[], measured: boolean, ran: boolean): readonly string[] {
  const steps: string[] = [];
  if (!measured) steps.push(`hand in a report (--evidence coverage/lcov.info)${ran ? "; this runner's own coverage can't be read here yet" : ", or let Proofline run the suite (--run)"}`);
  if (all.every(({ declared }) => !declared)) steps.push("name what matters in proofline.yaml: surfaces: [{ name: payments, paths: [src/payments/**], floor: { lines: 80 } }]");
  else if (measured && all.every(({ floor }) => floor === undefined)) steps.push("set a floor in proofline.yaml, such as floor: { lines: 80, branches: 70 }; from then on it only rises");
  if (measured && all.length > 0 && all.every(({ layers }) => layers.length === 0)) steps.push("to see which layer proves what, label reports (--evidence unit=FILE e2e=FILE) or use --run");
  return steps;
}
