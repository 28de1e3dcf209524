import { draftFailure } from "../failures/draft-failure.ts";
import { isObject, listAt, numberAt, objectAt, textAt, textsAt, at, type JsonObject } from "../json/shapes.ts";
import type { DraftCase, ReadReport, ReportFormat, ReportSource } from "../report-format.ts";
import { commitsIn } from "../subject/named-commits.ts";
import { readStamp } from "../subject/stamp.ts";

/** Common Test Report Format. */
export const ctrf: ReportFormat = {
  format: "CTRF JSON",
  accepts: ({ json }) =>
    objectAt(json, "results") !== undefined && Array.isArray(at(json, "results", "tests")) && objectAt(json, "results", "summary") !== undefined,
  parse: readCtrf,
};

function readCtrf({ json }: ReportSource): ReadReport {
  const results = objectAt(json, "results") ?? {};
  const cases = listAt(results, "tests").filter(isObject).map(readCase);
  const [declared, red] = [numberAt(results, "summary", "failed") ?? 0, cases.filter((test) => test.outcome === "failed").length];
  const [start, stop] = [numberAt(results, "summary", "start"), numberAt(results, "summary", "stop")];
  const stamp = readStamp(start) ?? readStamp(textAt(json, "timestamp"));
  return {
    drafts: [
      {
        kind: "test-run",
        tool: textAt(results, "tool", "name") ?? "ctrf",
        cases,
        unloaded: [],
        complete: declared <= red,
        ...(declared > red ? { because: `the report counts ${declared} failures but lists ${red}` } : {}),
        ...(stamp ? { startedAt: new Date(stamp.at).toISOString() } : {}),
        ...(start !== undefined && stop !== undefined && stop >= start ? { durationMs: stop - start } : {}),
        ...environmentOf(objectAt(results, "environment")),
      },
    ],
    commits: commitsIn(Object.entries(objectAt(results, "environment") ?? {})),
    ...(stamp ? { writtenAt: stamp } : {}),
  };
}

function environmentOf(environment: JsonObject | undefined): { readonly environment?: Readonly<Record<string, string>> } {
  const told = Object.entries(environment ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === "string" && entry[0] !== "__proto__");
  return told.length === 0 ? {} : { environment: Object.fromEntries(told.slice(0, 50)) };
}

function readCase(test: JsonObject): DraftCase {
  const file = textAt(test, "filePath") ?? textAt(test, "filepath");
  const suite = suiteOf(test, file);
  const outcome = outcomeOf(test);
  const retries = numberAt(test, "retries") ?? 0;
  const durationMs = numberAt(test, "duration");
  const labels = labelsOf(test);
  const line = numberAt(test, "line");
  const known = file !== undefined && line !== undefined ? [{ file, line }] : [];
  const stack = textAt(test, "trace");
  return {
    ...(file === undefined ? {} : { file }),
    suite,
    name: nameOf(textAt(test, "name") ?? "", suite),
    outcome,
    ...(durationMs === undefined ? {} : { durationMs }),
    ...(outcome === "failed" ? { failure: draftFailure({ message: textAt(test, "message") ?? "", ...(stack === undefined ? {} : { stack }) }, known) } : {}),
    ...(retries > 0 ? { retries } : {}),
    ...(labels.length > 0 ? { labels } : {}),
  };
}

/** A list since 1.0, before it one text; some writers put the file's name in front. */
function suiteOf(test: JsonObject, file: string | undefined): readonly string[] {
  const printed = textAt(test, "suite");
  const suite = printed === undefined ? textsAt(test, "suite") : printed.split(" > ").filter((title) => title !== "");
  const [first] = suite;
  return first !== undefined && file !== undefined && (file === first || file.replaceAll("\\", "/").endsWith(`/${first}`)) ? suite.slice(1) : suite;
}

function nameOf(name: string, suite: readonly string[]): string {
  for (const prefix of [suite.join(" "), suite.join(" > "), suite.join(" › ")]) {
    if (prefix !== "" && name.length > prefix.length && name.startsWith(prefix)) return name.slice(prefix.length).replace(/^ (?:[>›] )?/, "");
  }
  return name;
}

function outcomeOf(test: JsonObject): DraftCase["outcome"] {
  const status = textAt(test, "status");
  if (status === "passed" || status === "failed") return status;
  return textAt(test, "rawStatus") === "todo" ? "todo" : "skipped";
}

function labelsOf(test: JsonObject): readonly string[] {
  const named = Object.entries(objectAt(test, "labels") ?? {}).flatMap(([name, value]) =>
    (Array.isArray(value) ? (value as unknown[]) : [value]).flatMap((one) => (typeof one === "object" ? [] : [`${name}=${String(one)}`])),
  );
  return [...textsAt(test, "tags"), ...named].slice(0, 50).map((label) => label.slice(0, 1000));
}
