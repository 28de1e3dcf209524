import fc from "fast-check";
import { expect, test } from "vitest";
import type { DocumentFinding, VerdictDocument } from "@proofline/core/operations";
import { columnsOf } from "./columns.ts";
import { isTrivial, renderMarkdown, renderTitle } from "./markdown.ts";
import { makePaint } from "./paint.ts";
import { renderSarif } from "./sarif.ts";
import { renderText } from "./text.ts";
import { headline } from "./words.ts";
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

     Next: answer src/auth.ts:3, then  proofline check
     More: proofline explain risk/high-needs-test               120 ms, exit 3 (ask)"
  `);
  for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
});

test("risk has a line where it says something: more than the middle, and why", () => {
  const risky = (percentile: number | null): string => renderText(verdict({ risk: { score: 0.4, percentile, level: "medium", reasons: ["touches 9 files"] } }), plain, 80);
  expect(risky(72)).toContain(" risk       riskier than 7 in 10 changes here: touches 9 files\n");
  for (const silent of [risky(30), risky(null)]) expect(silent).not.toContain("risk  ");
  expect(renderMarkdown(verdict())).not.toContain("Risk:");
});

test("a past commit is not judged anew by asking for the working tree", () => {
  const change = { ...verdict().change, headName: "4111333" };
  expect(renderText(verdict({ change }), plain, 80)).toMatch(/Next: answer src\/auth\.ts:3\n/);
  expect(renderText(verdict({ change: { ...change, headKind: "worktree" } }), plain, 80)).toContain("Next: answer src/auth.ts:3, then  proofline check");
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
      for (const line of lines) if (line.includes(" ")) expect(columnsOf(line)).toBeLessThanOrEqual(width);
      expect(columnsOf(clip(text, width))).toBeLessThanOrEqual(width);
    }),
  );
});

test("SARIF places every finding where GitHub takes it, and says where it has no place of its own", () => {
  const log = JSON.parse(
    renderSarif(verdict({ findings: [finding({ places: [] }), finding({ places: [{ file: "old.ts", line: 9, side: "base" }, { file: "new.ts", line: 3, endLine: 4 }] }), finding({ answer: "holds", places: [] })] }), [], "0.0.0"),
  ) as { runs: { results: { message: { text: string }; locations: { physicalLocation: { artifactLocation: { uri: string }; region: object } }[] }[] }[] };
  const results = log.runs[0]?.results ?? [];
  expect(results.map(({ locations: [place] }) => [place?.physicalLocation.artifactLocation.uri, place?.physicalLocation.region])).toEqual([
    ["proofline.yaml", { startLine: 1, endLine: 1 }],
    ["new.ts", { startLine: 3, endLine: 4 }],
  ]);
  expect(results[0]?.message.text).toMatch(/about the change as a whole; proofline\.yaml is only where it is shown/);
  expect(results[1]?.message.text).not.toMatch(/change as a whole/);
});

test("the headline of many runs stays short: repeats and reasons are told below it", () => {
  const run = (says: string) => ({ kind: "test-run" as const, source: "ran" as const, subject: sha("b"), digest: "sha256:0", origin: "vitest", says });
  const shipped = (...says: string[]): string => renderText(verdict({ decision: "ship", enforced: "ship", scope: "partial", findings: [], evidence: says.map(run) }), plain, 100);
  expect(shipped("vitest: 5 passed", "vitest in a: 0 passed, cut short: out of time", "vitest in b: 0 passed, cut short: out of time")).toContain("Nothing stands against it: vitest: 5 passed; 2 runs cut short.");
  expect(shipped("vitest: 5 passed", "vitest: 1 passed, repeated", "vitest: 1 passed, on the merge base")).toContain("Nothing stands against it: vitest: 5 passed.");
});

const ran = (says: string) => ({ kind: "test-run" as const, source: "ran" as const, subject: sha("b"), digest: "sha256:0", origin: "vitest", says });
const shipped = (findings: readonly DocumentFinding[], says: string): VerdictDocument => verdict({ decision: "ship", enforced: "ship", scope: "full", findings: [...findings], evidence: [ran(says)] });

test("a headline never says that nothing stands against it beside a count of failed tests", () => {
  const unstable = (n: number) => finding({ check: "tests/flaky", effect: "note", because: `“t${n}” passed and failed on the same code.`, fingerprint: `${n}` });
  const red = (why: string, of: number) => finding({ check: "tests/failing", effect: "note", because: "x", details: { tests: [], of, why } });
  expect(headline(shipped([unstable(1), unstable(2)], "vitest: 3 passed, 2 failed"))).toBe("Tests are red, none held against it (2 unstable): vitest: 3 passed, 2 failed.");
  expect(headline(shipped([unstable(1), red("older", 3), red("unsettled", 2)], "vitest: 3 passed, 6 failed"))).toBe(
    "Tests are red, none held against it (1 unstable, 3 red before it too, 2 not settled in time): vitest: 3 passed, 6 failed.",
  );
  expect(headline(shipped([], "vitest: 3 passed, 1 file did not load"))).toBe("Tests are red, and nothing that was asked holds it: vitest: 3 passed, 1 file did not load.");
  expect(headline(shipped([], "vitest: 3 passed"))).toBe("Nothing stands against it: vitest: 3 passed.");
});

test("what was proven leads the headline, in the comment too; what is only not broken does not", () => {
  const proof = (answer: "holds" | "unknown") =>
    finding({ check: "tests/pass-without-change", answer, effect: "note", because: "Proven: “rounds half up” is red without the change and green with it (2 runs a side).", places: [], details: {} });
  const proven = shipped([proof("holds")], "vitest: 3 passed");
  expect(headline(proven)).toBe("Proven: “rounds half up” is red without the change and green with it (2 runs a side). Nothing stands against it: vitest: 3 passed.");
  expect(renderMarkdown(proven)).toContain("### Ship · Proven: “rounds half up” is red without the change");
  expect(headline(shipped([proof("holds"), finding({ check: "tests/flaky", effect: "note" })], "vitest: 3 passed, 1 failed"))).toContain("green with it (2 runs a side). Tests are red, none held against it (1 unstable)");
  expect(headline(shipped([proof("unknown")], "vitest: 3 passed"))).toBe("Nothing stands against it: vitest: 3 passed.");
});

test("the message of a failure is read once; what it says beyond its sentence stays", () => {
  const red = finding({
    check: "tests/failing",
    effect: "block",
    because: "adds tax: Expected values to be equal: 119 !== 120",
    excerpt: ["Expected values to be equal:", "119 !== 120", "  a longer explanation"],
  });
  for (const text of [renderText(verdict({ findings: [red, finding()] }), plain, 80), renderMarkdown(verdict({ findings: [red, finding()] }))]) {
    const found = text.slice(text.search(/1\.? .*tests\/failing/));
    expect(found.match(/119 !== 120/g)).toHaveLength(1);
    expect(found).toContain("a longer explanation");
  }
  const diff = finding({ excerpt: ["- expect(a).toBe(1)", "+ expect(a).toBeTruthy()"] });
  expect(renderText(verdict({ findings: [diff] }), plain, 80)).toContain("- expect(a).toBe(1)");
});

test("columns are counted as a terminal draws them: emoji and East Asian script take two, accents none", () => {
  expect([columnsOf("abc"), columnsOf("日本"), columnsOf("👩‍👩‍👧"), columnsOf("e\u0301"), columnsOf("🇩🇪"), columnsOf("⚠️"), columnsOf("é")]).toEqual([3, 4, 2, 1, 2, 2, 1]);
  expect(clip("日本語のテスト", 7)).toBe("日本語…");
  expect(clip("ok 👩‍👩‍👧 done", 5)).toBe("ok …");
  expect(wrap("日本 日本 日本 日本 日本 日本", 20).every((line) => columnsOf(line) <= 20)).toBe(true);
});

test("where a changed line stands behind a red test, that is what to act on; the test is named beside it where there is room", () => {
  const red = (details: DocumentFinding["details"]): string =>
    renderText(verdict({ decision: "hold", enforced: "hold", findings: [finding({ check: "tests/failing", effect: "block", places: [{ file: "test/price.test.ts", line: 9 }], details })] }), plain, 80);
  expect(red({ source: { file: "src/price.ts", line: 3, others: 0 } })).toMatch(/Next: fix src\/price\.ts:3 \(red: test\/price\.test\.ts:9\), then/);
  expect(red({ source: { file: "src/price.ts", line: 3, others: 2 } })).toContain("Next: fix src/price.ts:3 or 2 more changed files, then");
  expect(red({ source: { file: `src/${"deep/".repeat(10)}price.ts`, line: 3, others: 0 } })).not.toContain("(red:");
  expect(red({})).toContain("Next: fix test/price.test.ts:9");
});
