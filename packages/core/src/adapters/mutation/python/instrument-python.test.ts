import { execFileSync, spawnSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { instrumentPython } from "./instrument-python.ts";

const everywhere = [{ from: 1, to: 1_000_000 }];
const made = (text: string, everything = false) => instrumentPython([{ path: "a.py", text, spans: everywhere }], everything);
const says = (text: string): readonly string[] => made(text).mutants.filter(({ leftOut }) => leftOut === undefined).map(({ mutant }) => mutant.says.replace(/ in a\.py:/, " @"));

describe("faults of Python", () => {
  test.each<[string, string, readonly string[]]>([
    ["a chain is one comparison", "x = a < b <= c\n", ["<= became < @1", "<= became > @1", "< became <= @1", "< became >= @1"]],
    ["two words are one operator", "x = a not in b\n", ["not was left out @1"]],
    ["and, or and not", "x = a and not b\n", ["and became or @1", "not was left out @1"]],
    ["a condition both ways, a loop only to its end", "if a:\n    pass\nwhile b:\n    pass\n", ["“a” was always True @1", "“a” was always False @1", "“b” was always False @3"]],
    ["conditions of comprehensions and choices", "x = [a for a in b if c]\ny = 1 if d else 2\n", ["“c” was always True @1", "“c” was always False @1", "“d” was always True @2", "“d” was always False @2", "1 became 2 @2", "2 became 3 @2"]],
    ["texts that are joined are no sums", 'x = a + "b"\ny = "%s" % a\n', ['"b" became "" @1', '"%s" became "" @2']],
    ["types, decorators, imports, patterns and names of modules are nobody's", 'from a import b\n@c(1)\ndef d(e: "x" = None) -> Literal["y"]:\n    match e:\n        case "z":\n            pass\n__all__ = ["d"]\n', ["everything d() does was left out @4"]],
    ["docstrings are words", '"""A."""\ndef a():\n    """B."""\n    ...\n', []],
    ["what runs as a program, and what only a type checker sees", 'if __name__ == "__main__":\n    main(1)\nif TYPE_CHECKING:\n    import b\n', []],
    ["a statement in a row of others stays", "while a: x += 1; continue\n", ["“a” was always False @1", "1 became 2 @1"]],
    ["a generator does nothing in another way", "def a():\n    for b in c:\n        yield b\n", ["c became () @2"]],
  ])("%s", (_, text, wanted) => expect(says(text)).toEqual(wanted));

  test("bytes stay bytes, and a raw text is one that means itself", () => {
    expect(made('x = b"a"\ny = rb""\nz = r"a+"\n').mutants.map(({ mutant }) => mutant.after)).toEqual(['b""', 'b"any text"', '""']);
  });

  test("what only tells people, and what a comment excuses, is left out", () => {
    const text = 'def a(b):\n    self.log.info("x", 1)\n    if b > 1:\n        raise ValueError("no " + b)\n    return b - 1  # pragma: no mutate\n';
    expect(made(text).mutants.flatMap(({ leftOut, mutant }) => (leftOut === undefined ? [] : [`${mutant.line} ${leftOut}`])).filter((one, at, all) => all.indexOf(one) === at)).toEqual(["2 it only logs or counts", "4 it is the wording of an error", "5 a comment says so"]);
  });

  test("only the lines that are asked about, and whole", () => {
    const text = "a = 1 + 1\nb = 2 + 2\nc = (3 +\n  4)\n";
    expect(instrumentPython([{ path: "a.py", text, spans: [{ from: 2, to: 3 }] }]).mutants.map(({ mutant }) => mutant.says)).toEqual(["+ became - in a.py:2", "2 became 3 in a.py:2", "2 became 3 in a.py:2", "3 became 4 in a.py:3"]);
  });

  test("a function with a form the parser does not know is left alone, and said", () => {
    const text = "def a():\n    x = 1 + 1\n    yield\n\ndef b():\n    return 2 + 2\n";
    const { mutants, unread } = made(text);
    expect(unread).toEqual([{ path: "a.py", because: "what begins in line 1 could not be read as Python" }]);
    expect(new Set(mutants.map(({ mutant }) => mutant.line))).toEqual(new Set([6]));
  });

  test("two names for what a `with` opens cost nothing: all of the file is read", () => {
    const text = "def a():\n    with b() as (c, d):\n        return 1 + 1\n\ndef e():\n    return 2 + 2\n";
    const { mutants, unread, files } = made(text);
    expect(unread).toEqual([]);
    expect(new Set(mutants.map(({ mutant }) => mutant.line))).toEqual(new Set([3, 6]));
    expect(files.get("a.py")).toContain("as (c, d):");
  });

  test("the switch stands behind what must come first", () => {
    const { files } = made('#!/usr/bin/env python\n# -*- coding: utf-8 -*-\n"""Doc."""\nfrom __future__ import annotations\nx = 1\n');
    expect((files.get("a.py") ?? "").split("\n").slice(0, 5)).toEqual(["#!/usr/bin/env python", "# -*- coding: utf-8 -*-", '"""Doc."""', "from __future__ import annotations", '_proofline_ = getattr(__import__("builtins"), "_proofline_", lambda _: False)']);
  });

  test("no text makes it fail or hang", () => {
    fc.assert(fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (text) => void made(text, true)), { numRuns: 200 });
    const deep = `x = ${"(".repeat(3_000)}1${")".repeat(3_000)}\ny = ${"1 + ".repeat(3_000)}1\n`;
    expect(made(deep, true).files.size).toBeLessThanOrEqual(1);
  });
});

