import { draftFailure } from "../failures/draft-failure.ts";
import { isObject, listAt, numberAt, textAt, textsAt, type JsonObject } from "../json/shapes.ts";
import type { HeadTree } from "../paths/head-tree.ts";
import type { DraftCase, ReadReport, ReportFormat, ReportSource } from "../report-format.ts";
import { earliest, latest, readStamp } from "../subject/stamp.ts";
import { placeOf } from "./place-of.ts";

/** Allure's results: one `<uuid>-result.json` per test, or all of a folder as one list. */
export const allure: ReportFormat = {
  format: "Allure result JSON",
  accepts: ({ json }) => {
    const [first, ...rest] = Array.isArray(json) ? (json as unknown[]) : [json];
    return isResult(first) && rest.every(isResult);
  },
  parse: readAllure,
};

/** `historyId` alone would do, but jest's skipped tests have none; no other format has `uuid`, `stage` and `labels` together. */
const isResult = (value: unknown): value is JsonObject => isObject(value) && textAt(value, "uuid") !== undefined && Array.isArray(value["labels"]) && ["stage", "status", "historyId", "fullName"].some((key) => textAt(value, key) !== undefined) && !Array.isArray(value["children"]);

function readAllure({ json }: ReportSource, tree: HeadTree): ReadReport {
  const results = (Array.isArray(json) ? (json as unknown[]) : [json]).filter(isResult);
  const ended = results.filter((result) => outcomeOf(result) !== undefined);
  const open = results.length - ended.length;
  const attempts = byTest(ended);
  // What lies in the folder of an earlier run is older than the head, and then so is the whole.
  const stamps = results.map((result) => readStamp(numberAt(result, "start")));
  const [started, stopped] = [earliest(stamps), latest(results.map((result) => readStamp(numberAt(result, "stop"))))];
  return {
    drafts: [
      {
        kind: "test-run",
        tool: toolOf(results),
        cases: named(attempts.map((tries) => readCase(tries, tree))),
        unloaded: [],
        complete: open === 0,
        ...(open > 0 ? { because: `${open} of its ${results.length} results came to no end` } : {}),
        ...(started ? { startedAt: new Date(started.at).toISOString() } : {}),
        ...(started && stopped && stopped.at >= started.at ? { durationMs: stopped.at - started.at } : {}),
      },
    ],
    ...(started ? { writtenAt: started } : {}),
  };
}

/** `broken` is how Allure calls what threw outside of an assertion; without a status, or with `unknown`, a test never came to its end. */
function outcomeOf(result: JsonObject): DraftCase["outcome"] | undefined {
  const status = textAt(result, "status");
  if (status === "passed" || status === "skipped") return status;
  return status === "failed" || status === "broken" ? "failed" : undefined;
}

/** Attempts of the same test, first to last: each of them has a file of its own. */
function byTest(results: readonly JsonObject[]): readonly (readonly JsonObject[])[] {
  const tests = new Map<string, JsonObject[]>();
  for (const [at, result] of results.entries()) {
    const key = textAt(result, "historyId") ?? `\0${at}`;
    const tries = tests.get(key);
    if (tries) tries.push(result);
    else tests.set(key, [result]);
  }
  const begun = (result: JsonObject): number => numberAt(result, "start") ?? 0;
  return [...tests.values()].map((tries) => tries.sort((a, b) => begun(a) - begun(b))).sort((a, b) => begun(a[0] as JsonObject) - begun(b[0] as JsonObject));
}

interface Named {
  readonly draft: DraftCase;
  /** Values of its row, where it is one of several. */
  readonly row: string;
}

function readCase(tries: readonly JsonObject[], tree: HeadTree): Named {
  const result = tries.at(-1) as JsonObject;
  const outcome = outcomeOf(result) ?? "failed";
  const [start, stop] = [numberAt(result, "start"), numberAt(result, "stop")];
  const labels = labelsOf(result);
  const stack = textAt(result, "statusDetails", "trace");
  return {
    row: rowOf(result),
    draft: {
      ...placeOf(result, tree),
      name: textAt(result, "name") ?? textAt(result, "fullName") ?? "",
      outcome,
      ...(start !== undefined && stop !== undefined && stop >= start ? { durationMs: stop - start } : {}),
      ...(outcome === "failed" ? { failure: draftFailure({ message: textAt(result, "statusDetails", "message") ?? "", ...(stack === undefined ? {} : { stack }) }) } : {}),
      ...(tries.length > 1 ? { retries: tries.length - 1 } : {}),
      ...(labels.length > 0 ? { labels } : {}),
    },
  };
}

/** Rows of one table that have one name are told apart by their values, as pytest prints them. */
function named(cases: readonly Named[]): readonly DraftCase[] {
  const idOf = ({ draft: { file = "", suite, name } }: Named): string => [file, ...suite, name].join("\0");
  const count = new Map<string, number>();
  for (const one of cases) count.set(idOf(one), (count.get(idOf(one)) ?? 0) + 1);
  return cases.map((one) => ((count.get(idOf(one)) ?? 0) > 1 && one.row !== "" ? { ...one.draft, name: `${one.draft.name}[${one.row}]` } : one.draft));
}

/** A project of Playwright's runs the same test in another browser; it is no row. */
const rowOf = (result: JsonObject): string =>
  listAt(result, "parameters")
    .filter((one) => isObject(one) && one["excluded"] !== true && one["name"] !== "Project")
    .map((one) => textAt(one, "value") ?? "")
    .join("-")
    .slice(0, 200);

/** Labels that say how it was run, and nothing about the test. */
const TECHNICAL = new Set(["host", "thread", "language", "framework", "package", "parentSuite", "suite", "subSuite", "testClass", "testMethod"]);

function labelsOf(result: JsonObject): readonly string[] {
  const told = listAt(result, "labels").flatMap((one) => {
    const [name, value] = [textAt(one, "name"), textAt(one, "value")];
    if (name === undefined || value === undefined || name.startsWith("_") || TECHNICAL.has(name)) return [];
    return [name === "tag" ? value : `${name}=${value}`];
  });
  return [...told, ...textsAt(result, "tags")].slice(0, 50).map((label) => label.slice(0, 1_000));
}

const toolOf = (results: readonly JsonObject[]): string => {
  for (const result of results.slice(0, 50)) {
    const found = listAt(result, "labels").find((one) => textAt(one, "name") === "framework");
    const name = textAt(found, "value");
    if (name !== undefined && /^[\w:.@/ -]{1,60}$/.test(name)) return name;
  }
  return "allure";
};
