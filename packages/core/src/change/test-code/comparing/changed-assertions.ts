import type { Assertion } from "../anatomy.ts";
import type { Relation } from "../assertions/relation.ts";
import type { Comparison } from "./comparison.ts";
import { explainsLoss } from "./explanations.ts";
import { differenceOf, short } from "./loosening.ts";
import { titleOf } from "./located.ts";
import type { SourceFacts } from "./source-facts.ts";
import type { AssertionPairs } from "./pair-assertions.ts";
import { atMost, type EditEffect, type EditKind, type TestEdit } from "./test-edit.ts";

/** Assertions that stayed but insist on less, on something else, or no longer run. */
export function* changedAssertions(comparison: Comparison): Generator<TestEdit> {
  const told = new Set<string>();
  for (const pairs of comparison.assertions) {
    const { base, head, kept } = pairs;
    if (head === undefined || neverRan(base.part.restraint?.kind) || head.part.restraint?.kind === "skipped" || head.part.restraint?.kind === "todo") continue;
    for (const { base: before, head: after } of kept) {
      const found = reachEdit(before, after, base.part.restraint !== undefined || head.part.restraint !== undefined, comparison) ?? strengthEdit(before, after, pairs, comparison);
      const key = `${after.file}:${after.line}:${found?.kind ?? ""}:${before.line}`;
      if (found === undefined || told.has(key)) continue;
      told.add(key);
      yield { ...found, test: titleOf(head), places: [{ file: after.file, line: after.line, endLine: after.endLine, side: "head" }, { file: before.file, line: before.line, endLine: before.endLine, side: "base" }], before: before.text.slice(0, 160), after: after.text.slice(0, 160), subject: `${found.kind} ${titleOf(head)} ${before.text.slice(0, 200)} ${after.text.slice(0, 200)}` };
    }
  }
}

/** A test that did not run had nothing to lose. */
export const neverRan = (restraint: string | undefined): boolean => restraint === "skipped" || restraint === "todo";

type Found = Pick<TestEdit, "kind" | "effect" | "because">;

const made = (kind: EditKind, because: string, effect: EditEffect): Found => ({ kind, effect: atMost(kind, effect), because });

/** Nothing beside the tests changed, or the change says that behaviour stays as it is. */
const surprising = ({ behaviour, surroundings, breaking, type, typeFrom }: SourceFacts): boolean => !breaking && ((!behaviour && !surroundings) || (behaviour && type === "refactor" && typeFrom !== "inferred"));

const EXACT = new Set<Relation>(["same", "deep", "deep, undefined ignored", "loosely equal", "snapshot"]);

function reachEdit(before: Assertion, after: Assertion, restrained: boolean, { change: { source } }: Comparison): Found | undefined {
  const because = after.because ?? "";
  const fresh = after.conditions.filter((condition) => !before.conditions.includes(condition));
  // A test that was left out under a condition may have taken it inside.
  if (!restrained && after.reach === "conditional" && (before.reach === "runs" || before.reach === "conditional") && after.conditions.length > 0 && fresh.length > 0 && isNarrower(before, after)) {
    const alone = !source.behaviour && !source.surroundings;
    return made("assertion-conditional", `checks ${short(after.subject)} only sometimes: ${because.slice(0, 160)}`, alone || MACHINE.test(because) ? "ask" : "note");
  }
  if (before.reach === after.reach || (before.reach !== "runs" && before.reach !== "conditional")) return undefined;
  if (after.reach === "never") return made("assertion-unreachable", `checks ${short(after.subject)} where it never runs: ${because}`, "ask");
  if (after.reach === "unawaited") return made("assertion-unreachable", `checks ${short(after.subject)} where nobody waits for it: ${because}`, "ask");
  if (after.reach === "swallowed") return made("failure-swallowed", `checks ${short(after.subject)} where a failure goes unnoticed: ${because}`, "ask");
  return undefined;
}

/** What it ran under before still stands, and more came to it. */
const isNarrower = (before: Assertion, after: Assertion): boolean => before.conditions.every((condition) => after.conditions.some((now) => now.includes(bare(condition))));

const bare = (condition: string): string => condition.replace(/^(?:only when not|only when|by) /, "");

/** What the machine is, not what the code does. */
const MACHINE = /platform|win32|windows|darwin|process\.version|node_?version|sys\.version|process\.env|navigator|\bIE\d|userAgent/i;

function strengthEdit(before: Assertion, after: Assertion, { gained }: AssertionPairs, { change }: Comparison): Found | undefined {
  const difference = differenceOf(before, after);
  if (difference.grade === "none") return undefined;
  if (difference.grade === "nuance") return made("assertion-nuance", `checks ${short(after.subject)} a little less strictly: ${difference.why}`, "note");
  if (difference.grade === "other") return made("expectation-changed", `expects something else of ${short(after.subject)}: ${difference.why}`, EXACT.has(before.relation) && surprising(change.source) && gained.length === 0 ? "ask" : "note");
  // The whole was compared at once, and is compared piece by piece now.
  const pieces = gained.filter(({ subject, strength }) => strength >= 55 && subject.startsWith(before.subject.split(" ")[0] ?? "") && subject.length > after.subject.length);
  if (pieces.length > 0) return undefined;
  const { source } = change;
  const explained = source.behaviour && (explainsLoss(before, source) || gained.length > 0);
  return made("assertion-loosened", `checks ${short(after.subject)} less strictly: ${difference.why}`, explained ? "note" : "ask");
}
