import fc from "fast-check";
import { expect, test } from "vitest";
import * as yaml from "yaml";
import { normalisedText } from "../revision.ts";
import { readStory } from "../read-story.ts";
import { versionReader } from "./version-reader.ts";

const FILE = "proofline/stories/ST-a.md";
const line = fc.oneof(
  fc.constantFrom("", "## Behaviour", "### AC-1 · promised", "### AC-2 · planned", "### AC-3 promised", "### AC-1 · retired", "When a, the shop shall b.", "- Given x", "* Then y", "1. And z", "[@test](a.test.ts)", "<!-- approved: 0123456789ab -->", "<!--", "-->", "```", "## Constraints", "- C-1: one", "#### Scenario: s", "  indented", "…", "“Quoted” it shall be.", "A) b", "5 hats", "<!-- note --> said"),
  fc.string({ maxLength: 12 }).map((text) => text.replace(/[\r\n]/g, "")),
);
const story = fc.tuple(fc.array(line, { maxLength: 14 }), fc.constantFrom("\n", "\r\n"), fc.constantFrom("title: A", 'title: "A: b"', "title: A # note", "title: yes", "owner: '@x'\ntitle: A b", "targets:\n  - src/**\ntitle: A")).map(([lines, eol, front]) => ["---", "id: ST-a", ...front.split("\n"), "---", "", "## Behaviour", "", "### AC-9 · planned", "", "The shop shall greet.", ...lines, ""].join(eol));

test("a version says what reading the whole story says", () => {
  fc.assert(
    fc.property(story, (text) => {
      const read = readStory(FILE, text, yaml).story;
      const version = versionReader(yaml)(FILE, text);
      expect(version?.id).toBe(read?.id);
      expect(version?.title).toBe(read?.title);
      expect(version?.criteria.map(({ id, state, sentence, revision, approved, tests }) => ({ id, state, sentence, revision, approved, tests }))).toEqual(read?.criteria.map(({ id, state, sentence, revision, approved, tests }) => ({ id, state, sentence, revision, approved, tests })));
      for (const one of read?.criteria ?? []) expect(version?.criteria.find(({ id }) => id === one.id)?.text).toBe(normalisedText(text.slice(one.span.start, one.span.end).replace(/^[^\n]*\n?/, "")));
    }),
    { numRuns: 3_000 },
  );
});

test("a heading made of marks costs no more than reading it", () => {
  const text = (marks: number): string => `---\nid: ST-a\ntitle: A\n---\n## Behaviour\n### AC-1 ${"#".repeat(marks)}x\n## ${"# ".repeat(marks / 2)}x\n`;
  expect(versionReader(yaml)(FILE, text(900_000))).toBeUndefined();
  expect(versionReader(yaml)(FILE, text(400_000))).toMatchObject({ id: "ST-a" });
});

test("what stood in the version before is the same object", () => {
  const read = versionReader(yaml);
  const text = (sentence: string): string => `---\nid: ST-a\ntitle: A\n---\n\n## Behaviour\n\n### AC-1 · promised\n\nThe shop shall greet.\n\n### AC-2 · planned\n\n${sentence}\n`;
  const [before, after] = [read(FILE, text("The shop shall part.")), read(FILE, text("The shop shall wave."))];
  expect(after?.criteria[0]).toBe(before?.criteria[0]);
  expect(after?.criteria[1]).not.toBe(before?.criteria[1]);
});

test("a story whose front matter is broken is the one its file is named after", () => {
  expect(versionReader(yaml)(FILE, "<<<<<<< ours\nid: ST-b\n## Behaviour\n### AC-1 · planned\n\nThe shop shall greet.\n")).toMatchObject({ id: "ST-a", criteria: [{ id: "AC-1" }] });
  expect(versionReader(yaml)("proofline/stories/notes.md", "# Notes\n")).toBeUndefined();
});
