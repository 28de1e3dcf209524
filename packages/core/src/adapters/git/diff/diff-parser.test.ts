import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { diffParser } from "./diff-parser.ts";

const A = "a".repeat(40);
const B = "b".repeat(40);
const raw = (status: string, ...paths: string[]): string => `:100644 100644 ${A} ${B} ${status}\0${paths.join("\0")}\0`;
const diffOf = (records: string, patch: string): Buffer => Buffer.from(`${records}\0${patch}`);

function parse(bytes: Buffer, limit = 1_000, chunks: readonly number[] = []) {
  const parser = diffParser(limit);
  let at = 0;
  for (const size of chunks) {
    parser.write(bytes.subarray(at, at + size));
    at += size;
  }
  parser.write(bytes.subarray(at));
  return parser.end(true);
}

const HOSTILE = diffOf(
  raw("M", "a b.ts") + raw("R090", "old\nname", 'new"name'),
  [
    "diff --git a/a b.ts b/a b.ts",
    `index ${A}..${B} 100644`,
    "--- a/a b.ts",
    "+++ b/a b.ts",
    "@@ -3,2 +3,3 @@ class Ünicode {",
    "--- a/evil",
    "-diff --git a/x b/x",
    "+@@ -1 +1 @@",
    "+++ b/evil\r",
    "+\u2028 no line break",
    "\\ No newline at end of file",
    'diff --git "a/old\\nname" "b/new\\"name"',
    "similarity index 90%",
    "@@ -0,0 +1 @@",
    "+Binary files a and b differ",
    "",
  ].join("\n"),
);

describe("the diff parser", () => {
  it("takes no line of a file for a heading, and no heading for a line", () => {
    const { files, cutOff } = parse(HOSTILE);
    expect(cutOff).toEqual([]);
    expect(
      files.map(({ path, basePath, status, similarity, binary, added, deleted }) => ({ path, basePath, status, similarity, binary, added, deleted })),
    ).toEqual([
      { path: "a b.ts", basePath: undefined, status: "modified", similarity: undefined, binary: false, added: 3, deleted: 2 },
      { path: 'new"name', basePath: "old\nname", status: "renamed", similarity: 90, binary: false, added: 1, deleted: 0 },
    ]);
    expect(files[0]?.hunks).toEqual([
      {
        baseStart: 3,
        baseCount: 2,
        headStart: 3,
        headCount: 3,
        heading: "class Ünicode {",
        lines: [
          { op: "-", text: "-- a/evil", line: 3 },
          { op: "-", text: "diff --git a/x b/x", line: 4 },
          { op: "+", text: "@@ -1 +1 @@", line: 3 },
          { op: "+", text: "++ b/evil", line: 4, crlf: true },
          { op: "+", text: "\u2028 no line break", line: 5, noNewline: true },
        ],
      },
    ]);
  });

  it("gives the same wherever the stream is cut", () => {
    const whole = parse(HOSTILE);
    fc.assert(
      fc.property(fc.array(fc.nat(40)), (chunks) => {
        expect(parse(HOSTILE, 1_000, chunks)).toEqual(whole);
      }),
    );
  });

  it("reads lines that are not UTF-8 as Latin-1, and only those", () => {
    const patch = Buffer.concat([Buffer.from("diff --git a/x b/x\n@@ -0,0 +1,2 @@\n+grün\n+gr"), Buffer.from([0xfc]), Buffer.from("n\n")]);
    const { files } = parse(Buffer.concat([Buffer.from(`${raw("M", "x")}\0`), patch]));
    expect(files[0]?.hunks[0]?.lines.map((line) => line.text)).toEqual(["grün", "grün"]);
  });

  it("counts lines beyond the limit without keeping them, and says of which files", () => {
    const patch = (name: string): string => `diff --git a/${name} b/${name}\n@@ -0,0 +1,3 @@\n+12345678\n+12345678\n+12345678\n`;
    const { files, overLimit } = parse(diffOf(raw("M", "one") + raw("M", "two") + raw("M", "three"), patch("one") + patch("two") + patch("three")), 40);
    expect(overLimit).toEqual(["two", "three"]);
    expect(files.map(({ path, added, hunks, unread }) => [path, added, hunks.length, unread])).toEqual([
      ["one", 3, 1, undefined],
      ["two", 3, 0, true],
      ["three", 3, 0, true],
    ]);
  });

  it("names every file whose lines may be incomplete when the output breaks off", () => {
    for (const length of [...HOSTILE.keys()].filter((at) => at > 0)) {
      const parser = diffParser(1_000);
      parser.write(HOSTILE.subarray(0, length));
      const { files, cutOff } = parser.end(false);
      expect(cutOff).toEqual(files.filter((file) => file.unread).map((file) => file.path));
      expect(cutOff.at(-1)).toBe(files.at(-1)?.path);
    }
  });

  it("does not believe an exit code that says all is well when files are missing", () => {
    const { cutOff } = parse(diffOf(raw("M", "one") + raw("M", "two"), "diff --git a/one b/one\n@@ -0,0 +1 @@\n+x\n"));
    expect(cutOff).toEqual(["one", "two"]);
  });
});
