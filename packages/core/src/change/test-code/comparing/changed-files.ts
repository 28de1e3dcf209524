import type { Named, TestFile } from "../anatomy.ts";
import { wordsOf } from "../canonical.ts";
import type { Comparison } from "./comparison.ts";
import { alike, titleOf, type Located } from "./located.ts";
import { replacedUnits } from "./replaced-units.ts";
import { atMost, type TestEdit } from "./test-edit.ts";

/** What happened round the assertions: stand-ins for the unit under test, forced outcomes, time and retries. */
export function* changedFiles(comparison: Comparison): Generator<TestEdit> {
  yield* replacedUnits(comparison);
  yield* forcedOutcomes(comparison);
  yield* raisedLimits(comparison);
  yield* longerWaits(comparison);
  yield* renamedAway(comparison);
  yield* patternsForTexts(comparison);
}

/** A name that says that a file is put away. */
const PUT_AWAY = /skip|disabl|ignore|\bold\b|\bbak\b|backup|\boff\b|\bwip\b|broken|flaky/i;

/** A test file that is called so now that no runner looks for it. */
function* renamedAway({ change }: Comparison): Generator<TestEdit> {
  for (const { base, head } of change.files) {
    if (base === undefined || head === undefined || base.path === head.path || PUT_AWAY.test(base.path) || !PUT_AWAY.test(head.path)) continue;
    yield { kind: "tests-excluded", effect: atMost("tests-excluded", "ask"), test: base.path, because: `is called ${head.path} now, as if it were put away`, places: [{ file: head.path, line: 1, side: "head" }], subject: `put away ${base.path}` };
  }
}

/** Words of a pattern that are those of the text it replaces. */
const SAME_TEXT = 0.6;

/** A text given to a helper nobody here knows is a pattern now. */
function* patternsForTexts({ pairs, assertions }: Comparison): Generator<TestEdit> {
  for (const { base, head } of pairs) {
    if (head.part.patterns.length === 0 || assertions.some((one) => one.head === head && one.lost.length > 0)) continue;
    const has = (list: readonly Named[], { name, text }: Named): boolean => list.some((one) => one.name === name && one.text === text);
    const gone = base.part.texts.filter((one) => !has(head.part.texts, one));
    const fresh = head.part.patterns.filter((one) => !has(base.part.patterns, one));
    for (const now of fresh) {
      const was = gone.find((one) => one.name === now.name && alike(wordsOf(one.text ?? ""), wordsOf(now.text ?? "")) >= SAME_TEXT);
      if (was === undefined) continue;
      yield { kind: "assertion-loosened", effect: atMost("assertion-loosened", "ask"), test: titleOf(head), because: `gives ${now.name}() a pattern where it gave the whole text`, places: [{ file: head.file.path, line: now.line, side: "head" }], before: (was.text ?? "").slice(0, 160), after: (now.text ?? "").slice(0, 160), subject: `pattern ${titleOf(head)} ${was.text ?? ""}` };
      break;
    }
  }
}

function* forcedOutcomes({ change }: Comparison): Generator<TestEdit> {
  for (const { base, head } of change.files) {
    const before = new Set(base?.forced.map(({ text }) => text));
    for (const one of head?.forced ?? []) {
      if (before.has(one.text)) continue;
      yield { kind: "outcome-forced", effect: atMost("outcome-forced", "ask"), test: head?.path ?? "", because: `decides the outcome itself: ${one.says}`, places: [{ file: head?.path ?? "", line: one.line, side: "head" }], after: one.text.slice(0, 160), subject: `forced ${one.text}` };
    }
  }
}

function* raisedLimits({ pairs, change }: Comparison): Generator<TestEdit> {
  for (const { base, head } of pairs) {
    yield* raised("retries", base.part.retries, head.part.retries, head, head.part.line);
    yield* raised("timeout", base.part.timeout ?? defaultTimeout(head), head.part.timeout, head, head.part.line, head.file.path);
  }
  for (const { base, head } of change.files) {
    if (base === undefined || head === undefined) continue;
    for (const limit of head.limits) {
      const was = limit.name === undefined ? undefined : base.limits.find(({ name }) => name === limit.name)?.value;
      // Such a constant is often told to the product as well.
      if (was !== undefined && (limit.kind === "retries" || limit.value >= 2 * was)) yield* raised(limit.kind, was, limit.value, undefined, limit.line, head.path, limit.name);
    }
    for (const kind of ["timeout", "retries"] as const) {
      const of = (file: TestFile) => file.limits.filter((limit) => limit.kind === kind && limit.name === undefined);
      const [before, after] = [of(base), of(head)];
      const highest = [...after].sort((one, other) => other.value - one.value)[0];
      if (highest === undefined) continue;
      const was = before.length === 0 ? undefined : Math.max(...before.map(({ value }) => value));
      yield* raised(kind, was, highest.value, undefined, highest.line, head.path);
    }
  }
}

