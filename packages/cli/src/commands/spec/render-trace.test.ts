import type { ProofState, TracedLink, TraceReport } from "@proofline/core/operations";
import { describe, expect, test } from "vitest";
import { makePaint } from "../../render/paint.ts";
import { renderTrace } from "./render-trace.ts";

const page = { paint: makePaint(false), width: 80 };
const link = (file: string, state: TracedLink["state"]): TracedLink => ({ story: "ST-cart", criterion: "AC-1", by: "comment", file, line: 3, at: 2, titles: ["it is kept"], scope: "test", state }) as unknown as TracedLink;
const none: TraceReport["promised"] = { verified: 0, failing: 0, outdated: 0, flaky: 0, skipped: 0, "not-run": 0, orphaned: 0, ambiguous: 0, unproven: 0 } as TraceReport["promised"];

const text = (proof: ProofState, links: readonly TracedLink[], ran = false): string =>
  renderTrace({ schema: "proofline/trace/1", repositories: [], results: [], promised: { ...none, [proof]: 1 }, stories: [{ id: "ST-cart", title: "Keep the cart", file: "proofline/stories/ST-cart.md", criteria: [{ id: "AC-1", state: "promised", proof, sentence: "The shop shall keep the cart.", links }] }], loose: [], problems: [], notes: [] } as unknown as TraceReport, page, ran).join("\n");

describe("what a trace shows of a promise", () => {
  test("the test that proves it, not one that did not run", () => {
    const shown = text("verified", [link("e2e/cart.spec.js", "not-run"), link("test/cart.test.js", "verified")]);
    expect(shown).toContain("test/cart.test.js:3");
    expect(shown).not.toContain("e2e/cart.spec.js");
    expect(shown).toContain("and 1 more test, not all of them verified");
  });

  test("the next step: to run them, and after a run what else could show it", () => {
    const links = [link("e2e/cart.spec.js", "not-run")];
    expect(text("not-run", links)).toContain("Run them      proofline spec trace --run");
    expect(text("not-run", links, true)).not.toContain("spec trace --run");
    expect(text("not-run", links, true)).toContain("proofline spec run");
    expect(text("verified", [link("test/cart.test.js", "verified")], true)).not.toContain("spec run");
  });
});
