import * as yaml from "yaml";
import fc from "fast-check";
import { expect, test } from "vitest";
import { addCriteria, renderStory, withState } from "./edit-story.ts";
import { readStory } from "./read-story.ts";
import type { Story } from "./story.ts";

const FILE = "proofline/stories/ST-guest-checkout.md";
const TEXT = `---
id: ST-guest-checkout
title: Check out without an account
owner: "@acme/shop"
area: checkout
targets:
  - src/checkout/**
---

# Check out without an account

## Intent

As a guest I want to pay without an account.

- **Guest**: a visitor who is not signed in

## Behaviour

### AC-1 · promised

When a guest confirms the order,
the shop shall **charge** the card once.

- Given a full cart
- **When** the guest confirms
- Then the card is charged
  exactly once

[@test](test/pay.test.ts)

#### Scenario: pressed twice

- WHEN the guest presses twice
- THEN one charge is made

### AC-2 · planned

If the card is declined, the shop shall keep the cart. [NEEDS CLARIFICATION: for how long?]

### AC-old · retired

The shop shall send a fax.

## Constraints

- C-1: the order page answers in under 800 ms at p95

## Quality gates

- 0 charges made twice in 10,000 orders

## Access

| role | view order | cancel order |
|------|------------|--------------|
| guest | allow | deny |
| owner | allow |  |

## Unchanged

- Signed-in customers see no difference.

## Open questions

- Which card networks?
`;

const read = (text: string, file = FILE) => readStory(file, text, yaml);
const storyOf = (text: string, file = FILE): Story => {
  const { story, problems } = read(text, file);
  expect(problems).toEqual([]);
  if (!story) throw new Error("no story");
  return story;
};
const problemsOf = (text: string) => read(text).problems.map(({ code, line }) => `${code}:${line}`);

test("a story is read whole", () => {
  const story = storyOf(TEXT);
  expect(story).toMatchObject({ id: "ST-guest-checkout", title: "Check out without an account", owner: "@acme/shop", area: "checkout", targets: ["src/checkout/**"], terms: ["Guest"] });
  expect(story.criteria.map(({ id, state, line }) => [id, state, line])).toEqual([["AC-1", "promised", 20], ["AC-2", "planned", 37], ["AC-old", "retired", 41]]);
  expect(story.criteria[0]).toMatchObject({
    sentence: "When a guest confirms the order, the shop shall **charge** the card once.",
    steps: [{ keyword: "given", text: "a full cart" }, { keyword: "when", text: "the guest confirms" }, { keyword: "then", text: "the card is charged exactly once" }],
    scenarios: [{ name: "pressed twice", steps: [{ keyword: "when", text: "the guest presses twice" }, { keyword: "then", text: "one charge is made" }] }],
    tests: ["test/pay.test.ts"],
  });
  expect(story.constraints).toEqual([{ id: "C-1", text: "the order page answers in under 800 ms at p95", line: 47 }]);
  expect(story.access.map(({ role, action, allowed }) => `${role} ${action} ${allowed}`)).toEqual(["guest view order true", "guest cancel order false", "owner view order true"]);
  expect(story.openQuestions.map(({ text, line }) => [text, line])).toEqual([["for how long?", 39], ["Which card networks?", 66]]);
});

test("a revision changes with the words, and not with spacing, emphasis, state or a link to a test", () => {
  const revision = (text: string) => storyOf(text).criteria[0]?.revision;
  const before = revision(TEXT);
  for (const same of [TEXT.replace("order,\nthe shop", "order, the   shop"), TEXT.replace("**charge**", "charge"), TEXT.replace("AC-1 · promised", "AC-1 · retired"), TEXT.replace("test/pay.test.ts", "test/other.test.ts"), TEXT.replaceAll("\n", "\r\n")]) expect(revision(same)).toBe(before);
  for (const other of [TEXT.replace("once.", "twice."), TEXT.replace("a full cart", "an empty cart"), TEXT.replace("one charge is made", "no charge is made")]) expect(revision(other)).not.toBe(before);
});