const python = spawnSync("python3", ["--version"]).status === 0;

/** Programs put together from every form a switch is put into; they print what they compute. */
const expression: fc.Memo<string> = fc.memo((depth) => {
  if (depth <= 1) return fc.constantFrom("1", "2.5", "a", "b", '"s"', "True", "None", "f(a)", "[a, b]");
  const one = expression(depth - 1);
  return fc.oneof(
    one,
    fc.tuple(one, fc.constantFrom("+", "-", "*", "<", "<=", "==", "!=", "and", "or", "in", "not in", "is", "is not"), one).map(([l, o, r]) => `(${l}) ${o} (${r})`),
    fc.tuple(one, one, one).map(([x, y, z]) => `(${x}) < (${y}) <= (${z})`),
    fc.tuple(one, one, one).map(([x, y, z]) => `(${x} if ${y} else ${z})`),
    one.map((x) => `(not ${x})`),
    one.map((x) => `[i for i in (1, 2) if ${x}]`),
    one.map((x) => `(lambda k=${x}: k)()`),
    fc.tuple(one, one).map(([x, y]) => `{${x}: ${y}}.get(1, 2)`),
    fc.constantFrom("a", "b + b", "f(a)").map((x) => `f"is {${x}}"`),
  );
});
const statement = fc.oneof(
  expression(3).map((x) => `    try:\n        out.append(${x})\n    except TypeError:\n        out.append("no")`),
  expression(2).map((x) => `    if ${x}:\n        out.append(1)\n    elif b: out.append(2)\n    else:\n        out.append(3)`),
  expression(2).map((x) => `    for i in 1, 2:\n        if i == 1: continue\n        # a word\n        out.append((${x},\n            i))`),
  fc.constant("    n = 1\n    while n < 3:\n        n += 1\n        if n == 2:\n            continue\n        out.append(n)"),
  fc.constant('    try:\n        raise ValueError("x")\n    except ValueError as e: out.append(str(e))'),
  fc.constant("    def g():\n        out.append(9)\n    g()"),
);

describe.skipIf(!python)("with every fault off", () => {
  test("a program does what it did", { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(fc.array(statement, { minLength: 8, maxLength: 30 }), (statements) => {
        const text = `"""Doc."""\nfrom __future__ import annotations\nimport warnings\nout = []\ndef f(x): return x\ndef run(a, b):\n${statements.join("\n")}\n    return out\nwarnings.simplefilter("ignore")\nfor pair in ((1, 2), (0, "s"), ([1], 2.5)):\n    try:\n        print(run(*pair))\n    except Exception as error:\n        print(type(error).__name__)\n`;
        const { files, unread } = made(text, true);
        expect(unread).toEqual([]);
        const run = (code: string) => execFileSync("python3", ["-I", "-W", "ignore", "-c", code], { encoding: "utf8" });
        expect(run(files.get("a.py") ?? "")).toBe(run(text));
      }),
      { numRuns: 15 },
    );
  });
});
