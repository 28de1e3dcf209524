import type { TestFile, TestPart } from "../anatomy.ts";
import type { Relation } from "../assertions/relation.ts";
import { wordsOf } from "../canonical.ts";
import { everyNode, type Syntax } from "../syntax.ts";
import { isCommentedOut } from "./commented-out.ts";
import type { Comparison } from "./comparison.ts";
import { explainsRemoval } from "./explanations.ts";
import { alike, resolvedKey, titleOf, type Located } from "./located.ts";
import { atMost, type EditEffect, type TestEdit } from "./test-edit.ts";

/** A new test this much like a removed one stands for it. */
const REPLACES = 0.3;
/** More tests than this go with what they are about. */
const FEW = 5;
/** Titles this much alike promise the same. */
const SAME_TITLE = 0.6;
/** Share of its assertions that must be found elsewhere before a removed test counts as moved or merged. */
const MOVED = 0.5;

/** Tests that are gone although what they exercise is still there. */
export function* removedTests(comparison: Comparison): Generator<TestEdit> {
  const { removed, change } = comparison;
  const tests = removed.filter(({ part, file }) => part.kind === "test" && part.inherits === undefined && counted(part.restraint?.kind) && !PUT_AWAY.test(file.path));
  const fresh = comparison.added.filter(({ part }) => part.kind === "test");
  const commented = tests.filter((test) => isCommentedOut(test.part, change.files[test.pair]?.base, change.files[test.pair]?.head));
  for (const test of commented) yield switchedOff(test, "is commented out now");
  const hidden = tests.flatMap((test) => {
    const name = commented.includes(test) ? undefined : hiddenName(test.part, change.files[test.pair]?.head);
    return name === undefined ? [] : [{ test, name }];
  });
  for (const { test, name } of hidden) yield switchedOff(test, `is called ${name} now, where no runner looks for a test`);
  const off = [...commented, ...hidden.map(({ test }) => test)];
  const gone = tests.filter((test) => !off.includes(test) && !isMoved(test, comparison) && !isRepeated(test, comparison) && !isReplaced(test, fresh) && !inRows(test, comparison) && !joinsTable(test, comparison) && !isWithin(test, comparison));
  const unexplained = gone.filter((test) => !explainsRemoval(test, change.source));
  for (const test of unexplained) yield edit(test, change.files[test.pair]?.head === undefined, effectOf(test, comparison, fresh));
  yield* disinherited(comparison);
  yield* removedRows(comparison);
  yield* dissolvedTables(comparison);
}

/** A class is still there, and no longer runs the tests it got from another one. */
function* disinherited(comparison: Comparison): Generator<TestEdit> {
  const { removed, pairs, added, change } = comparison;
  const gained = added.some(({ part }) => part.kind === "test");
  for (const test of removed) {
    if (test.part.inherits === undefined || !counted(test.part.restraint?.kind)) continue;
    const stays = pairs.some(({ head }) => head.pair === test.pair && head.part.suites.join() === test.part.suites.join());
    if (stays) yield edit(test, false, change.source.behaviour || gained ? "note" : "block");
  }
}

/** No runner looks for a file of such a name. */
const PUT_AWAY = /\.(?:disabled|skip|skipped|off|bak|old)(?:\.\w+)?$/;

