import type { Observation } from "#kernel";
import { vacuousTests, type VacuousKind, type VacuousTest } from "#change";
import { evidenceOf, type Proof, type TestRun } from "#evidence";
import { ALL_GATES, defineCheck } from "../../check.ts";
import { withExecutedFacts } from "../executed-fact.ts";
import { growingTests, readGrowing, growingRequests } from "../../test-trees.ts";

export const vacuous = defineCheck({
  id: "tests/vacuous",
  asks: "Can every new test turn red?",
  why: "A test that passes whatever the code does is worse than none: it looks like proof. Generated tests do it most often.",
  since: "0.1.0",
  effect: "ask",
  gates: ALL_GATES,

  parses: ({ change }, tree) => growingRequests(change, tree),

  *look({ change, tree, evidence }) {
    if (tree === undefined || growingTests(change).length === 0) return;
    const { head, base } = readGrowing(change, tree);
    const seenRed = new Set([...redWithout(evidenceOf(evidence, "proof")), ...redIn(evidenceOf(evidence, "test-run"))]);
    const found = vacuousTests(head, base).filter((test) => !seenRed.has(titleOf(test)));
    const groups = new Map<string, VacuousTest[]>();
    for (const test of found) groups.set(`${test.kind} ${test.file}`, [...(groups.get(`${test.kind} ${test.file}`) ?? []), test]);
    yield* withExecutedFacts("tests/vacuous", [...groups.values()].map(tell), evidence);
  },
});

/** Tests that were seen to fail without the change: whatever they look like, they notice something. */
const redWithout = (proofs: readonly Proof[]): ReadonlySet<string> =>
  new Set(proofs.flatMap((proof) => proof.tests.filter((test) => test.why === "assertion" || test.why === "expected-error").map((test) => [...test.id.suite, test.id.name].join(" › "))));

/** What is red here can turn red; tests/failing speaks of it. */
const redIn = (runs: readonly TestRun[]): readonly string[] => runs.flatMap((run) => run.cases.filter((test) => test.outcome === "failed").map((test) => [...test.id.suite, test.id.name].join(" › ")));

const titleOf = ({ suites, name }: VacuousTest): string => [...suites, name].join(" › ");

const SAYS: Readonly<Record<VacuousKind, string>> = {
  empty: "is empty",
  tautology: "compares a thing with itself",
  "stand-ins-only": "looks only at a stand-in that the product never gets",
  unawaited: "checks something in a promise that nobody waits for",
  swallowed: "swallows the failure of its own check",
  unreachable: "never gets to its check",
  "asks-nothing": "checks nothing: it can only fail by an error",
};

const FIX: Readonly<Record<VacuousKind, string>> = {
  empty: "Write it, or say `todo`.",
  tautology: "Compare what the code gives with a value written down by hand.",
  "stand-ins-only": "Hand the stand-in to the code under test, and check what that does with it.",
  unawaited: "Await the promise, or return it.",
  swallowed: "Let the failure through: take the check out of the `try`, or rethrow.",
  unreachable: "Put the check where it runs.",
  "asks-nothing": "Check what the call gave or changed.",
};

function tell(tests: readonly VacuousTest[]): Observation {
  const [first] = tests as [VacuousTest, ...VacuousTest[]];
  const more = tests.length > 1 ? ` (and ${tests.length - 1} more in ${first.file})` : "";
  const note = first.kind === "asks-nothing";
  return {
    answer: "broken",
    ...(note && { effect: "note" as const }),
    because: `The new test “${titleOf(first).slice(0, 120)}” ${SAYS[first.kind]}${more}.`,
    fix: FIX[first.kind],
    places: tests.slice(0, 12).map(({ file, line, endLine }) => ({ file, line, endLine, side: "head" as const })),
    subject: `${first.kind}\n${tests.map(titleOf).sort().join("\n")}`.slice(0, 20_000),
    ...(!note && { ask: { to: ["author"], question: "What would turn this test red?", how: "Change it so that something does, take it out, or have an owner waive this with the reason." } }),
    ...(first.text !== undefined && { excerpt: [`+ ${first.text}`] }),
    details: { kind: first.kind, tests: tests.slice(0, 50).map(titleOf) },
  };
}
