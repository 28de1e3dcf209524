import type { Approval } from "#evidence";
import type { ApprovalReading, ApprovalRequest, AreaApproval } from "#operations";
import { plainName } from "./agents.ts";

/** Teams and addresses whose members could not be read, each with the reason. */
export type UnknownOwners = ReadonlyMap<string, string>;

/**
 * Whether an owner of each area approved the head. People count, agents and earlier commits don't. Where nobody owns an area, any
 * person's approval counts. A team that can't be read makes the answer `unknown` only if somebody in it might have approved.
 */
export function areaApprovals(request: ApprovalRequest, approvals: readonly Approval[], unknown: UnknownOwners): readonly AreaApproval[] {
  const fresh = approvals.filter((approval) => approval.principal === "person" && approval.commit === request.headSha);
  return request.areas.map((area) => ({ area: area.name, owners: area.owners, ...answerFor(area.owners, fresh, unknown) }));
}

function answerFor(owners: readonly string[], fresh: readonly Approval[], unknown: UnknownOwners): Pick<AreaApproval, "answer" | "approvedBy" | "because"> {
  if (fresh.length === 0) return { answer: "broken", approvedBy: [], because: "Nobody who counts has approved this commit." };
  const matching = owners.length === 0 ? fresh : fresh.filter((approval) => owners.some((owner) => isOwner(owner, approval)));
  const approvedBy = matching.map((approval) => approval.by);
  if (approvedBy.length > 0) return { answer: "holds", approvedBy, because: `Approved by ${approvedBy.join(", ")}.` };
  const unread = owners.filter((owner) => unknown.has(owner));
  if (unread.length === 0) return { answer: "broken", approvedBy: [], because: "None of its owners has approved this commit." };
  const why = unread.map((owner) => `${owner}: ${unknown.get(owner) ?? ""}`).join("; ");
  return { answer: "unknown", approvedBy: [], because: `Who belongs to its owners can't be read (${why}).` };
}

const isOwner = (owner: string, approval: Approval): boolean =>
  plainName(owner) === plainName(approval.by) || approval.teams.some((team) => plainName(team) === plainName(owner));

/** Owners that are teams: `@org/team`. */
export const teamsIn = (request: ApprovalRequest): readonly string[] => [
  ...new Set(request.areas.flatMap((area) => area.owners).filter((owner) => owner.startsWith("@") && owner.includes("/"))),
];

/** CODEOWNERS may name people by e-mail address, which no host tells about an approver. */
export const addressesIn = (request: ApprovalRequest): readonly string[] => [
  ...new Set(request.areas.flatMap((area) => area.owners).filter((owner) => !owner.startsWith("@") && owner.includes("@"))),
];

export const UNREADABLE_ADDRESS = "an e-mail address can't be matched to an account";

/** One reading from what an adapter gathered. */
export function readingOf(
  request: ApprovalRequest,
  parts: Pick<ApprovalReading, "evidence" | "discounted"> & { readonly unknown: UnknownOwners },
): ApprovalReading {
  const { evidence, discounted, unknown } = parts;
  return {
    evidence,
    discounted,
    stale: evidence.approvals.filter((approval) => approval.commit !== request.headSha),
    areas: areaApprovals(request, evidence.approvals, unknown),
    unknownTeams: [...unknown].map(([team, because]) => ({ team, because })),
  };
}
