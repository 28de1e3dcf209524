/**
 * Accounts that write or review code by themselves. The host's own mark (`type: Bot`) comes first; this list is for those that
 * run as ordinary users. Lower case.
 */
const KNOWN_AGENTS: ReadonlySet<string> = new Set([
  "copilot",
  "copilot-swe-agent",
  "claude",
  "codex",
  "cursoragent",
  "coderabbitai",
  "devin-ai-integration",
  "dependabot",
  "gemini-code-assist",
  "github-actions",
  "google-labs-jules",
  "greptile-apps",
  "openhands-agent",
  "qodo-merge-pro",
  "renovate",
  "renovate-bot",
  "sourcery-ai",
  "sweep-ai",
]);

/** GitLab names the accounts of project, group and service tokens like this. */
const TOKEN_ACCOUNT = /^(project|group)_\d+_bot(_[0-9a-f]+)?$|^service_account_/;

/** True when an account is no person, as far as its name, the host's mark or the caller's list tell. */
export function isAgent(login: string, hostSaysBot: boolean, alsoAgents: readonly string[] = []): boolean {
  const name = plainName(login);
  return (
    hostSaysBot ||
    login.toLowerCase().endsWith("[bot]") ||
    KNOWN_AGENTS.has(name) ||
    TOKEN_ACCOUNT.test(name) ||
    alsoAgents.some((agent) => plainName(agent) === name)
  );
}

/** How accounts are compared: hosts ignore case, CODEOWNERS writes a leading `@`. */
export const plainName = (login: string): string =>
  login
    .toLowerCase()
    .replace(/^@/, "")
    .replace(/\[bot\]$/, "");
