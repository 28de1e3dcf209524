import type { Change } from "#change";
import type { Approvals } from "#evidence";
import type { Intent } from "#intent";

/** Reads who approved a change. Empty where there is no forge, no pull request or no permission to ask. */
export interface ApprovalSource {
  /** `agents`: accounts the configuration calls agents, beside those the forge marks as bots. */
  read(change: Change, intent: Intent, agents: readonly string[]): Promise<readonly Approvals[]>;
}

/** Where there is nobody to ask. */
export const noApprovals: ApprovalSource = { read: () => Promise.resolve([]) };
