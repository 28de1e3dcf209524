import type { Proof, ProofTest } from "#evidence";
import { fromBase64 } from "./base64.ts";
import { commitSubject, STATEMENT_TYPE, TEST_RESULT, type Statement } from "./statement.ts";
import type { TestResult, TestResultAbout } from "./test-result.ts";

/** What a proof says beyond a test result, under a field name of our own as in-toto allows. */
export const PROOF_EXTENSION = "urn:proofline:proof:1";

/** in-toto test-result v0.1 of the fixed side, with both sides of every test. */
export interface ProofResult extends Omit<TestResult, "urn:proofline:test-run:1"> {
  readonly [PROOF_EXTENSION]: {
    readonly outcome: Proof["outcome"];
    readonly because: string;
    readonly weak?: Proof["weak"];
    readonly changeType: Proof["changeType"];
    readonly broken: string;
    readonly brokenTree: string;
    readonly headSurroundings: boolean;
    readonly repeats: number;
    readonly selection: readonly string[];
    readonly tests: readonly { readonly test: string; readonly with: string; readonly without: string; readonly why?: string }[];
    readonly digest: string;
    readonly isolation: string;
    /** The whole record, so that one file is enough to make the proof again or to take it over. */
    readonly record?: object;
  };
}

const RESULT = { proven: "PASSED", refuted: "FAILED", "not proven": "WARNED", "not owed": "WARNED" } as const;

/** States one proof about its fixed side. PASSED means proven and nothing less: what could not be shown is WARNED. */
export function proofStatement(proof: Proof, about: TestResultAbout & { readonly record?: object }): Statement<ProofResult> {
  const named = (wanted: (test: ProofTest) => boolean): string[] => proof.tests.filter(wanted).map(nameOf);
  const predicate: ProofResult = {
    result: RESULT[proof.outcome],
    configuration: about.configuration,
    passedTests: named((test) => test.head === "green"),
    warnedTests: named((test) => test.head === "unstable"),
    failedTests: named((test) => test.head === "red"),
    [PROOF_EXTENSION]: {
      outcome: proof.outcome,
      because: proof.because,
      ...(proof.weak && { weak: proof.weak }),
      changeType: proof.changeType,
      broken: proof.broken,
      brokenTree: proof.brokenTree,
      headSurroundings: proof.headSurroundings,
      repeats: proof.repeats,
      selection: proof.selection,
      tests: proof.tests.map((test) => ({ test: nameOf(test), with: test.head, without: test.base, ...(test.why && { why: test.why }) })),
      digest: proof.digest,
      isolation: proof.isolation,
      ...(about.record && { record: about.record }),
    },
  };
  return { _type: STATEMENT_TYPE, subject: [commitSubject(about.commit, about.tree)], predicateType: TEST_RESULT, predicate };
}

const nameOf = ({ id }: ProofTest): string => [...(id.file === undefined ? [] : [id.file]), ...id.suite, id.name].join(" > ");

/** The text of a payload; undefined when it is no base64 or no UTF-8. Nothing about it is verified. */
export function payloadText(payload: string): string | undefined {
  const body = fromBase64(payload);
  try {
    return body && new TextDecoder("utf-8", { fatal: true }).decode(body);
  } catch {
    return undefined;
  }
}