/** A Python test with something put before its name: the code is there, and nobody calls it. */
function hiddenName({ name }: TestPart, head: TestFile | undefined): string | undefined {
  if (head === undefined || !head.path.endsWith(".py") || !/^test\w+$/.test(name)) return undefined;
  const at = head.lines.find((line) => line.length < 300 && line.includes(`${name}(`) && /^\s*(?:async )?def (?!test)/.test(line));
  const found = at === undefined ? undefined : /def (\w+)\(/.exec(at)?.[1];
  return found !== undefined && HIDES.test(found.slice(0, -name.length)) && found.endsWith(name) ? found : undefined;
}

const HIDES = /^(?:_+|x+_?|no_?|not?_|dont_?|skip_?|skipped_?|disabled?_?|off_|old_?|todo_?|broken_?|flaky_?|ignore_?)$/i;

/** To comment a test out is to skip it, only less visibly. */
const switchedOff = (test: Located, because: string): TestEdit => ({ ...edit(test, false, "block"), kind: "test-skipped", effect: atMost("test-skipped", test.part.assertions.length > 0 ? "block" : "note"), because, subject: `skipped ${titleOf(test)}` });

/** A test that never ran guarded nothing. */
const counted = (restraint: string | undefined): boolean => restraint !== "skipped" && restraint !== "todo";

function isMoved(test: Located, { assertions }: Comparison): boolean {
  const found = assertions.find(({ base }) => base === test);
  const all = test.part.assertions.length;
  return all > 0 && found !== undefined && found.lost.length <= all * MOVED;
}

/** Another test does all it did, statement by statement: it was said twice. */
function isRepeated({ part, pair }: Located, { pairs, added }: Comparison): boolean {
  const code = part.body.replace(/^\{|\}$/g, "");
  const running = [...pairs.map(({ head }) => head), ...added].filter((head) => head.part.restraint === undefined && head.part.kind !== "helper");
  return (code.length > 20 && running.some((head) => head.part.body.includes(code))) || running.some((head) => head.pair === pair && sameUnderItsName(part, head.part));
}

/** Nearly the same title, and everything it checks is checked there, of the same thing. */
function sameUnderItsName(test: TestPart, other: TestPart): boolean {
  if (test.assertions.length === 0 || alike(wordsOf(test.name), wordsOf(other.name)) < SAME_TITLE) return false;
  const said = new Set(other.assertions.map(resolvedKey));
  return test.assertions.every((one) => one.expected.length > 3 && said.has(resolvedKey(one)));
}

/** It became rows of a test that is much like it. */
function joinsTable(test: Located, { pairs, added }: Comparison): boolean {
  const grown = [...pairs.filter(({ base, head }) => head.part.rows.length > base.part.rows.length).map(({ head }) => head), ...added.filter(({ part }) => part.rows.length > 1)];
  // Shared examples: a function that declares tests is called for several things now.
  const shared = [...pairs, ...added.map((head) => ({ base: undefined, head }))].filter(({ base, head }) => head.part.kind === "file" && head.part.rows.length > (base?.part.rows.length ?? 0)).map(({ head }) => head.pair);
  const candidates = shared.includes(test.pair) ? [...grown, ...pairs.map(({ head }) => head), ...added] : grown;
  return candidates.some((head) => head.pair === test.pair && alike(head.part.words, test.part.words) >= REPLACES);
}

/** Every value it expected, where they say enough to be known by, is one of what a new exact comparison expects. */
function isWithin({ part }: Located, { assertions, added }: Comparison): boolean {
  const wanted = part.assertions.filter(({ strength }) => strength > 0).map(({ wanted: values }) => values.flatMap((node) => valuesOf(node)));
  if (wanted.length === 0 || wanted.some((values) => values.length === 0) || wanted.flat().join("").length < TELLING) return false;
  const whole = [...assertions.flatMap(({ gained, kept }) => [...gained, ...kept.filter(({ base, head }) => base.expected !== head.expected).map(({ head }) => head)]), ...added.flatMap(({ part: one }) => one.assertions)].filter(({ relation, negated, reach }) => !negated && reach === "runs" && WHOLE.has(relation));
  return whole.some(({ wanted: values }) => {
    const held = new Set(values.flatMap((node) => valuesOf(node)));
    return held.size > wanted.length && wanted.flat().every((value) => held.has(value));
  });
}

const WHOLE = new Set<Relation>(["same", "deep", "deep, undefined ignored", "snapshot"]);
/** Characters that values must have together to be known by. */
const TELLING = 6;
const valuesOf = (node: Syntax): string[] => [...everyNode(node)].flatMap((one) => (one.kind === "literal" ? [one.value] : one.kind === "template" ? [one.parts.join("")] : []));

/** Takes the most alike of the new tests; each stands for one. */
function isReplaced(test: Located, fresh: Located[]): boolean {
  const best = fresh
    .map((one, at) => ({ at, likeness: alike(test.part.words, one.part.words) + (one.pair === test.pair ? 0.1 : 0) }))
    .sort((one, other) => other.likeness - one.likeness)[0];
  if (best === undefined || best.likeness < REPLACES) return false;
  fresh.splice(best.at, 1);
  return true;
}

/** Its values are rows of a table now. */
function inRows(test: Located, { change, pairs, added }: Comparison): boolean {
  // A table that stood there before says nothing of a test that goes: only new rows can be what it became.
  const heads = [...pairs.filter(({ base, head }) => head.part.rows.some((row) => !base.part.rows.includes(row))).map(({ head }) => head), ...added].filter(({ part }) => part.rows.length > 0);
  const wanted = test.part.assertions.map(({ expected }) => expected).filter((expected) => expected.length > 1);
  if (wanted.length === 0 || change.files.length === 0) return false;
  const rows = heads.flatMap(({ part }) => part.rows).join("\n");
  return wanted.filter((expected) => rows.includes(expected)).length >= wanted.length * MOVED && heads.some(({ part }) => part.rows.length >= 2);
}

function effectOf(test: Located, comparison: Comparison, fresh: readonly Located[]): EditEffect {
  const { change, added, assertions } = comparison;
  const { behaviour, shrank, surroundings } = change.source;
  if (!test.part.assertions.some(({ strength }) => strength > 0)) return "note";
  // Where new tests came with it, somebody rewrote; where the product changed, it may have had to go.
  const grew = added.some(({ part }) => part.kind === "test");
  // Beside changed behaviour a few that go without a word, and nothing in their place, are worth a question.
  const silently = !change.source.announced && comparison.removed.filter(({ part }) => part.kind === "test").length <= FEW;
  if (behaviour) return grew || (shrank && !silently) || change.files[test.pair]?.head === undefined ? "note" : "ask";
  if (rewrittenFile(test, change.files) || rewrittenElsewhere(test, change.files)) return "note";
  if (othersMoved(test, comparison) || fromSeveralFiles(comparison)) return "ask";
  return fresh.length > 0 || grew || surroundings || assertions.some(({ gained }) => gained.length > 0) || !isMereRemoval(test, comparison) ? "ask" : "block";
}

/** Other tests of its file were moved to another one: it may stand there already. */
const othersMoved = (test: Located, { pairs }: Comparison): boolean => pairs.some(({ base, head }) => base.part.kind === "test" && base.pair === test.pair && head.pair !== test.pair);

/** Tests that go from several files at once are a clearing up: whether what they are about went as well, or elsewhere, takes a person or a run. */
const fromSeveralFiles = ({ removed }: Comparison): boolean => new Set(removed.flatMap(({ part, pair }) => (part.kind === "test" && counted(part.restraint?.kind) ? [pair] : []))).size > 1;

/** Nothing else in its file was touched: nothing can stand in its place. */
const isMereRemoval = (test: Located, { pairs, added }: Comparison): boolean =>
  !added.some(({ pair }) => pair === test.pair) && pairs.every(({ base, head }) => base.pair !== test.pair || encloses(base, test) || (base.part.body === head.part.body && base.part.restraint?.kind === head.part.restraint?.kind));

/** A subtest stands in the body of its test. */
const encloses = (outer: Located, inner: Located): boolean => outer.part.kind === "file" || (outer.part.line <= inner.part.line && outer.part.endLine >= inner.part.endLine);

/** `url.spec.ts` is gone, and `url.spec.js` is new. */
function rewrittenFile(test: Located, files: Comparison["change"]["files"]): boolean {
  const stem = (path: string): string => path.replace(/\.\w+$/, "");
  return files.some(({ base, head }) => base === undefined && head !== undefined && stem(head.path) === stem(test.file.path));
}

/** Its file is gone, and a new one checks as much: rewritten for another runner, in another place. */
function rewrittenElsewhere(test: Located, files: Comparison["change"]["files"]): boolean {
  if (files[test.pair]?.head !== undefined) return false;
  const checks = ({ parts }: TestFile): number => parts.reduce((sum, { assertions }) => sum + assertions.length, 0);
  return files.some(({ base, head }) => base === undefined && head !== undefined && checks(head) >= Math.max(3, checks(test.file)));
}

const edit = (test: Located, withFile: boolean, effect: EditEffect): TestEdit => {
  const kind = withFile ? "tests-removed-with-file" : "test-removed";
  return {
    kind,
    effect: atMost(kind, effect),
    test: titleOf(test),
    because: withFile ? "is gone with its file, and what it tests is still there" : "is gone, and what it tests is still there",
    places: [{ file: test.file.path, line: test.part.line, endLine: test.part.endLine, side: "base" }],
    ...(test.file.lines[test.part.line - 1] !== undefined && { before: (test.file.lines[test.part.line - 1] ?? "").trim().slice(0, 160) }),
    subject: `removed ${titleOf(test)}`,
  };
};

/** A table that is gone, while fewer tests than it had rows stand in its place. */
function* dissolvedTables({ pairs, added, change }: Comparison): Generator<TestEdit> {
  for (const { base, head } of pairs) {
    if (base.part.kind !== "test" || base.part.rows.length < 2 || head.part.rows.length > 0 || base.part.assertions.length === 0 || !concernsRows(base, head)) continue;
    const heirs = [head, ...added.filter((one) => one.part.kind === "test" && alike(one.part.words, base.part.words) >= SAME_TITLE)];
    const bodies = [...added, ...pairs.map((one) => one.head)].filter((one) => one.pair === base.pair).map(({ part }) => `${part.body} ${part.name}`).join("\n");
    const lost = base.part.rows.filter((row) => !standsIn(row, bodies));
    if (heirs.length >= base.part.rows.length || lost.length === 0 || lost.length < base.part.rows.length - heirs.length) continue;
    yield {
      kind: "rows-removed",
      effect: atMost("rows-removed", change.source.behaviour ? "note" : "ask"),
      test: titleOf(head),
      because: `ran with ${base.part.rows.length} rows, now ${heirs.length === 1 ? "once" : `${heirs.length} times`}`,
      places: [{ file: head.file.path, line: head.part.line, side: "head" }],
      before: (lost[0] ?? "").slice(0, 160),
      subject: `rows ${titleOf(head)} ${lost.join(" ").slice(0, 400)}`,
    };
  }
}

/** The same code without a loop did not ask for its rows, unless what is set up round it did. */
const concernsRows = (base: Located, head: Located): boolean =>
  base.part.body !== head.part.body || base.file.parts.some(({ kind, suites }) => kind === "hook" && suites.length > 0 && suites.every((suite, at) => base.part.suites[at] === suite));

/** What a row is made of is spelled out elsewhere. */
function standsIn(row: string, bodies: string): boolean {
  const values = row.match(/"(?:[^"\\]|\\.)*"|\b\d[\d.]*\b/g) ?? [];
  return bodies.includes(row) || (values.length > 0 && values.every((value) => bodies.includes(value)));
}

