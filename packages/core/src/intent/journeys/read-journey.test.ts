import fc from "fast-check";
import * as yaml from "yaml";
import { expect, test } from "vitest";
import { isJourneyFile } from "./journey-id.ts";
import { readJourney } from "./read-journey.ts";

const FILE = "proofline/journeys/JN-buy.md";
const GOOD = `---
id: JN-buy
title: Buy a book
user: guest
impact: 90
why: nine of ten orders
area: checkout
layers: [smoke]
stories: [ST-cart#AC-1, ST-pay]
tests:
  - e2e/buy.spec.ts
  - "./e2e/pay.spec.ts::pays :: by card"
---

Words before.

## Steps

1. Opens the shop
2. Pays

- not after a sub list is closed

## Notes

- no step
`;

test("a Markdown journey is read whole, steps included", () => {
  const { journey, problems } = readJourney(FILE, GOOD, yaml);
  expect(problems).toEqual([]);
  expect(journey).toMatchObject({
    id: "JN-buy",
    user: "guest",
    impact: 90,
    state: "promised",
    layers: ["smoke"],
    line: 2,
    stories: [{ story: "ST-cart", criterion: "AC-1" }, { story: "ST-pay" }],
    tests: [{ file: "e2e/buy.spec.ts" }, { file: "e2e/pay.spec.ts", title: "pays :: by card" }],
    steps: ["Opens the shop", "Pays", "not after a sub list is closed"],
  });
});

test("the same in YAML, its steps as a list; lines are the file's own", () => {
  const { journey, problems } = readJourney("proofline/journeys/JN-buy.yaml", "title: Buy\nid: JN-buy\nuser: guest\nimpact: 1\nwhy: rare\nsteps: [Opens, Pays]\n", yaml);
  expect(problems).toEqual([]);
  expect(journey).toMatchObject({ line: 2, steps: ["Opens", "Pays"], tests: [] });
});

test.each([
  ["no front matter", "# A page\n", /does not begin with front matter/],
  ["never closed", "---\nid: JN-buy\n", /never closed/],
  ["no id", "---\ntitle: x\n---\n", /has no id/],
  ["a story's id", GOOD.replace("JN-buy", "ST-buy"), /no journey id/],
  ["another file's id", GOOD.replace("id: JN-buy", "id: JN-sell"), /another file than its own/],
  ["a key with a slip", GOOD.replace("impact:", "impct:"), /no key "impct"/],
  ["an impact out of range", GOOD.replace("impact: 90", "impact: 900"), /`impact` is "900"/],
  ["an unknown layer", GOOD.replace("[smoke]", "[smoek]"), /no layer "smoek"/],
  ["a state nobody knows", GOOD.replace("area: checkout", "state: done"), /never "done"/],
  ["a story that is none", GOOD.replace("ST-pay]", "pay]"), /names no story/],
  ["no reason", GOOD.replace("why: nine of ten orders\n", ""), /has no why/],
  ["tests that are no list of texts", GOOD.replace("tests:\n  - e2e/buy.spec.ts\n", "tests:\n  - {a: 1}\n"), /list of texts/],
])("told, with line and fix: %s", (_, text, says) => {
  const { problems } = readJourney(FILE, text, yaml);
  expect(problems.map((one) => one.says).join("\n")).toMatch(says);
  for (const { line, fix } of problems) expect([line >= 1, fix.length > 0]).toEqual([true, true]);
});

test("whatever the text, reading ends and points into the file", () => {
  const piece = fc.constantFrom("---\n", "id: JN-buy\n", "tests: [", "]\n", "impact: 5\n", "- x\n", "## Steps\n", "```\n", "&a *a\n", ": ", "\u0000", "é");
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.array(piece).map((parts) => parts.join(""))), fc.constantFrom(FILE, "proofline/journeys/JN-x.yml"), (text, file) => {
      const { problems } = readJourney(file, text, yaml);
      const lines = text.split("\n").length + 1;
      for (const { line } of problems) expect(line >= 1 && line <= lines).toBe(true);
    }),
    { numRuns: 300 },
  );
});

test("journeys stand in their folder, by an id's name", () => {
  expect(["JN-a.md", "JN-a.yaml", "JN-a.yml"].every((name) => isJourneyFile(`proofline/journeys/${name}`))).toBe(true);
  expect(["README.md", "JN-a.txt", "old/JN-a.md"].some((name) => isJourneyFile(`proofline/journeys/${name}`))).toBe(false);
});
