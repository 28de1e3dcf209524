import type { SecretFormat } from "../secret-format.ts";

/** The key of Azure's storage emulator; printed in its documentation and the same everywhere. */
const AZURITE = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";

/** Clouds and what runs on them. AWS key pairs span lines: see `../aws-key-pair.ts`. */
export const clouds: readonly SecretFormat[] = [
  {
    rule: "azure-storage-key",
    what: "an Azure account key",
    strength: "formatted",
    pattern: /AccountKey=(?<secret>[A-Za-z0-9+/]{86}==)/g,
    alphabet: "base64",
    accepts: (match) => match.groups?.["secret"] !== AZURITE && !/devstoreaccount|UseDevelopmentStorage/.test(match.input),
    revoke: "Rotate the account's keys in the Azure portal.",
  },
  {
    rule: "azure-bus-key",
    what: "an Azure shared access key",
    strength: "formatted",
    pattern: /SharedAccessKey=(?<secret>[A-Za-z0-9+/]{43}=)(?![A-Za-z0-9+/=])/g,
    alphabet: "base64",
    // The emulator's connection string says so itself.
    accepts: (match) => !/UseDevelopmentEmulator/i.test(match.input),
    revoke: "Regenerate the policy's keys in the Azure portal.",
  },
  {
    rule: "azure-client-secret",
    what: "a Microsoft Entra client secret",
    strength: "formatted",
    pattern: /(?<![A-Za-z0-9_~.-])(?<random>[A-Za-z0-9_~.]{3}\dQ~[A-Za-z0-9_~.-]{31,34})(?![A-Za-z0-9_~.-])/g,
    alphabet: "base64",
    revoke: "Delete the secret under App registrations, Certificates & secrets.",
  },
  {
    rule: "google-api-key",
    what: "a Google API key",
    // Firebase's web keys have the same format and are public on purpose.
    strength: "likely",
    pattern: /(?<![A-Za-z0-9_-])AIza(?<random>[A-Za-z0-9_-]{35})(?![A-Za-z0-9_-])/g,
    alphabet: "base64",
    revoke: "Restrict or delete it in the Google Cloud console, APIs & Services, Credentials.",
  },
  {
    rule: "google-client-secret",
    what: "a Google OAuth client secret",
    strength: "formatted",
    pattern: /(?<![A-Za-z0-9_-])GOCSPX-(?<random>[A-Za-z0-9_-]{28})(?![A-Za-z0-9_-])/g,
    alphabet: "base64",
    revoke: "Reset it in the Google Cloud console, APIs & Services, Credentials.",
  },
  {
    rule: "google-refresh-token",
    what: "a Google OAuth refresh token",
    strength: "formatted",
    pattern: /(?<![A-Za-z0-9_/-])1\/\/0(?<random>[A-Za-z0-9_-]{60,120})(?![A-Za-z0-9_-])/g,
    alphabet: "base64",
    revoke: "Remove the app's access at myaccount.google.com/permissions.",
  },
  {
    rule: "digitalocean-token",
    what: "a DigitalOcean token",
    strength: "formatted",
    pattern: /(?<![A-Za-z0-9])do[opr]_v1_(?<random>[0-9a-f]{64})(?![A-Za-z0-9])/g,
    alphabet: "hex",
    revoke: "Delete it at cloud.digitalocean.com, API, Tokens.",
  },
  {
    rule: "databricks-token",
    what: "a Databricks token",
    strength: "formatted",
    pattern: /(?<![A-Za-z0-9])dapi(?<random>[0-9a-f]{32})(?:-\d)?(?![A-Za-z0-9])/g,
    alphabet: "hex",
    revoke: "Revoke it under User settings, Developer, Access tokens.",
  },
  {
    rule: "vault-token",
    what: "a HashiCorp Vault token",
    strength: "formatted",
    pattern: /(?<![A-Za-z0-9])hv[sb]\.(?<random>[A-Za-z0-9_-]{90,200})(?![A-Za-z0-9_-])/g,
    alphabet: "base64",
    revoke: "Run `vault token revoke` on it.",
  },
  {
    rule: "terraform-cloud-token",
    what: "a Terraform Cloud token",
    strength: "formatted",
    pattern: /(?<![A-Za-z0-9])(?<random>[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_-]{60,70})(?![A-Za-z0-9_-])/g,
    alphabet: "base64",
    revoke: "Delete it under User settings, Tokens.",
  },
  {
    rule: "heroku-key",
    what: "a Heroku API key",
    strength: "formatted",
    pattern: /(?<![A-Za-z0-9])HRKU-(?<random>AA[A-Za-z0-9_-]{58})(?![A-Za-z0-9_-])/g,
    alphabet: "base64",
    revoke: "Regenerate it under Account settings, API key.",
  },
  {
    rule: "planetscale-token",
    what: "a PlanetScale credential",
    strength: "formatted",
    pattern: /(?<![A-Za-z0-9])pscale_(?:tkn|pw|oauth)_(?<random>[A-Za-z0-9_-]{32,64})(?![A-Za-z0-9_-])/g,
    alphabet: "base64",
    revoke: "Delete it in PlanetScale's settings.",
  },
  {
    rule: "supabase-token",
    what: "a Supabase access token",
    strength: "formatted",
    pattern: /(?<![A-Za-z0-9])sbp_(?<random>[0-9a-f]{40})(?![A-Za-z0-9])/g,
    alphabet: "hex",
    revoke: "Revoke it under Account, Access tokens.",
  },
  {
    rule: "pulumi-token",
    what: "a Pulumi access token",
    strength: "formatted",
    pattern: /(?<![A-Za-z0-9])pul-(?<random>[0-9a-f]{40})(?![A-Za-z0-9])/g,
    alphabet: "hex",
    revoke: "Delete it under Access tokens in Pulumi Cloud.",
  },
];
