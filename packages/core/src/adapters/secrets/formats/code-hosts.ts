import { endsWithChecksum } from "../checksums.ts";
import type { SecretFormat } from "../secret-format.ts";

/** GitHub, GitLab, Azure DevOps, Atlassian and the like. */
export const codeHosts: readonly SecretFormat[] = [
  {
    rule: "github-token",
    what: "a GitHub token",
    strength: "checked",
    pattern: /(?<![A-Za-z0-9])gh[pousr]_(?<random>[A-Za-z0-9]{76}|[A-Za-z0-9]{36})(?![A-Za-z0-9])/g,
    accepts: (match) => endsWithChecksum(match.groups?.["random"] ?? ""),
    revoke: "Delete it at github.com/settings/tokens (or the app's page).",
  },
  {
    rule: "github-fine-grained-token",
    what: "a fine-grained GitHub token",
    strength: "formatted",
    pattern: /(?<![A-Za-z0-9])github_pat_(?<random>[A-Za-z0-9]{22}_[A-Za-z0-9]{59})(?![A-Za-z0-9])/g,
    alphabet: "base62",
    revoke: "Delete it at github.com/settings/personal-access-tokens.",
  },
  {
    rule: "gitlab-token",
    what: "a GitLab token",
    strength: "formatted",
    // A dot would continue a routable token, whose own arm comes first.
    pattern: /(?<![A-Za-z0-9])gl(?:pat|dt|rt|cbt|ptt|ft|soat|imt|agent|oas)-(?<random>[A-Za-z0-9_-]{27,300}\.[0-9a-z]{2}\.?[0-9a-z]{7}|[A-Za-z0-9_-]{20})(?![A-Za-z0-9_-])/g,
    alphabet: "base64",
    revoke: "Revoke it under GitLab's access tokens.",
  },
  {
    rule: "azure-devops-token",
    what: "an Azure DevOps personal access token",
    strength: "formatted",
    pattern: /(?<![A-Za-z0-9])(?<random>[A-Za-z0-9]{76})AZDO[A-Za-z0-9]{4}(?![A-Za-z0-9])/g,
    alphabet: "base62",
    revoke: "Revoke it under User settings, Personal access tokens.",
  },
  {
    rule: "atlassian-token",
    what: "an Atlassian API token",
    strength: "formatted",
    pattern: /(?<![A-Za-z0-9])ATATT3xFfGF0(?<random>[A-Za-z0-9_-]{100,230})=[A-F0-9]{8}(?![A-Za-z0-9])/g,
    alphabet: "base64",
    revoke: "Revoke it at id.atlassian.com, Security, API tokens.",
  },
];
