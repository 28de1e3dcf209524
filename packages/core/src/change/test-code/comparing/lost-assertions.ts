import type { Assertion, TestPart } from "../anatomy.ts";
import { wordsOf } from "../canonical.ts";
import { CLEARLY, type Relation } from "../assertions/relation.ts";
import { isCheckCommentedOut } from "./commented-out.ts";
import { rewrites, type Comparison } from "./comparison.ts";
import { neverRan } from "./changed-assertions.ts";
import { explainsLoss, isTelling } from "./explanations.ts";
import { short } from "./loosening.ts";
import { resolvedKey, titleOf } from "./located.ts";
import { isFailure, type AssertionPairs } from "./pair-assertions.ts";
import { atMost, type EditEffect, type TestEdit } from "./test-edit.ts";

/** Assertions that are gone from tests that stayed. */
export function* lostAssertions(comparison: Comparison): Generator<TestEdit> {
  const { change, assertions } = comparison;
  const rows = [...comparison.pairs.map(({ head }) => head), ...comparison.added].flatMap(({ part }) => part.rows).join("\n");
  const removedHelpers = new Set(comparison.removed.filter(({ part }) => part.kind === "helper").map(({ part }) => part.name));
  const told = new Set<string>();
  for (const pairs of assertions) {
    const { base, head, lost } = pairs;
    if (head === undefined || neverRan(base.part.restraint?.kind) || head.part.restraint?.kind === "skipped" || head.part.restraint?.kind === "todo") continue;
    if (saysMore(pairs)) continue;
    const counted = [...lost, ...unwatched(pairs)].filter((one) => counts(one) && !told.has(placeKey(one)) && !(one.via !== undefined && !removedHelpers.has(one.via) && (helperStands(one, comparison) || stillCalls(head.part, one.via))));
    const missing = counted.filter((one) => !isQueried(one, head.part.body) && !(one.expected.length > 1 && head.part.rows.length > 1 && rows.includes(one.expected)));
    for (const one of missing) told.add(placeKey(one));
    const tabled = counted.find((one) => !missing.includes(one) && isVaguer(one, head.part));
    if (tabled !== undefined) yield loosened(pairs, tabled);
    const files = change.files[base.pair];
    const off = missing.filter((one) => isCheckCommentedOut(one, files?.base, files?.head));
    const unexplained = missing.filter((one) => !off.includes(one) && !explainsLoss(one, change.source));
    const unreplaced = [...off, ...withoutReplacement(unexplained, pairs, change.source.packages)];
    if (unreplaced.length > 0) yield edit(pairs, unreplaced, effectOf(pairs, unreplaced, off.length > 0, comparison));
  }
  yield* loweredPlans(comparison);
}

/**
 * Those that no new check of the same test stands for. One that expected a failure is replaced only by one that speaks of a failure:
 * to expect success instead is to expect the opposite.
 */
function withoutReplacement(lost: readonly Assertion[], { gained, head }: AssertionPairs, otherTools: boolean): readonly Assertion[] {
  const fresh = gained.filter(counts);
  const [failures, others] = [lost.filter(isFailure), lost.filter((one) => !isFailure(one))];
  const failing = [...fresh.filter(speaksOfFailure), ...(head?.part.assertions.filter((one) => isFailure(one) && !fresh.includes(one)) ?? [])];
  const succeeds = failures.length > 0 && failing.length === 0 && !otherTools;
  const rest = succeeds ? others : lost;
  const replaced = rest.length <= replacements(rest, fresh, otherTools);
  return [...(succeeds ? failures : []), ...(replaced ? [] : rest)];
}

const speaksOfFailure = (one: Assertion): boolean => isFailure(one) || /err|exception|exc\b|excinfo|reject|fail|reason|caught|\be\b|status|warn/i.test(`${one.resolved} ${one.subject} ${one.conditions.join(" ")}`.replaceAll("console.error", "").replaceAll("console.warn", ""));

/** New checks of the same test that ask for about as much as the weakest lost one; with other tools, what can be asked differs. */
function replacements(lost: readonly Assertion[], gained: readonly Assertion[], otherTools: boolean): number {
  const least = Math.min(...lost.map(({ strength }) => strength));
  return gained.filter((one) => otherTools || one.strength > least - CLEARLY * 2).length;
}

/** Reworded claims about what the test still makes, while no claim speaks of it any more. */
function unwatched({ reworded, head }: AssertionPairs): readonly Assertion[] {
  if (head === undefined || reworded.length === 0) return [];
  const watched = wordsOf(head.part.assertions.map(({ subject, resolved, expected }) => `${subject} ${resolved} ${expected}`).join(" "));
  return reworded.flatMap(({ base }) => ([...wordsOf(base.subject)].some((word) => isTelling(word) && head.part.words.has(word) && !watched.has(word)) ? [base] : []));
}

/** What must not throw is still called by the test: to say so adds nothing. */
const counts = ({ strength, reach, relation, negated }: Assertion): boolean => strength > 0 && relation !== "no throw" && !(negated && relation === "throws") && (reach === "runs" || reach === "conditional");
const placeKey = ({ file, line, subject }: Assertion): string => `${file}:${line}:${subject}`;

