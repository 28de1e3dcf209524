import fc from "fast-check";
import { expect, test } from "vitest";
import { normalisedText, revisionOf } from "./revision.ts";

test.each([
  ["emphasis", "The shop shall **never** charge __twice__.", "The shop shall never charge twice."],
  ["marks of a list, and spacing", "- Given  a cart\n- When it is paid", "Given a cart\nWhen it is paid"],
])("%s means nothing", (_, one, other) => expect(revisionOf(one)).toBe(revisionOf(other)));

test.each([
  ["a power", "at most 2**8 entries", "at most 28 entries"],
  ["code", "the key is `a**b`", "the key is `ab`"],
  ["code with a name in underscores", "calls `__init__`", "calls `init`"],
  ["a name in snake case", "the field is user__id__hash", "the field is useridhash"],
])("%s is what it is", (_, one, other) => expect(revisionOf(one)).not.toBe(revisionOf(other)));

test("normalising twice changes nothing more than spacing could, and no text takes long", () => {
  fc.assert(fc.property(fc.array(fc.constantFrom("a", "**", "__", "`", " ", "*", "_", "\n", "2"), { maxLength: 60 }), (parts) => /^\S?$|^\S(?:\S| (?! ))*\S$/.test(normalisedText(parts.join("")))));
  for (const text of ["*".repeat(100_000), "**a".repeat(40_000), "__ ".repeat(40_000), "`".repeat(100_000), "** ".repeat(40_000)]) normalisedText(text);
});
