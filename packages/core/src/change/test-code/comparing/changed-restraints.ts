import type { Restraint } from "../anatomy.ts";
import type { Comparison } from "./comparison.ts";
import { leftOutWithoutFeature } from "./feature-guard.ts";
import { alike, titleOf, type Located } from "./located.ts";
import type { SourceFacts } from "./source-facts.ts";
import { atMost, type EditEffect, type EditKind, type TestEdit } from "./test-edit.ts";

/** Tests that ran and no longer do, or only sometimes, or are alone now. */
export function* changedRestraints({ pairs, added, change }: Comparison): Generator<TestEdit> {
  const lifted = pairs.flatMap(({ base, head }) => (head.part.restraint === undefined && base.part.restraint?.condition !== undefined ? [base.part.restraint.condition] : []));
  for (const { base, head } of pairs) {
    if (head.part.kind !== "test") continue;
    const edit = restrained(base, head, change.source, lifted);
    if (edit !== undefined) yield edit;
    if (head.part.only && !base.part.only) yield focused(head, change.files);
  }
  for (const head of added) if (head.part.kind === "test" && head.part.only) yield focused(head, change.files);
}

/** Words that a test has to share with what it was to be the same test. */
const SAME_TEST = 0.7;

/** In a new file no test was there that does not run any more. */
const focused = (head: Located, files: Comparison["change"]["files"]): TestEdit => ({
  kind: "test-focused",
  effect: atMost("test-focused", files[head.pair]?.base?.parts.some(({ kind }) => kind === "test") === true ? "block" : "ask"),
  test: titleOf(head),
  because: "keeps all other tests of its file from running (`only`)",
  places: [place(head, head.part.line)],
  subject: `only ${titleOf(head)}`,
});

const place = (one: Located, line: number) => ({ file: one.file.path, line, side: "head" as const });

const KIND: Readonly<Record<Restraint["kind"], EditKind>> = { skipped: "test-skipped", todo: "test-skipped", conditional: "test-conditional", "expected-to-fail": "failure-expected" };
const HOW_MUCH: Readonly<Record<Restraint["kind"], number>> = { "expected-to-fail": 2, conditional: 1, todo: 3, skipped: 3 };

function restrained(base: Located, head: Located, source: SourceFacts, lifted: readonly string[]): TestEdit | undefined {
  const [before, after] = [base.part.restraint, head.part.restraint];
  if (after === undefined || (before !== undefined && HOW_MUCH[before.kind] >= HOW_MUCH[after.kind] && !hasAnother(before, after))) return undefined;
  // A test that insisted on nothing has nothing to lose.
  if (base.part.assertions.length === 0 && base.part.body.length < 40) return undefined;
  const kind = KIND[after.kind];
  return {
    kind,
    effect: atMost(kind, effectOf(after, before, { source, lifted, rewritten: alike(base.part.words, head.part.words) < SAME_TEST, marked: marksOf(head).some((mark) => source.pipelines.includes(mark)) })),
    test: titleOf(head),
    because: SAYS[after.kind](after),
    places: [place(head, after.line)],
    ...(head.file.lines[after.line - 1] !== undefined && { after: (head.file.lines[after.line - 1] ?? "").trim().slice(0, 160) }),
    subject: `${after.kind} ${titleOf(head)}`,
  };
}

/** `[PRD-ONLY]`, `@slow`: what a pipeline chooses tests by. */
const marksOf = (test: Located): readonly string[] => [...titleOf(test).slice(0, 500).matchAll(/\[([\w-]{3,40})\]|@([\w-]{3,40})/g)].map(([, one, other]) => one ?? other ?? "");

/** It is left out in one more case: the old condition still stands, and another beside it. */
const hasAnother = (before: Restraint, after: Restraint): boolean => before.kind === "conditional" && after.kind === "conditional" && before.condition !== undefined && ` or ${after.condition ?? ""} or `.includes(` or ${before.condition} or `) && before.condition !== after.condition;

const SAYS: Readonly<Record<Restraint["kind"], (restraint: Restraint) => string>> = {
  skipped: ({ reason }) => `is skipped now${because(reason)}`,
  todo: ({ reason }) => `is a todo now${because(reason)}`,
  conditional: ({ condition, reason }) => `is left out now when ${(condition ?? "a condition holds").slice(0, 120)}${because(reason)}`,
  "expected-to-fail": ({ reason }) => `is expected to fail now${because(reason)}`,
};

const because = (reason: string | undefined): string => (reason === undefined ? "" : ` (“${reason.slice(0, 80)}”)`);

/** A ticket, an address: somebody wrote down where this is taken up again. */
const RECORDED = /#\d+|https?:\/\/|\b[A-Z][A-Z0-9]+-\d+\b|\bGH-\d+/;
/** Where it is run, and not what it is about. */
const ENVIRONMENT = /process\.env|(?:^|[^.\w])env\.|import\.meta\.env|os\.environ|getenv|\bCI\b|platform|win32|windows|darwin|\bWIN\b|\bMAC\b|path\.sep|process\.versions?|node_?(?:version|major)|sys\.version/i;

interface Circumstances {
  readonly source: SourceFacts;
  /** Conditions under which other tests were left out, and no longer are. */
  readonly lifted: readonly string[];
  /** The test does something else now. */
  readonly rewritten: boolean;
  /** A pipeline was changed that speaks of a mark in its title. */
  readonly marked: boolean;
}

function effectOf({ kind, reason, condition: written = "", means }: Restraint, before: Restraint | undefined, { source: { behaviour }, lifted, rewritten, marked }: Circumstances): EditEffect {
  if (kind === "conditional" && leftOutWithoutFeature(written)) return "note";
  const condition = `${written} ${means ?? ""}`;
  if (kind === "conditional") {
    // A new condition beside new behaviour is what the behaviour depends on, unless it speaks of the machine; and where an environment is let in, some stay behind.
    const ofMachine = ENVIRONMENT.test(condition) && !rewritten && !lifted.some((one) => ENVIRONMENT.test(one));
    return behaviour && !ofMachine && !/process\.env|(?:^|[^.\w])env\.|import\.meta\.env|os\.environ|getenv|\bCI\b/.test(condition) ? "note" : "ask";
  }
  if (before?.kind === "conditional") return "ask";
  if (reason !== undefined && RECORDED.test(reason)) return "ask";
  // The pipeline may run it in its own way: what it was changed to do can't be told here.
  if (marked) return "ask";
  // As a plan for behaviour to come, it may have its reasons.
  return kind !== "skipped" && behaviour ? "ask" : "block";
}
