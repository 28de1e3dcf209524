import { expect, test } from "vitest";
import type { GateName, Observation } from "#kernel";
import type { Evidence, JourneyStanding, JourneyState } from "#evidence";
import type { Facts } from "../../check.ts";
import { unproven } from "./unproven.ts";

const standing = (id: string, state: JourneyState, more: Partial<JourneyStanding> = {}): JourneyStanding => ({ id, title: "Buy", user: "guest", impact: 1, file: `proofline/journeys/${id}.md`, line: 2, tests: [], state, ...more });

function ask(gate: GateName, journeys: readonly JourneyStanding[], unavailable: Facts["unavailable"] = new Map()): readonly Observation[] {
  const evidence = [{ kind: "journey-trace", source: "ran", subject: "head", digest: "", origin: "", journeys }] as unknown as readonly Evidence[];
  return [...unproven.look({ change: { head: "head", headTree: "tree" }, gate, evidence, unavailable } as unknown as Facts)];
}

test("a change owes what it reaches, a release everything", () => {
  const journeys = [standing("JN-a", "not-run", { reached: "its test changes" }), standing("JN-b", "not-run")];
  expect(ask("pull-request", journeys).map(({ because }) => because)).toEqual(["JN-a is reached by this change and was not walked on this commit (JN-a: its test changes)."]);
  expect(ask("release", journeys).map(({ because }) => because)).toEqual(["JN-a, JN-b were not walked on this commit."]);
  expect(ask("pull-request", [standing("JN-b", "failing")])).toEqual([]);
});

test("what was not walked is one question, each red one its own", () => {
  const reached = { reached: "r" };
  const told = ask("merge-queue", [standing("JN-a", "failing", { ...reached, owner: "@acme/shop" }), standing("JN-b", "unproven", reached), standing("JN-c", "not-run", reached), standing("JN-d", "flaky", reached), standing("JN-e", "skipped", reached)]);
  expect(told.map(({ answer }) => answer)).toEqual(["broken", "broken", "broken", "unknown"]);
  expect(told.every(({ ask: question }) => question !== undefined)).toBe(true);
  expect(told[0]?.ask?.to).toEqual(["@acme/shop"]);
});

test("where no run was wanted, what was not walked is told with everything else that needed one; what is red is told all the same", () => {
  const reached = { reached: "r" };
  expect(ask("pull-request", [standing("JN-a", "not-run", reached)], new Map([["test-run", "--no-run was given"]]))).toEqual([]);
  expect(ask("pull-request", [standing("JN-a", "failing", reached)], new Map([["test-run", "--no-run was given"]]))).toHaveLength(1);
});

test("one that the change takes out of force beside its code is asked about, at the gates where others are involved", () => {
  const withdrawn = { id: "JN-a", title: "Buy", user: "guest", file: "proofline/journeys/JN-a.md", gone: true, reached: "it runs through src/a.js" };
  const evidence = [{ kind: "journey-trace", source: "ran", subject: "head", digest: "", origin: "", journeys: [], withdrawn: [withdrawn] }] as unknown as readonly Evidence[];
  expect([...unproven.look({ change: { head: "head", headTree: "tree" }, gate: "pull-request", evidence, unavailable: new Map() } as unknown as Facts)]).toMatchObject([{ answer: "broken", because: "JN-a (Buy) is promised, and this change deletes it beside what it runs through (it runs through src/a.js).", places: [{ side: "base" }] }]);
});

test("green is said once, and evidence of another commit is none", () => {
  expect(ask("pull-request", [standing("JN-a", "verified", { reached: "r" })])).toMatchObject([{ answer: "holds" }]);
  expect([...unproven.look({ change: { head: "other", headTree: "tree" }, gate: "release", evidence: [{ kind: "journey-trace", subject: "head", journeys: [standing("JN-a", "failing")] }], unavailable: new Map() } as unknown as Facts)]).toEqual([]);
});
