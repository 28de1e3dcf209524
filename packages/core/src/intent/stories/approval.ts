import { lineEndOf } from "./lines.ts";
import type { Criterion } from "./story.ts";

const RECORD = /<!--[ \t]*approved:[ \t]*([0-9a-f]{7,64})[ \t]*-->/;

/** Enough of a hash to name one text among the few a criterion ever had. */
const LENGTH = 12;

/** The revision a criterion's proofs were approved for, where its block records one. A comment: it is no part of the revision itself. */
export const approvedIn = (block: string): string | undefined => RECORD.exec(block)?.[1];

/** The story's text with one criterion's proofs approved for the words it has now, and every other character as it was. */
export function withApproval(text: string, { span, revision }: Criterion): string {
  const record = `<!-- approved: ${revision.slice(0, LENGTH)} -->`;
  const block = text.slice(span.start, span.end);
  const before = RECORD.exec(block);
  const replaced = before ? block.slice(0, before.index) + record + block.slice(before.index + before[0].length) : appended(block, record);
  return text.slice(0, span.start) + replaced + text.slice(span.end);
}

/** Behind a blank line, or it would read as part of the step above it. */
function appended(block: string, record: string): string {
  const eol = lineEndOf(block);
  const kept = block.trimEnd();
  return `${kept}${eol}${eol}${record}${block.slice(kept.length) || eol}`;
}
