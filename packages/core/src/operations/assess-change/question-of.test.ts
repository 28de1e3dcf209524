import { expect, test } from "vitest";
import type { Facts } from "#checks";
import { questionOf } from "./question-of.ts";

const facts = (over: object = {}): Facts =>
  ({
    change: { headTree: "b".repeat(40), files: [{ path: "a.ts", headBlob: "1".repeat(40), added: 1, newLines: [3], hunks: [{ lines: ["x"] }] }] },
    intent: { areas: [] },
    gate: "local",
    options: { most: 3 },
    evidence: [{ kind: "proof", source: "ran", subject: "s", digest: "sha256:1", tests: [] }],
    unavailable: new Map([["test-run", "--no-run was given"]]),
    flakes: new Map([["t", new Set(["a"])]]),
    text: () => undefined,
    tree: () => undefined,
    ...over,
  }) as unknown as Facts;
const question = (over?: object): string => questionOf({ id: "tests/weakened" }, facts(over));

test("the same facts are the same question, whoever reads the texts", () => {
  expect(question({ text: () => "other", tree: () => ({}) })).toBe(question());
});

test.each([
  ["a blob", { change: { headTree: "b".repeat(40), files: [{ path: "a.ts", headBlob: "2".repeat(40), added: 1, newLines: [3] }] } }],
  ["a tree", { change: { ...facts().change, headTree: "c".repeat(40) } }],
  ["the gate", { gate: "pull-request" }],
  ["an option", { options: { most: 4 } }],
  ["the digest of evidence", { evidence: [{ kind: "proof", source: "ran", subject: "s", digest: "sha256:2" }] }],
  ["no evidence", { evidence: [] }],
  ["why something could not be had", { unavailable: new Map([["test-run", "the budget ended"]]) }],
  ["inside a map of sets", { flakes: new Map([["t", new Set(["b"])]]) }],
  ["a fact nobody knows of yet", { executed: { killed: 3 } }],
])("another question: %s", (_, over) => {
  expect(question(over)).not.toBe(question());
});

test("another check asks another question", () => {
  expect(questionOf({ id: "tests/vacuous" }, facts())).not.toBe(question());
});
