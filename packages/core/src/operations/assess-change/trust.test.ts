import { describe, expect, test } from "vitest";
import type { CommitFacts } from "#change";
import { judgeOrigin, type OriginFacts } from "./trust.ts";

const ada = { name: "Ada Lovelace", email: "ada@example.com" };
const grace = { name: "Grace Hopper", email: "grace@example.com" };
const mallory = { name: "Mallory", email: "mallory@example.org" };
const copilot = { name: "copilot-swe-agent[bot]", email: "198982749+Copilot@users.noreply.github.com" };
const dependabot = { name: "dependabot[bot]", email: "49699333+dependabot[bot]@users.noreply.github.com" };
const claude = { key: "Co-authored-by", value: "Claude <noreply@anthropic.com>" };

const commit = (author: OriginFacts["contributors"][number], trailers: CommitFacts["trailers"] = []): CommitFacts => ({
  id: "1234567890",
  parents: ["0"],
  author,
  committer: { name: "GitHub", email: "noreply@github.com" },
  authoredAt: 0,
  committedAt: 0,
  message: "x",
  trailers,
});
const facts = (more: Partial<OriginFacts> = {}): OriginFacts => ({
  headKind: "commit",
  commits: [],
  ci: false,
  person: ada.email,
  contributors: [ada, grace],
  people: [],
  agents: [],
  history: { commits: 60, allRecent: false, shallow: false },
  vouched: false,
  ...more,
});
const young = { history: { commits: 20, allRecent: true, shallow: false } };
const told = (more: Partial<OriginFacts>): string => {
  const { origin, isolation, otherwise } = judgeOrigin(facts(more));
  return `${origin}: ${isolation}, otherwise ${otherwise}`;
};

const OWN = "own: ordinary, otherwise ordinary";
const HELPED = "agent: strict, otherwise ordinary";
const AGENT = "agent: strict, otherwise not-run";
const STRANGER = "stranger: strict, otherwise not-run";

describe("every row of the table", () => {
  test.each<[string, string, Partial<OriginFacts>]>([
    ["vouched for, even from a fork", OWN, { vouched: true, fork: "from a fork", commits: [commit(mallory)] }],
    ["from a fork, whoever wrote it", "stranger: not-run, otherwise not-run", { fork: "from a fork", commits: [commit(ada)] }],
    ["a patch", STRANGER, { headKind: "patch" }],
    ["an agent's account", AGENT, { commits: [commit(copilot)] }],
    ["a bot's account", AGENT, { commits: [commit(dependabot)] }],
    ["an agent's account that committed here before", AGENT, { commits: [commit(copilot)], contributors: [ada, copilot] }],
    ["an agent that committed in a person's name", AGENT, { commits: [{ ...commit(ada), committer: { name: "Claude", email: "noreply@anthropic.com" } }] }],
    ["an agent of the configuration", AGENT, { commits: [commit({ name: "helper", email: "helper@example.com" })], agents: ["helper@example.com"] }],
    ["somebody unknown", STRANGER, { commits: [commit(mallory)] }],
    ["somebody unknown among known ones", STRANGER, { commits: [commit(ada), commit(mallory), commit(grace)] }],
    ["somebody unknown, with an agent", STRANGER, { commits: [commit(mallory, [claude])] }],
    ["somebody unknown below work that is not committed", STRANGER, { headKind: "worktree", commits: [commit(mallory)] }],
    ["the first commits of a repository", OWN, { commits: [commit(mallory)], contributors: [], history: { commits: 0, allRecent: true, shallow: false } }],
    ["a target of five commits", OWN, { commits: [commit(mallory)], history: { commits: 5, allRecent: true, shallow: false } }],
    ["an agent's account on a target of five commits", AGENT, { commits: [commit(copilot)], history: { commits: 5, allRecent: true, shallow: false } }],
    ["somebody new on a young target", "stranger: strict, otherwise ordinary", { commits: [commit(mallory)], ...young }],
    [
      "a shallow clone that knows nobody",
      "stranger: strict, otherwise ordinary",
      { commits: [commit(ada)], ci: true, contributors: [], history: { commits: 1, allRecent: true, shallow: true } },
    ],
    ["the person's own commit with an agent", HELPED, { commits: [commit(ada, [claude])] }],
    ["a colleague's commit with an agent, in a pipeline", HELPED, { commits: [commit(grace, [claude])], ci: true }],
    ["a pair that signs in the person's name", HELPED, { commits: [commit({ name: "Ada Lovelace (aider)", email: ada.email })] }],
    ["the person's own commit", OWN, { commits: [commit(ada)], contributors: [] }],
    ["a colleague's commit", OWN, { commits: [commit(grace)] }],
    ["a colleague's other address", OWN, { commits: [commit({ name: "grace hopper", email: "7+grace@users.noreply.github.com" })] }],
    ["somebody of the configuration", OWN, { commits: [commit(mallory)], people: [{ name: "M", emails: ["Mallory@example.org"] }] }],
    ["work that is not committed", OWN, { headKind: "worktree" }],
    ["what is staged", OWN, { headKind: "index" }],
  ])("%s", (_, wanted, more) => expect(told(more)).toBe(wanted));
});

test("Git's user in a pipeline is nobody's", () => {
  expect(told({ commits: [commit(ada)], contributors: [grace], ci: true })).toBe(STRANGER);
  expect(told({ commits: [commit(ada)], contributors: [grace], ci: false })).toBe(OWN);
});

test("a name that every machine gives makes nobody known", () => {
  const root = { name: "root", email: "root@somewhere" };
  expect(told({ commits: [commit(root)], contributors: [{ name: "root", email: "root@here" }] })).toBe(STRANGER);
  expect(told({ commits: [commit({ name: "", email: "" })], contributors: [{ name: "", email: "" }], person: "unknown" })).toBe(STRANGER);
});

test("the reason holds no text of the change", () => {
  const evil = { name: "](http://evil) <script>", email: "evil@example.org" };
  expect(judgeOrigin(facts({ commits: [commit(evil)] })).because).toBe("commit 1234567 is by somebody without a commit on the target in 90 days");
});
