import { evidenceOf, type Evidence } from "../evidence.ts";
import type { ProofTest } from "../proof/proof.ts";
import type { KeptPlan } from "./story-signs.ts";

/** What runs say of a criterion that became a promise. `shown`: a test of it was red for a right reason without the change and is green with it. `green`: its tests were green all along. */
export interface ShownBefore {
  readonly answer: "shown" | "green" | "not-run" | "wrong-red" | "no-test";
  readonly test?: string;
  /** True where somebody else's record says so. */
  readonly reported: boolean;
}

/** Red for what the test is about: its own expectation, an error of the tested code, or because what it tests was not there yet. */
const RIGHT: ReadonlySet<string> = new Set(["assertion", "expected-error", "absent-before"]);

/** Whether the proof of a kept plan was red before and is green now, by the proofs at hand: those run here first. */
export function shownBefore({ tests }: KeptPlan, evidence: readonly Evidence[]): ShownBefore {
  if (tests.length === 0) return { answer: "no-test", reported: false };
  const proofs = evidenceOf(evidence, "proof").toSorted((a, b) => Number(a.source === "reported") - Number(b.source === "reported"));
  const found = proofs.flatMap((proof) => proof.tests.filter((test) => isAbout(test, tests)).map((test) => ({ test, reported: proof.source === "reported" })));
  const nameOf = ({ id }: ProofTest): string => [...id.suite, id.name].join(" › ");
  const shown = found.find(({ test }) => test.head === "green" && test.base === "red" && RIGHT.has(test.why ?? ""));
  if (shown) return { answer: "shown", test: nameOf(shown.test), reported: shown.reported };
  const green = found.find(({ test }) => test.head === "green" && test.base === "green");
  if (green) return { answer: "green", test: nameOf(green.test), reported: green.reported };
  const [other] = found;
  return other === undefined ? { answer: "not-run", reported: false } : { answer: "wrong-red", test: nameOf(other.test), reported: other.reported };
}

const isAbout = ({ id }: ProofTest, tests: KeptPlan["tests"]): boolean => tests.some(({ file, titles }) => id.file === file && (titles.length === 0 || titles.at(-1) === id.name));
