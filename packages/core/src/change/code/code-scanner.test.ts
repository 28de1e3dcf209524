import fc from "fast-check";
import { expect, test } from "vitest";
import { scanCode } from "./code-scanner.ts";
import { languageOf, type Language } from "./language.ts";
import { cpuMs } from "../../../../../tests/support/cpu-time.ts";

const language = (path: string): Language => {
  const found = languageOf(path);
  if (!found) throw new Error(`no language for ${path}`);
  return found;
};
const scan = (path: string, ...lines: readonly string[]): readonly string[] => scanCode(lines, language(path));

test.each([
  ["a.ts", "const a = 1; // one", "const a=1;"],
  ["a.ts", "/* x */ call( a , b ) /* y */", "call(a,b)"],
  ["a.ts", "const url = 'http://x/y'; // z", 'const url="http://x/y";'],
  ["a.ts", "const re = /https?:\\/\\/[/*]/g; // z", "const re=/https?:\\/\\/[/*]/g;"],
  ["a.ts", "a / b / c // d", "a/b/c"],
  ["a.ts", "return /x/.test(y)", "return/x/.test(y)"],
  ["a.ts", 'say("it\'s")', 'say("it\'s")'],
  ["a.ts", "`// ${a /* no comment in text */} //`", "`// ${a} //`"],
  ["a.ts", "a + +b - -c", "a+ +b- -c"],
  ["a.tsx", "<a href={x}>https://example.org</a>", "<a href={x}>https://example.org</a>"],
  ["a.py", "    x = 'a # b'  # c", '    x = "a # b"'],
  ["a.py", "x = 1  # type: ignore", "x = 1"],
  ["a.rb", "x = 1 # frozen", "x = 1"],
  ["a.go", "x := 1 // one", "x:=1"],
  ["a.go", "//go:build linux", "//go:build linux"],
  ["a.sh", "echo ${#a} a#b # c", "echo ${#a} a#b"],
  ["a.sql", "SELECT 1 -- one", "SELECT 1"],
  ["a.html", "<p><!-- x --></p>", "<p></p>"],
  ["a.ts", "const a = /*#__PURE__*/ f()", "const a=/*#__PURE__*/f()"],
  ["a.rs", "fn f<'a>(x: &'a str) {} // x", "fn f<'a>(x:&'a str){}"],
])("%s: %s reads as code %s", (path, line, code) => {
  expect(scan(path, line)).toEqual([code]);
});

test("comments, templates and docstrings go on over lines", () => {
  expect(scan("a.ts", "a /* b", "c // d", "e */ f", "// g")).toEqual(["a", "", "f", ""]);
  expect(scan("a.ts", "x = `a", "  // text", "`; // c")).toEqual(["x=`a", "  // text", "`;"]);
  expect(scan("a.py", "def f():", '    """Says.', "", "    More.", '    """', "    return 1")).toEqual(["def f():", "", "", "", "", "    return 1"]);
  expect(scan("a.py", "x = f(", '    """text""",', ")")).toEqual(["x = f(", '    """text""",', ")"]);
  expect(scan("a.rb", "=begin", "x = 1", "=end", "y")).toEqual(["", "", "", "y"]);
  expect(scan("a.ex", '@doc """', "Says.", '"""', "def f, do: 1").at(1)).toBe("");
});

test("a scan may start inside a comment", () => {
  expect(scanCode(["still", "here */ a", "b"], language("a.ts"), { insideCommentUntil: "*/" })).toEqual(["", "a", "b"]);
});

test("an extension that is a word of the language's own objects has no language", () => {
  expect(languageOf("a.constructor")).toBeUndefined();
  expect(languageOf("a.__proto__")).toBeUndefined();
  expect(languageOf("Makefile")).toBeUndefined();
});

const paths = ["a.ts", "a.py", "a.go", "a.vue", "a.rb", "a.sql", "a.php", "a.css"];

test("every input line has one output line, whatever the text", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...paths),
      fc.array(fc.string({ unit: fc.constantFrom("a", " ", "/", "*", '"', "'", "`", "$", "{", "}", "#", "\\", "<", "!", "-") })),
      (path, lines) => {
        expect(scan(path, ...lines)).toHaveLength(lines.length);
      },
    ),
  );
});

test("a comment appended to a line of plain code changes nothing", () => {
  const code = fc.stringMatching(/^[a-z0-9 =+();,.]{0,30}$/);
  fc.assert(
    fc.property(code, fc.stringMatching(/^[ -~]{0,20}$/), (line, comment) => {
      expect(scan("a.go", `${line} // ${comment}`)).toEqual(scan("a.go", line));
    }),
  );
});

test("white space between tokens means nothing where the language says so", () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom("a", "b1", "(", ")", "=", ",", '"x y"', ";"), { maxLength: 12 }),
      fc.constantFrom("  ", "\t", " \t "),
      (tokens, gap) => {
        expect(scan("a.ts", tokens.join(gap))).toEqual(scan("a.ts", tokens.join(" ")));
      },
    ),
  );
});

test("a megabyte on one line is read in linear time", () => {
  const started = cpuMs();
  scan("a.ts", "a/".repeat(500_000), '"'.repeat(300_001), "`${".repeat(200_000));
  expect(cpuMs() - started).toBeLessThan(3_000);
});

test("a line in which nothing opens reads the same whichever way it is scanned", () => {
  // A hash inside a word opens nothing: it only keeps a line off the short way.
  const hashes = (of: Language): Language => ({ ...of, lineComments: [...of.lineComments, "#"] });
  const piece = fc.constantFrom("a", "b1", "é", "𝔸", "$", "_", "+", "-", "+ +", "- -", "(", ")", "{", "}", "=", ".", " ", "\t", "  ", "\r", ":", ";", "<", "ᚠ");
  const line = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(""));
  fc.assert(
    fc.property(line, fc.constantFrom("a.ts", "a.vue", "a.css", "a.java"), (text, path) => {
      const whole = `${text}\\x#`;
      expect(scanCode([whole], hashes(language(path)))).toEqual(scanCode([whole], language(path)));
    }),
    { numRuns: 1_000 },
  );
  fc.assert(
    fc.property(line, (text) => {
      const whole = `${text}\\x#`;
      expect(scanCode([whole], language("a.yml"))).toEqual(scanCode([whole], { ...language("a.yml"), lineComments: [] }));
    }),
    { numRuns: 1_000 },
  );
});
