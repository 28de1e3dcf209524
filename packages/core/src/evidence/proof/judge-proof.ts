import type { ChangeType } from "#change";
import type { TestId } from "../observed.ts";
import type { Proof, ProofOutcome, ProofTest, WhyRed } from "./proof.ts";

export interface Judged extends Pick<Proof, "outcome" | "because" | "weak"> {
  /** The tests the judgement rests on; running them again is what could overturn it. */
  readonly deciding: readonly ProofTest[];
}

export interface ProofQuestion {
  readonly type: ChangeType;
  /** Deciding ones first. */
  readonly tests: readonly ProofTest[];
  /** The change says it is about a hang: then a timeout on the broken side is what the bug looks like. */
  readonly aboutHang: boolean;
  /** Test files of the change that said nothing on the head: nobody here runs them, or they are too many. */
  readonly unseen?: readonly string[];
  /** What the runner said where it collected nothing on the head. */
  readonly silence?: string;
  /** True for a test whose name the change itself writes. */
  brings?(id: TestId): boolean;
}

/** What the changed tests on the broken side say of a change of this type (the table of the design, section 3.7). Pure and total. */
export function judgeProof(question: ProofQuestion): Judged {
  const { type, tests, aboutHang } = question;
  if (type === "docs" || type === "chore") return { outcome: "not owed", because: `a change of type ${type} owes no proof`, deciding: [] };
  const green = tests.filter((test) => test.head === "green");
  if (green.length === 0) return { outcome: "not proven", because: nothingGreen(tests, question.silence), deciding: [] };
  const red = green.filter((test) => test.base === "red");
  const showing = red.filter((test) => test.why === "assertion" || test.why === "expected-error" || (aboutHang && test.why === "timeout"));
  if (showing.length > 0) return { ...byRed(type, showing), deciding: showing };
  const absent = red.filter((test) => test.why === "absent-before");
  if (absent.length > 0) return { ...byAbsence(type, absent), deciding: absent };
  const unclear = green.filter((test) => test.base !== "green");
  if (unclear.length > 0) return { ...byNothing(type, unclear), deciding: unclear };
  const open = type === "fix" ? whatIsOpen(question) : undefined;
  if (open !== undefined) return { outcome: "not proven", because: `${saysGreen(green.length)}, and ${open}: that one may be what shows the bug`, deciding: [] };
  return { ...byGreen(type, green.length, tests.filter((test) => test.head === "skipped").length), deciding: green };
}

/** What could still show the bug, and could not be looked at here. As long as there is any, all the green of the others refutes nothing. */
function whatIsOpen({ tests, unseen = [], brings }: ProofQuestion): string | undefined {
  const failed = tests.filter((test) => test.head === "red");
  if (failed.length > 0) return `${named(failed)} ${failed.length === 1 ? "is" : "are"} red on the head${reasonOf(failed[0])}`;
  const unstable = tests.filter((test) => test.head === "unstable");
  if (unstable.length > 0) return `${named(unstable)} ${unstable.length === 1 ? "passes and fails" : "pass and fail"} on the same code`;
  const skipped = tests.filter((test) => test.head === "skipped" && brings?.(test.id) === true);
  if (skipped.length > 0) return `${named(skipped)} ${skipped.length === 1 ? "comes" : "come"} with the change and ${skipped.length === 1 ? "is" : "are"} skipped here`;
  if (unseen.length > 0) return `${unseen[0]}${unseen.length > 1 ? ` and ${unseen.length - 1} more` : ""} did not run here`;
  return undefined;
}

const byRed = (type: ChangeType, tests: readonly ProofTest[]): Omit<Judged, "deciding"> => {
  const said = `${named(tests)} ${tests.length === 1 ? "is" : "are"} red without the change and green with it`;
  return type === "refactor" ? { outcome: "refuted", because: `${said}: behaviour changed, and a refactoring keeps it` } : { outcome: "proven", because: said };
};

