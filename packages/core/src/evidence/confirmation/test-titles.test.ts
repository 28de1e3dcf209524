import fc from "fast-check";
import { expect, test } from "vitest";
import { isTestOf } from "./test-titles.ts";

const id = (name: string, ...suite: string[]) => ({ suite, name });

test.each([
  ["adds tax", id("adds tax")],
  ["total › adds tax", id("adds tax", "total")],
  ["adds %s to %d", id("adds a to 3")],
  ["rounds ${n} up", id("rounds 1.5 up")],
  ["total › $name is $value", id("a is 1", "total")],
  ["test_adds", id("test_adds[1-2]")],
])("“%s” stands for a test that ran", (title, ran) => expect(isTestOf(title, ran)).toBe(true));

test.each([
  ["adds tax", id("adds taxes")],
  ["adds tax", id("adds tax", "other")],
  ["adds %s to %d", id("takes a from 3")],
  ["%s", id("anything")],
  ["rounds ${n} up", id("rounds 1.5 down")],
  ["a %s b", id("a b")],
])("“%s” does not stand for another", (title, ran) => expect(isTestOf(title, ran)).toBe(false));

test("a title without placeholders stands for itself alone", () => {
  fc.assert(fc.property(fc.string(), fc.string(), (one, other) => fc.pre(!/[%$]/.test(one)) === undefined && isTestOf(one, id(other)) === (one === other || other.startsWith(`${one}[`) || (one === "" && other === ""))));
});
