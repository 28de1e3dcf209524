import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sha256Hex } from "#kernel";
import { compareVersions, mergedNews } from "./compare-versions.ts";
import type { CriterionVersion, StoryVersion } from "./story-version.ts";

const criterion = (id: string, text: string, over: Partial<CriterionVersion> = {}): CriterionVersion => ({ id, state: "planned", sentence: text, text, revision: sha256Hex(text), tests: [], ...over });
const story = (id: string, ...criteria: readonly CriterionVersion[]): StoryVersion => ({ file: `proofline/stories/${id}.md`, id, title: `Title of ${id}`, criteria, sections: new Map() });
const KEEP = "If the card is declined, the shop shall keep the cart for 30 days.";
const news = (before: readonly StoryVersion[], after: readonly StoryVersion[]) => compareVersions(before, after).map(({ story: id, criterion: name, kinds, from }) => [name === undefined ? id : `${id}#${name}`, kinds.join(" "), ...(from === undefined ? [] : [from])]);

describe("what became of a criterion", () => {
  const was = criterion("AC-1", KEEP);
  test.each<[string, CriterionVersion, string]>([
    ["promised", { ...was, state: "promised" }, "promised"],
    ["retired", { ...was, state: "retired" }, "retired"],
    ["changed", criterion("AC-1", KEEP.replace("30", "60")), "changed"],
    ["reworded", criterion("AC-1", KEEP.replace("the cart", "a cart")), "reworded"],
    ["changed and promised", criterion("AC-1", KEEP.replace("30", "60"), { state: "promised" }), "changed promised"],
    ["a test was linked", { ...was, tests: ["test/a.test.ts"] }, "proofs"],
    ["its proofs were approved", { ...was, approved: was.revision.slice(0, 12) }, "approved"],
  ])("%s", (_, now, kinds) => expect(news([story("ST-a", was)], [story("ST-a", now)])).toEqual([["ST-a#AC-1", kinds]]));

  test("back from promised, and back from retired", () => {
    expect(news([story("ST-a", { ...was, state: "promised" })], [story("ST-a", was)])).toEqual([["ST-a#AC-1", "withdrawn"]]);
    expect(news([story("ST-a", { ...was, state: "retired" })], [story("ST-a", { ...was, state: "promised" })])).toEqual([["ST-a#AC-1", "revived promised"]]);
  });

  test("an approval for other words is none", () => expect(news([story("ST-a", was)], [story("ST-a", { ...was, approved: "0123456789ab" })])).toEqual([]));
  test("added and removed", () => expect(news([story("ST-a", was)], [story("ST-a", criterion("AC-2", "The shop shall greet."))])).toEqual([["ST-a#AC-2", "added"], ["ST-a#AC-1", "removed"]]));
});

describe("renames and moves", () => {
  const one = criterion("AC-1", KEEP);
  const two = criterion("AC-2", "The shop shall greet.");
  test("a criterion that takes another id", () => expect(news([story("ST-a", one)], [story("ST-a", { ...one, id: "AC-9" })])).toEqual([["ST-a#AC-9", "moved", "ST-a#AC-1"]]));
  test("a criterion that goes to another story", () => expect(news([story("ST-a", one, two), story("ST-b")], [story("ST-a", two), story("ST-b", one)])).toEqual([["ST-b#AC-1", "moved", "ST-a#AC-1"]]));
  test("two criteria that change names", () => expect(news([story("ST-a", one, two)], [story("ST-a", { ...two, id: "AC-1" }, { ...one, id: "AC-2" })])).toEqual([["ST-a#AC-1", "changed"], ["ST-a#AC-2", "changed"]]));
  test("a story that is called otherwise, even where one of its criteria changes on the way", () => {
    expect(news([story("ST-a", one, two)], [story("ST-b", { ...one, text: "x", sentence: "x", revision: sha256Hex("x") }, two)])).toEqual([["ST-b", "renamed retitled", "ST-a"], ["ST-b#AC-1", "changed", "ST-a#AC-1"], ["ST-b#AC-2", "", "ST-a#AC-2"]]);
  });
  test("another story in its place is no rename", () => expect(news([story("ST-a", one)], [story("ST-b", criterion("AC-1", "The shop shall part."))]).map(([name, kinds]) => `${name} ${kinds}`)).toEqual(["ST-b begun", "ST-a dropped", "ST-b#AC-1 added", "ST-a#AC-1 removed"]));
});

