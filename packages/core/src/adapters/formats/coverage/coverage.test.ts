import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Coverage } from "#evidence";
import { createReportReader } from "../index.ts";
import { CoverageFacts } from "./coverage-facts.ts";

const read = async (text: string): Promise<Coverage> => {
  const [evidence] = await createReportReader().read({ path: "r", bytes: Buffer.from(text), modifiedAt: Date.now() }, { subject: "s", root: "/repo" });
  return evidence as Coverage;
};
const lines = async (text: string, path = "a.js"): Promise<unknown> => [...((await read(text)).files.get(path)?.lines ?? [])];
const arms = async (text: string, path = "a.js"): Promise<unknown> =>
  ((await read(text)).files.get(path)?.branches ?? []).map(({ line, arm, taken }) => [line, arm, taken]);

test("packed facts say what a plain map would, in any order and however often a file is closed", () => {
  const fact = fc.tuple(fc.integer({ min: 1, max: 30 }), fc.nat({ max: 5 }));
  fc.assert(
    fc.property(fc.array(fc.tuple(fact, fc.boolean()), { maxLength: 80 }), fc.constantFrom("sum" as const, "max" as const), (told, twice) => {
      const facts = new CoverageFacts(twice);
      const plain = new Map<number, number>();
      for (const [[line, hits], close] of told) {
        facts.of("a").line(line, hits);
        facts.of("a").branch(line, "0:0", hits);
        plain.set(line, twice === "sum" ? (plain.get(line) ?? 0) + hits : Math.max(plain.get(line) ?? 0, hits));
        if (close) facts.close("a");
      }
      const draft = facts.draft("x");
      const file = draft.kind === "coverage" ? draft.files.get("a") : undefined;
      const expected = [...plain].sort(([a], [b]) => a - b);
      expect([...(file?.lines ?? [])]).toEqual(expected);
      expect(new Map(file?.branches.map((branch) => [branch.line, branch.taken]))).toEqual(plain);
      for (const [line, hits] of expected) expect([file?.lines.get(line), file?.lines.has(line)]).toEqual([hits, true]);
      expect([file?.lines.get(31), file?.lines.size ?? 0]).toEqual([undefined, plain.size]);
    }),
  );
});

describe("lcov", () => {
  test("adds up repeated records, lines and arms, whatever spelling of the path", async () => {
    expect(await lines("SF:a.js\nDA:2,1\nDA:1,1\nend_of_record\nSF:./a.js\nDA:2,3\nend_of_record\nSF:/repo/a.js\nDA:9,0\nend_of_record\n")).toEqual([
      [1, 1],
      [2, 4],
      [9, 0],
    ]);
    expect(await arms("SF:a.js\nBRDA:1,0,0,-\nBRDA:1,0,1,2\nend_of_record\nSF:a.js\nBRDA:1,0,0,3\nBRDA:1,0,1,-\nend_of_record\n")).toEqual([
      [1, "0:0", 3],
      [1, "0:1", 2],
    ]);
  });

  test("a block that never ran has arms that were not taken zero times but never", async () => {
    expect(await arms("SF:a.js\nBRDA:1,0,0,-\nBRDA:2,0,0,0\nend_of_record\n")).toEqual([
      [1, "0:0", undefined],
      [2, "0:0", 0],
    ]);
  });

  test("reads checksums, comments, CRLF, huge and negative counts, and what lcov 2 adds", async () => {
    const text =
      "# made by\r\nTN:x\r\nVER:1\r\nSF:a.js\r\nFNL:0,3,4\r\nDA:1,5,abcd==\r\nDA:2,18446744073709551615\r\nDA:3,-1\r\nDA:4,=====\r\nBRDA:1,e0,if (a, b),1\r\nMCDC:1,2,t,1,0,x\r\nLF:4\r\nend_of_record\r\n";
    expect(await lines(text)).toEqual([
      [1, 5],
      [2, 0xfffffffe],
      [3, 1],
      [4, 0],
    ]);
    expect(await arms(text)).toEqual([[1, "e0:if (a, b)", 1]]);
  });

  test("Windows paths are paths", async () => {
    expect([...(await read("SF:src\\b.js\nDA:1,1\nend_of_record\n")).files.keys()]).toEqual(["src/b.js"]);
  });
});

