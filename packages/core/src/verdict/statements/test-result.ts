import type { TestCase, TestRun } from "#evidence";
import { commitSubject, STATEMENT_TYPE, TEST_RESULT, type Descriptor, type Statement } from "./statement.ts";

/** What the standard's vocabulary has no word for, under a field name of our own as in-toto allows. */
export const TEST_RUN_EXTENSION = "urn:proofline:test-run:1";

/** in-toto test-result v0.1 with our extension. */
export interface TestResult {
  readonly result: "PASSED" | "WARNED" | "FAILED";
  readonly configuration: readonly Descriptor[];
  readonly url?: string;
  readonly passedTests: readonly string[];
  readonly warnedTests: readonly string[];
  readonly failedTests: readonly string[];
  readonly [TEST_RUN_EXTENSION]: {
    readonly source: TestRun["source"];
    readonly tool: string;
    readonly complete: boolean;
    readonly because?: string;
    readonly skippedTests: readonly string[];
    readonly unloadedFiles: readonly string[];
    readonly digest: string;
    /** Test files the run was limited to; absent for a whole suite. */
    readonly selection?: readonly string[];
    readonly isolation?: string;
  };
}

/** What the run was about and how it was set up. */
export interface TestResultAbout {
  readonly commit: string;
  readonly tree?: string;
  /** Files that configured the run, with digests. */
  readonly configuration: readonly Descriptor[];
  readonly url?: string;
}

/**
 * States one test run. Passing needs a complete run with at least one passed test: a run that was cut short, was empty or only passed
 * on a retry is WARNED, so that nobody can read silence as success.
 */
export function testResultStatement(run: TestRun, about: TestResultAbout): Statement<TestResult> {
  const named = (wanted: (testCase: TestCase) => boolean): string[] => run.cases.filter(wanted).map(nameOf);
  const retried = (testCase: TestCase): boolean => (testCase.retries ?? 0) > 0;
  const predicate: TestResult = {
    result: resultOf(run, retried),
    configuration: about.configuration,
    ...(about.url === undefined ? {} : { url: about.url }),
    passedTests: named((testCase) => testCase.outcome === "passed" && !retried(testCase)),
    warnedTests: named((testCase) => testCase.outcome === "passed" && retried(testCase)),
    failedTests: named((testCase) => testCase.outcome === "failed"),
    [TEST_RUN_EXTENSION]: {
      source: run.source,
      tool: run.tool,
      complete: run.complete,
      ...(run.because === undefined ? {} : { because: run.because }),
      skippedTests: named((testCase) => testCase.outcome === "skipped" || testCase.outcome === "todo"),
      unloadedFiles: run.unloaded.map(({ file }) => file),
      digest: run.digest,
      ...(run.selection === undefined ? {} : { selection: run.selection }),
      ...(run.isolation === undefined ? {} : { isolation: run.isolation }),
    },
  };
  return { _type: STATEMENT_TYPE, subject: [commitSubject(about.commit, about.tree)], predicateType: TEST_RESULT, predicate };
}

function resultOf(run: TestRun, retried: (testCase: TestCase) => boolean): TestResult["result"] {
  if (run.unloaded.length > 0 || run.cases.some(({ outcome }) => outcome === "failed")) return "FAILED";
  const clean = run.complete && run.cases.some(({ outcome }) => outcome === "passed") && !run.cases.some(retried);
  return clean ? "PASSED" : "WARNED";
}

/** `file > suite > name`, as people find it again. */
const nameOf = ({ id }: TestCase): string => [...(id.file === undefined ? [] : [id.file]), ...id.suite, id.name].join(" > ");
