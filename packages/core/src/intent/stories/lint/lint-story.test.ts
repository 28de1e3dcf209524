import * as yaml from "yaml";
import fc from "fast-check";
import { expect, test } from "vitest";
import { renderStory } from "../edit-story.ts";
import { readStory } from "../read-story.ts";
import { lintStory } from "./lint-story.ts";

function lint(bodies: readonly string[], more: { readonly notes?: string; readonly qualityGates?: string } = {}) {
  const text = renderStory({ id: "ST-shop", title: "Shop", criteria: bodies.map((body, at) => ({ id: `AC-${at + 1}`, state: "promised", body })), qualityGates: "- 0 lost orders in 10,000", ...more });
  const { story, problems } = readStory("proofline/stories/ST-shop.md", text, yaml);
  expect(problems).toEqual([]);
  if (!story) throw new Error("no story");
  return lintStory(story);
}
const warned = (...given: Parameters<typeof lint>) => lint(...given).filter(({ level }) => level === "warning");
const warnings = (...bodies: readonly string[]) => lint(bodies).filter(({ level }) => level === "warning").map(({ rule }) => rule);

// Each weakness beside its innocent twin.
test.each<[string, string, string]>([
  ["vague-term", "The shop shall answer quickly.", "The shop shall answer quickly, within 200 ms."],
  ["vague-term", "If the card is declined, the shop shall show an appropriate message.", "If the card is declined, the shop shall show the message “Card declined”."],
  ["vague-term", "The shop shall handle errors gracefully.", "The shop shall offer a `gracefully` setting."],
  ["vague-term", "The shop shall sell hats, shoes, etc.", "The shop shall sell hats and shoes."],
  ["vague-term", "The shop shall treat parcels in a predictable manner.", "The shop shall use platform-appropriate commands."],
  ["unbounded-quantity", "The shop shall keep several carts.", "When several carts match, the shop shall list them."],
  ["unbounded-quantity", "The shop shall support a large number of carts.", "The shop shall show how many carts there are."],
  ["missing-unit", "The shop shall answer within 200.", "The shop shall answer within 200 ms."],
  ["missing-unit", "The shop shall retry after 5, then stop.", "The shop shall retry after 5 seconds, then stop."],
  ["missing-condition", "The shop shall reject the order.", "If the card is declined, the shop shall reject the order."],
  ["missing-condition", "The shop shall notify the owner.", "The shop shall notify the owner when stock runs out."],
  ["missing-actor", "Shall send a receipt.", "The shop shall send a receipt."],
  ["missing-actor", "When paid, shall send a receipt.", "When paid, the shop shall send a receipt."],
  ["missing-response", "When a guest pays.", "When a guest pays, then a receipt is sent."],
  ["missing-response", "The shop should send a receipt.", "The shop shall send what the guest should keep."],
  ["several-behaviours", "The shop shall charge the card. It shall send a receipt.", "The shop shall charge the card. No receipt is owed."],
  ["several-behaviours", "The shop shall charge the card, and the courier shall collect it, and the guest must sign.", "The shop shall charge the card and must not charge it twice."],
])("%s: %s", (rule, weak, innocent) => {
  expect(warnings(weak)).toContain(rule);
  expect(warnings(innocent)).toEqual([]);
});

test("a contradiction names the other criterion; more of the same trigger does not contradict", () => {
  const found = lint(["When a card expires, the shop shall delete the card.", "When the card expires, the shop shall keep the card.", "When a card expires, the shop shall write to its owner."]);
  expect(found.map(({ rule, criterion }) => [rule, criterion])).toContainEqual(["contradiction", "AC-2"]);
  expect(found.find(({ rule }) => rule === "contradiction")?.says).toContain("AC-1");
  expect(warnings("When a card expires, the shop shall delete the card.", "When a card expires, the shop shall write to its owner.")).toEqual([]);
  expect(warnings("When the body is empty, the shop shall respond with status 400.", "When the body is empty, the shop shall respond with status 422.")).toContain("contradiction");
  expect(warnings("When paid, the shop shall ship.", "When paid, the shop shall not ship.")).toContain("contradiction");
});

test("a term is asked for only in a story that defines its terms", () => {
  const sentence = "The Cart_Service shall keep the Order_Book.";
  expect(warnings(sentence)).toEqual([]);
  expect(warned([sentence], { notes: "- **Cart_Service**: keeps carts" }).map(({ quote }) => quote)).toEqual(["Order_Book"]);
  expect(warned([sentence], { notes: "- **Cart_Service**: keeps carts\n- **Order_Book**: keeps orders" })).toEqual([]);
});

test("an open question is a finding; what the story as a whole does not say is a hint", () => {
  expect(warnings("The shop shall ship [NEEDS CLARIFICATION: where to?].")).toEqual(["open-question"]);
  expect(lint(["The shop shall greet."], { qualityGates: "" }).map(({ rule, level }) => [rule, level])).toEqual([["missing-failure", "hint"], ["missing-quality-gate", "hint"]]);
  expect(lint(["The shop shall greet.", "If the card is declined, the shop shall keep the cart."])).toEqual([]);
});

test("every finding proposes other words than those that stand there", () => {
  for (const body of ["The shop shall answer quickly.", "The shop shall keep several carts.", "Shall send a receipt.", "When a guest pays.", "The shop shall charge. It shall ship.", "The shop shall reject the order."]) {
    for (const { rewrite } of lint([body])) expect([rewrite === body, rewrite.length > 10]).toEqual([false, true]);
  }
  expect(warned(["The shop shall answer quickly."])[0]?.rewrite).toBe("The shop shall answer within <n> ms.");
});

test("retired criteria are history", () => {
  const text = renderStory({ id: "ST-shop", title: "Shop", criteria: [{ id: "AC-1", state: "retired", body: "The shop shall answer quickly." }] });
  const { story } = readStory("proofline/stories/ST-shop.md", text, yaml);
  expect(story && lintStory(story)).toEqual([]);
});

test("whatever the words, it ends without an exception and speaks of lines that are there", () => {
  fc.assert(
    fc.property(fc.array(fc.array(fc.oneof(fc.constantFrom("The shop", "shall", "must", "if", "when", ",", ".", ";", "and", "quickly", "several", "within 5", "appropriate", "`", '"', "then", "not", "etc."), fc.string({ maxLength: 12 })), { maxLength: 30 }).map((words) => `x ${words.join(" ")}`.replace(/\s+/g, " ")), { minLength: 1, maxLength: 5 }), (bodies) => {
      for (const { line, rewrite } of lint(bodies)) expect([line > 0, rewrite !== ""]).toEqual([true, true]);
    }),
    { numRuns: 200 },
  );
});
