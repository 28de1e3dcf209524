import type { ProductPart, SpecExpectation, SpecRoute } from "#intent";
import { some } from "./words.ts";

type Kind = SpecExpectation["kind"];

const UNITS: readonly (readonly [Kind, RegExp])[] = [
  ["rate", /^(?:requests?|orders?|messages?|events?|jobs?|calls?|users?|writes?|reads?|transactions?)?\s?(?:\/|per )\s?(?:s|sec|second|min|minute|h|hour|day)\b|^(?:rps|qps|tps)\b/i],
  ["latency", /^(?:ms|milliseconds?|µs|us|microseconds?|s|secs?|seconds?)(?![\w/])/i],
  ["period", /^(?:min(?:ute)?s?|h|hours?|days?|weeks?|months?|years?)(?![\w/])/i],
  ["share", /^(?:%|percent\b|‰)/i],
  ["size", /^(?:bytes?|[kmgt]i?b)\b/i],
];

const NUMBER = /(?<![\w.#-])(\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,6})?|\d{1,12}(?:\.\d{1,6})?)\s?/g;
const COMPARED = /\b(?:under|below|within|less than|fewer than|at most|up to|no more than|not more than|at least|no less than|more than|over|above|exactly|max(?:imum)?|min(?:imum)?)\s?$|[<>≤≥=]{1,2}\s?$/i;
const PERCENTILE = /\bp(\d{2}(?:\.\d{1,3})?)\b|\b(\d{2}(?:\.\d{1,3})?)(?:th|st|nd|rd) percentile\b/i;

/** What the rest of a repository says about where a number could be seen. */
export interface MeasuringPlace {
  readonly routes: readonly Pick<SpecRoute, "method" | "path">[];
  readonly parts: readonly ProductPart[];
  readonly tables: readonly string[];
}

/** A constraint or quality gate as a number with its unit, and the signal that shows whether it holds. Where no number is found, nothing is made up. */
export function expectationOf({ id, text }: { readonly id?: string; readonly text: string }, place: MeasuringPlace): SpecExpectation {
  const says = text.slice(0, 1_000);
  const base = { ...(id !== undefined && { id }), says };
  const found = quantityIn(says);
  if (found === undefined) return { ...base, kind: "unknown" };
  const measure = measureOf(found.kind, says, place);
  return { ...base, kind: found.kind, bound: found.bound, ...(measure !== undefined && { measure }) };
}

/** The first number with a unit that is known, else the first number that is compared with or counted of something. */
function quantityIn(text: string): { readonly kind: Kind; readonly bound: string } | undefined {
  const percentile = PERCENTILE.exec(text);
  const at = percentile === null ? "" : ` at p${percentile[1] ?? percentile[2]}`;
  let counted: string | undefined;
  for (const match of text.matchAll(NUMBER)) {
    const after = text.slice(match.index + match[0].length, match.index + match[0].length + 40);
    const unit = UNITS.map(([kind, pattern]) => ({ kind, word: pattern.exec(after)?.[0] })).find(({ word }) => word !== undefined);
    const compared = COMPARED.exec(text.slice(Math.max(0, match.index - 20), match.index))?.[0].trim();
    const bound = `${compared === undefined ? "" : `${compared} `}${match[1] ?? ""}`;
    if (unit?.word !== undefined) return { kind: unit.kind, bound: `${bound} ${unit.word.trim()}${at}` };
    counted ??= /^(?:[a-z-]+ ){0,6}(?:in|of|per|out of) [\d,]+/i.test(after) ? text.slice(match.index).split(/[.;]/)[0]?.slice(0, 80) : compared === undefined ? undefined : bound;
  }
  return counted === undefined ? undefined : { kind: "count", bound: counted };
}

function measureOf(kind: Kind, says: string, { routes, parts, tables }: MeasuringPlace): string | undefined {
  const through = some(routes.map(({ method, path }) => `${method} ${path}`), 3);
  if (kind === "latency") {
    if (routes.length > 0) return `http.server.request.duration of ${through}, by http.route`;
    return parts.includes("front end") ? "time from the action to the painted answer, measured in the browser" : undefined;
  }
  if (kind === "rate") return routes.length > 0 ? `count of http.server.request.duration of ${through}, under load before release and in production` : undefined;
  if (kind === "size") return routes.length > 0 ? `http.server.response.body.size of ${through}` : parts.includes("front end") ? "bytes of what the build hands out" : undefined;
  if (kind === "share") return routes.length > 0 ? `answers without 5xx ÷ all answers of ${through}, by http.response.status_code` : undefined;
  if (kind === "period") return tables.length > 0 ? `age of the oldest row of ${some(tables, 3)}; in tests, a clock that is moved` : undefined;
  return kind === "count" && /\bin\b|\bof\b|\bper\b/i.test(says) && parts.length > 0 ? "a counter of the event ÷ a counter of all of its kind, both raised where it is decided" : undefined;
}
