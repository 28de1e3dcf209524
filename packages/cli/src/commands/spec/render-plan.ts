import type { PlannedSpec, PlanReport } from "@proofline/core/operations";
import { count } from "../../render/words.ts";
import { clip, printable, wrap } from "../../render/wrap.ts";
import { problemLines } from "./render-lint.ts";
import { labelled, type Page } from "./page.ts";

/** Items of one list that a screen bears; the file has the others. */
const MOST = 4;

const WROTE: Readonly<Record<PlannedSpec["state"], string>> = { written: "wrote", updated: "updated", unchanged: "as it was", "would-write": "would write", "would-update": "would update" };

/** Repository by repository: what stands there, what it owes, and what nobody knows. */
export function renderPlan({ story, specs, unaffected, problems }: PlanReport, asked: string, page: Page): readonly string[] {
  const { paint, width } = page;
  const owed = specs.reduce((sum, { spec }) => sum + spec.testsOwed.length, 0);
  const open = specs.reduce((sum, { spec }) => sum + spec.questions.length, 0);
  return [
    `${paint.bold(printable(story.id))}  ${clip(story.title, Math.max(10, width - story.id.length - 2))}`,
    ` ${count(specs.length, "repository", "repositories")} affected · ${count(owed, "test")} owed · ${count(open, "open question")}`,
    ...specs.flatMap((one) => specLines(one, page)),
    ...(unaffected.length > 0 ? ["", paint.bold("Not affected"), ...unaffected.flatMap(({ repository, because }) => wrap(`${printable(repository)}: ${because}`, width - 2).map((line) => ` ${paint.dim(line)}`))] : []),
    ...(problems.length > 0 ? ["", ...problemLines(problems, page)] : []),
    ...nextLines(specs, asked, page),
  ];
}

function specLines({ spec, file, state, kept }: PlannedSpec, page: Page): readonly string[] {
  const { place, interfaces, guarantees, expectations, testsOwed, questions } = spec;
  const shown = guarantees.filter(({ owed }) => !owed).length;
  const owners = [...new Set([...place.owners.map(({ who }) => who), ...place.areas.flatMap((area) => area.owners)])];
  const found = [
    [interfaces.routes.length, count(interfaces.routes.length, "route")],
    [interfaces.contracts.length, count(interfaces.contracts.length, "contract")],
    [interfaces.symbols.length, count(interfaces.ofSymbols, "exported name")],
    [interfaces.tables.length, count(interfaces.tables.length, "table")],
    [interfaces.calls.length, `calls ${[...new Set(interfaces.calls.map(({ repository }) => repository))].map(printable).join(", ")}`],
    [interfaces.calledBy.length, `called by ${[...new Set(interfaces.calledBy.map(({ repository }) => repository))].map(printable).join(", ")}`],
  ].flatMap(([n, words]) => (n === 0 ? [] : [String(words)]));
  return [
    "",
    `${page.paint.bold(printable(spec.repository))}${place.parts.length > 0 ? `  ${page.paint.dim(place.parts.join(", "))}` : ""}`,
    ...labelled("files", place.ofFiles === 0 ? "none that the targets name" : `${count(place.ofFiles, "file")}${place.areas.length > 0 ? `, areas ${place.areas.map(({ name, risk }) => `${name} (${risk})`).join(", ")}` : ""}`, page),
    ...labelled("owners", owners.length === 0 ? "unknown" : owners.join(", "), page),
    ...labelled("interfaces", found.length === 0 ? "unknown" : found.join(", "), page),
    ...labelled("guarantees", guarantees.length === 0 ? "unknown" : `${shown} of ${guarantees.length} shown at the layer they need`, page),
    ...(expectations.length > 0 ? labelled("to measure", expectations.map(({ bound, says }) => bound ?? `unknown (${says.slice(0, 40)})`).join("; "), page) : []),
    ...listed("owed", testsOwed.map(({ names, layer, says }) => `${layer} · ${names}: ${says}`), page),
    ...listed("open", questions.map(({ says }) => says), page),
    ...labelled("file", `${WROTE[state]} ${file}${kept.length > 0 ? `; edited by hand and kept: ${kept.join(", ")}` : ""}`, page),
  ];
}

function listed(label: string, items: readonly string[], page: Page): readonly string[] {
  const rows = items.slice(0, MOST).map((item) => clip(item, page.width - 15));
  if (items.length > MOST) rows.push(`and ${items.length - MOST} more`);
  return rows.map((row, at) => ` ${at === 0 ? page.paint.dim(label.padEnd(12)) : " ".repeat(12)} ${row}`);
}

function nextLines(specs: readonly PlannedSpec[], asked: string, { width }: Page): readonly string[] {
  const would = specs.some(({ state }) => state.startsWith("would"));
  const next = would ? `Next:  proofline spec plan ${printable(asked)} --write` : specs.some(({ state }) => state === "written" || state === "updated") ? "Next: fill in Decisions, and have the files reviewed like code" : "";
  return next === "" ? [] : ["", ...wrap(next, width - 1).map((line) => ` ${line}`)];
}
