import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { syntaxReader } from "../../../adapters/syntax/index.ts";
import type { ProofLink } from "../proof-link.ts";
import { readLinks } from "./read-links.ts";

const linksIn = async (path: string, text: string) => (await readLinks(path, text, syntaxReader)).map(short);

const short = ({ ref: { story, criterion, revision }, by, scope, titles, line, skipped, twin }: ProofLink): string =>
  [`${story}${criterion === undefined ? "" : `#${criterion}`}${revision === undefined ? "" : `@${revision}`}`, by, `${scope} ${titles.join(" › ")}`.trim(), `line ${line}`, ...(skipped ? ["skipped"] : []), ...(twin ? ["twin"] : [])].join(" | ");

describe("JavaScript", () => {
  test("tags and annotations of Playwright, at the test and at the suite", async () => {
    const text = `import { test } from "@playwright/test";
const slow = ["@ST-cart", "@slow"];
test.describe("cart", { tag: "@ST-pay#AC-2" }, () => {
  test("pays", { tag: slow, annotation: [{ type: "criterion", description: "ST-cart#AC-1" }, { type: "issue", description: "ST-x#AC-9" }] }, async ({ page }) => {});
  test("later @ST-cart#AC-3", async () => {
    test.info().annotations.push({ type: "criterion", description: "ST-cart#AC-4" });
  });
});
`;
    expect(await linksIn("e2e/cart.spec.ts", text)).toEqual([
      "ST-pay#AC-2 | tag | suite cart | line 3",
      "ST-cart | tag | test cart › pays | line 4",
      "ST-cart#AC-1 | annotation | test cart › pays | line 4",
      "ST-cart#AC-3 | tag | test cart › later @ST-cart#AC-3 | line 5",
      "ST-cart#AC-4 | annotation | test cart › later @ST-cart#AC-3 | line 5",
    ]);
  });

  test("comments speak of the test below them or round them, else of the file", async () => {
    const text = `// @verifies ST-a#AC-1

import { test } from "vitest";

/**
 * @verifies ST-a#AC-2, ST-b#AC-1@3f2a91c0d4e5
 */
// why it matters
test("below", () => {});

test.skip("round", () => {
  // @verifies ST-a#AC-3
});
test("beside", () => {}); // @verifies ST-a#AC-4
describe("all", () => {
  // @verifies ST-a#AC-5
  const x = 1;
  it("one", () => {});
});
`;
    expect(await linksIn("test/a.test.ts", text)).toEqual([
      "ST-a#AC-1 | comment | file | line 1",
      "ST-a#AC-2 | comment | test below | line 9",
      "ST-b#AC-1@3f2a91c0d4e5 | comment | test below | line 9",
      "ST-a#AC-3 | comment | test round | line 11 | skipped",
      "ST-a#AC-4 | comment | test beside | line 14",
      "ST-a#AC-5 | comment | suite all | line 15",
    ]);
  });

  test("labels of Allure, and two tests of one name", async () => {
    const text = `it("a", async () => { await allure.label("criterion", "ST-a#AC-1"); allure.label("owner", "ST-a#AC-8"); });
it("a", () => { allure.labels({ name: "criterion", value: "ST-a#AC-2" }); });
`;
    expect(await linksIn("a.test.js", text)).toEqual(["ST-a#AC-1 | label | test a | line 1 | twin", "ST-a#AC-2 | label | test a | line 2 | twin"]);
  });

  test("what only looks like a link is none", async () => {
    const text = `// see ST-a#AC-1, and @verifiesST-a#AC-1
const fixture = "// @verifies ST-a#AC-2";
test("prints ST-a#AC-3 and me@ST-host", () => { run("@ST-a"); });
`;
    expect(await linksIn("a.test.js", text)).toEqual([]);
  });
});

test("Python: comments above decorators, marks and labels, classes", async () => {
  const text = `import pytest

# @verifies ST-a#AC-1
@pytest.mark.skip
def test_a():
    pass

class TestCart:
    @allure.label("criterion", "ST-a#AC-2")
    def test_b(self):
        # @verifies ST-a#AC-3
        assert True

    @pytest.mark.criterion("ST-a#AC-4")
    async def test_c(self): ...
`;
  expect((await linksIn("tests/test_a.py", text)).sort()).toEqual([
    "ST-a#AC-1 | comment | test test_a | line 4 | skipped",
    "ST-a#AC-2 | label | test TestCart › test_b | line 9",
    "ST-a#AC-3 | comment | test TestCart › test_b | line 9",
    "ST-a#AC-4 | label | test TestCart › test_c | line 14",
  ]);
});

test("Gherkin: a tag speaks of what stands below it, rules and outlines too", async () => {
  const text = `@ST-cart
Feature: Cart

  @slow @ST-cart#AC-1
  Scenario: pays
    Given a text
      """
      @ST-cart#AC-9
      """

  @ST-cart#AC-2
  Rule: limits
    Scenario Outline: many
      @ST-cart#AC-3
      Examples:
        | n |
`;
  expect(await linksIn("features/cart.feature", text)).toEqual([
    "ST-cart | gherkin-tag | file | line 2",
    "ST-cart#AC-1 | gherkin-tag | test Cart › pays | line 5",
    "ST-cart#AC-2 | gherkin-tag | test Cart › many | line 13",
    "ST-cart#AC-3 | gherkin-tag | test Cart › many | line 13",
  ]);
});

test("other languages by their lines", async () => {
  expect(await linksIn("pay_test.go", "package pay\n\n// @verifies ST-pay#AC-1\nfunc TestPays(t *testing.T) {}\n")).toEqual(["ST-pay#AC-1 | comment | test TestPays | line 4"]);
  expect(await linksIn("PayTest.java", "/** @verifies ST-pay#AC-1 */\n@Test\npublic void pays() {}\n")).toEqual(["ST-pay#AC-1 | comment | test pays | line 3"]);
  expect(await linksIn("pay_spec.rb", "# @verifies ST-pay#AC-1\n\n\n\n\n\n\n\n\n\n\n\n\n\n\nx = 1\n")).toEqual(["ST-pay#AC-1 | comment | file | line 1"]);
});

const id = fc.stringMatching(/^[A-Za-z0-9]{1,8}(?:-[A-Za-z0-9]{1,8}){0,2}$/);
const ref = fc.tuple(id, id).map(([story, criterion]) => `ST-${story}#AC-${criterion}`);

describe("whatever the names", () => {
  test("what a comment, an annotation or a tag names is read back", async () => {
    await fc.assert(
      fc.asyncProperty(ref, ref, ref, async (comment, annotation, tag) => {
        const text = `// @verifies ${comment}\ntest("t", { tag: "@${tag}", annotation: { type: "criterion", description: "${annotation}" } }, () => {});\n`;
        const found = (await readLinks("a.spec.ts", text, syntaxReader)).map((link) => `${link.by} ${link.ref.story}#${link.ref.criterion}`);
        expect(found.sort()).toEqual([`annotation ${annotation}`, `comment ${comment}`, `tag ${tag}`]);
      }),
      { numRuns: 60 },
    );
  });

  test("a Gherkin tag is read back for each scenario below it and no other", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.option(ref, { nil: undefined }), { minLength: 1, maxLength: 8 }), async (tags) => {
        const text = `Feature: f\n\n${tags.map((tag, n) => `${tag === undefined ? "" : `  @${tag}\n`}  Scenario: s${n}\n    Given x\n`).join("\n")}`;
        const found = (await readLinks("a.feature", text, syntaxReader)).map((link) => `${link.titles[1]} ${link.ref.story}#${link.ref.criterion}`);
        expect(found).toEqual(tags.flatMap((tag, n) => (tag === undefined ? [] : [`s${n} ${tag}`])));
      }),
    );
  });

  test("no text makes it throw", async () => {
    const pieces = fc.constantFrom("// @verifies ST-a#AC-1", "test(", "describe('x', () => {", "})", '"', "`${", "@ST-a", "\n", "/*", "*/", "Scenario: x", '"""', "# ", "def test_a(:", "class A", "\u0000", "tag: [", "annotation: {");
    await fc.assert(
      fc.asyncProperty(fc.constantFrom("a.test.ts", "test_a.py", "a.feature", "a_test.go", "a.test.jsx"), fc.array(fc.oneof(pieces, fc.string({ maxLength: 12 })), { maxLength: 30 }), async (path, parts) => {
        expect(Array.isArray(await readLinks(path, parts.join(" "), syntaxReader))).toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});
