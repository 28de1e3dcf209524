import { expect, test } from "vitest";
import type { Evidence } from "../evidence.ts";
import type { ProofTest, SideOutcome, WhyRed } from "../proof/proof.ts";
import { shownBefore } from "./shown-before.ts";
import type { KeptPlan } from "./story-signs.ts";

const plan = (tests: KeptPlan["tests"] = [{ file: "test/cart.test.ts", titles: ["keeps the cart"] }]): KeptPlan => ({ story: "ST-cart", criterion: "AC-1", file: "proofline/stories/ST-cart.md", line: 1, revision: "a", tests });
const ran = (base: SideOutcome, head: SideOutcome, why?: WhyRed, over: { readonly name?: string; readonly file?: string; readonly source?: "ran" | "reported" } = {}): Evidence => {
  const seen: ProofTest = { id: { file: over.file ?? "test/cart.test.ts", suite: [], name: over.name ?? "keeps the cart" }, head, base, ...(why && { why }) };
  return { kind: "proof", source: over.source ?? "ran", subject: "x", digest: "d", origin: "o", changeType: "feature", outcome: "proven", because: "", tests: [seen], selection: [], broken: "b", brokenTree: "b", headSurroundings: false, repeats: 2, isolation: "" };
};

test.each<[string, readonly Evidence[], string]>([
  ["an expectation that failed before", [ran("red", "green", "assertion")], "shown"],
  ["an error of the code before", [ran("red", "green", "expected-error")], "shown"],
  ["what was not there yet", [ran("red", "green", "absent-before")], "shown"],
  ["green all along", [ran("green", "green")], "green"],
  ["red for a missing package", [ran("red", "green", "missing-package")], "wrong-red"],
  ["red on both sides", [ran("red", "red", "assertion")], "wrong-red"],
  ["another test of the file", [ran("red", "green", "assertion", { name: "greets" })], "not-run"],
  ["a test of another file", [ran("red", "green", "assertion", { file: "test/other.test.ts" })], "not-run"],
  ["nothing that ran", [], "not-run"],
])("%s", (_, evidence, answer) => expect(shownBefore(plan(), evidence).answer).toBe(answer));

test("one red test is enough; where a whole file is named, any of it is", () => {
  expect(shownBefore(plan([{ file: "test/cart.test.ts", titles: [] }]), [ran("green", "green"), ran("red", "green", "assertion", { name: "another" })])).toMatchObject({ answer: "shown", test: "another", reported: false });
  expect(shownBefore(plan(), [ran("red", "green", "assertion", { source: "reported" })])).toMatchObject({ answer: "shown", reported: true });
  expect(shownBefore(plan([]), [])).toMatchObject({ answer: "no-test" });
});
