import { draftFailure } from "../failures/draft-failure.ts";
import type { DraftFailure, Frame } from "../report-format.ts";
import type { RawCase, RawProblem } from "./raw-case.ts";

export interface Outcome {
  readonly outcome: "passed" | "failed" | "skipped" | "todo";
  readonly failure?: DraftFailure;
  readonly retries?: number;
}

/** Messages that say nothing: the text below them does. */
const EMPTY_TALK = /^(?:|failed|failure|error|test failed|test failure|collection failure|assertion|null|undefined|test execution failed)$/i;

/** PHPUnit files what it calls risky (a test that asserts nothing, prints or leaks) under errors, and ends green. */
export const isRemark = ({ type }: RawProblem): boolean => /\bRiskyTestError$/.test(type);

/** What became of a case, over all its attempts. */
export function outcomeOf(raw: RawCase): Outcome {
  const final = raw.problems.filter((problem) => (problem.tag === "failure" || problem.tag === "error") && !isRemark(problem));
  const retries = raw.problems.filter(({ tag }) => tag.startsWith("rerun") || tag.startsWith("flaky")).length;
  const again = retries > 0 ? { retries } : {};
  if (final.length > 0) return { outcome: "failed", failure: failureOf(final, raw), ...again };
  const skipped = raw.problems.find(({ tag }) => tag === "skipped" || tag === "ignored");
  if (skipped) return { outcome: /^todo$/i.test(skipped.type) || /^todo\b/i.test(skipped.message) ? "todo" : "skipped" };
  const status = raw.status?.toLowerCase() ?? "";
  if (/^(?:fail|failed|failure|error|errored|broken|timedout)$/.test(status)) {
    return { outcome: "failed", failure: { kind: "unknown", message: `The report says "${status}" and no more.`, frames: framesOfCase(raw) }, ...again };
  }
  if (/^(?:disabled|notrun|skipped|skip|ignored|pending|suppressed|inconclusive|notexecuted)$/.test(status)) return { outcome: "skipped" };
  return { outcome: "passed", ...again };
}

function failureOf(problems: readonly RawProblem[], raw: RawCase): DraftFailure {
  const [first] = problems;
  const failure = oneFailure(first ?? { tag: "failure", message: "", type: "", text: "" }, raw);
  if (problems.length === 1) return failure;
  const rest = problems.slice(1, 5).map((problem) => oneFailure(problem, raw).message);
  return { ...failure, message: [failure.message, ...rest].join("\n\n").slice(0, 2000) };
}

function oneFailure({ message, type, text }: RawProblem, raw: RawCase): DraftFailure {
  const cause = causeInNodeText(text);
  const said = EMPTY_TALK.test(message.trim()) ? text.replace(/^\s*● Test suite failed to run\s*/, "").trim() : message;
  const kindOfError = cause?.type ?? (EMPTY_TALK.test(type.trim()) ? "" : type);
  const loading = /^collection failure/i.test(message) ? `collection failure\n${said}` : said;
  const facts = { type: kindOfError, stack: text, ...(cause?.code === undefined ? {} : { code: cause.code }) };
  const failure = draftFailure({ message: loading, ...facts }, framesOfCase(raw));
  return loading === said ? failure : { ...failure, message: said.slice(0, 2000) };
}

/** node:test wraps what was thrown; its name and code stand behind `cause:`. */
function causeInNodeText(text: string): { readonly type: string; readonly code: string | undefined } | undefined {
  const found = /\bcause: ([A-Za-z_]\w{0,100})(?: \[(\w{1,100})\])?:/.exec(text);
  return found?.[1] === undefined ? undefined : { type: found[1], code: found[2] };
}

/** Where the case itself stands, when nothing nearer is known. */
const framesOfCase = (raw: RawCase): readonly Frame[] =>
  raw.file !== undefined && raw.line !== undefined && raw.line > 0 ? [{ file: raw.file, line: raw.line }] : [];