/** What Mocha gives a test or hook that asks for nothing; a limit that is set with `this` is Mocha's. */
const MOCHAS_LIMIT = 2000;
const defaultTimeout = ({ part, file }: Located): number | undefined => ((part.kind === "hook" || part.kind === "test") && file.lines.some((line) => /\bthis\.timeout\(/.test(line.slice(0, 500))) ? MOCHAS_LIMIT : undefined);

/** A wait that grows this much is no small correction. */
const MUCH_LONGER = 4;

/** The same call may take longer: paired by its name, in order. */
function* longerWaits({ pairs, change }: Comparison): Generator<TestEdit> {
  for (const { base, head } of pairs) {
    const [before, after] = [byName(base.part.waits), byName(head.part.waits)];
    for (const [name, [was]] of before) {
      if (was === undefined || after.has(name) || !stillCalls(head.part.body, name)) continue;
      yield { kind: "timeout-raised", effect: atMost("timeout-raised", change.source.behaviour ? "note" : "ask"), test: titleOf(head), because: `no longer says how long ${name}() may take (${was.value})`, places: [{ file: head.file.path, line: head.part.line, side: "head" }], subject: `wait ${titleOf(head)} ${name}` };
    }
    for (const [name, values] of after) {
      const was = before.get(name) ?? [];
      // Another number of waits is another test.
      const at = was.length === values.length ? values.findIndex(({ value }, index) => value >= 2 * (was[index]?.value ?? Infinity)) : -1;
      const [old, now] = [was[at], values[at]];
      if (old === undefined || now === undefined || old.value <= 0) continue;
      const small = change.source.behaviour && now.value < MUCH_LONGER * old.value;
      yield { kind: "timeout-raised", effect: atMost("timeout-raised", small ? "note" : "ask"), test: titleOf(head), because: `lets ${name}() take ${now.value}, before ${old.value}`, places: [{ file: head.file.path, line: now.line, side: "head" }], subject: `wait ${titleOf(head)} ${name}` };
    }
  }
}

/** Called as it was, with nothing in its place. */
const stillCalls = (body: string, name: string): boolean => body.includes(`.${name}()`) || body.includes(`(${name}()`) || body.includes(`=${name}()`) || body.includes(`;${name}()`);

function byName(waits: TestFile["parts"][number]["waits"]): Map<string, typeof waits> {
  const found = new Map<string, typeof waits>();
  for (const one of waits) found.set(one.name, [...(found.get(one.name) ?? []), one]);
  return found;
}

const takesLonger = (before: number | undefined, after: number): string =>
  `may take ${after === Infinity ? "for ever" : `${after} ms`}, before ${before === undefined ? "the default" : `${before} ms`}`;

const triedAgain = (before: number | undefined, after: number): string =>
  `is tried again ${after === 1 ? "once" : `${after} times`} when it fails${before === undefined ? "" : `, before ${before}`}`;

/** What grew by less is a correction. */
const MUCH_MORE = 1.5;

function* raised(kind: "timeout" | "retries", before: number | undefined, after: number | undefined, test: Located | undefined, line: number, file = test?.file.path ?? "", named?: string): Generator<TestEdit> {
  if (after === undefined || (kind === "timeout" && before === undefined) || after <= (before ?? 0)) return;
  const edit = kind === "timeout" ? "timeout-raised" : "retries-raised";
  const title = named ?? (test === undefined ? file : titleOf(test));
  yield {
    kind: edit,
    effect: atMost(edit, kind === "timeout" && after < MUCH_MORE * (before ?? 0) ? "note" : "ask"),
    test: title,
    because: kind === "timeout" ? takesLonger(before, after) : triedAgain(before, after),
    places: [{ file, line, side: "head" }],
    subject: `${kind} ${title}`,
  };
}
