import { describe, expect, test } from "vitest";
import * as yaml from "yaml";
import { versionReader } from "../stories/history/version-reader.ts";
import { approvable, promiseDigest, revisionsOf, whyLapsed, type Signable } from "./approved.ts";
import { lockGrows } from "./lock-grows.ts";
import { owedRoles, type StoryImpact } from "./owed-roles.ts";

const TEXT = `---
id: ST-cart
title: Keep the cart
---

## Behaviour

### AC-1 · planned

If the card is declined, the shop shall keep the cart for 30 days.

### AC-2 · promised

The shop shall greet.

## Constraints

- C-1: within 800 ms

## Access

| role  | view |
|-------|------|
| guest | allow |

## Notes

- nothing
`;
const versionOf = (text: string) => {
  const version = versionReader(yaml)("proofline/stories/ST-cart.md", text);
  if (version === undefined) throw new Error("no story");
  return version;
};
const standing = (over: Partial<Signable> = {}): Signable => ({ story: versionOf(TEXT), proofs: [{ path: "test/a.test.ts", blob: "1" }], technicalSpecs: [{ path: "proofline/technical-specs/ST-cart/here.md", blob: "2" }], targets: [{ path: "src/a.ts", blob: "3" }], ...over });
const lapsed = (over: Partial<Signable>): readonly string[] => {
  const [before, after] = [approvable(standing()), approvable(standing(over))];
  return (Object.keys(before) as (keyof typeof before)[]).filter((stage) => before[stage] !== after[stage]);
};

describe("what makes a signature lapse", () => {
  const ALL = ["story", "validation", "governance", "implementation", "review"];
  test.each<[string, Partial<Signable>, readonly string[]]>([
    ["a criterion says something else", { story: versionOf(TEXT.replace("30 days", "60 days")) }, ALL],
    ["a criterion says the same in other words: the exact text was approved", { story: versionOf(TEXT.replace("the cart for", "a cart for")) }, ALL],
    ["a criterion came", { story: versionOf(TEXT.replace("## Constraints", "### AC-3 · planned\n\nThe shop shall part.\n\n## Constraints")) }, ALL],
    ["a criterion was retired", { story: versionOf(TEXT.replace("AC-2 · promised", "AC-2 · retired")) }, ALL],
    ["a constraint changed", { story: versionOf(TEXT.replace("800 ms", "900 ms")) }, ALL],
    ["an access rule changed", { story: versionOf(TEXT.replace("| allow |", "| deny |")) }, ALL],
    ["a proof changed", { proofs: [{ path: "test/a.test.ts", blob: "9" }] }, ALL.slice(1)],
    ["a fixture came", { proofs: [...standing().proofs, { path: "test/b.json", blob: "9" }] }, ALL.slice(1)],
    ["a technical spec changed", { technicalSpecs: [] }, ALL.slice(2)],
    ["code changed", { targets: [{ path: "src/a.ts", blob: "9" }] }, ALL.slice(3)],
  ])("%s", (_, over, stages) => expect(lapsed(over)).toEqual(stages));

  test.each<[string, string]>([
    ["a plan became a promise", TEXT.replace("AC-1 · planned", "AC-1 · promised")],
    ["its proofs were approved", TEXT.replace("30 days.", "30 days.\n\n<!-- approved: 0123456789ab -->")],
    ["a test was linked", TEXT.replace("30 days.", "30 days.\n\n[@test](test/a.test.ts)")],
    ["spacing and emphasis", TEXT.replace("keep the cart", "**keep**\nthe cart")],
    ["title and notes", TEXT.replace("Keep the cart", "The cart is kept").replace("- nothing", "- something")],
    ["criteria changed places", TEXT.replace(/(### AC-1[^]*?)(### AC-2[^]*?)(## Constraints)/, "$2$1$3")],
  ])("not that %s", (_, text) => expect(lapsed({ story: versionOf(text) })).toEqual([]));

  test("it is told in the words of the story", () => {
    const then = revisionsOf(versionOf(TEXT));
    const why = (text: string, stage = "story"): string => whyLapsed(then, versionOf(text), stage);
    expect(why(TEXT.replace("30 days", "60 days"))).toBe("AC-1 says something else now");
    expect(why(TEXT.replace("AC-2 · promised", "AC-2 · retired"))).toBe("AC-2 is gone");
    expect(why(TEXT.replace("## Constraints", "### AC-3 · planned\n\nThe shop shall part.\n\n## Constraints"))).toBe("AC-3 came since");
    expect(why(TEXT.replace("800", "900"))).toContain("constraint");
    expect(why(TEXT, "validation")).toBe("a proof changed since");
    expect(promiseDigest(versionOf(TEXT))).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe("which roles a change owes", () => {
  const impact = (over: Partial<StoryImpact> = {}) => owedRoles({ story: "ST-cart", news: [], proofsTouched: [], code: [], risk: { level: "low", reasons: [] }, byAgent: false, ...over }).map(({ role }) => role);
  const news = (...kinds: StoryImpact["news"][number]["kinds"]): StoryImpact["news"] => [{ story: "ST-cart", criterion: "AC-1", state: "promised", kinds, proofs: [] }];
  test.each<[string, Partial<StoryImpact>, readonly string[]]>([
    ["nothing at all", {}, []],
    ["other words for the same", { news: news("reworded") }, []],
    ["a new title", { news: [{ story: "ST-cart", kinds: ["retitled"], proofs: [] }] }, []],
    ["an approval", { news: news("approved") }, []],
    ["a note", { news: [{ story: "ST-cart", kinds: ["sections"], sections: ["Intent"], proofs: [] }] }, []],
    ["code of low risk", { code: ["src/a.ts"] }, []],
    ["code of low risk by an agent", { code: ["src/a.ts"], byAgent: true }, []],
    ["another meaning", { news: news("changed") }, ["owner", "quality-controller"]],
    ["a promise is taken back", { news: [{ ...news("withdrawn")[0]!, state: "planned" }] }, ["owner"]],
    ["a constraint", { news: [{ story: "ST-cart", kinds: ["sections"], sections: ["Constraints"], proofs: [] }] }, ["owner"]],
    ["a promise's test", { proofsTouched: ["AC-1"] }, ["quality-controller"]],
    ["code of medium risk", { code: ["src/a.ts"], risk: { level: "medium", reasons: [] } }, ["code-owner"]],
    ["code of high risk by an agent", { code: ["src/a.ts"], risk: { level: "high", reasons: ["touches payment"] }, byAgent: true }, ["architect", "implementer", "code-owner"]],
    ["high risk elsewhere", { risk: { level: "high", reasons: [] } }, []],
  ])("%s", (_, over, roles) => expect(impact(over)).toEqual(roles));

  test("each with its reason", () => {
    const owed = owedRoles({ story: "ST-cart", news: news("changed"), proofsTouched: [], code: ["src/a.ts"], risk: { level: "high", reasons: ["touches payment"] }, byAgent: false });
    expect(owed.map(({ because }) => because)).toEqual(["AC-1 was changed", "AC-1 is promised in other words than before", "the risk of this change is high (touches payment) and it touches src/a.ts", "the risk of this change is high (touches payment) and it touches src/a.ts"]);
  });
});

test("a lock that only grows protects no less", () => {
  expect(lockGrows("a\nb\n", "a\nx\nb\n")).toBe(true);
  expect(lockGrows(undefined, "a\n")).toBe(true);
  expect(lockGrows("a\nb\n", "a\nc\n")).toBe(false);
  expect(lockGrows("a\n", undefined)).toBe(false);
});
