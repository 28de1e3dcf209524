import { ownersAnswer, type Approvals, type OwnersAnswer } from "#evidence";
import type { ApprovalReading, ApprovalRequest, AreaApproval } from "#operations";

/** Teams and addresses whose members could not be read, each with the reason. */
export type UnknownOwners = ReadonlyMap<string, string>;

/** Whether an owner of each area approved the head, by the rule every check goes by, in words. */
export function areaApprovals(request: ApprovalRequest, evidence: Approvals, unknown: UnknownOwners): readonly AreaApproval[] {
  const record = { ...evidence, unknownTeams: [...unknown.keys()] };
  return request.areas.map((area) => {
    const found = ownersAnswer(area.owners, record);
    return { area: area.name, owners: area.owners, answer: found.answer, approvedBy: found.by, because: becauseOf(found, unknown) };
  });
}

function becauseOf({ by, why, unread }: OwnersAnswer, unknown: UnknownOwners): string {
  if (why === "nobody" || why === "not-read") return "Nobody who counts has approved this commit.";
  if (why === "no-owner") return "None of its owners has approved this commit.";
  if (why === "permission-unread") return "Whether those who approved may write to the repository can't be read.";
  if (why === "teams-unread") return `Who belongs to its owners can't be read (${unread.map((owner) => `${owner}: ${unknown.get(owner) ?? ""}`).join("; ")}).`;
  return `Approved by ${by.join(", ")}.`;
}

/** Owners that are teams: `@org/team`. */
export const teamsIn = (request: ApprovalRequest): readonly string[] => [
  ...new Set(request.areas.flatMap((area) => area.owners).filter((owner) => owner.startsWith("@") && owner.includes("/"))),
];

/** CODEOWNERS may name people by e-mail address, which no host tells about an approver. */
export const addressesIn = (request: ApprovalRequest): readonly string[] => [
  ...new Set(request.areas.flatMap((area) => area.owners).filter((owner) => !owner.startsWith("@") && owner.includes("@"))),
];

export const NOT_A_WRITER = "this account may not write to the repository";

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
    areas: areaApprovals(request, evidence, unknown),
    unknownTeams: [...unknown].map(([team, because]) => ({ team, because })),
  };
}
