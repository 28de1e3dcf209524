import { expect, test } from "vitest";
import type { ProofRecord, RecordedTest } from "@proofline/core/operations";
import { columnsOf } from "./columns.ts";
import { makePaint } from "./paint.ts";
import { renderProof } from "./proof.ts";

const plain = makePaint(false);

const telling = (name: string, message = "AssertionError: Expected values to be equal:\n\n2 !== 3"): RecordedTest =>
  ({ id: { file: "test/a.test.js", suite: [], name }, head: "green", base: "red", red: "assertion", failure: { kind: "assertion", message } }) as unknown as RecordedTest;

const record = (tests: readonly RecordedTest[], over: Partial<ProofRecord> = {}): ProofRecord =>
  ({
    schema: "proofline/proof/1",
    outcome: "proven",
    because: `“${tests[0]?.id.name}” is red without the change and green with it`,
    type: "fix",
    broken: "a".repeat(40),
    fixed: "b".repeat(40),
    repeats: 3,
    tookMs: 640,
    isolation: "own clone",
    notes: [],
    digest: `sha256:${"0".repeat(64)}`,
    replay: `proofline prove --test test/a.test.js --broken ${"a".repeat(40)} --fixed ${"b".repeat(40)}`,
    tests,
    ...over,
  }) as unknown as ProofRecord;

test("a proof names each test, both its sides, and why it is red, in words that can be read without colour", () => {
  expect(renderProof(record([telling("rounds half up"), telling("rounds 2.5"), telling("rounds 3.5", "4 !== 3")]), plain, 80, { address: `sha256:${"3f".repeat(32)}` })).toMatchInlineSnapshot(`
    "proofline prove   bbbbbbb against aaaaaaa   fix

     PROVEN   “rounds half up” is red without the change and green with it.

     test/a.test.js
       rounds half up
         red without it (an expectation failed), green with it
           AssertionError: Expected values to be equal: 2 !== 3
       rounds 2.5
         red without it (as above), green with it
       rounds 3.5
         red without it (an expectation failed), green with it
           4 !== 3

     Runs    3 runs a side of what decides, in 640 ms; own clone
     Record  sha256:3f3f3f3f3f3f, kept in .proofline/proofs
     Again   proofline prove --test test/a.test.js --broken aaaaaaaaaaaa \\
               --fixed bbbbbbbbbbbb"
  `);
});

test("a proof that was made again says whether it is the same, and what differs", () => {
  const made = { record: `sha256:${"3f".repeat(32)}`, surroundings: [] };
  expect(renderProof(record([telling("rounds half up")]), plain, 80, { replayed: { ...made, same: true, differences: [] } })).toContain(" Replay  the same as sha256:3f3f3f3f3f3f\n");
  const differs = renderProof(record([telling("rounds half up")]), plain, 80, { replayed: { ...made, same: false, differences: Array.from({ length: 12 }, (_, at) => `test ${at}: is no longer there`), surroundings: ["node: v20.1.0 then, v22.0.0 now"] } });
  expect(differs).toContain(" Replay  NOT the same as sha256:3f3f3f3f3f3f\n         test 0: is no longer there\n");
  expect(differs).toContain("         and 4 more differences\n Note    node: v20.1.0 then, v22.0.0 now\n");
});

test("no line of a proof is wider than the terminal, whatever tests are called", () => {
  const names = ["日本語".repeat(40), "x".repeat(300), "👩‍👩‍👧 ".repeat(40), "a\u001b[31mb\u0007\nc", "long words of prose ".repeat(12)];
  for (const width of [60, 80, 120]) {
    const text = renderProof(record(names.map((name) => telling(name, `${name}:\n${name}`))), plain, width);
    for (const line of text.split("\n")) expect(columnsOf(line), line).toBeLessThanOrEqual(Math.min(width, 100));
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
  }
});

test("of three hundred tests ten are listed and the rest counted", () => {
  const text = renderProof(record(Array.from({ length: 300 }, (_, n) => telling(`row ${n}`))), plain, 80);
  expect(text).toContain("290 more tests like these");
  expect(text.split("\n").length).toBeLessThan(40);
});

test("the command to run it again can be copied where it needs two lines, and is left whole where it is quoted", () => {
  const again = (replay: string): string[] => renderProof(record([telling("a")], { replay }), plain, 60).split("Again   ")[1]?.split("\n").map((line) => line.trim()) ?? [];
  const revisions = `--broken ${"a".repeat(40)} --fixed ${"b".repeat(40)}`;
  expect(again(`proofline prove --test test/a.test.js ${revisions}`)).toEqual(["proofline prove --test test/a.test.js \\", "--broken aaaaaaaaaaaa --fixed bbbbbbbbbbbb"]);
  expect(again(`proofline prove --test 'a.js::says --help' ${revisions}`)).toEqual(["proofline prove --test 'a.js::says --help' --broken aaaaaaaaaaaa --fixed bbbbbbbbbbbb"]);
});

test("a working tree can't be asked for again by a name no repository has", () => {
  const tree = { fixed: "c".repeat(40), fixedTree: "c".repeat(40) };
  expect(renderProof(record([telling("rounds")], tree), plain)).not.toContain("Again");
  expect(renderProof(record([telling("rounds")], { ...tree, fixed: "b".repeat(40) }), plain)).toContain("Again");
});

const nextOf = (over: Partial<ProofRecord>, tests: readonly Partial<RecordedTest>[] = [{ head: "green", base: "green" }]): string =>
  /^ Next {4}(.*(?:\n {9}.*)*)/m.exec(renderProof(record(tests.map((one) => ({ ...telling("rounds"), failure: undefined, red: undefined, ...one }) as unknown as RecordedTest), { outcome: "not proven", selection: ["test/a.test.js"], ...over }), plain, 100))?.[1]?.replace(/\s+/g, " ") ?? "";

test("what shows nothing says what to do about it", () => {
  expect(nextOf({ outcome: "refuted" })).toMatch(/^add an assertion that is red on the code before/);
  expect(nextOf({ outcome: "refuted", type: "refactor" })).toMatch(/^keep the behaviour/);
  expect(nextOf({ type: "feature" })).toMatch(/^add a test that only the new behaviour passes/);
  expect(nextOf({}, [{ base: "red", red: "absent-before" }])).toMatch(/^reach the bug through what was there before/);
  expect(nextOf({}, [{ base: "red", red: "missing-package" }])).toMatch(/^install what the old code needs/);
  expect(nextOf({}, [{ base: "unstable" }])).toMatch(/^make that test stable/);
  expect(nextOf({}, [{ head: "red", base: "red" }])).toMatch(/^make the tests pass with the change first/);
  expect(nextOf({}, [])).toContain("proofline doctor");
  expect(nextOf({ selection: [] }, [])).toContain("--test FILE");
});

test("what shows enough asks for nothing more", () => {
  expect(nextOf({ outcome: "proven" }, [{ base: "red", red: "assertion" }])).toBe("");
  expect(nextOf({ outcome: "not owed", type: "docs" }, [])).toBe("");
});
