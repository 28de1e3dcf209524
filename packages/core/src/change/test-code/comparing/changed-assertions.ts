import type { Assertion } from "../anatomy.ts";
import { CLEARLY, type Relation } from "../assertions/relation.ts";
import { canonical, wordsOf } from "../canonical.ts";
import { rewrites, type Comparison } from "./comparison.ts";
import { explainsLoss } from "./explanations.ts";
import { runsWithFeature } from "./feature-guard.ts";
import { differenceOf, short } from "./loosening.ts";
import { titleOf, type Located } from "./located.ts";
import type { SourceFacts } from "./source-facts.ts";
import type { AssertionPairs } from "./pair-assertions.ts";
import { atMost, type EditEffect, type EditKind, type TestEdit } from "./test-edit.ts";

/** Assertions that stayed but insist on less, on something else, or no longer run. */
export function* changedAssertions(comparison: Comparison): Generator<TestEdit> {
  const told = new Set<string>();
  for (const pairs of comparison.assertions) {
    const { base, head, kept, shortened } = pairs;
    if (head === undefined || neverRan(base.part.restraint?.kind) || head.part.restraint?.kind === "skipped" || head.part.restraint?.kind === "todo") continue;
    for (const { base: before, head: after } of kept) {
      const found = reachEdit(before, after, { restrained: base.part.restraint !== undefined || head.part.restraint !== undefined, beside: head.part.assertions }, comparison) ?? strengthEdit(before, after, pairs, comparison);
      const key = `${after.file}:${after.line}:${found?.kind ?? ""}:${before.line}`;
      if (found === undefined || told.has(key)) continue;
      told.add(key);
      yield edit(found, head, before, after);
    }
    for (const { base: before, head: after } of shortened) yield edit(made("assertion-loosened", `asks less of the failure's text: ${short(before.expected)} became ${short(after.expected)}`, "ask"), head, before, after);
  }
}

const edit = (found: Found, head: Located, before: Assertion, after: Assertion): TestEdit => ({
  ...found,
  test: titleOf(head),
  places: [{ file: after.file, line: after.line, endLine: after.endLine, side: "head" }, { file: before.file, line: before.line, endLine: before.endLine, side: "base" }],
  before: before.text.slice(0, 160),
  after: after.text.slice(0, 160),
  subject: `${found.kind} ${titleOf(head)} ${before.text.slice(0, 200)} ${after.text.slice(0, 200)}`,
});

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
  const [was, is] = [valueOf(before), valueOf(after)];
  return isPlain(was) && isPlain(is) && head !== undefined && isWithin(inlined(base.part.body, before), was, inlined(head.part.body, after), is);
}

/** What an own matcher is given is the value; its name stands before it. */
const valueOf = ({ relation, expected, wanted: [only, ...more] }: Assertion): string => (relation === "own" && only !== undefined && more.length === 0 ? canonical(only) : expected);

