import type { BehaviourNews, HistoryReport, ToldEntry } from "@proofline/core/operations";
import { count, short } from "../../render/words.ts";
import { clip, printable, wrap } from "../../render/wrap.ts";
import type { Page } from "./page.ts";

/** Behaviour history for people: one paragraph a commit, newest first. */
export function renderHistory({ entries, names, notes }: HistoryReport, page: Page): readonly string[] {
  if (entries.length === 0) return ["No commit touched a story yet: proofline/stories/ has no history.", ...notes];
  const news = entries.flatMap((entry) => entry.news);
  const heading = `${names.length > 0 ? `${names.map(printable).join(", ")}: ` : ""}${count(news.length, "change")} of behaviour in ${count(entries.length, "commit")}`;
  return [...wrap(heading, page.width).map(page.paint.bold), ...entries.flatMap((entry) => ["", ...entryLines(entry, names, page)]), ...notes.flatMap((note) => ["", ...wrap(` ${note}`, page.width)])];
}

function entryLines(entry: ToldEntry, names: readonly string[], page: Page): readonly string[] {
  const { paint, width } = page;
  const by = `${entry.by.name}${entry.agents.length > 0 ? ` with ${entry.agents.join(", ")}` : ""}`;
  const head = `${entry.authoredAt.slice(0, 10)}  ${short(entry.commit)}  ${printable(by)}`;
  const single = names.length === 1;
  return [
    paint.cyan(clip(head, width)),
    ...wrap(entry.subject, width - 2).map((line) => ` ${line}`),
    ...becauseLines(entry, page),
    ...entry.news.flatMap((one) => newsLines(one, single, page)),
    ...entry.signed.map(({ story, role, stage, by: who }) => `   ${paint.green("signed".padEnd(KINDS))} ${clip(`${story} ${stage}, as ${role}, by ${who}`, width - KINDS - 4)}`),
  ];
}

function becauseLines({ subject, because: { request, issues, incidents }, landed }: ToldEntry, { paint, width }: Page): readonly string[] {
  const reasons = [...incidents.map((one) => `incident ${one}`), ...issues];
  const parts = [...(reasons.length > 0 ? [`because of ${reasons.join(", ")}`] : []), ...(request === undefined || subject.includes(request) ? [] : [`in ${request}`]), ...(landed === undefined ? [] : [`merged by ${short(landed.commit)}`])];
  return parts.length === 0 ? [] : wrap(parts.join(" · "), width - 2).map((line) => ` ${paint.dim(line)}`);
}

/** Columns of the words that say what became of a criterion. */
const KINDS = 9;

function newsLines(news: BehaviourNews, single: boolean, page: Page): readonly string[] {
  const { paint } = page;
  const name = single && news.criterion !== undefined ? news.criterion : news.criterion === undefined ? news.story : `${news.story}#${news.criterion}`;
  const [kind = "", ...more] = news.kinds.map((one) => WORDS[one] ?? one);
  const added = news.kinds[0] === "added" && news.state !== undefined && news.state !== "planned" ? [news.state] : [];
  const head = `   ${colourOf(kind, page)(kind.padEnd(KINDS))} ${name}${[...added, ...more].map((one) => `, ${one}`).join("")}${news.from === undefined ? "" : paint.dim(`, before ${news.from}`)}`;
  return [head, ...words(news, page), ...news.proofs.slice(0, 12).flatMap(({ file, how }) => inset(`proof ${how}: `, file, page))];
}

const WORDS: Readonly<Partial<Record<BehaviourNews["kinds"][number], string>>> = { sections: "said more", approved: "proofs approved" };

function words({ kinds, before, after, sections }: BehaviourNews, page: Page): readonly string[] {
  if (sections !== undefined) return inset("in ", sections.join(", "), page);
  if (before !== undefined && after !== undefined) return [...inset("was ", before, page), ...inset("now ", after, page)];
  const alone = after ?? before;
  return alone === undefined || kinds.every((kind) => kind === "proofs" || kind === "approved") ? [] : inset("", alone, page);
}

function inset(label: string, text: string, { paint, width }: Page): readonly string[] {
  const margin = " ".repeat(KINDS + 4);
  return wrap(`${label}${text}`, width - margin.length).map((line) => margin + paint.dim(line));
}

function colourOf(kind: string, { paint }: Page): (text: string) => string {
  if (kind === "changed" || kind === "removed" || kind === "withdrawn" || kind === "dropped") return paint.red;
  return kind === "added" || kind === "promised" ? paint.green : paint.dim;
}
