import type { Posting } from "#operations";

/** Invisible first line of our one comment: how it is found again and which commit it speaks of. */
export const markerOf = (checkName: string, headSha: string): string => `<!-- proofline:${checkName} head=${headSha} -->`;

const MARKER = /^<!-- proofline:(\S+)(?: head=([0-9a-f]{40,64}))? -->/;

/** True when a comment starts with the marker of this check. Anyone can write it, so its author must be checked too. */
export const carriesMarker = (body: string, checkName: string): boolean => MARKER.exec(body)?.[1] === checkName;

/** What the comment shall say: undefined when nobody shall be written to and at most an earlier comment be edited. */
export function wantedComment(posting: Posting): { readonly body: string; readonly create: boolean } | undefined {
  if (posting.mode === "observe" || posting.pullRequest === undefined) return undefined;
  if (posting.comment !== undefined) return { body: posting.comment, create: true };
  return posting.resolvedComment === undefined ? undefined : { body: posting.resolvedComment, create: false };
}
