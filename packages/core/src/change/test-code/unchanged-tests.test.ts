import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { diffOf } from "../../../../../tests/support/diff-of.ts";
import { withoutUnchangedTests, type BothTexts } from "./unchanged-tests.ts";

const emptied = (base: string, head: string, path = "a.test.ts"): BothTexts | undefined => withoutUnchangedTests(diffOf(path, base, head), { base, head });

const one = (name: string, ...lines: readonly string[]): string => `  it("${name}", async () => {\n${lines.map((line) => `    ${line}\n`).join("")}  });\n`;
const file = (...tests: readonly string[]): string => `import { a } from "./a";\n\ndescribe("a", () => {\n${tests.join("\n")}});\n`;
const gone = (text: string, name: string): string => text.replace(new RegExp(`it\\("${name}".*((?:\\n {4}.*|\\n)*)\\n {2}\\}\\);`), (_, body: string) => `;${body.replace(/.+/g, "")}\n`);

describe("a changed test file without its unchanged tests", () => {
  it("keeps the changed test, and every line in its place", () => {
    const base = file(one("adds", "expect(a(1)).toBe(2);"), one("keeps", "const b = a(3);", "", "expect(b).toBe(4);"));
    const head = base.replace("toBe(2)", "toBeTruthy()");
    expect(emptied(base, head)).toEqual({ base: gone(base, "keeps"), head: gone(head, "keeps") });
    expect(gone(base, "keeps")).not.toContain("toBe(4)");
  });

  it("keeps tests that came or went", () => {
    const base = file(one("keeps", "expect(a(3)).toBe(4);"));
    const head = file(one("keeps", "expect(a(3)).toBe(4);"), `  // #12: why\n${one("new", "expect(a(1)).toBe(2);")}`);
    expect(emptied(base, head)).toEqual({ base: gone(base, "keeps"), head: gone(head, "keeps") });
    expect(emptied(head, base)).toEqual({ base: gone(head, "keeps"), head: gone(base, "keeps") });
  });

  it.each([
    ["a head that skips a whole group", (text: string) => text.replace("describe(", "describe.skip(")],
    ["an import", (text: string) => text.replace("./a", "./b")],
    ["a stand-in", (text: string) => text.replace("\ndescribe", 'vi.mock("./a");\ndescribe')],
    ["a hook", (text: string) => text.replace("() => {\n  it", "() => {\n  beforeEach(() => check());\n  it")],
    ["a hook of the runner", (text: string) => text.replace("() => {\n  it", "() => {\n  test.beforeEach(() => {\n    check();\n  });\n  it")],
    ["an environment", (text: string) => `// @vitest-environment node\n${text}`],
    ["a comment round tests", (text: string) => text.replace("\ndescribe", "/*\ndescribe") + "*/\n"],
  ])("is not told apart where %s changed", (_, edit) => {
    const base = file(one("adds", "expect(a(1)).toBe(2);"), one("keeps", "expect(a(3)).toBe(4);"));
    expect(emptied(base, edit(base))).toBeUndefined();
    expect(emptied(edit(base), base)).toBeUndefined();
  });

  it("takes another name imported from the same place for no change of the other tests", () => {
    const base = file(one("adds", "expect(a(1)).toBe(2);"), one("keeps", "expect(a(3)).toBe(4);"));
    const head = base.replace("toBe(2)", "toBe(b)");
    expect(emptied(base, head.replace("{ a }", "{ a, b }"))?.head).not.toContain("toBe(4)");
    expect(emptied(base, head.replace("import", 'import { b } from "./b";\nimport'))?.head).not.toContain("toBe(4)");
    const long = (text: string): string => text.replace("{ a }", "{\n  a,\n}");
    expect(emptied(long(base), long(head).replace("  a,\n", "  a,\n  b,\n"))?.head).not.toContain("toBe(4)");
    expect(emptied(base, head.replace("{ a }", "{ b as a }"))).toBeUndefined();
    expect(emptied(base, head.replace("{ a }", "{ b }"))).toBeUndefined();
    const skipped = (text: string): string => text.replace("\ndescribe", "\nconst SKIPPED = [\n  a,\n];\ndescribe");
    expect(emptied(skipped(base), skipped(head).replace("  a,\n", "  a,\n  b,\n"))).toBeUndefined();
  });

  it("leaves alone what it can't see the end of", () => {
    const odd = '  it("odd", () => {\n    const text = `\nflush left\n`;\n    expect(text).toBe(1);\n  });\n';
    const base = file(one("adds", "expect(a(1)).toBe(2);"), odd);
    const head = base.replace("toBe(2)", "toBe(3)");
    expect(emptied(base, head)?.head).toContain("flush left");
    expect(emptied(base, base.replace("toBe(1)", "toBe(0)"))).toBeUndefined();
  });

  it("empties Python's tests so that they still stand", () => {
    const test = (name: string, line: string): string => `@pytest.mark.slow\ndef test_${name}(tmp):\n    x = 1\n    ${line}\n\n\n`;
    const base = test("adds", "assert a(1) == 2") + test("keeps", "assert a(3) == 4");
    const head = base.replace("== 2", ">= 2");
    expect(emptied(base, head, "test_a.py")?.head).toBe(head.replace("    x = 1\n    assert a(3) == 4", "    pass\n"));
    expect(emptied(base, base.replace("mark.slow", "mark.skip"), "test_a.py")).toBeUndefined();
  });

  it("never changes a line that differs, and never the number of lines", () => {
    const name = fc.constantFrom("a", "b", "c", "d");
    const tests = fc.array(fc.tuple(name, fc.nat(2)), { maxLength: 6 }).map((some) => some.map(([title, value], at) => one(`${title}${at}`, `expect(${value}).toBe(1);`)));
    fc.assert(
      fc.property(tests, tests, (before, after) => {
        const [base, head] = [file(...before), file(...after)];
        const left = emptied(base, head);
        if (left === undefined) return;
        const linesOf = (text: string): string[] => text.split("\n");
        expect([linesOf(left.base).length, linesOf(left.head).length]).toEqual([linesOf(base).length, linesOf(head).length]);
        const kept = (text: string, was: string): string[] => linesOf(text).map((line, at) => (line === linesOf(was)[at] ? line : "…"));
        expect(kept(left.base, base).filter((line) => line === "…").length).toBe(kept(left.head, head).filter((line) => line === "…").length);
      }),
    );
  });
});
