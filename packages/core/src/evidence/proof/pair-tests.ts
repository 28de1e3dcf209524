import type { Side, SideTest } from "./fold-side.ts";
import type { ProofTest, WhyRed } from "./proof.ts";
import { whyRed, type RedContext } from "./why-red.ts";

/**
 * Pairs the head's tests with the broken side by identity. A test the broken side never reported is red for the reason its file was, or `absent`
 * when its file loaded without it.
 */
export function pairTests(head: Side, base: Side, context: RedContext): readonly ProofTest[] {
  const paired = [...head.tests].map(([key, test]) => pair(test, base.tests.get(key), base, context));
  const unloadedHere = [...head.unloaded].map(([file, failure]): ProofTest => ({ id: { file, suite: [], name: file }, head: "red", base: base.unloaded.has(file) ? "red" : "absent", failure }));
  return [...paired, ...unloadedHere].toSorted((a, b) => weight(a) - weight(b));
}

function pair(head: SideTest, base: SideTest | undefined, side: Side, context: RedContext): ProofTest {
  const about = { id: head.id, head: head.outcome };
  if (base) return { ...about, base: base.outcome, ...(base.outcome === "red" && base.failure && { why: whyRed(base.failure, context), failure: base.failure }) };
  const failure = head.id.file === undefined ? undefined : side.unloaded.get(head.id.file);
  if (failure) return { ...about, base: "red", why: whyRed(failure, context), failure };
  if (side.cut !== undefined) return notReached(about, side.cut);
  return { ...about, base: "absent", why: "nothing-collected" };
}

/** The run ended before it got here: it was stopped because it did not come to an end, or it broke off. */
function notReached(about: Pick<ProofTest, "id" | "head">, { by, says }: NonNullable<Side["cut"]>): ProofTest {
  const why = by === "budget" ? "timeout" : "crash";
  return { ...about, base: why === "timeout" ? "red" : "absent", why, failure: { kind: why, message: says } };
}

/** Deciding tests first: what proves, what nearly does, then the rest in the order they ran. */
function weight(test: ProofTest): number {
  if (test.head !== "green") return 9;
  return test.why === undefined ? 8 : ORDER.indexOf(test.why);
}

const ORDER: readonly WhyRed[] = ["assertion", "expected-error", "timeout", "absent-before", "load-error", "crash", "missing-package", "environment", "nothing-collected", "unknown"];
