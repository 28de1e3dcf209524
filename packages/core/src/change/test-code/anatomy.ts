import type { Relation } from "./assertions/relation.ts";
import type { ImportedName, Span, Syntax } from "./syntax.ts";

/**
 * Whether an assertion can turn its test red: it `runs`; it runs only under a `condition`; it can `never` run; its failure is
 * `swallowed`; or it stands in a promise that nobody waits for (`unawaited`).
 */
export type Reach = "runs" | "conditional" | "never" | "swallowed" | "unawaited";

/** One thing a test insists on, whatever library says it. */
export interface Assertion {
  /** Canonical text of what is looked at. */
  readonly subject: string;
  /** The same with local names replaced by what they were set to: it survives renaming and inlining. */
  readonly resolved: string;
  readonly relation: Relation;
  readonly negated: boolean;
  /** Canonical text of what it is compared with; empty when the relation needs nothing. */
  readonly expected: string;
  /** The same as trees: what shall be compared more closely than by its text. Names that stand for a plain value are that value. */
  readonly wanted: readonly Syntax[];
  /** What stands there in the text, where that is the name of a plain value. */
  readonly written?: string;
  /** True where it compares a thing with the very same thing. */
  readonly ofItself?: true;
  /** 0 (insists on nothing) to 100 (on exactly one value). */
  readonly strength: number;
  readonly reach: Reach;
  /** Under which conditions it runs, outermost first. */
  readonly conditions: readonly string[];
  /** Why it does not simply run, in words. */
  readonly because?: string;
  /** File it stands in: a helper's may be another than the test's. */
  readonly file: string;
  readonly line: number;
  readonly endLine: number;
  /** Name of the helper it was reached through. */
  readonly via?: string;
  /** The assertion as it stands in the text, on one line. */
  readonly text: string;
}

/** Something replaced by a stand-in. */
export interface StandIn {
  /** Module path as written, or the object a method was replaced on. */
  readonly target: string;
  readonly kind: "module" | "method" | "name";
  /** Names of a module that are replaced, where the rest of it stays what it is; absent where all are. */
  readonly names?: readonly string[];
  readonly line: number;
  readonly text: string;
}

/** How a test is kept from running, or from counting. */
export interface Restraint {
  readonly kind: "skipped" | "todo" | "conditional" | "expected-to-fail";
  /** For `conditional`: when it is left out, as written. */
  readonly condition?: string;
  /** What the names in it were set to. */
  readonly means?: string;
  /** What somebody wrote beside it: a reason argument or a comment. */
  readonly reason?: string;
  readonly line: number;
}

/** Something a call is given, by the name of what is called. */
export interface Named {
  readonly name: string;
  readonly text?: string;
  readonly line: number;
}

export interface TestPart {
  /** `hook`: code before or after tests; `file`: code outside of any test; `helper`: a function that insists on something. */
  readonly kind: "test" | "hook" | "file" | "helper";
  /** Titles of the suites around it, outermost first. */
  readonly suites: readonly string[];
  readonly name: string;
  readonly line: number;
  readonly endLine: number;
  readonly restraint?: Restraint;
  /** Set where it stands for all tests a class gets from another class of this name: their checks are compared where they stand. */
  readonly inherits?: string;
  /** True when it, or a suite round it, keeps all other tests of its file from running. */
  readonly only: boolean;
  /** True where no runner looks for tests by its own habits: a Python class that is called so. */
  readonly uncollected?: true;
  /** Canonical texts of the rows it runs with. */
  readonly rows: readonly string[];
  readonly assertions: readonly Assertion[];
  /** Number of assertions it says it makes (`t.plan(3)`, `expect.assertions(3)`). */
  readonly planned?: number;
  readonly plannedLine?: number;
  /** Milliseconds; Infinity when switched off. */
  readonly timeout?: number;
  readonly retries?: number;
  readonly standIns: readonly StandIn[];
  /** How long calls in it that wait may take, as written. */
  readonly waits: readonly (Named & { readonly value: number })[];
  /** Texts and patterns it gives to functions that nobody here knows. */
  readonly texts: readonly Named[];
  readonly patterns: readonly Named[];
  /** Canonical text of its code. */
  readonly body: string;
  /** Words its code speaks of. */
  readonly words: ReadonlySet<string>;
}

/** A limit set for a whole file. */
export interface FileLimit {
  readonly kind: "timeout" | "retries";
  readonly value: number;
  readonly line: number;
  /** What it is called, where it is a constant or an option of a call: compared with its namesake only. */
  readonly name?: string;
}

/** Code that decides the outcome instead of the tests. */
export interface ForcedOutcome {
  readonly says: string;
  readonly line: number;
  readonly text: string;
}

export interface TestImport {
  readonly from: string;
  readonly names: readonly ImportedName[];
  readonly line: number;
}

/** A test file as data: the same for every language and library. */
export interface TestFile {
  readonly path: string;
  readonly parts: readonly TestPart[];
  readonly imports: readonly TestImport[];
  readonly standIns: readonly StandIn[];
  readonly limits: readonly FileLimit[];
  readonly forced: readonly ForcedOutcome[];
  readonly damaged: boolean;
  /** True where tests that are the same on both sides were not read. */
  readonly partial?: true;
  /** What its comments say, without their marks: code that was commented out stands there. */
  readonly comments: string;
  /** The text's lines, for excerpts. */
  readonly lines: readonly string[];
}

/** True when the test can turn red by one of its own assertions. What the check for vacuous tests asks. */
export const canTurnRed = (part: TestPart): boolean => part.assertions.some(({ reach, strength }) => strength > 0 && (reach === "runs" || reach === "conditional"));

export const placeIn = (file: string, span: Pick<Span, "line" | "endLine">) => ({ file, line: span.line, endLine: span.endLine });
