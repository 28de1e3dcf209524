import type { Decision, Mode } from "#kernel";
import type { Approval, Approvals } from "#evidence";

/** One remark at real lines of the head. Lines are 1-based. */
export interface Annotation {
  readonly path: string;
  readonly line: number;
  readonly endLine: number;
  readonly level: "notice" | "warning" | "failure";
  readonly title: string;
  readonly message: string;
  /** Fingerprint of the finding, for hosts that track remarks across pushes. */
  readonly fingerprint?: string;
  /** Check id, for hosts that group remarks by rule. */
  readonly check?: string;
}

/** What a verdict wants to say where people review. Texts are Markdown; what is too long for the host is cut, said aloud. */
export interface Posting {
  /** `owner/name` on GitHub, the numeric id or full path on GitLab. */
  readonly repo: string;
  readonly headSha: string;
  /** Absent in a merge queue or on a push: then only the check is set. */
  readonly pullRequest?: number;
  /** One check of this name per commit. */
  readonly checkName: string;
  readonly title: string;
  readonly summaryMarkdown: string;
  readonly conclusion: Decision;
  /** In `observe` nothing but the check is posted, whatever else is given here. */
  readonly mode: Mode;
  readonly annotations: readonly Annotation[];
  /** Absent means the change is trivial: nobody gets a new comment. */
  readonly comment?: string;
  /** What an earlier comment of ours is edited to when `comment` is absent. */
  readonly resolvedComment?: string;
  /** A SARIF 2.1 document for the host's code scanning. */
  readonly sarif?: string;
  /** Where people find the whole run. */
  readonly detailsUrl?: string;
}

/** What became of each part of a posting. Anything not done is said in `notes`, in words. */
export interface Published {
  /** `none` where the token may not set one, which `notes` says. */
  readonly check: "created" | "updated" | "unchanged" | "none";
  readonly comment: "created" | "updated" | "unchanged" | "none";
  readonly sarif: "uploaded" | "written" | "none";
  readonly checkUrl?: string;
  readonly commentUrl?: string;
  readonly notes: readonly string[];
}

/** Whose approval is looked for. */
export interface ApprovalRequest {
  readonly repo: string;
  readonly pullRequest: number;
  readonly headSha: string;
  /** Each touched area with its owners, as CODEOWNERS writes them. */
  readonly areas: readonly { readonly name: string; readonly owners: readonly string[] }[];
  /** Accounts known to be agents, beside those the host marks as bots. */
  readonly agents?: readonly string[];
  /** Accounts that do not count for another reason, e.g. the prompter of an agent's change. */
  readonly excluded?: readonly string[];
}

/** Whether the owners of one area approved the head. `unknown` when the token may not see who belongs to a team. */
export interface AreaApproval {
  readonly area: string;
  readonly owners: readonly string[];
  readonly answer: "holds" | "broken" | "unknown";
  readonly approvedBy: readonly string[];
  readonly because: string;
}

/** Approvals as the forge tells them: ranked `reported`. */
export interface ApprovalReading {
  /** Approvals that stand, by people and by agents, on any commit; the author's own are left out. */
  readonly evidence: Approvals;
  /** Those of `evidence` that were given to an earlier commit than the head. */
  readonly stale: readonly Approval[];
  /** Approvals that were read and do not count, each with the reason. */
  readonly discounted: readonly { readonly by: string; readonly because: string }[];
  readonly areas: readonly AreaApproval[];
  /** Teams whose members could not be read, each with the reason. */
  readonly unknownTeams: readonly { readonly team: string; readonly because: string }[];
}

/** The change a second, trusted half speaks about: told by the forge, never by what the first half left behind. */
export interface BoundChange {
  readonly repo: string;
  readonly headSha: string;
  /** Absent when no open pull request has this head any more. */
  readonly pullRequest?: number;
  /** Branch the pull request wants to reach, and its tip as the host knows it: policy is read from there. */
  readonly targetBranch?: string;
  readonly baseSha?: string;
  readonly fork: boolean;
}

/** The place where people review and merge. Implemented by adapters/forges. */
export interface Forge {
  readonly kind: "github" | "gitlab";
  /** Says it all or raises a named error; doing it twice leaves one check and one comment. */
  publish(posting: Posting): Promise<Published>;
  approvals(request: ApprovalRequest): Promise<ApprovalReading>;
  /** Finds the pull request a finished untrusted run belongs to. */
  bind(): Promise<BoundChange>;
}

/** What continuous integration tells about the change at hand. Carries the token, so it is never printed or stored. */
export interface ForgeContext {
  readonly kind: "github" | "gitlab";
  readonly apiUrl: string;
  readonly serverUrl?: string;
  readonly repo: string;
  readonly token?: string;
  /** How the token is sent: GitLab treats a job's token differently from a personal or project token. */
  readonly tokenKind: "bearer" | "job";
  /** The event that started the run, e.g. `pull_request`, `merge_group`, `workflow_run`, `merge_request_event`, `push`. */
  readonly event: string;
  readonly headSha?: string;
  readonly baseSha?: string;
  /** Branch the change wants to reach. */
  readonly targetBranch?: string;
  readonly pullRequest?: number;
  readonly gate: "pull-request" | "merge-queue" | "release";
  /** True when the change comes from another repository: its code is a stranger's. */
  readonly fork: boolean;
  readonly runUrl?: string;
  /** Who opened the change, as the host names accounts. */
  readonly author?: string;
  readonly labels: readonly string[];
  /** For `workflow_run`: where the untrusted half ran. */
  readonly triggeredBy?: { readonly headRepo: string; readonly headBranch: string; readonly runId: number };
}
