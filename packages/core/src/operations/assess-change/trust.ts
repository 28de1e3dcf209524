import { agentSigns, type AgentSign, type CommitFacts, type HeadKind } from "#change";

/** What is known of where a change's code comes from. */
export interface OriginFacts {
  readonly headKind: HeadKind;
  readonly commits: readonly CommitFacts[];
  /** True in a pipeline: nobody sits at the checkout, and Git's user there is nobody's. */
  readonly ci: boolean;
  /** E-mail address, else name, under which the person at the checkout commits. */
  readonly person: string;
  /** Who has commits on the target in the 90 days before its tip. */
  readonly contributors: readonly Identity[];
  /** Who works here by the target's configuration. */
  readonly people: readonly { readonly name: string; readonly emails: readonly string[] }[];
  /** Accounts and addresses of agents beside the known ones. */
  readonly agents: readonly string[];
  /** How much history the target has: commits counted up to a bound, and whether the 90 days hold them all. */
  readonly history: { readonly commits: number; readonly allRecent: boolean; readonly shallow: boolean };
  /** Why the forge's word stands against running it: the head lies in a fork. */
  readonly fork?: string;
  /** Somebody vouched for it with `--trust`. */
  readonly vouched: boolean;
}

export interface Identity {
  readonly name: string;
  readonly email: string;
}

/** How code of an origin is run. `otherwise` says what happens where strict isolation can't be had. */
export interface Trust {
  readonly origin: "own" | "agent" | "stranger";
  readonly isolation: "ordinary" | "strict" | "not-run";
  readonly otherwise: "ordinary" | "not-run";
  /** In words that hold no text of the change. */
  readonly because: string;
}

/** A history of so few commits knows nobody yet. */
const FIRST_COMMITS = 5;

/**
 * Whose code is this, and how may it run? The first row that fits decides; of several commits the least trusted one. Git's
 * identities are claims, not proofs: this protects from code nobody here looked at, the forge's word on forks comes first.
 *
 * | the code | origin | isolation | where strict can't be had |
 * |---|---|---|---|
 * | vouched for with `--trust` | own | ordinary | |
 * | from a fork, by the forge's word | stranger | not run | |
 * | a patch handed in | stranger | strict | not run |
 * | a commit by an account of an agent or a bot | agent | strict | not run |
 * | a commit by somebody unknown, on a target with at most 5 commits | own | ordinary | |
 * | the same, where the clone is shallow or the target is younger than 90 days | stranger | strict | ordinary, said |
 * | the same, anywhere else | stranger | strict | not run |
 * | commits by somebody known which name an agent in a trailer | agent | strict | ordinary, said |
 * | commits by somebody known | own | ordinary | |
 * | anything the default branch already holds (asked last, by `decideIsolation`) | own | ordinary | |
 * | what is not committed | own | ordinary | |
 *
 * Known are the person at the checkout (not in a pipeline), whoever committed to the target in the last 90 days, and the people
 * of the target's configuration.
 */
export function judgeOrigin(facts: OriginFacts): Trust {
  if (facts.vouched) return own("--trust vouches for it");
  if (facts.fork !== undefined) return { origin: "stranger", isolation: "not-run", otherwise: "not-run", because: facts.fork };
  if (facts.headKind === "patch")
    return { origin: "stranger", isolation: "strict", otherwise: "not-run", because: "a patch does not say who stands behind it" };
  const signs = agentSigns(facts.commits, facts.agents);
  const account = signs.find((sign) => sign.by !== "trailer" && !isPairing(sign, facts));
  if (account)
    return {
      origin: "agent",
      isolation: "strict",
      otherwise: "not-run",
      because: `commit ${short(account.commit)} is by ${account.kind === "bot" ? "a bot" : "an agent"}`,
    };
  const unknown = facts.commits.find((commit) => !isKnown(commit.author, facts));
  if (unknown) return ofUnknown(unknown, facts);
  const [helped] = signs.filter((sign) => sign.kind === "agent");
  if (helped) return { origin: "agent", isolation: "strict", otherwise: "ordinary", because: `commit ${short(helped.commit)} names an agent as its co-author` };
  return own(facts.commits.length > 0 ? "its authors are known here" : "it is work at this checkout");
}

const own = (because: string): Trust => ({ origin: "own", isolation: "ordinary", otherwise: "ordinary", because });

const short = (id: string): string => id.slice(0, 7);

function ofUnknown(commit: CommitFacts, { history }: OriginFacts): Trust {
  const { commits, allRecent, shallow } = history;
  if (!shallow && commits <= FIRST_COMMITS) return own("the target has hardly any commits yet, so everybody is new here");
  const because = `commit ${short(commit.id)} is by somebody without a commit on the target in 90 days`;
  if (shallow) return { origin: "stranger", isolation: "strict", otherwise: "ordinary", because: `${because}, as far as this shallow clone goes` };
  return { origin: "stranger", isolation: "strict", otherwise: allRecent ? "ordinary" : "not-run", because };
}

/** Tools that sign in the person's own name (`Ada (aider)`) are that person at work with an agent. */
function isPairing(sign: AgentSign, facts: OriginFacts): boolean {
  const author = facts.commits.find((commit) => commit.id === sign.commit)?.author;
  return sign.by === "author" && sign.kind === "agent" && / \(aider\)$/.test(author?.name ?? "") && isKnown(author ?? { name: "", email: "" }, facts);
}

/** Names that machines and templates give: they say nothing about who it is. */
const NOBODY = new Set([
  "",
  "root",
  "user",
  "unknown",
  "admin",
  "ubuntu",
  "debian",
  "runner",
  "vagrant",
  "docker",
  "node",
  "git",
  "test",
  "dev",
  "developer",
  "your name",
  "you",
  "me",
  "ec2-user",
  "vscode",
  "codespace",
  "github",
]);

function isKnown(author: Identity, { ci, person, contributors, people }: OriginFacts): boolean {
  const email = fold(author.email);
  const name = fold(author.name);
  const named = !NOBODY.has(name);
  if (!ci && fold(person) !== "" && fold(person) !== "unknown" && (fold(person) === email || (named && fold(person) === name))) return true;
  const sameName = (other: string): boolean => named && fold(other) === name;
  const declared = people.some((one) => sameName(one.name) || (email !== "" && one.emails.some((address) => fold(address) === email)));
  return declared || contributors.some((one) => sameName(one.name) || (email !== "" && fold(one.email) === email));
}

const fold = (text: string): string => text.trim().toLowerCase();
