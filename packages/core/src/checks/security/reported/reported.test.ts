import { expect, test } from "vitest";
import type { Json } from "#kernel";
import type { Change } from "#change";
import type { ReportedIssue, StaticAnalysis } from "#evidence";
import type { Facts } from "../../check.ts";
import { reported } from "./reported.ts";
import { cpuMs } from "../../../../../../tests/support/cpu-time.ts";

const issue = (line: number, over: Partial<ReportedIssue> = {}): ReportedIssue => ({ rule: "sql", level: "error", message: "Query built from input.", place: { file: "src/db.ts", line }, suppressed: false, ...over });
const report = (subject: string, ...issues: ReportedIssue[]): StaticAnalysis => ({ kind: "static-analysis", source: "reported", subject, digest: "sha256:0", origin: "a.sarif", tool: "semgrep", issues });

function look(evidence: readonly StaticAnalysis[], options: Readonly<Record<string, Json>> = {}) {
  const lines = [3, 4, 5].map((line) => ({ op: "+" as const, line, text: `code ${line}` }));
  const file = { path: "src/db.ts", newLines: [3, 4], hunks: [{ lines }] };
  const change = { head: "head", headTree: "tree", mergeBase: "base", mergeBaseTree: "basetree", files: [file] } as unknown as Change;
  const defaults = Object.fromEntries(Object.entries(reported.options ?? {}).map(([name, option]) => [name, option.default]));
  const facts: Facts = { change, intent: {} as Facts["intent"], gate: "local", options: { ...defaults, ...options }, evidence, unavailable: new Map(), text: () => undefined };
  return [...reported.look(facts)];
}

test("an issue on a new line is broken, and a note by default even when it is severe", () => {
  expect(look([report("head", issue(3, { severity: 9.8 }))])).toMatchObject([{ answer: "broken", because: "semgrep: Query built from input.", places: [{ file: "src/db.ts", line: 3, side: "head" }] }]);
  expect(look([report("head", issue(3, { severity: 9.8 }))])[0]?.effect).toBeUndefined();
  expect(reported.effect).toBe("note");
});

test.each([
  ["on an untouched line", issue(40)],
  ["on a moved line", issue(5)],
  ["in another file", issue(3, { place: { file: "src/other.ts", line: 3 } })],
  ["without a line", issue(3, { place: { file: "src/db.ts" } })],
  ["suppressed where it stands", issue(3, { suppressed: true })],
  ["below the least level", issue(3, { level: "note" })],
])("an issue %s is not this change's", (_, one) => {
  expect(look([report("head", one)])).toMatchObject([{ answer: "holds" }]);
});

test("what the base's report lists too is not new, by fingerprint or else by rule, file and message", () => {
  expect(look([report("base", issue(90, { fingerprint: "f" })), report("head", issue(3, { fingerprint: "f" }))])).toMatchObject([{ answer: "holds" }]);
  expect(look([report("base", issue(90)), report("head", issue(3))])).toMatchObject([{ answer: "holds" }]);
  expect(look([report("base", issue(90, { fingerprint: "f" })), report("head", issue(3, { fingerprint: "g" }))])).toMatchObject([{ answer: "broken" }]);
});

test("one rule in one file is one finding; the same report twice changes nothing", () => {
  const once = report("head", issue(3), issue(4));
  const seen = look([once, once]);
  expect(seen).toHaveLength(1);
  expect(seen[0]?.because).toContain("and 1 more like it");
});

test("the subject speaks of the code, not of its line", () => {
  expect(look([report("head", issue(3))])[0]?.subject).toContain("code 3");
  expect(look([report("head", issue(3, { fingerprint: "f" }))])[0]?.subject).toContain("f");
});

test("thresholds: least severity, and from when an issue asks", () => {
  expect(look([report("head", issue(3, { severity: 4 }))], { "min-severity": 7 })).toMatchObject([{ answer: "holds" }]);
  expect(look([report("head", issue(3, { severity: 8 }))], { "raise-from": 7 })).toMatchObject([{ effect: "ask", ask: { to: ["author"] } }]);
  expect(look([report("head", issue(3, { severity: 6 }))], { "raise-from": 7 })[0]?.effect).toBeUndefined();
});

test("a span as long as a hostile report likes costs no more than the change", () => {
  const started = cpuMs();
  expect(look([report("head", issue(1, { place: { file: "src/db.ts", line: 1, endLine: 2 ** 52 } }))])).toMatchObject([{ answer: "broken" }]);
  expect(cpuMs() - started).toBeLessThan(500);
});

test("no report about the head means there is nothing to say", () => {
  expect(look([])).toEqual([]);
  expect(look([report("other", issue(3))])).toEqual([]);
});
