import type { QaRecorded, QaReport } from "@proofline/core/operations";
import { count, placeOf, short } from "../../render/words.ts";
import { printable, wrap } from "../../render/wrap.ts";
import { labelled, type Page } from "../spec/page.ts";

/** The checklist with its reasons, what policy owes of it, and the records that are there. */
export function renderQa({ change, items, owed, runs, missing }: QaReport, page: Page): readonly string[] {
  const { paint, width } = page;
  if (items.length === 0) return ["Nothing to try by hand: this change behaves as before.", ...recordLines(runs, page)];
  const tried = items.filter((item) => item.tried !== undefined).length;
  const failed = items.some((item) => item.tried === "failed");
  const badge = failed ? paint.badge("FAILED", "red") : missing.length > 0 ? paint.badge("TRY", "yellow") : owed.length === 0 ? paint.badge("MAY", "green") : paint.badge("TRIED", "green");
  return [
    `${badge} ${count(items.length, "thing")} to try by hand on ${printable(change.headKind === "commit" ? short(change.head) : change.headName)}${tried > 0 ? `, ${tried} tried` : ""}`,
    ...wrap(owed.length === 0 ? "Nobody owes it: no rule below `qa:` applies to this change." : `Owed, since ${owed.map(({ because, gates, by }) => `${because} (${gates.join(", ")}${by.length > 0 ? `; by ${by.join(", ")}` : ""})`).join("; ")}.`, width - 2).map((line) => ` ${paint.dim(line)}`),
    ...items.flatMap((item, at) => ["", ...numbered(at + 1, item, page)]),
    ...recordLines(runs, page),
    ...(missing.length > 0 || tried === 0 ? ["", ...wrap("Next: try it on a build of this code, then  proofline qa record --outcome passed", width - 1).map((line) => ` ${line}`)] : []),
  ];
}

function numbered(number: number, { what, why, owed, tried, place }: QaReport["items"][number], { paint, width }: Page): readonly string[] {
  const mark = tried !== undefined ? ` · ${tried}` : owed ? "" : " · if there is time";
  const words = `${what}${mark}`;
  const colour = tried === "passed" ? paint.green : tried === "failed" ? paint.red : tried === "skipped" || !owed ? paint.dim : (text: string): string => text;
  return [...wrap(words, width - 6).map((line, at) => ` ${at === 0 ? String(number).padStart(2) : "  "}  ${colour(line)}`), ...wrap(`${why}${place === undefined || why.includes(place.file) ? "" : ` · ${placeOf(place)}`}`, width - 6).map((line) => `     ${paint.dim(line)}`)];
}

function recordLines(runs: QaReport["runs"], page: Page): readonly string[] {
  if (runs.length === 0) return [];
  return ["", page.paint.bold("Records"), ...runs.slice(0, 8).flatMap(({ file, run, state, because }) => labelled(state, `${run.by === "" ? file : `${run.by}, ${run.at.slice(0, 10)}, ${count(run.items.length, "thing")}${run.build.environment === undefined ? "" : ` on ${run.build.environment}`}`}${because === undefined ? "" : `: ${because}`}`, page, 9))];
}

/** What was written, and what to do with it. */
export function renderRecorded({ file, run, signed }: QaRecorded, page: Page): readonly string[] {
  const failed = run.items.filter(({ outcome }) => outcome === "failed").length;
  const build = [run.build.environment, run.build.artifact ?? (run.build.commit === undefined ? undefined : short(run.build.commit))].filter((word) => word !== undefined).join(", ");
  return [
    `written  ${file}`,
    ...labelled("by", `${run.by}${signed ? ", signed" : ", not signed: it counts where nobody lists a key"}`, page, 7),
    ...labelled("tried", `${count(run.items.length, "thing")}${failed > 0 ? `, ${failed} failed` : ""}${build === "" ? "" : ` on ${build}`}`, page, 7),
    "",
    "Next: commit it with the change, then  proofline check",
  ];
}