test.each<[string, string, string]>([
  ["no front matter", "# Title\n", "front-matter:1"],
  ["front matter never closed", "---\nid: ST-a\n", "front-matter:1"],
  ["YAML that is none", "---\nid: ST-a\nowner: @acme\n---\n", "front-matter:3"],
  ["an unknown key", "---\nid: ST-guest-checkout\ntitle: a\nonwer: b\n---\n", "unknown-key:4"],
  ["no id", "---\ntitle: a\n---\n", "no-id:1"],
  ["a bad id", "---\nid: ../../etc\ntitle: a\n---\n", "no-id:2"],
  ["another file's id", "---\nid: ST-other\ntitle: a\n---\n", "file-name:1"],
  ["a criterion without a state", TEXT.replace("AC-1 · promised", "AC-1"), "no-state:20"],
  ["a state nobody knows", TEXT.replace("AC-1 · promised", "AC-1 · promissed"), "no-state:20"],
  ["a criterion without an id", TEXT.replace("AC-1 · promised", "Paying"), "no-criterion:20"],
  ["an id twice", TEXT.replace("AC-2 · planned", "AC-1 · planned"), "id-twice:37"],
  ["a section misspelt", TEXT.replace("## Behaviour", "## Behavior"), "unknown-section:18"],
  ["a section nobody knows", TEXT.replace("## Unchanged", "## Roadmap"), "unknown-section:60"],
  ["a section twice", TEXT.replace("## Unchanged", "## Intent"), "section-twice:60"],
  ["a cell that is neither", TEXT.replace("| deny |", "| maybe |"), "access-cell:57"],
  ["a conflict", TEXT.replace("The shop shall send a fax.", "<<<<<<< HEAD\nThe shop shall send a fax.\n=======\nno\n>>>>>>> b"), "conflict:43"],
  ["no sentence", TEXT.replace("The shop shall send a fax.", ""), "no-sentence:41"],
])("%s is told with its line", (_, text, problem) => {
  expect(problemsOf(text)).toContain(problem);
  const found = read(text).problems;
  expect(found.every(({ says, fix }) => says.length > 0 && fix.length > 0)).toBe(true);
});

test("a misspelt section is still read, and the fix names it", () => {
  const { story, problems } = read(TEXT.replace("## Behaviour", "## Behavior"));
  expect(story?.criteria).toHaveLength(3);
  expect(problems[0]?.fix).toBe("Write `## Behaviour`.");
});

test("headings inside fences and comments are text", () => {
  expect(storyOf(TEXT.replace("The shop shall send a fax.", "The shop shall send a fax.\n\n```md\n## Intent\n### AC-1 · promised\n```\n\n<!--\n## Intent\n### AC-9 · promised\n-->")).criteria).toHaveLength(3);
});

test("hostile texts end quickly and without an exception", () => {
  const deep = `---\nid: ST-a\ntitle: ${"[".repeat(5_000)}\n---\n`;
  const alias = "---\na: &a [x, x]\nid: ST-a\ntitle: *a\n---\n";
  const many = `${TEXT}${"### AC-1 · promised\n".repeat(20_000)}`;
  for (const text of [deep, alias, many, `---\n${"<!--".repeat(100_000)}`, TEXT + "`".repeat(500_000), TEXT + "**".repeat(200_000), TEXT + "[NEEDS CLARIFICATION".repeat(20_000), TEXT + " ".repeat(500_000), `${TEXT}\n## Notes ${"#".repeat(900_000)}x\n`, "x".repeat(1_000_001)]) {
    expect(() => read(text)).not.toThrow();
  }
  expect(problemsOf("x".repeat(1_000_001))).toEqual(["too-large:1"]);
});

const anyText = fc.array(fc.oneof(fc.constantFrom(...TEXT.split("\n"), "```", "<!--", "-->", "### AC-7 · promised", "## Behaviour", "- Given x", "#### Scenario: y", "\r"), fc.string({ maxLength: 30 })), { maxLength: 40 }).map((lines) => lines.join("\n"));

