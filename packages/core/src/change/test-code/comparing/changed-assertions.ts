import type { Assertion } from "../anatomy.ts";
import type { Relation } from "../assertions/relation.ts";
import type { Comparison } from "./comparison.ts";
import { explainsLoss } from "./explanations.ts";
import { runsWithFeature } from "./feature-guard.ts";
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

/** Nothing beside the tests changed, or the change says that behaviour stays as it is. What a message says can only make this stricter than silence. */
const surprising = ({ behaviour, surroundings, breaking, type, typeFrom }: SourceFacts): boolean => (!behaviour && !surroundings) || (behaviour && type === "refactor" && typeFrom !== "inferred" && !breaking);

/**
 * A plain value became another plain value, and nothing else of the test did. Where its data or what it computes changed as well, the value goes with
 * them; what is printed at length moves with the machine and with what others print.
 */
function isOneValue(before: Assertion, after: Assertion, { base, head }: AssertionPairs): boolean {
  const isPlain = (value: string): boolean => value.length <= LONGEST_VALUE && !/^[A-Za-z_$]|[(+]/.test(value.replace(/^(?:true|false|null|undefined|None|True|False)$/, "0").replace(/"[^"]*"|'[^']*'/g, "0"));
  return isPlain(before.expected) && isPlain(after.expected) && head !== undefined && isWithin(base.part.body, before.expected, head.part.body, after.expected);
}

/** True where two texts differ in one place, and no further than these two values do. */
function isWithin(before: string, valueBefore: string, after: string, valueAfter: string): boolean {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < before.length - start && end < after.length - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  return valueBefore.includes(before.slice(start, before.length - end)) && valueAfter.includes(after.slice(start, after.length - end));
}

const LONGEST_VALUE = 120;

const EXACT = new Set<Relation>(["same", "deep", "deep, undefined ignored", "loosely equal", "snapshot"]);

function reachEdit(before: Assertion, after: Assertion, restrained: boolean, comparison: Comparison): Found | undefined {
  const because = after.because ?? "";
  // A test that was left out under a condition may have taken it inside.
  const sometimes = restrained ? undefined : conditionEdit(before, after, comparison);
  if (sometimes !== undefined) return sometimes;
  if (before.reach !== "runs" && before.reach !== "conditional") return undefined;
  if (after.reach === "never") return made("assertion-unreachable", `checks ${short(after.subject)} where it never runs: ${because}`, "ask");
  if (after.reach === "unawaited") return made("assertion-unreachable", `checks ${short(after.subject)} where nobody waits for it: ${because}`, "ask");
  if (after.reach === "swallowed") return made("failure-swallowed", `checks ${short(after.subject)} where a failure goes unnoticed: ${because}`, "ask");
  return undefined;
}

function conditionEdit(before: Assertion, after: Assertion, { change: { source } }: Comparison): Found | undefined {
  const fresh = after.conditions.filter((condition) => !before.conditions.includes(condition));
  const wasRunning = before.reach === "runs" || before.reach === "conditional";
  if (after.reach !== "conditional" || !wasRunning || fresh.length === 0 || !isNarrower(before, after)) return undefined;
  const alone = !source.behaviour && !source.surroundings;
  // What it ran under before is no news. The reason says the outermost condition, with what its names stand for.
  const news = fresh.map((condition) => (after.because?.startsWith(condition) ? after.because : condition));
  const asks = (alone || news.some((one) => MACHINE.test(one))) && !news.every(runsWithFeature);
  return made("assertion-conditional", `checks ${short(after.subject)} only sometimes: ${news.join(", ").slice(0, 160)}`, asks ? "ask" : "note");
}

/** What it ran under before still stands, and more came to it. */
const isNarrower = (before: Assertion, after: Assertion): boolean => before.conditions.every((condition) => after.conditions.some((now) => now.includes(bare(condition))));

const bare = (condition: string): string => condition.replace(/^(?:only when not|only when|by) /, "");

/** What the machine is, not what the code does. */
const MACHINE = /platform|win32|windows|darwin|process\.version|node_?version|sys\.version|process\.env|navigator|\bIE\d|userAgent/i;

function strengthEdit(before: Assertion, after: Assertion, pairs: AssertionPairs, { change }: Comparison): Found | undefined {
  const { gained } = pairs;
  const difference = differenceOf(before, after);
  if (difference.grade === "none") return undefined;
  if (difference.grade === "nuance") return made("assertion-nuance", `checks ${short(after.subject)} a little less strictly: ${difference.why}`, "note");
  if (difference.grade === "other") {
    const unexpected = EXACT.has(before.relation) && surprising(change.source) && gained.length === 0 && isOneValue(before, after, pairs);
    // The very opposite, or nothing where there was something: of all new values those that are worth a question whatever else changed.
    return made("expectation-changed", `expects something else of ${short(after.subject)}: ${difference.why}`, unexpected || difference.turned === true || difference.nothing === true ? "ask" : "note");
  }
  // The whole was compared at once, and is compared piece by piece now.
  const pieces = gained.filter(({ subject, strength }) => strength >= 55 && subject.startsWith(before.subject.split(" ")[0] ?? "") && subject.length > after.subject.length);
  if (pieces.length > 0) return undefined;
  // Another behaviour needs another value, not a vaguer one.
  const explained = change.source.behaviour && explainsLoss(before, change.source);
  return made("assertion-loosened", `checks ${short(after.subject)} less strictly: ${difference.why}`, explained ? "note" : "ask");
}
