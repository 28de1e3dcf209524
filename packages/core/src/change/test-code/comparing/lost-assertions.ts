import type { Assertion } from "../anatomy.ts";
import { CLEARLY } from "../assertions/relation.ts";
import type { Comparison } from "./comparison.ts";
import { neverRan } from "./changed-assertions.ts";
import { explainsLoss } from "./explanations.ts";
import { short } from "./loosening.ts";
import { titleOf } from "./located.ts";
import type { AssertionPairs } from "./pair-assertions.ts";
import { atMost, type EditEffect, type TestEdit } from "./test-edit.ts";

/** Assertions that are gone from tests that stayed. */
export function* lostAssertions(comparison: Comparison): Generator<TestEdit> {
  const { change, assertions } = comparison;
  const rows = [...comparison.pairs.map(({ head }) => head), ...comparison.added].flatMap(({ part }) => part.rows).join("\n");
  const removedHelpers = new Set(comparison.removed.filter(({ part }) => part.kind === "helper").map(({ part }) => part.name));
  const told = new Set<string>();
  for (const pairs of assertions) {
    const { base, head, gained, lost } = pairs;
    if (head === undefined || neverRan(base.part.restraint?.kind) || head.part.restraint?.kind === "skipped" || head.part.restraint?.kind === "todo") continue;
    const counted = lost.filter((one) => counts(one) && !told.has(placeKey(one)) && !(one.via !== undefined && !removedHelpers.has(one.via) && helperStands(one, comparison)));
    const missing = counted.filter((one) => !(one.expected.length > 1 && head.part.rows.length > 1 && rows.includes(one.expected)));
    const unexplained = missing.filter((one) => !explainsLoss(one, change.source));
    for (const one of missing) told.add(placeKey(one));
    if (unexplained.length <= replacements(unexplained, gained, change.source.surroundings)) continue;
    yield edit(pairs, unexplained, effectOf(pairs, comparison));
  }
  yield* loweredPlans(comparison);
}

/** New checks of the same test that ask for about as much as the weakest lost one; with other tools, what can be asked differs. */
function replacements(lost: readonly Assertion[], gained: readonly Assertion[], otherTools: boolean): number {
  const least = Math.min(...lost.map(({ strength }) => strength));
  return gained.filter((one) => counts(one) && (otherTools || one.strength > least - CLEARLY * 2)).length;
}

/** What must not throw is still called by the test: to say so adds nothing. */
const counts = ({ strength, reach, relation, negated }: Assertion): boolean => strength > 0 && relation !== "no throw" && !(negated && relation === "throws") && (reach === "runs" || reach === "conditional");
const placeKey = ({ file, line, subject }: Assertion): string => `${file}:${line}:${subject}`;

/** The helper it came through still says it: told by the helper's own comparison, if at all. */
const helperStands = ({ via }: Assertion, { pairs }: Comparison): boolean => pairs.some(({ head }) => head.part.kind === "helper" && head.part.name === via);

function effectOf({ head, kept, gained }: AssertionPairs, { change, added }: Comparison): EditEffect {
  const none = kept.every(({ head: assertion }) => !counts(assertion)) && gained.length === 0 && head?.part.assertions.every((one) => !counts(one));
  if (none && !change.source.behaviour) return "block";
  const rewritten = change.source.behaviour && (change.source.breaking || gained.length > 0 || added.some(({ part }) => part.kind === "test"));
  return rewritten ? "note" : "ask";
}

function edit({ base, head, kept }: AssertionPairs, lost: readonly Assertion[], effect: EditEffect): TestEdit {
  const [first] = lost as readonly [Assertion, ...Assertion[]];
  const at = head ?? base;
  const emptied = effect === "block";
  const kind = emptied ? "test-emptied" : "assertion-removed";
  const what = lost.length === 1 ? `no longer checks ${short(first.subject)}` : `lost ${lost.length} of its ${base.part.assertions.length} checks`;
  return {
    kind,
    effect: atMost(kind, effect),
    test: titleOf(at),
    because: emptied && kept.length === 0 ? "no longer checks anything" : what,
    places: [{ file: at.file.path, line: at.part.line, endLine: at.part.endLine, side: "head" }, ...lost.slice(0, 5).map((one) => ({ file: one.file, line: one.line, endLine: one.endLine, side: "base" as const }))],
    before: first.text.slice(0, 160),
    subject: `lost ${titleOf(at)} ${lost.map(({ text }) => text).join(" ").slice(0, 800)}`,
  };
}

/** `t.plan(5)` lowered or dropped while as many checks stay. */
function* loweredPlans({ pairs, change }: Comparison): Generator<TestEdit> {
  for (const { base, head } of pairs) {
    const [before, after] = [base.part.planned, head.part.planned];
    if (before === undefined || (after !== undefined && after >= before)) continue;
    const same = base.part.assertions.length === head.part.assertions.length;
    if (!same || (after === undefined && planNoLongerNeeded(head.part.body))) continue;
    yield {
      kind: "plan-lowered",
      effect: atMost("plan-lowered", after === undefined || change.source.behaviour ? "note" : "ask"),
      test: titleOf(head),
      because: after === undefined ? `no longer says how many checks it makes (it said ${before})` : `says it makes ${after} checks, before ${before}`,
      places: [{ file: head.file.path, line: head.part.plannedLine ?? head.part.line, side: "head" }],
      subject: `plan ${titleOf(head)}`,
    };
  }
}

/** With `await`, checks can't be missed silently; without callbacks neither. */
const planNoLongerNeeded = (body: string): boolean => !/\.then\(|\.catch\(|catch\(|\.on\(/.test(body);
