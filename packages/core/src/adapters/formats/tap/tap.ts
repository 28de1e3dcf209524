import { looksLikePath } from "../cases/looks-like-path.ts";
import { sharePlaces } from "../cases/one-file.ts";
import { draftFailure } from "../failures/draft-failure.ts";
import { readLines } from "../lines/read-lines.ts";
import type { DraftCase, DraftFailure, DraftRun, ReadReport, ReportFormat, ReportSource } from "../report-format.ts";
import { TapWalk, type CollectedPoints, type TapPoint } from "./collect-points.ts";
import { readDiagnostic } from "./diagnostic.ts";

/** TAP 12, 13 and 14: node:test, tape, AVA, Mocha, Vitest, node-tap, Test::More and prove. */
export const tap: ReportFormat = {
  format: "TAP",
  accepts: ({ head }) => /^\uFEFF?\s*TAP version 1[2-4]\b/.test(head) || /^(?:(?:not )?ok\b(?: \d|\s*$| - )|1\.\.\d+\s*(?:#|$))/m.test(head),
  parse: readTap,
};

function readTap(source: ReportSource): ReadReport {
  const walk = new TapWalk();
  let subtests = false;
  for (const line of readLines(source.bytes)) {
    subtests ||= line.trimStart().startsWith("# Subtest");
    walk.line(line);
  }
  const collected = walk.end();
  // tape prints a comment per test and a point per assertion; others print comments for people.
  const grouped =
    !subtests && /^\s*TAP version 13\s*\n# /.test(source.head) && collected.points.some((point) => point.heading !== undefined && point.heading !== point.name);
  const { cases, unloaded } = grouped ? { cases: testsOf(collected), unloaded: [] } : split(collected.points);
  const { broken } = collected;
  return {
    drafts: [
      {
        kind: "test-run",
        tool: toolOf(source.head, grouped, subtests),
        cases,
        unloaded,
        complete: broken === undefined,
        ...(broken === undefined ? {} : { because: broken }),
      },
    ],
  };
}

function split(points: readonly TapPoint[]): Pick<DraftRun, "cases" | "unloaded"> {
  const cases: DraftCase[] = [];
  const unloaded: DraftRun["unloaded"][number][] = [];
  for (const point of points) {
    const red = !point.ok && point.directive === undefined;
    const detail = red ? readDiagnostic({ yaml: point.yaml.join("\n"), loose: point.loose.join("\n") }, false) : undefined;
    if (detail && point.suite.length === 0 && point.parts === 0 && looksLikePath(point.name))
      unloaded.push({ file: point.name, failure: whyUnloaded(point, detail.failure) });
    else if (point.parts === 0 || (red && point.redParts === 0)) {
      cases.push({
        ...(detail?.file === undefined ? {} : { file: detail.file }),
        ...identityOf(point),
        outcome: outcomeOf(point),
        ...durationOf(point),
        ...(detail ? { failure: detail.failure } : {}),
      });
    }
  }
  return { cases: sharePlaces(cases), unloaded };
}

/** Vitest puts the file first in the title path, AVA its name; both print the path in one when it is flat. */
function identityOf({ suite, name }: TapPoint): Pick<DraftCase, "file" | "suite" | "name"> {
  const separator = name.includes(" › ") ? " › " : " > ";
  const path = suite.length > 0 ? [...suite, name] : name.split(separator);
  const [first = ""] = path;
  const file = path.length > 1 && looksLikePath(first) ? first : undefined;
  if (suite.length === 0 && separator === " > " && file === undefined) return { suite, name };
  return { ...(file === undefined ? {} : { file }), suite: path.slice(file === undefined ? 0 : 1, -1), name: path.at(-1) ?? name };
}

/** A file that could not be loaded says why on its standard error, which node:test prints before it as comments. */
function whyUnloaded(point: TapPoint, told: DraftFailure): DraftFailure {
  const said = point.before.map((line) => line.trim()).find((line) => /^[A-Za-z]*Error\b/.test(line));
  const failure = said === undefined ? told : draftFailure({ message: said, stack: point.before.join("\n") }, told.frames);
  return failure.kind === "error" || failure.kind === "unknown" ? { ...failure, kind: "load" } : failure;
}

function outcomeOf({ ok, directive }: TapPoint): DraftCase["outcome"] {
  if (directive === "todo") return "todo";
  if (directive === "skip") return "skipped";
  return ok ? "passed" : "failed";
}

function durationOf(point: TapPoint): { readonly durationMs?: number } {
  const line = point.yaml.find((text) => /^\s*duration_?ms: /i.test(text));
  const value = Number(line?.slice(line.indexOf(":") + 1).trim() ?? Number.NaN);
  return Number.isFinite(value) && value >= 0 ? { durationMs: Math.round(value * 1000) / 1000 } : {};
}

/** One case for all assertions under a heading; red when one of them is. */
function testsOf({ points, headings }: CollectedPoints): readonly DraftCase[] {
  const byHeading = new Map<string, TapPoint[]>();
  for (const point of points) {
    const heading = point.heading ?? point.name;
    const same = byHeading.get(heading);
    if (same) same.push(point);
    else byHeading.set(heading, [point]);
  }
  const tests = [...byHeading].map(([name, assertions]): DraftCase => {
    const red = assertions.find((point) => !point.ok && point.directive === undefined);
    if (red === undefined)
      return { suite: [], name, outcome: assertions.every((point) => point.directive !== undefined) ? outcomeOf(assertions[0] ?? red ?? pointless) : "passed" };
    const { failure } = readDiagnostic({ yaml: red.yaml.join("\n"), loose: red.loose.join("\n") }, true);
    return { suite: [], name, outcome: "failed", failure: { ...failure, message: `${red.name}\n${failure.message}`.trim().slice(0, 2000) } };
  });
  const skipped = headings.filter((heading) => /^(?:SKIP|TODO) /.test(heading) && !byHeading.has(heading));
  return [...tests, ...skipped.map((heading): DraftCase => ({ suite: [], name: heading.slice(5), outcome: heading.startsWith("TODO") ? "todo" : "skipped" }))];
}

const pointless = { ok: true, directive: "skip" } as TapPoint;

function toolOf(head: string, grouped: boolean, subtests: boolean): string {
  if (grouped) return "tape";
  return subtests && /duration_ms:/.test(head) ? "node:test" : "tap";
}
