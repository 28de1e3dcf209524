import { z } from "zod";
import { digestOf, isProoflineError } from "#kernel";
import type { Approval } from "#evidence";
import type { ApprovalReading, ApprovalRequest } from "#operations";
import { isAgent, plainName } from "../agents.ts";
import { addressesIn, NOT_A_WRITER, readingOf, teamsIn, UNREADABLE_ADDRESS } from "../area-approval.ts";
import type { GitLabClient } from "./client.ts";

const user = z.object({ id: z.number(), username: z.string(), bot: z.boolean().optional() });
const mergeRequest = z.object({ author: user.nullable(), sha: z.string().nullable() });
const approvalState = z.object({ approved_by: z.array(z.object({ user, approved_at: z.string().nullish() })) });
const version = z.object({ head_commit_sha: z.string(), created_at: z.string() });

interface Approver {
  readonly id: number;
  readonly name: string;
  readonly bot: boolean;
  readonly at: string;
  readonly commit: string;
}

/**
 * Reads who approved which commit. GitLab does not store the commit of an approval, so it is the newest version of the merge request
 * that existed when the approval was given; without a time it is none, hence stale.
 */
export async function readApprovals(client: GitLabClient, request: ApprovalRequest): Promise<ApprovalReading> {
  const at = `${client.project}/merge_requests/${request.pullRequest}`;
  const { author } = await client.get(at, mergeRequest);
  const { approved_by: given } = await client.get(`${at}/approvals`, approvalState);
  const versions = given.length === 0 ? [] : await client.list(`${at}/versions`, version);
  const approvers = given.map(({ user: by, approved_at: when }): Approver => ({
    id: by.id,
    name: by.username,
    bot: by.bot === true,
    at: when ?? "",
    commit: when ? headAt(versions, when) : "",
  }));
  const { standing, discounted } = sift(approvers, author?.username ?? "", request.excluded ?? []);
  const groups = await groupsOf(client, teamsIn(request), standing);
  const writers = await writersAmong(client, standing.filter((approver) => approver.commit === request.headSha));
  const counting = standing.filter(({ id }) => writers.get(id) !== false);
  const approvals = await Promise.all(counting.map((approver) => approvalOf(client, approver, { request, members: groups.members, writers })));
  const observed = { kind: "approvals", author: author?.username ?? "", approvals } as const;
  return readingOf(request, {
    evidence: { ...observed, source: "reported", subject: request.headSha, digest: digestOf(observed), origin: `${request.repo}!${request.pullRequest}` },
    discounted: [...discounted, ...standing.filter(({ id }) => writers.get(id) === false).map(({ name }) => ({ by: name, because: NOT_A_WRITER }))],
    unknown: new Map([...groups.unknown, ...addressesIn(request).map((address) => [address, UNREADABLE_ADDRESS] as const)]),
  });
}

/** Head of the merge request at a moment: versions are told newest first, but that is not relied on. */
function headAt(versions: readonly z.infer<typeof version>[], when: string): string {
  const moment = Date.parse(when);
  const before = versions.filter(({ created_at: created }) => Date.parse(created) <= moment);
  return before.sort((a, b) => Date.parse(b.created_at) - Date.parse(a.created_at))[0]?.head_commit_sha ?? "";
}

function sift(approvers: readonly Approver[], author: string, excluded: readonly string[]) {
  const out = new Set(excluded.map(plainName));
  const discounted: { by: string; because: string }[] = [];
  const standing = approvers.filter(({ name }) => {
    const because =
      plainName(name) === plainName(author)
        ? "authors don't approve their own change"
        : out.has(plainName(name))
          ? "this account prompted the change or is otherwise excluded"
          : undefined;
    if (because !== undefined) discounted.push({ by: name, because });
    return because === undefined;
  });
  return { standing, discounted };
}

async function approvalOf(
  client: GitLabClient,
  approver: Approver,
  { request, members, writers }: { readonly request: ApprovalRequest; readonly members: ReadonlyMap<number, readonly string[]>; readonly writers: ReadonlyMap<number, boolean> },
): Promise<Approval> {
  const bot = approver.bot || (await markedAsBot(client, approver.id));
  return {
    by: approver.name,
    commit: approver.commit,
    at: approver.at,
    principal: isAgent(approver.name, bot, request.agents) ? "agent" : "person",
    teams: members.get(approver.id) ?? [],
    ...(writers.get(approver.id) === true && { mayWrite: true }),
  };
}

/** GitLab's Developer: who may push to a branch. Reporters and guests may approve where a project's rules let them. */
const DEVELOPER = 30;
const member = z.object({ access_level: z.number(), state: z.string().optional() });

/** Who of them may write here, inherited membership included. A job's own token is refused what others are told is not there, so for it a missing member is unknown. */
async function writersAmong(client: GitLabClient, approvers: readonly Approver[]): Promise<ReadonlyMap<number, boolean>> {
  const known = new Map<number, boolean>();
  for (const { id } of approvers) {
    try {
      const { access_level: level, state } = await client.get(`${client.project}/members/all/${id}`, member);
      known.set(id, level >= DEVELOPER && (state ?? "active") === "active");
    } catch (error) {
      if (!isUnreadable(error)) throw error;
      if (isProoflineError(error, "forge/not-there") && !client.jobToken) known.set(id, false);
    }
  }
  return known;
}

/** Only the page of an account says whether it is a bot; where that can't be read, its name has to do. */
async function markedAsBot(client: GitLabClient, id: number): Promise<boolean> {
  try {
    return (await client.get(`/users/${id}`, user)).bot === true;
  } catch (error) {
    if (isUnreadable(error)) return false;
    throw error;
  }
}

interface GroupReading {
  readonly members: ReadonlyMap<number, readonly string[]>;
  readonly unknown: ReadonlyMap<string, string>;
}

/** Which approvers belong to which owning group, inherited membership included. What can't be read is `unknown`, never "no". */
async function groupsOf(client: GitLabClient, teams: readonly string[], approvers: readonly Approver[]): Promise<GroupReading> {
  const members = new Map<number, string[]>();
  const unknown = new Map<string, string>();
  for (const team of approvers.length === 0 ? [] : teams) {
    try {
      const path = `/groups/${encodeURIComponent(team.slice(1))}/members/all`;
      const inside = new Set(
        (await client.list(path, z.object({ id: z.number(), state: z.string().optional() })))
          .filter(({ state }) => (state ?? "active") === "active")
          .map(({ id }) => id),
      );
      for (const { id } of approvers) if (inside.has(id)) members.set(id, [...(members.get(id) ?? []), team]);
    } catch (error) {
      if (!isUnreadable(error)) throw error;
      unknown.set(team, "the token may not read the group's members");
    }
  }
  return { members, unknown };
}

const isUnreadable = (error: unknown): boolean =>
  ["forge/not-there", "forge/read-only-token", "forge/not-authorised"].some((code) => isProoflineError(error, code));
