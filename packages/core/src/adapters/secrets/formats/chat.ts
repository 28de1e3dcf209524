import type { SecretFormat } from "../secret-format.ts";

/** Chat services. */
export const chat: readonly SecretFormat[] = [
  {
    rule: "slack-token",
    what: "a Slack token",
    strength: "formatted",
    pattern: /(?<![A-Za-z0-9])xox[bpoars]-(?:2-)?\d{10,13}-\d{10,13}-(?:\d{10,13}-)?(?<random>[A-Za-z0-9]{24,34})(?![A-Za-z0-9-])/g,
    alphabet: "base62",
    accepts: (match) => !/(\d)\1{5}|12345/.test(match[0].slice(0, 40)),
    revoke: "Revoke it at api.slack.com/apps.",
  },
  {
    rule: "slack-app-token",
    what: "a Slack app-level token",
    strength: "formatted",
    pattern: /(?<![A-Za-z0-9])xapp-1-A[A-Z0-9]{8,12}-\d{12,14}-(?<random>[0-9a-f]{64})(?![A-Za-z0-9])/g,
    alphabet: "hex",
    revoke: "Revoke it at api.slack.com/apps.",
  },
  {
    rule: "slack-webhook",
    what: "a Slack webhook address",
    strength: "formatted",
    pattern: /hooks\.slack\.com\/(?:services|workflows|triggers)\/[TE][A-Z0-9]{8,12}\/[A-Z0-9]{8,20}\/(?<random>[A-Za-z0-9]{23,25})(?![A-Za-z0-9])/g,
    alphabet: "base62",
    revoke: "Remove the webhook at api.slack.com/apps.",
  },
  {
    rule: "discord-webhook",
    what: "a Discord webhook address",
    strength: "formatted",
    pattern: /discord(?:app)?\.com\/api\/webhooks\/\d{17,20}\/(?<random>[A-Za-z0-9_-]{60,72})(?![A-Za-z0-9_-])/g,
    alphabet: "base64",
    revoke: "Delete the webhook in the channel's settings.",
  },
  {
    rule: "discord-bot-token",
    what: "a Discord bot token",
    strength: "formatted",
    pattern: /(?<![A-Za-z0-9_.-])(?<id>[MNO][TDjz][A-Za-z0-9_-]{20,26})\.[A-Za-z0-9_-]{6}\.(?<random>[A-Za-z0-9_-]{27,38})(?![A-Za-z0-9_.-])/g,
    alphabet: "base64",
    // The first part is the bot's numeric id in Base64.
    accepts: (match) => /^\d{17,20}$/.test(Buffer.from(match.groups?.["id"] ?? "", "base64url").toString("latin1")),
    revoke: "Reset the token at discord.com/developers.",
  },
  {
    rule: "telegram-bot-token",
    what: "a Telegram bot token",
    strength: "formatted",
    pattern: /(?<![A-Za-z0-9])\d{8,10}:AA(?<random>[A-Za-z0-9_-]{33})(?![A-Za-z0-9_-])/g,
    alphabet: "base64",
    revoke: "Send /revoke to @BotFather.",
  },
];