/** Testing Library's `getBy…` and `findBy…` throw where nothing is found: to look a text up is to insist on it. */
function isQueried({ expected, relation }: Assertion, body: string): boolean {
  if (!/^"(?:[^"\\]|\\.){2,200}"$/.test(expected) || !SAYS_TEXT.has(relation)) return false;
  for (let at = body.indexOf(expected); at >= 0; at = body.indexOf(expected, at + 1)) if (/\b(?:get|find)(?:All)?By[A-Z]\w*\((?:[\w$.]+,)?$/.test(body.slice(Math.max(0, at - 80), at))) return true;
  return false;
}

const SAYS_TEXT = new Set<Relation>(["same", "deep", "contains", "matches", "loosely equal", "own"]);

/** The helper it came through still says it: told by the helper's own comparison, if at all. */
const helperStands = ({ via }: Assertion, { pairs }: Comparison): boolean => pairs.some(({ head }) => head.part.kind === "helper" && head.part.name === via);

/** Its helper could be read on one side only: nothing is known to be lost. */
const stillCalls = ({ words }: TestPart, via: string): boolean => words.has((via.split(".").at(-1) ?? "").toLowerCase());

/** Counts its checks as they run, and counts more of them now. */
const saysMore = ({ base, head, lost }: AssertionPairs): boolean => (head?.part.planned ?? 0) - (base.part.planned ?? Infinity) >= lost.length;

/**
 * Where nothing else moved, a check that is gone is gone. In a test that was rewritten, reading can't tell whether the rest says as much, nor, beside changed
 * behaviour, what the behaviour took along: runs can.
 */
function effectOf(pairs: AssertionPairs, lost: readonly Assertion[], commentedOut: boolean, comparison: Comparison): EditEffect {
  const { change } = comparison;
  const { head, kept, gained } = pairs;
  const { behaviour, surroundings } = change.source;
  const fresh = gained.filter(counts);
  const none = kept.every(({ head: assertion }) => !counts(assertion)) && fresh.length === 0 && head?.part.assertions.every((one) => !counts(one));
  const mere = isMereLoss(pairs, lost);
  const alone = !behaviour && !surroundings;
  // Beside an expectation that changed, it may have changed with it.
  const settled = kept.every(({ base: before, head: after }) => before.expected === after.expected || resolvedKey(before) === resolvedKey(after));
  if (head?.part.kind !== "hook" && alone && (none || lost.some(weighs)) && mere && settled) return "block";
  if (!commentedOut && rewrites(comparison)) return "note";
  return commentedOut || none || mere || (alone && (standsForNothing(pairs) || lost.some(isFailure))) ? "ask" : "note";
}

/** Nothing was written, or what was written insists on nothing. */
const standsForNothing = (pairs: AssertionPairs): boolean => isShorter(pairs) || (pairs.gained.length > 0 && !pairs.gained.some(counts));

/** Nothing was written: no new check, no new word. */
const isShorter = ({ base, head, gained, reworded }: AssertionPairs): boolean => head !== undefined && gained.length === 0 && reworded.length === 0 && [...head.part.words].every((word) => base.part.words.has(word));

/** Fewer checks and nothing else, and none of the lost ones follows from those that stay. */
function isMereLoss(pairs: AssertionPairs, lost: readonly Assertion[]): boolean {
  const stays = pairs.kept.map(({ head: assertion }) => assertion);
  return isShorter(pairs) && lost.some((one) => !stays.some(({ subject }) => subject.startsWith(one.subject)));
}

/** Its value is a row of a table now, and nothing compares with that as strictly. */
const isVaguer = ({ subject, strength, negated }: Assertion, { assertions }: TestPart): boolean => {
  const same = assertions.filter((one) => one.subject === subject && counts(one));
  return !negated && same.length > 0 && same.every((one) => one.strength <= strength - CLEARLY);
};

const loosened = ({ head, base }: AssertionPairs, one: Assertion): TestEdit => ({
  kind: "assertion-loosened",
  effect: atMost("assertion-loosened", "ask"),
  test: titleOf(head ?? base),
  because: `checks ${short(one.subject)} less strictly in its table`,
  places: [{ file: (head ?? base).file.path, line: (head ?? base).part.line, endLine: (head ?? base).part.endLine, side: "head" }, { file: one.file, line: one.line, endLine: one.endLine, side: "base" }],
  before: one.text.slice(0, 160),
  subject: `tabled ${titleOf(head ?? base)} ${one.text.slice(0, 400)}`,
});

/** Says more than that something is there. */
const weighs = ({ strength }: Assertion): boolean => strength >= 40;

function edit({ base, head, kept }: AssertionPairs, lost: readonly Assertion[], effect: EditEffect): TestEdit {
  const [first] = lost as readonly [Assertion, ...Assertion[]];
  const at = head ?? base;
  // Code before or after tests is no test that checks.
  const emptied = effect !== "note" && at.part.kind !== "hook" && head?.part.assertions.every((one) => !counts(one)) === true;
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
