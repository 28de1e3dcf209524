import { classifyFailure, missingName, type FailureFacts } from "#evidence";
import type { DraftFailure, Frame } from "../report-format.ts";
import { framesOf } from "./frames.ts";

const LONGEST = 2000;

/** Judges a failure by its words and finds the lines it names. */
export function draftFailure(facts: FailureFacts, known: readonly Frame[] = []): DraftFailure {
  const kind = classifyFailure(facts);
  const missing = missingName(facts);
  const message = plain(facts.message) || plain(facts.stack ?? "") || facts.type || "no message";
  return {
    kind,
    message: message.slice(0, LONGEST),
    ...(missing === undefined ? {} : { missing }),
    frames: [...framesOf(facts.stack ?? ""), ...framesOf(facts.message), ...known],
  };
}

/** Without the colours of a terminal. */
const plain = (text: string): string =>
  text
    .slice(0, 20_000)
    .replace(/\u001b\[[0-9;]{0,40}[A-Za-z]/g, "")
    .trim();