test("whatever the text, reading never throws, and spans lie in order inside it", () => {
  fc.assert(
    fc.property(anyText, (body) => {
      const text = `---\nid: ST-guest-checkout\ntitle: t\n---\n${body}`;
      const { story } = read(text);
      let last = 0;
      for (const { span } of story?.criteria ?? []) {
        expect(span.start).toBeGreaterThanOrEqual(last);
        expect(span.end).toBeLessThanOrEqual(text.length);
        last = span.end;
      }
    }),
    { numRuns: 300 },
  );
});

test("adding a criterion leaves every other character as it was, and every other criterion its revision", () => {
  fc.assert(
    fc.property(anyText, fc.string({ minLength: 1, maxLength: 80 }).filter((words) => /\w/.test(words)), fc.boolean(), (body, words, crlf) => {
      const plain = `---\nid: ST-guest-checkout\ntitle: t\n---\n${body}\n`;
      const text = crlf ? plain.replaceAll(/\r?\n/g, "\r\n") : plain;
      const { story } = read(text);
      if (!story) return;
      const sentence = `The shop shall ${words}`;
      const after = addCriteria(text, story, [{ sentence }]);
      // What was there is there still, around one inserted run.
      let same = 0;
      while (same < text.length && text[same] === after[same]) same += 1;
      let tail = 0;
      while (tail < text.length - same && text[text.length - 1 - tail] === after[after.length - 1 - tail]) tail += 1;
      expect(same + tail).toBe(text.length);
      const revisions = new Map(read(after).story?.criteria.map(({ id, revision }) => [id, revision]));
      for (const { id, revision } of story.criteria) if (revisions.has(id)) expect(revisions.get(id)).toBe(revision);
    }),
    { numRuns: 300 },
  );
});

test("a criterion is added behind its kin, with an id of its words, in the file's own line ends", () => {
  const story = storyOf(TEXT);
  const after = addCriteria(TEXT, story, [{ sentence: "If the card is declined twice, the shop shall block the card for 10 minutes." }]);
  expect(storyOf(after).criteria.map(({ id }) => id)).toEqual(["AC-1", "AC-2", "AC-block-card-10-minutes", "AC-old"]);
  const windows = TEXT.replaceAll("\n", "\r\n");
  const added = addCriteria(windows, storyOf(windows), [{ sentence: "The shop shall greet.", state: "promised" }]);
  expect(added).toContain("### AC-greet · promised\r\n\r\nThe shop shall greet.\r\n");
  expect(added.replaceAll("\r\n", "")).not.toContain("\n");
});

test("a state is changed in place", () => {
  const [first] = storyOf(TEXT).criteria;
  if (!first) throw new Error("no criterion");
  expect(withState(TEXT, first, "retired")).toBe(TEXT.replace("### AC-1 · promised", "### AC-1 · retired"));
  const windows = TEXT.replaceAll("\n", "\r\n");
  const [there] = storyOf(windows).criteria;
  if (!there) throw new Error("no criterion");
  expect(withState(windows, there, "planned")).toBe(windows.replace("### AC-1 · promised", "### AC-1 · planned"));
});

test("what is rendered reads back as it was meant, whatever stands in the blocks", () => {
  fc.assert(
    fc.property(anyText, anyText, fc.string({ maxLength: 40 }), (intent, notes, title) => {
      const text = renderStory({ id: "ST-guest-checkout", title: `a ${title}`, intent, criteria: [{ id: "AC-1", state: "promised", body: "The shop shall greet." }, { id: "AC-2", state: "planned", body: `The shop shall part.\n\n${notes}` }], notes });
      const { story } = read(text);
      expect(story?.criteria.map(({ id, state }) => [id, state])).toEqual([["AC-1", "promised"], ["AC-2", "planned"]]);
      expect(story?.title).toBe(`a ${title.replace(/[\r\n]+/g, " ")}`.trim());
    }),
    { numRuns: 300 },
  );
});