const EMPTY_LIST = /\b(?:const|let|var)\s+([\w$]{1,100})[^=\n]{0,200}=\s*\[\s*\]/g;

/** A list of this name had something in it: without rows to read, a table may also be made at run time. */
function hasEmptiedTable(base: TestFile, head: TestFile): boolean {
  const before = base.lines.join("\n");
  return [...head.lines.join("\n").matchAll(EMPTY_LIST)].some(([, name = ""]) => new RegExp(`\\b(?:const|let|var)\\s+${name.replaceAll("$", "\\$")}[^=\\n]{0,200}=\\s*\\[\\s*[^\\]\\s]`).test(before));
}

/** Rows of a table that no table has any more. */
function* removedRows({ pairs, change, added }: Comparison): Generator<TestEdit> {
  const all = new Set([...pairs.map(({ head }) => head), ...added].flatMap(({ part }) => part.rows));
  for (const { base, head } of pairs) {
    if (base.part.rows.length < 2 || (head.part.rows.length === 0 && !hasEmptiedTable(base.file, head.file))) continue;
    const lost = base.part.rows.filter((row) => !all.has(row) && ![...change.source.gone].some((word) => word.length > 3 && row.toLowerCase().includes(word)));
    // Rows that were rewritten are still rows.
    const fewer = base.part.rows.length - head.part.rows.length;
    if (fewer <= 0 || lost.length < fewer) continue;
    yield {
      kind: "rows-removed",
      effect: atMost("rows-removed", change.source.behaviour ? "note" : "ask"),
      test: titleOf(head),
      because: head.part.rows.length === 0 ? "runs with no row any more" : `runs with ${fewer === 1 ? "one row" : `${fewer} rows`} less`,
      places: [{ file: head.file.path, line: head.part.line, side: "head" }],
      before: (lost[0] ?? "").slice(0, 160),
      subject: `rows ${titleOf(head)} ${lost.join(" ").slice(0, 400)}`,
    };
  }
}
