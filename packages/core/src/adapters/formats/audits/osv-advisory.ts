import type { Advisory } from "#evidence";
import { at, isObject, listAt, textAt, textsAt, type JsonObject } from "../json/shapes.ts";
import { cvss3Score } from "./cvss.ts";
import { severityFromScore, severityFromWord } from "./severity.ts";

/** True for an object in the Open Source Vulnerability format. */
export const isOsv = (value: unknown): value is JsonObject =>
  isObject(value) &&
  textAt(value, "id") !== undefined &&
  textAt(value, "modified") !== undefined &&
  (Array.isArray(at(value, "affected")) || textAt(value, "withdrawn") !== undefined);

/** One advisory per affected package; none when it was withdrawn. */
export function osvAdvisories(osv: JsonObject, only?: { readonly name: string; readonly ecosystem: string }): readonly Advisory[] {
  if (textAt(osv, "withdrawn") !== undefined) return [];
  return listAt(osv, "affected")
    .filter(isObject)
    .flatMap((affected) => {
      const [name, ecosystem] = [textAt(affected, "package", "name"), textAt(affected, "package", "ecosystem")];
      if (name === undefined || ecosystem === undefined) return [];
      if (only && (only.name !== name || ecosystem.split(":")[0] !== only.ecosystem.split(":")[0])) return [];
      const id = textAt(osv, "id") ?? "unnamed";
      return [
        {
          id,
          aliases: textsAt(osv, "aliases"),
          ecosystem: ecosystem.toLowerCase() === "npm" ? "npm" : ecosystem,
          package: name,
          ...rangesOf(affected),
          severity: severityOf(osv, affected),
          title: (textAt(osv, "summary") ?? textAt(osv, "details")?.split("\n")[0] ?? id).slice(0, 300),
          url: `https://osv.dev/vulnerability/${encodeURIComponent(id)}`,
        },
      ];
    });
}

interface Span {
  readonly from: string;
  readonly to?: string;
  readonly inclusive?: boolean;
}

/** Events become comparators: `introduced 1.0, fixed 1.2` is `>=1.0 <1.2`. Commits of a GIT range say nothing about versions. */
function rangesOf(affected: JsonObject): Pick<Advisory, "affected" | "fixedIn"> {
  const spans = listAt(affected, "ranges")
    .filter((range) => textAt(range, "type") !== "GIT")
    .flatMap((range) => spansOf(listAt(range, "events")));
  const versions = textsAt(affected, "versions");
  const range = spans.map(comparators).join(" || ");
  const fixed = spans.filter((span) => span.inclusive === false).at(-1)?.to;
  return {
    affected: { ...(range === "" ? {} : { range }), ...(versions.length === 0 ? {} : { versions }) },
    ...(fixed === undefined ? {} : { fixedIn: fixed }),
  };
}

function spansOf(events: readonly unknown[]): readonly Span[] {
  const spans: Span[] = [];
  let from: string | undefined;
  for (const event of events) {
    const [introduced, fixed, last] = [textAt(event, "introduced"), textAt(event, "fixed"), textAt(event, "last_affected")];
    if (introduced !== undefined) from ??= introduced;
    else if (from !== undefined && (fixed ?? last) !== undefined) {
      spans.push({ from, to: fixed ?? last ?? "", inclusive: fixed === undefined });
      from = undefined;
    }
  }
  return from === undefined ? spans : [...spans, { from }];
}

function comparators({ from, to, inclusive }: Span): string {
  const lower = from === "0" ? (to === undefined ? ">=0" : "") : `>=${from}`;
  const upper = to === undefined ? "" : `${inclusive ? "<=" : "<"}${to}`;
  return [lower, upper].filter((part) => part !== "").join(" ");
}

function severityOf(osv: JsonObject, affected: JsonObject): Advisory["severity"] {
  const scores = [...listAt(osv, "severity"), ...listAt(affected, "severity")].flatMap((one) => cvss3Score(textAt(one, "score") ?? "") ?? []);
  const fromScore = severityFromScore(scores.length === 0 ? undefined : Math.max(...scores));
  const word = severityFromWord(
    textAt(osv, "database_specific", "severity") ?? textAt(affected, "ecosystem_specific", "severity") ?? textAt(affected, "database_specific", "severity"),
  );
  return word === "unknown" ? fromScore : word;
}
