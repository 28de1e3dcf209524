import type { Approval, Approvals } from "./evidence.ts";

/** Whether somebody who answers for a thing approved the head. */
export interface OwnersAnswer {
  /** `unknown` where it could not be told: nobody could be asked, or who belongs to a team or may write could not be read. */
  readonly answer: "holds" | "broken" | "unknown";
  /** Accounts whose approval counts. */
  readonly by: readonly string[];
  /** Why it does not hold. */
  readonly why?: "not-read" | "nobody" | "no-owner" | "teams-unread" | "permission-unread";
  /** Owners whose members could not be read, where that is why. */
  readonly unread: readonly string[];
}

/**
 * The one rule of whose approval counts: a person's, not the author's, on this very commit, and of an owner or a member of an owning team. What nobody
 * owns needs any such person who may write to the repository. Somebody who is known not to have that right never counts.
 */
export function ownersAnswer(owners: readonly string[], record: Approvals | undefined): OwnersAnswer {
  if (record === undefined) return { answer: "unknown", by: [], why: "not-read", unread: [] };
  const fresh = record.approvals.filter((approval) => isFresh(approval, record));
  if (fresh.length === 0) return { answer: "broken", by: [], why: "nobody", unread: [] };
  const wanted = new Set(owners.map(accountName));
  const counting = fresh.filter((approval) => (wanted.size === 0 ? approval.mayWrite === true : isOneOf(wanted, approval)));
  if (counting.length > 0) return { answer: "holds", by: counting.map((approval) => approval.by), unread: [] };
  // An approval by somebody whose teams or rights could not be read may be the one that is owed.
  if (wanted.size === 0) return fresh.some((approval) => approval.mayWrite === undefined) ? { answer: "unknown", by: [], why: "permission-unread", unread: [] } : { answer: "broken", by: [], why: "no-owner", unread: [] };
  const unread = (record.unknownTeams ?? []).filter((team) => wanted.has(accountName(team)));
  return unread.length > 0 ? { answer: "unknown", by: [], why: "teams-unread", unread } : { answer: "broken", by: [], why: "no-owner", unread: [] };
}

const isFresh = (approval: Approval, record: Approvals): boolean =>
  approval.principal === "person" && approval.commit === record.subject && approval.mayWrite !== false && accountName(approval.by) !== accountName(record.author);

const isOneOf = (wanted: ReadonlySet<string>, { by, teams }: Approval): boolean => [by, ...teams].some((name) => wanted.has(accountName(name)));

/** How accounts and teams are compared: hosts ignore case, CODEOWNERS writes a leading `@`. */
const accountName = (name: string): string => name.replace(/^@/, "").toLowerCase();
