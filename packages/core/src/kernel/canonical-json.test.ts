import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalJson, digestOf } from "./canonical-json.ts";

test("sorts keys by UTF-16 code units, at every depth", () => {
  expect(canonicalJson({ b: 1, a: { d: [], c: "€" } })).toBe('{"a":{"c":"€","d":[]},"b":1}');
  // RFC 8785 section 3.2.3: the order of the surrogate pair and U+FB33 differs between code units and code points.
  expect(Object.keys(JSON.parse(canonicalJson({ "\u{1F600}": 1, "\uFB33": 2 })) as object)).toEqual(["\u{1F600}", "\uFB33"]);
});

test("prints numbers as ECMAScript does", () => {
  expect(canonicalJson([1e30, 4.5, 2e-3, 1e-27, -0])).toBe("[1e+30,4.5,0.002,1e-27,0]");
});

test("round-trips every JSON value and does not depend on key order", () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = canonicalJson(value);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      expect(digestOf(JSON.parse(text))).toBe(digestOf(value));
    }),
  );
});
