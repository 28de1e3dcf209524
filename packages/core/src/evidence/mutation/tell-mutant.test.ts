import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { diffOfFault, tellFault } from "./tell-mutant.ts";

describe("a fault is told by what differs", () => {
  test.each([
    ["n >= 3", "n > 3", ">= became >"],
    ["a && b", "a || b", "&& became ||"],
    ["a + b", "a - b", "+ became -"],
    ["n >= 3", "true", "“n >= 3” was always true"],
    ["true", "false", "true became false"],
    ["!known", "known", "! was left out"],
    ["text.trim()", "text", ".trim() was left out"],
    ["a?.b", "a.b", "?. became ."],
    ['"x"', '""', '"x" became ""'],
    ['""', '"any text"', '"" became "any text"'],
    ["[1 + 1]", "[]", "“[1 + 1]” became []"],
    ["{ i += 1; }", "{}", "“{ i += 1; }” was left out"],
    ["i++", "i--", "++ became --"],
    ["xs.some(f)", "xs.every(f)", "some became every"],
  ])("%s -> %s", (before, after, says) => expect(tellFault({ before, after })).toBe(says));

  test("a whole function by its name", () => {
    expect(tellFault({ before: "{ return 1; }", after: "{}", bodyOf: "fee" })).toBe("everything fee() does was left out");
    expect(tellFault({ before: "(n) => n * 2", after: "() => undefined", bodyOf: "" })).toBe("everything a function does was left out");
  });

  test("long code is cut, and nothing else is said of it", () => {
    const says = tellFault({ before: "x".repeat(5_000), after: "undefined" });
    expect(says.length).toBeLessThan(90);
    expect(says).toContain("became undefined");
  });
});

test("whatever the code, the words end on one line and are short", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 300 }), fc.string({ maxLength: 300 }), (before, after) => {
      const says = tellFault({ before, after });
      expect(says).not.toContain("\n");
      expect(says.length).toBeLessThan(200);
    }),
  );
});

describe("the diff", () => {
  const text = "const a = 1;\nif (total >= LIMIT) return 0;\nreturn 5;\n";
  test("shows the whole line, before and after", () => {
    const start = text.indexOf(">=");
    expect(diffOfFault(text, { start, end: start + 2, after: ">" })).toEqual(["- if (total >= LIMIT) return 0;", "+ if (total > LIMIT) return 0;"]);
  });
  test("the last line without a line end, and the first", () => {
    expect(diffOfFault("a + b", { start: 0, end: 5, after: "a - b" })).toEqual(["- a + b", "+ a - b"]);
  });
  test("many lines are counted", () => {
    const long = Array.from({ length: 20 }, (_, at) => `line ${at}`).join("\n");
    const diff = diffOfFault(long, { start: 0, end: long.length, after: "{}" });
    expect(diff).toHaveLength(7);
    expect(diff[5]).toBe("- … 15 more lines");
  });
});