const byAbsence = (type: ChangeType, tests: readonly ProofTest[]): Omit<Judged, "deciding"> => {
  const said = `${named(tests)} ${tests.length === 1 ? "is" : "are"} red without the change only because of what the change itself adds${missingOf(tests)}`;
  if (type === "feature") return { outcome: "proven", weak: "absent-before", because: said };
  if (type === "refactor") return { outcome: "not owed", because: `${said}, which says nothing about behaviour` };
  return { outcome: "not proven", because: `${said}: that shows a new name, not the bug` };
};

function byNothing(type: ChangeType, tests: readonly ProofTest[]): Omit<Judged, "deciding"> {
  const unstable = tests.filter((test) => test.base === "unstable");
  if (unstable.length === tests.length) return { outcome: notShown(type), because: `${named(unstable)} passed and failed on the same code without the change, and an unstable test shows nothing` };
  const known = tests.find((test) => test.why !== undefined);
  const why = known?.why ?? "unknown";
  return { outcome: notShown(type), because: `without the change ${named(tests)} could not be judged: ${SAID[why]}${why === "timeout" ? "" : reasonOf(known)}` };
}

function byGreen(type: ChangeType, count: number, skipped: number): Omit<Judged, "deciding"> {
  const rest = skipped === 0 ? "" : `, and ${skipped === 1 ? "one is" : `${skipped} are`} skipped`;
  const said = `${saysGreen(count)}${rest}`;
  if (type === "fix") return { outcome: "refuted", because: `${said}: none of them would have caught the bug` };
  if (type === "refactor") return { outcome: "not owed", because: `${said}, as a refactoring should have it` };
  return { outcome: "not proven", because: `${said}: none of them shows that the feature works` };
}

const saysGreen = (count: number): string => `${count === 1 ? "the only test of the changed test files passes" : `all ${count} tests of the changed test files pass`} without the change too`;

const notShown = (type: ChangeType): ProofOutcome => (type === "refactor" ? "not owed" : "not proven");

function nothingGreen(tests: readonly ProofTest[], silence: string | undefined): string {
  if (tests.length === 0) return `no test was collected on the head${silence === undefined ? "" : `: ${silence}`}`;
  if (tests.every((test) => test.head === "skipped")) return `on the head ${tests.length === 1 ? "the only test is" : `all ${tests.length} tests are`} skipped`;
  const unstable = tests.filter((test) => test.head === "unstable");
  if (unstable.length > 0) return `${named(unstable)} passes and fails on the same code, and an unstable test shows nothing`;
  const failed = tests.filter((test) => test.head === "red");
  return `${named(failed)} ${failed.length === 1 ? "is" : "are"} red on the head${reasonOf(failed[0])}`;
}

/** The first line of a failure in brackets, or nothing. */
function reasonOf(test: ProofTest | undefined): string {
  const message = test?.failure?.message.split("\n", 1)[0]?.slice(0, 160);
  return message ? ` (${message})` : "";
}

/** The first by name, the others by number. */
function named(tests: readonly ProofTest[]): string {
  const [first] = tests;
  if (!first) return "no test";
  // A name may hold lines and tables; a sentence takes the start of it.
  const whole = [...first.id.suite, first.id.name].join(" › ").slice(0, 400).replace(/\s+/g, " ").trim();
  const title = `“${whole.length > 200 ? `${whole.slice(0, 199)}…` : whole}”`;
  return tests.length === 1 ? title : `${title} and ${tests.length - 1} more`;
}

function missingOf(tests: readonly ProofTest[]): string {
  const missing = tests.map((test) => test.failure?.missing).find((name) => name !== undefined);
  return missing === undefined ? "" : ` (\`${missing.slice(0, 120)}\`)`;
}

const SAID: Readonly<Record<WhyRed, string>> = {
  assertion: "an expectation failed",
  "expected-error": "the tested code threw",
  "absent-before": "what it needs is new",
  "load-error": "its file does not load",
  "missing-package": "a package is not installed",
  environment: "the surroundings failed",
  timeout: "it timed out, which also a slow machine does; say in the commit message that it was a hang, or let the test fail by an expectation before its time is up",
  crash: "the run broke off",
  "nothing-collected": "the runner did not find it",
  unknown: "the runner does not say why it is red",
};
