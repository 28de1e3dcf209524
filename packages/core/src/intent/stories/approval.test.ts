import fc from "fast-check";
import { expect, test } from "vitest";
import { parseDocument, isMap, isScalar, LineCounter } from "yaml";
import { withApproval } from "./approval.ts";
import { readStory } from "./read-story.ts";

const yaml = { parseDocument, isMap, isScalar, LineCounter };
const FILE = "proofline/stories/ST-a.md";
const read = (text: string) => readStory(FILE, text, yaml);
const storyWith = (...blocks: readonly string[]) => `---\nid: ST-a\ntitle: A\n---\n\n## Behaviour\n\n${blocks.map((block, n) => `### AC-${n + 1} · promised\n\n${block}\n`).join("\n")}\n## Constraints\n\n- C-1: one\n`;

test("a record is read, is no part of the revision, and no part of a step", () => {
  const text = storyWith("When a, the shop shall b.\n\n- Given x\n- Then y");
  const [before] = read(text).story?.criteria ?? [];
  const after = withApproval(text, before as NonNullable<typeof before>);
  const [now] = read(after).story?.criteria ?? [];
  expect(after).toContain(`- Then y\n\n<!-- approved: ${before?.revision.slice(0, 12)} -->\n`);
  expect(now).toMatchObject({ revision: before?.revision, approved: before?.revision.slice(0, 12), sentence: before?.sentence });
  expect(now?.steps.map(({ text: says }) => says)).toEqual(["x", "y"]);
  expect(read(after).problems).toEqual([]);
});

test("a record is replaced, never doubled, and everything else stays", () => {
  const word = fc.stringMatching(/^[a-z]{1,8}$/);
  const block = fc.tuple(word, word, fc.boolean()).map(([a, b, link]) => `When ${a}, the shop shall ${b}.${link ? "\n\n[@test](a.test.ts)" : ""}`);
  fc.assert(
    fc.property(fc.array(block, { minLength: 1, maxLength: 5 }), fc.nat(4), fc.boolean(), (blocks, at, crlf) => {
      const text = crlf ? storyWith(...blocks).replaceAll("\n", "\r\n") : storyWith(...blocks);
      const criterion = read(text).story?.criteria[at % blocks.length];
      if (criterion === undefined) throw new Error("no criterion");
      const once = withApproval(text, criterion);
      const again = read(once).story?.criteria.find(({ id }) => id === criterion.id);
      expect(withApproval(once, again as typeof criterion)).toBe(once);
      expect(once.replace(/(?:\r?\n){2}<!-- approved: [0-9a-f]{12} -->/, "")).toBe(text);
      expect(read(once).story?.criteria.map(({ revision }) => revision)).toEqual(read(text).story?.criteria.map(({ revision }) => revision));
    }),
  );
});
