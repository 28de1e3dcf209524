import type { CommitFacts } from "./ports.ts";

/** Somebody who is no person, with the sign that gave it away. */
export interface AgentSign {
  readonly name: string;
  /** `agent` writes code by itself; `bot` is an automaton such as a dependency updater. */
  readonly kind: "agent" | "bot";
  readonly by: "author" | "committer" | "trailer";
  readonly commit: string;
}

/** Address of a mail sender, or of a domain's every sender; lower case. */
const AGENT_MAILS: ReadonlyMap<string, string> = new Map([
  ["noreply@anthropic.com", "Claude"],
  ["claude@anthropic.com", "Claude"],
  ["cursoragent@cursor.com", "Cursor"],
  ["agent@cursor.com", "Cursor"],
  ["codex@openai.com", "Codex"],
  ["noreply@openai.com", "Codex"],
  ["aider@aider.chat", "Aider"],
  ["noreply@aider.chat", "Aider"],
  ["openhands@all-hands.dev", "OpenHands"],
  ["amp@ampcode.com", "Amp"],
  ["agent@warp.dev", "Warp"],
  ["crush@charm.land", "Crush"],
  ["noreply@opencode.ai", "OpenCode"],
  ["junie@jetbrains.com", "Junie"],
  ["qwen-coder@alibabacloud.com", "Qwen Code"],
  ["noreply@goose-ai.dev", "Goose"],
  ["agent@replit.com", "Replit Agent"],
]);

/** Accounts of code hosts, lower case, without `[bot]`. */
const AGENT_ACCOUNTS: ReadonlyMap<string, string> = new Map([
  ["copilot", "Copilot"],
  ["copilot-swe-agent", "Copilot"],
  ["claude", "Claude"],
  ["claude-code", "Claude"],
  ["cursoragent", "Cursor"],
  ["cursor", "Cursor"],
  ["codex", "Codex"],
  ["chatgpt-codex-connector", "Codex"],
  ["devin-ai-integration", "Devin"],
  ["google-labs-jules", "Jules"],
  ["gemini-code-assist", "Gemini"],
  ["gemini-cli", "Gemini"],
  ["openhands-agent", "OpenHands"],
  ["openhands", "OpenHands"],
  ["ampcode-com", "Amp"],
  ["factory-droid", "Droid"],
  ["sweep-ai", "Sweep"],
  ["amazon-q-developer", "Amazon Q"],
  ["codegen-sh", "Codegen"],
  ["junie-agent", "Junie"],
  ["v0", "v0"],
  ["lovable-dev", "Lovable"],
  ["bolt-new", "Bolt"],
  ["replit-agent", "Replit Agent"],
]);

const BOT_ACCOUNTS = new Set([
  "dependabot",
  "dependabot-preview",
  "renovate",
  "renovate-bot",
  "greenkeeper",
  "snyk-bot",
  "github-actions",
  "semantic-release-bot",
  "allcontributors",
  "imgbot",
  "depfu",
  "web-flow-bot",
]);

/** Trailers by which agents and people say that an agent wrote. `Co-authored-by` names a person or an agent: its address decides. */
const SAYS_AGENT = new Set([
  "agent",
  "generated-with",
  "generated-by",
  "ai-generated-by",
  "assisted-by",
  "coding-agent",
  "co-developed-by-agent",
  "amp-thread-id",
  "amp-thread",
  "claude-session",
  "codex-session",
]);
const SAYS_AUTHOR = new Set(["co-authored-by", "co-developed-by", "authored-by", "on-behalf-of"]);

/** Every sign that no person wrote a commit: by account, address or trailer, never by prose. `alsoAgents` adds accounts and addresses. */
export function agentSigns(commits: readonly CommitFacts[], alsoAgents: readonly string[] = []): readonly AgentSign[] {
  const extra = new Set(alsoAgents.map(plainAccount));
  return commits.flatMap((commit) => {
    const author = principalOf(commit.author, extra);
    const committer = principalOf(commit.committer, extra);
    const trailers = commit.trailers.flatMap((trailer) => {
      const said = trailerSays(trailer, extra);
      return said ? [{ ...said, by: "trailer" as const, commit: commit.id }] : [];
    });
    return [
      ...(author ? [{ ...author, by: "author" as const, commit: commit.id }] : []),
      // Hosts and merge bots commit what people wrote: only an agent's own commit counts.
      ...(committer?.kind === "agent" && !author ? [{ ...committer, by: "committer" as const, commit: commit.id }] : []),
      ...trailers,
    ];
  });
}

/** True when an agent or a bot wrote at least one commit. A formatter's co-authorship of a person's commit does not make it so. */
export const writtenByAgent = (signs: readonly AgentSign[]): boolean => signs.some((sign) => sign.kind === "agent" || sign.by === "author");

interface Identity {
  readonly name: string;
  readonly email: string;
}

type Principal = Pick<AgentSign, "name" | "kind">;

function principalOf({ name, email }: Identity, extra: ReadonlySet<string>): Principal | undefined {
  const address = email.trim().toLowerCase();
  const account = accountOf(address) ?? "";
  if (extra.has(address) || (account !== "" && extra.has(plainAccount(account))) || extra.has(plainAccount(name))) return { name, kind: "agent" };
  const byMail = AGENT_MAILS.get(address);
  if (byMail !== undefined) return { name: byMail, kind: "agent" };
  const isBotAccount = account.endsWith("[bot]") || name.trim().toLowerCase().endsWith("[bot]");
  const known = AGENT_ACCOUNTS.get(plainAccount(account)) ?? (isBotAccount ? AGENT_ACCOUNTS.get(plainAccount(name)) : undefined);
  if (known !== undefined) return { name: known, kind: "agent" };
  // Aider signs in the person's own name.
  if (/ \(aider\)$/.test(name)) return { name: "Aider", kind: "agent" };
  const bot = isBotAccount || BOT_ACCOUNTS.has(plainAccount(account)) || BOT_ACCOUNTS.has(plainAccount(name));
  return bot ? { name: plainAccount(account || name), kind: "bot" } : undefined;
}

function trailerSays({ key, value }: { readonly key: string; readonly value: string }, extra: ReadonlySet<string>): Principal | undefined {
  const said = key.trim().toLowerCase();
  if (SAYS_AGENT.has(said) && value.trim() !== "") return { name: value.trim().slice(0, 100), kind: "agent" };
  if (!SAYS_AUTHOR.has(said)) return undefined;
  const found = /^([^<]{0,200})<([^<>\s]{1,200})>/.exec(value.trim());
  return found ? principalOf({ name: (found[1] ?? "").trim(), email: found[2] ?? "" }, extra) : undefined;
}

/** `123+name@users.noreply.github.com` -> `name`; undefined for other addresses. */
const accountOf = (address: string): string | undefined => /^(?:\d+[+-])?([^@+]+)@users\.noreply\.(?:github|gitlab)\.com$/.exec(address)?.[1];

const plainAccount = (login: string): string => login.trim().toLowerCase().replace(/^@/, "").replace(/\[bot\]$/, ""); // prettier-ignore