/** A body with the value of an assertion in the place of the name somebody gave it. */
function inlined(body: string, { written, expected }: Assertion): string {
  return written === undefined ? body : body.replace(`let ${written}=${expected};`, "").replace(new RegExp(`(?<![\\w$.])${written.replaceAll("$", "\\$")}(?![\\w$])`, "g"), () => expected);
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

/** New checks speak of the value that is no longer here. */
function isAskedElsewhere({ expected }: Assertion, gained: readonly Assertion[]): boolean {
  const words = wordsOf(expected);
  return gained.some((one) => [...wordsOf(`${one.subject} ${one.expected}`)].some((word) => words.has(word)));
}

interface Standing {
  readonly restrained: boolean;
  /** Every check of the test as it is. */
  readonly beside: readonly Assertion[];
}

function reachEdit(before: Assertion, after: Assertion, { restrained, beside }: Standing, comparison: Comparison): Found | undefined {
  const because = after.because ?? "";
  // A test that was left out under a condition may have taken it inside.
  const sometimes = restrained ? undefined : conditionEdit(before, after, beside, comparison);
  if (sometimes !== undefined) return sometimes;
  if (before.reach !== "runs" && before.reach !== "conditional") return undefined;
  if (after.reach === "never") return made("assertion-unreachable", `checks ${short(after.subject)} where it never runs: ${because}`, "ask");
  if (after.reach === "unawaited") return made("assertion-unreachable", `checks ${short(after.subject)} where nobody waits for it: ${because}`, "ask");
  if (after.reach === "swallowed") return made("failure-swallowed", `checks ${short(after.subject)} where a failure goes unnoticed: ${because}`, "ask");
  return undefined;
}

function conditionEdit(before: Assertion, after: Assertion, beside: readonly Assertion[], { change: { source } }: Comparison): Found | undefined {
  const fresh = after.conditions.filter((condition) => !before.conditions.includes(condition));
  const wasRunning = before.reach === "runs" || before.reach === "conditional";
  if (after.reach !== "conditional" || !wasRunning || fresh.length === 0 || !isNarrower(before, after)) return undefined;
  // What came out decides what is checked of it: one of several outcomes will do.
  if (fresh.some((condition) => speaksOf(condition, after.subject) && beside.some(({ conditions }) => conditions.includes(opposite(condition))))) return made("assertion-conditional", `takes one of several results for ${short(after.subject)}: ${fresh.join(", ").slice(0, 160)}`, "ask");
  if (fresh.length === 1 && hasCounterpart(after, fresh[0] ?? "", beside)) return undefined;
  const alone = !source.behaviour && !source.surroundings;
  // What it ran under before is no news. The reason says the outermost condition, with what its names stand for.
  const news = fresh.map((condition) => (after.because?.startsWith(condition) ? after.because : condition));
  const asks = (alone || news.some((one) => MACHINE.test(one))) && !news.every(runsWithFeature);
  return made("assertion-conditional", `checks ${short(after.subject)} only sometimes: ${news.join(", ").slice(0, 160)}`, asks ? "ask" : "note");
}

/** Asks about the very thing that is checked. */
const speaksOf = (condition: string, subject: string): boolean => subject.length > 2 && /^[\w$.]+$/.test(subject) && new RegExp(`(?<![\\w$.])${subject.replace(/[$.]/g, "\\$&")}(?![\\w$])(?!\\()`).test(bare(condition).slice(0, 400));

const opposite = (condition: string): string => (condition.startsWith("only when not ") ? condition.replace("only when not ", "only when ") : condition.replace("only when ", "only when not "));

/** Where the condition does not hold, something as strict is checked of the same thing. */
const hasCounterpart = ({ subject, strength }: Assertion, condition: string, beside: readonly Assertion[]): boolean => beside.some((one) => one.subject === subject && one.strength >= strength - CLEARLY && one.conditions.includes(opposite(condition)));

/** What it ran under before still stands, and more came to it. */
const isNarrower = (before: Assertion, after: Assertion): boolean => !before.conditions.some((condition) => after.conditions.includes(opposite(condition))) && before.conditions.every((condition) => after.conditions.some((now) => now.includes(bare(condition))));

const bare = (condition: string): string => condition.replace(/^(?:only when not|only when|by) /, "");

/** What the machine is, not what the code does. */
const MACHINE = /platform|win32|windows|darwin|process\.version|node_?version|sys\.version|process\.env|navigator|\bIE\d|userAgent/i;

function strengthEdit(before: Assertion, after: Assertion, pairs: AssertionPairs, comparison: Comparison): Found | undefined {
  const { change } = comparison;
  const { gained } = pairs;
  const difference = differenceOf(before, after);
  if (difference.grade === "none") return undefined;
  if (difference.grade === "nuance") return made("assertion-nuance", `checks ${short(after.subject)} a little less strictly: ${difference.why}`, "note");
  if (difference.grade === "other") {
    const exact = EXACT.has(before.relation) || (before.relation === "own" && before.wanted[0]?.kind !== "name");
    const unexpected = exact && surprising(change.source) && gained.length === 0 && isOneValue(before, after, pairs);
    // The very opposite, or nothing where there was something: of all new values those that are worth a question whatever else changed.
    // Beside changed behaviour it goes with the behaviour as often as not; what is checked elsewhere now is not nothing.
    const alone = !change.source.behaviour && !change.source.surroundings;
    const asks = unexpected || (alone && difference.turned === true) || (difference.nothing === true && !rewrites(comparison) && !isAskedElsewhere(before, gained));
    return made("expectation-changed", `expects something else of ${short(after.subject)}: ${difference.why}`, asks ? "ask" : "note");
  }
  // The whole was compared at once, and is compared piece by piece now.
  const pieces = gained.filter(({ subject, strength }) => strength >= 55 && subject.startsWith(before.subject.split(" ")[0] ?? "") && subject.length > after.subject.length);
  if (pieces.length > 0) return undefined;
  // Another behaviour needs another value, not a vaguer one.
  const explained = change.source.behaviour && explainsLoss(before, change.source);
  return made("assertion-loosened", `checks ${short(after.subject)} less strictly: ${difference.why}`, explained ? "note" : "ask");
}