describe("a merge", () => {
  const base = story("ST-a", criterion("AC-1", KEEP), criterion("AC-2", "The shop shall greet."));
  const ours = story("ST-a", criterion("AC-1", KEEP.replace("30", "60")), criterion("AC-2", "The shop shall greet."));
  const theirs = story("ST-a", criterion("AC-1", KEEP), criterion("AC-2", "The shop shall wave."));
  test("that only joins says nothing", () => {
    const merged = story("ST-a", ...ours.criteria.slice(0, 1), ...theirs.criteria.slice(1));
    expect(mergedNews([compareVersions([ours], [merged]), compareVersions([theirs], [merged])])).toEqual([]);
  });
  test("that says what neither side said does", () => {
    const merged = story("ST-a", criterion("AC-1", KEEP.replace("30", "90")), ...theirs.criteria.slice(1));
    expect(mergedNews([compareVersions([ours], [merged]), compareVersions([theirs], [merged])])).toMatchObject([{ criterion: "AC-1", kinds: ["changed"] }]);
    expect(mergedNews([compareVersions([base], [base])])).toEqual([]);
  });
});

const anyCriteria = fc.uniqueArray(fc.record({ id: fc.constantFrom("AC-1", "AC-2", "AC-3", "AC-4"), text: fc.constantFrom("The shop shall greet.", "The shop shall part.", KEEP, "A shop shall greet.", ""), state: fc.constantFrom("planned" as const, "promised" as const, "retired" as const) }), { selector: ({ id }) => id, maxLength: 4 });
const anyStories = fc.uniqueArray(fc.record({ id: fc.constantFrom("ST-a", "ST-b", "ST-c"), criteria: anyCriteria }), { selector: ({ id }) => id, maxLength: 3 }).map((list) => list.map(({ id, criteria }) => story(id, ...criteria.map(({ id: name, text, state }) => criterion(name, text, { state })))));

test("nothing became of what is the same", () => {
  fc.assert(
    fc.property(anyStories, (stories) => {
      expect(compareVersions(stories, structuredClone(stories))).toEqual([]);
    }),
  );
});

test("every criterion of both sides is accounted for exactly once", () => {
  fc.assert(
    fc.property(anyStories, anyStories, (before, after) => {
      const told = compareVersions(before, after).filter((one) => one.criterion !== undefined);
      const named = (stories: readonly StoryVersion[]): string[] => stories.flatMap(({ id, criteria }) => criteria.map((one) => `${id}#${one.id}`));
      const now = told.filter(({ kinds }) => !kinds.includes("removed")).map(({ story: id, criterion: name }) => `${id}#${name}`);
      expect(new Set(now).size).toBe(now.length);
      const cameFrom = told.flatMap(({ from }) => from ?? []);
      const gone = told.filter(({ kinds }) => kinds.includes("removed")).map(({ story: id, criterion: name }) => `${id}#${name}`);
      const added = told.filter(({ kinds }) => kinds.includes("added")).map(({ story: id, criterion: name }) => `${id}#${name}`);
      // What was there is there under its name, came along under another, or is gone; what is there was there, came, or is new.
      const kept = named(before).filter((name) => !gone.includes(name) && !cameFrom.includes(name));
      expect(named(after).toSorted()).toEqual([...kept, ...told.flatMap(({ from, story: id, criterion: name }) => (from === undefined ? [] : [`${id}#${name}`])), ...added].toSorted());
    }),
    { numRuns: 500 },
  );
});
