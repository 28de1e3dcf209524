import { digestOf, isProoflineError } from "#kernel";
import type { Approval } from "#evidence";
import type { ApprovalReading, ApprovalRequest } from "#operations";
import { isAgent, plainName } from "../agents.ts";
import { addressesIn, NOT_A_WRITER, readingOf, teamsIn, UNREADABLE_ADDRESS } from "../area-approval.ts";
import type { GitHubClient } from "./client.ts";

interface Review {
  readonly by: string;
  readonly bot: boolean;
  readonly state: string;
  readonly commit: string;
  readonly at: string;
}

/** Reads who approved which commit, as GitHub counts: the newest deciding review of each account. */
export async function readApprovals(client: GitHubClient, request: ApprovalRequest): Promise<ApprovalReading> {
  const { owner, repo } = client;
  const pull = await client.request("GET /repos/{owner}/{repo}/pulls/{pull_number}", { owner, repo, pull_number: request.pullRequest });
  const author = pull.data.user.login;
  const reviews = latestDeciding(await listReviews(client, request.pullRequest));
  const { standing, discounted } = sift(reviews, author, request.excluded ?? []);
  const teams = await teamsOf(
    client,
    teamsIn(request),
    standing.map((review) => review.by),
  );
  const byAgent = (review: Review): boolean => isAgent(review.by, review.bot, request.agents);
  const writers = await writersAmong(client, standing.filter((review) => review.commit === request.headSha && !byAgent(review)));
  const approvals = standing
    .filter((review) => writers.get(review.by) !== false)
    .map((review): Approval => ({
      by: review.by,
      commit: review.commit,
      at: review.at,
      principal: byAgent(review) ? "agent" : "person",
      teams: teams.members.get(review.by) ?? [],
      ...(writers.get(review.by) === true && { mayWrite: true }),
    }));
  const observed = { kind: "approvals", author, approvals } as const;
  return readingOf(request, {
    evidence: {
      ...observed,
      source: "reported",
      subject: request.headSha,
      digest: digestOf(observed),
      origin: `${client.owner}/${client.repo}#${request.pullRequest}`,
    },
    discounted: [...discounted, ...[...writers].filter(([, may]) => may === false).map(([by]) => ({ by, because: NOT_A_WRITER }))],
    unknown: new Map([...teams.unknown, ...addressesIn(request).map((address) => [address, UNREADABLE_ADDRESS] as const)]),
  });
}

async function listReviews({ owner, repo, request, pages }: GitHubClient, pull: number): Promise<readonly Review[]> {
  const all = await pages(async (page) => {
    const at = { owner, repo, pull_number: pull, per_page: 100, page };
    return (await request("GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews", at)).data;
  });
  return all.map((review) => ({
    by: review.user?.login ?? "ghost",
    bot: review.user?.type === "Bot",
    state: review.state,
    // GitHub forgets the commit of a review once nothing points at it any more.
    commit: review.commit_id ?? "",
    at: review.submitted_at ?? "",
  }));
}

const DECIDING = ["APPROVED", "CHANGES_REQUESTED", "DISMISSED"];

/** A later comment leaves an approval standing; a later request for changes or a dismissal ends it. */
function latestDeciding(reviews: readonly Review[]): readonly Review[] {
  const latest = new Map<string, Review>();
  for (const review of reviews) if (DECIDING.includes(review.state)) latest.set(review.by, review);
  return [...latest.values()];
}

function sift(reviews: readonly Review[], author: string, excluded: readonly string[]) {
  const standing: Review[] = [];
  const discounted: { by: string; because: string }[] = [];
  const out = new Set(excluded.map(plainName));
  for (const review of reviews) {
    const because = whyNot(review, author, out);
    if (because === undefined) standing.push(review);
    else if (because !== "") discounted.push({ by: review.by, because });
  }
  return { standing, discounted };
}

/** Empty for reviews that never were an approval. */
function whyNot(review: Review, author: string, excluded: ReadonlySet<string>): string | undefined {
  if (review.state === "DISMISSED") return "the review was dismissed";
  if (review.state === "CHANGES_REQUESTED") return "";
  if (plainName(review.by) === plainName(author)) return "authors don't approve their own change";
  if (excluded.has(plainName(review.by))) return "this account prompted the change or is otherwise excluded";
  return undefined;
}

/**
 * Who of them may write here: GitHub lets anybody with an account approve a public pull request. What the token may not ask is left out: that is
 * unknown, never "no". `author_association` won't do: to a job's token a private member looks like a stranger.
 */
async function writersAmong({ owner, repo, request }: GitHubClient, reviews: readonly Review[]): Promise<ReadonlyMap<string, boolean>> {
  const known = new Map<string, boolean>();
  for (const { by } of reviews) {
    const permission = await request("GET /repos/{owner}/{repo}/collaborators/{username}/permission", { owner, repo, username: by }).then(({ data }) => data.permission, unreadable);
    if (permission !== undefined) known.set(by, permission === "admin" || permission === "write");
  }
  return known;
}

function unreadable(error: unknown): undefined {
  if (isProoflineError(error, "forge/not-there") || isProoflineError(error, "forge/read-only-token")) return undefined;
  throw error;
}

interface TeamReading {
  readonly members: ReadonlyMap<string, readonly string[]>;
  readonly unknown: ReadonlyMap<string, string>;
}

/** Which approvers belong to which owning team. A job's own token may not see teams: that is `unknown`, never "no". */
async function teamsOf(client: GitHubClient, teams: readonly string[], approvers: readonly string[]): Promise<TeamReading> {
  const members = new Map<string, string[]>();
  const unknown = new Map<string, string>();
  for (const team of approvers.length === 0 ? [] : teams) {
    const [org = "", slug = ""] = team.slice(1).split("/");
    const visible = await allowed(() => client.request("GET /orgs/{org}/teams/{team_slug}", { org, team_slug: slug }));
    if (!visible) {
      unknown.set(team, "the token may not read the team's members");
      continue;
    }
    for (const username of approvers) {
      const at = { org, team_slug: slug, username };
      const state = await client.request("GET /orgs/{org}/teams/{team_slug}/memberships/{username}", at).then(({ data }) => data.state, notMember);
      if (state === "active") members.set(username, [...(members.get(username) ?? []), team]);
    }
  }
  return { members, unknown };
}

async function allowed(look: () => Promise<unknown>): Promise<boolean> {
  try {
    await look();
    return true;
  } catch (error) {
    if (isProoflineError(error, "forge/not-there") || isProoflineError(error, "forge/read-only-token")) return false;
    throw error;
  }
}

function notMember(error: unknown): undefined {
  if (isProoflineError(error, "forge/not-there")) return undefined;
  throw error;
}
