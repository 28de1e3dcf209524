import fc from "fast-check";
import { expect, test } from "vitest";
import type { DocumentFinding, VerdictDocument } from "@proofline/core/operations";
import { isTrivial, renderMarkdown, renderTitle } from "./markdown.ts";
import { makePaint } from "./paint.ts";
import { renderText } from "./text.ts";
import { clip, printable, wrap } from "./wrap.ts";

const sha = (digit: string): string => digit.repeat(40);

const finding = (over: Partial<DocumentFinding> = {}): DocumentFinding => ({
  check: "risk/high-needs-test",
  answer: "broken",
  effect: "ask",
  mode: "enforce",
  because: "signIn in the high-risk area authentication changed and no test did.",
  fix: "Add a test.",
  fingerprint: "f".repeat(64),
  places: [{ file: "src/auth.ts", line: 3 }],
  ask: { to: ["author"], question: "Which test?", how: "Add it." },
  details: {},
  ...over,
});

const verdict = (over: Partial<VerdictDocument> = {}): VerdictDocument => ({
  schema: "proofline/verdict/1",
  decision: "ask",
  scope: "static",
  mode: "enforce",
  enforced: "ask",
  gate: "local",
  change: { base: sha("a"), baseName: "main", head: sha("b"), headName: "HEAD", headKind: "commit", mergeBase: sha("a"), type: "feature", typeFrom: "inferred", files: 1, added: 2, deleted: 1, areas: [], packages: ["."], byAgent: false },
  risk: { score: 0.1, percentile: 40, level: "low", reasons: [] },
  findings: [finding()],
  evidence: [],
  missing: [],
  blindSpots: [],
  warnings: [],
  later: [],
  off: [],
  isolation: "nothing was executed",
  testMs: 0,
  tookMs: 120,
  policy: { digest: `sha256:${"0".repeat(64)}`, readFrom: sha("a"), origin: "defaults" },
  ...over,
});

const plain = makePaint(false);

test("the terminal says what, why, the fix, whom to ask, what next and the exit code, within 80 columns", () => {
  const text = renderText(verdict(), plain, 80);
  expect(text).toMatchInlineSnapshot(`
    "proofline check   HEAD vs main (merge base aaaaaaa)   1 file +2 -1

     ASK   signIn in the high-risk area authentication changed and no test did.

     1  risk/high-needs-test  (ask)                                    src/auth.ts:3
        Fix  Add a test.
        Ask  author: Which test? Add it.

     risk       below the middle of the changes here

     Next: answer src/auth.ts:3, then  proofline check
     More: proofline explain risk/high-needs-test               120 ms, exit 3 (ask)"
  `);
  for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
});

test("observe says that nothing is blocked and exits 0", () => {
  expect(renderText(verdict({ mode: "observe", enforced: "ship" }), plain, 80)).toContain("exit 0 (ask, observe: nothing is blocked)");
});

test("warnings are shown, never dropped", () => {
  const warned = verdict({ warnings: ["proofline/waivers/x.json does not count: it expired on 2026-01-01"] });
  expect(renderText(warned, plain, 80)).toContain("it expired on 2026-01-01");
  expect(renderMarkdown(warned)).toContain("it expired on 2026-01-01");
});

test("no text from a repository can move the cursor, colour the screen or ping somebody", () => {
  const hostile = finding({ because: "\u001b[2Jgone\u0007 @everyone <img src=x> [x](http://evil) \u202etxt", places: [{ file: "a\u001b]8;;http://x\u0007.ts" }] });
  const text = renderText(verdict({ findings: [hostile] }), plain, 80);
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
  const markdown = renderMarkdown(verdict({ findings: [hostile] }));
  expect(markdown).not.toMatch(/(?<!\\)<img|@everyone|(?<!\\)\]\(http/);
});

test("a file whose name holds a line break or an escape code is named on one line, with the code spelled out", () => {
  const odd = verdict({ findings: [finding({ effect: "block", places: [{ file: "src/a\nb\u001b[2J.js", line: 1 }] })] });
  expect(renderText(odd, plain, 80)).toContain("Next: fix src/a\\u{a}b\\u{1b}[2J.js:1, then");
  expect(renderMarkdown(odd)).toContain("src/a\\u{a}b\\u{1b}[2J.js:1");
});

test("a headline that a test's message ends without a full stop does not run into the count of the rest", () => {
  const two = verdict({ findings: [finding({ because: "refunds: Promise never resolved" }), finding({ fingerprint: "e".repeat(64) })] });
  expect(renderTitle(two)).toBe("Ask · refunds: Promise never resolved. 1 more finding below.");
});

test("where nothing changed, the next step is a change to judge", () => {
  const nothing = verdict({ decision: "ship", enforced: "ship", findings: [], change: { ...verdict().change, files: 0, added: 0, deleted: 0 } });
  expect(renderText(nothing, plain, 80)).toContain("Next: change something, or judge past work:  proofline check --base HEAD~1");
});

test("the same place is not named twice, and a narrow terminal breaks no line of ours", () => {
  const place = { file: "test/a.test.js", line: 9 };
  const text = renderText(verdict({ findings: [finding({ effect: "block", places: [place, place, place] })] }), plain, 56);
  expect(text).not.toContain("also");
  for (const line of text.split("\n").slice(1)) expect(line.length).toBeLessThanOrEqual(56);
});

test("a trivial change gets no comment; its title says it all", () => {
  const docs = verdict({ decision: "ship", findings: [], change: { ...verdict().change, type: "docs" } });
  expect([isTrivial(docs), renderTitle(docs)]).toEqual([true, "Ship · Docs only, no proof owed."]);
  expect(isTrivial(verdict())).toBe(false);
});

test("wrapping keeps every word, keeps to the width, and never throws", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 300 }), fc.integer({ min: 20, max: 120 }), (text, width) => {
      const lines = wrap(text, width);
      expect(lines.join(" ").split(/\s+/).filter(Boolean)).toEqual(printable(text).split(/\s+/).filter(Boolean));
      for (const line of lines) if (line.includes(" ")) expect(line.length).toBeLessThanOrEqual(width);
      expect(clip(text, width).length).toBeLessThanOrEqual(width);
    }),
  );
});
