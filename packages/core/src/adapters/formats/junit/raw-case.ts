/** A `<failure>`, `<error>` or one of its rerun and flaky siblings, as printed. */
export interface RawProblem {
  readonly tag: string;
  readonly message: string;
  readonly type: string;
  readonly text: string;
}

/** A `<testsuite>` a case stands in. */
export interface RawSuite {
  readonly name: string;
  readonly file: string | undefined;
  readonly hostname: string | undefined;
  readonly properties: ReadonlyMap<string, string>;
}

/** A `<testcase>` as printed. */
export interface RawCase {
  readonly name: string;
  readonly classname: string;
  readonly file: string | undefined;
  readonly line: number | undefined;
  readonly time: string | undefined;
  readonly status: string | undefined;
  readonly problems: readonly RawProblem[];
  readonly labels: readonly string[];
  /** Outermost first. */
  readonly suites: readonly RawSuite[];
}