describe("Cobertura", () => {
  const report = (body: string): string =>
    `<coverage line-rate="1"><sources><source>/repo</source><source>/repo/lib</source></sources><packages><package><classes>${body}</classes></package></packages></coverage>`;

  test("a line told by method and class, or by two classes, ran as often as it ran", async () => {
    const line = '<line number="1" hits="3" branch="true" condition-coverage="50% (1/2)"/>';
    expect(
      await lines(
        report(
          `<class filename="a.js"><methods><method><lines>${line}</lines></method></methods><lines>${line}</lines></class><class filename="a.js"><lines>${line}<line number="2" hits="0"/></lines></class>`,
        ),
      ),
    ).toEqual([
      [1, 3],
      [2, 0],
    ]);
    expect(
      await arms(report(`<class filename="a.js"><lines>${line}<line number="4" hits="0" branch="true" condition-coverage="0% (0/2)"/></lines></class>`)),
    ).toEqual([
      [1, "0:0", 1],
      [1, "0:1", 0],
      [4, "0:0", undefined],
      [4, "0:1", undefined],
    ]);
  });

  test("of several sources the one is meant under which the head has the file", async () => {
    const bytes = Buffer.from(report('<class filename="b.js"><lines><line number="1" hits="1"/></lines></class>'));
    const [evidence] = await createReportReader().read(
      { path: "r.xml", bytes, modifiedAt: 0 },
      { subject: "s", root: "/repo", paths: new Set(["lib/b.js", "test/lib/b.js"]) },
    );
    expect([...(evidence as Coverage).files.keys()]).toEqual(["lib/b.js"]);
  });
});

test("Clover's two numbers mean times to Clover and arms to Istanbul", async () => {
  const file = '<file name="a.js" path="a.js"><line num="1" count="2" type="cond" truecount="2" falsecount="0"/></file>';
  expect(await arms(`<coverage clover="4.4.1" generated="1795248025"><project>${file}</project></coverage>`)).toEqual([
    [1, "0:0", 2],
    [1, "0:1", 0],
  ]);
  expect(await arms(`<coverage generated="1795248025923" clover="3.2.0"><project name="All files">${file}</project></coverage>`)).toEqual([
    [1, "0:0", 1],
    [1, "0:1", 1],
  ]);
});

test("JaCoCo knows whether a line and its arms ran", async () => {
  const text =
    '<report name="x"><package name="p"><sourcefile name="A.java"><line nr="3" mi="1" ci="4" mb="1" cb="1"/><line nr="4" mi="2" ci="0" mb="2" cb="0"/></sourcefile></package></report>';
  expect(await lines(text, "p/A.java")).toEqual([
    [3, 1],
    [4, 0],
  ]);
  expect(await arms(text, "p/A.java")).toEqual([
    [3, "0:0", 1],
    [3, "0:1", 0],
    [4, "0:0", undefined],
    [4, "0:1", undefined],
  ]);
});

test("Go blocks cover their lines, but not the brace that closes them", async () => {
  expect(await lines("mode: count\na.go:1.20,3.2 1 7\na.go:2.10,4.3 2 0\n", "a.go")).toEqual([
    [1, 7],
    [2, 7],
    [3, 0],
  ]);
});

test("an Istanbul line is as covered as its luckiest statement", async () => {
  const text = JSON.stringify({
    "/repo/a.js": {
      path: "/repo/a.js",
      statementMap: { 0: { start: { line: 1 } }, 1: { start: { line: 1 } } },
      s: { 0: 0, 1: 4 },
      branchMap: { 0: { loc: { start: { line: 1 } }, locations: [] } },
      b: { 0: [1, 0] },
      fnMap: {},
      f: {},
    },
  });
  expect([await lines(text), await arms(text)]).toEqual([
    [[1, 4]],
    [
      [1, "0:0", 1],
      [1, "0:1", 0],
    ],
  ]);
});
