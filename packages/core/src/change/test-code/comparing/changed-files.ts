import type { StandIn, TestFile } from "../anatomy.ts";
import type { Comparison } from "./comparison.ts";
import { titleOf, type Located } from "./located.ts";
import { atMost, type TestEdit } from "./test-edit.ts";

/** What happened round the assertions: stand-ins for the unit under test, forced outcomes, time and retries. */
export function* changedFiles(comparison: Comparison): Generator<TestEdit> {
  yield* replacedUnits(comparison);
  yield* forcedOutcomes(comparison);
  yield* raisedLimits(comparison);
}

function* replacedUnits({ change, pairs }: Comparison): Generator<TestEdit> {
  for (const { base, head } of change.files) {
    if (base === undefined || head === undefined) continue;
    const unit = unitOf(head);
    if (unit === undefined) continue;
    const before = new Set(everyStandIn(base).map(({ target }) => target));
    for (const { standIn, test } of newStandIns(head, before, pairs)) {
      if (!standsFor(standIn, unit)) continue;
      yield {
        kind: "unit-replaced",
        effect: atMost("unit-replaced", "ask"),
        test: test ?? head.path,
        because: `replaces what it tests by a stand-in (${standIn.target})`,
        places: [{ file: head.path, line: standIn.line, side: "head" }],
        after: standIn.text.slice(0, 160),
        subject: `stand-in ${standIn.target} ${test ?? ""}`,
      };
    }
  }
}

const everyStandIn = ({ standIns, parts }: TestFile): readonly StandIn[] => [...standIns, ...parts.flatMap((part) => part.standIns)];

/** In the file, or in tests that were there before: a new test may stand on what it likes. */
function newStandIns(head: TestFile, before: ReadonlySet<string>, pairs: Comparison["pairs"]): readonly { readonly standIn: StandIn; readonly test?: string }[] {
  const old = pairs.filter((pair) => pair.head.file === head && pair.head.part.kind !== "helper");
  const inTests = old.flatMap((pair) => pair.head.part.standIns.map((standIn) => ({ standIn, test: titleOf(pair.head) })));
  return [...head.standIns.map((standIn) => ({ standIn })), ...inTests].filter(({ standIn }) => !before.has(standIn.target));
}

interface Unit {
  readonly path: string;
  readonly names: ReadonlySet<string>;
}

/** The module whose name the test file carries. */
function unitOf({ path, imports }: TestFile): Unit | undefined {
  const stem = stemOf(path);
  const found = imports.find(({ from }) => /^[./@~#]/.test(from) && stemOf(from) === stem);
  return found === undefined || stem === "" ? undefined : { path: found.from, names: new Set(found.names.filter(({ imported }) => imported !== "*").map(({ local }) => local)) };
}

const stemOf = (path: string): string => (path.split("/").at(-1) ?? "").replace(/(?:[.-](?:test|spec|unit|node|browser|e2e|int))*\.\w+$/, "").replace(/^test[-_.]|[-_.](?:test|spec)$/, "").toLowerCase();

const standsFor = ({ target, kind }: StandIn, unit: Unit): boolean => (kind === "module" ? target === unit.path || (target.startsWith(".") && stemOf(target) === stemOf(unit.path) && stemOf(target) !== "index") : unit.names.has(target));

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
    yield* raised("timeout", base.part.timeout, head.part.timeout, head, head.part.line, head.file.path, change.source.behaviour);
  }
  for (const { base, head } of change.files) {
    if (base === undefined || head === undefined) continue;
    for (const kind of ["timeout", "retries"] as const) {
      const of = (file: TestFile) => file.limits.filter((limit) => limit.kind === kind);
      const [before, after] = [of(base), of(head)];
      const highest = [...after].sort((one, other) => other.value - one.value)[0];
      if (highest === undefined) continue;
      const was = before.length === 0 ? undefined : Math.max(...before.map(({ value }) => value));
      yield* raised(kind, was, highest.value, undefined, highest.line, head.path, change.source.behaviour);
    }
  }
}

const takesLonger = (before: number | undefined, after: number): string =>
  `may take ${after === Infinity ? "for ever" : `${after} ms`}, before ${before === undefined ? "the default" : `${before} ms`}`;

const triedAgain = (before: number | undefined, after: number): string =>
  `is tried again ${after === 1 ? "once" : `${after} times`} when it fails${before === undefined ? "" : `, before ${before}`}`;

function* raised(kind: "timeout" | "retries", before: number | undefined, after: number | undefined, test: Located | undefined, line: number, file = test?.file.path ?? "", explained = false): Generator<TestEdit> {
  if (after === undefined || (kind === "timeout" && before === undefined) || after <= (before ?? 0)) return;
  const edit = kind === "timeout" ? "timeout-raised" : "retries-raised";
  const title = test === undefined ? file : titleOf(test);
  yield {
    kind: edit,
    effect: atMost(edit, explained || (kind === "timeout" && after < 2 * (before ?? 0)) ? "note" : "ask"),
    test: title,
    because: kind === "timeout" ? takesLonger(before, after) : triedAgain(before, after),
    places: [{ file, line, side: "head" }],
    subject: `${kind} ${title}`,
  };
}
