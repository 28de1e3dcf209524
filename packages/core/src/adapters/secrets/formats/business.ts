import type { SecretFormat } from "../secret-format.ts";

/** A prefix, a random part, nothing else: most of today's vendors. */
const prefixed = (rule: string, what: string, pattern: RegExp, alphabet: NonNullable<SecretFormat["alphabet"]>, revoke: string): SecretFormat => ({
  rule,
  what,
  strength: "formatted",
  pattern,
  alphabet,
  revoke,
});

/** Payments, mail, monitoring and other services a product buys. */
export const business: readonly SecretFormat[] = [
  prefixed("stripe-key", "a live Stripe key", /(?<![A-Za-z0-9])[sr]k_live_(?<random>[A-Za-z0-9]{24,247})(?![A-Za-z0-9])/g, "base62", "Roll it at dashboard.stripe.com/apikeys."),
  prefixed("shopify-token", "a Shopify token", /(?<![A-Za-z0-9])shp(?:at|ca|pa|ss)_(?<random>[A-Fa-f0-9]{32})(?![A-Za-z0-9])/g, "hex", "Uninstall or rotate the app's credentials."),
  prefixed("square-secret", "a Square credential", /(?<![A-Za-z0-9])sq0(?:csp-[A-Za-z0-9_-]{43}|atp-[A-Za-z0-9_-]{22})(?![A-Za-z0-9_-])/g, "base64", "Replace it at developer.squareup.com."),
  prefixed("sendgrid-key", "a SendGrid key", /(?<![A-Za-z0-9])SG\.(?<random>[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43})(?![A-Za-z0-9_-])/g, "base64", "Delete it under Settings, API keys."),
  prefixed("mailchimp-key", "a Mailchimp key", /(?<![A-Za-z0-9-])(?<random>[0-9a-f]{32})-us\d{1,2}(?![A-Za-z0-9])/g, "hex", "Disable it under Account, Extras, API keys."),
  prefixed("brevo-key", "a Brevo key", /(?<![A-Za-z0-9])xkeysib-(?<random>[0-9a-f]{64}-[A-Za-z0-9]{16})(?![A-Za-z0-9])/g, "hex", "Delete it under SMTP & API."),
  {
    ...prefixed("mailgun-key", "a Mailgun key", /(?<=["'`=:\s])key-(?<random>[0-9a-f]{32})(?![A-Za-z0-9-])/g, "hex", "Delete it under API security."),
    // The prefix is an English word, so the vendor's name has to stand by it.
    accepts: (match) => /mailgun/i.test(match.input),
  },
  {
    ...prefixed("twilio-secret", "a Twilio auth token or key secret", /(?<=["'`=:\s])(?<secret>[0-9a-f]{32})(?![A-Za-z0-9])/g, "hex", "Rotate it in the Twilio console."),
    // A bare 32-digit number: only where the line says what it is.
    accepts: (match) => /twilio.{0,40}(?:auth.?token|api.?secret|key.?secret)/i.test(match.input.slice(Math.max(0, match.index - 80), match.index)),
  },
  prefixed("linear-key", "a Linear key", /(?<![A-Za-z0-9])lin_api_(?<random>[A-Za-z0-9]{40})(?![A-Za-z0-9])/g, "base62", "Revoke it under Settings, Security & access."),
  prefixed("notion-token", "a Notion token", /(?<![A-Za-z0-9])ntn_(?<random>\d{11}[A-Za-z0-9]{35})(?![A-Za-z0-9])/g, "base62", "Rotate it at notion.so/my-integrations."),
  prefixed("airtable-token", "an Airtable token", /(?<![A-Za-z0-9])pat[A-Za-z0-9]{14}\.(?<random>[0-9a-f]{64})(?![A-Za-z0-9])/g, "hex", "Delete it at airtable.com/create/tokens."),
  prefixed("postman-key", "a Postman key", /(?<![A-Za-z0-9])PMAK-(?<random>[0-9a-f]{24}-[0-9a-f]{34})(?![A-Za-z0-9])/g, "hex", "Delete it under Settings, API keys."),
  prefixed("new-relic-key", "a New Relic user key", /(?<![A-Za-z0-9])NRAK-(?<random>[A-Z0-9]{27})(?![A-Za-z0-9])/g, "base32", "Delete it under API keys."),
  prefixed("grafana-token", "a Grafana service account token", /(?<![A-Za-z0-9])glsa_(?<random>[A-Za-z0-9]{32})_[A-Fa-f0-9]{8}(?![A-Za-z0-9])/g, "base62", "Delete it under Service accounts."),
  prefixed("sentry-token", "a Sentry token", /(?<![A-Za-z0-9])sntry(?:u_(?<random>[0-9a-f]{64})|s_eyJ[A-Za-z0-9+/=_-]{80,400})(?![A-Za-z0-9+/_-])/g, "hex", "Revoke it under Auth tokens."),
  prefixed("dynatrace-token", "a Dynatrace token", /(?<![A-Za-z0-9])dt0c01\.[A-Z2-7]{24}\.(?<random>[A-Z2-7]{64})(?![A-Za-z0-9])/g, "base32", "Delete it under Access tokens."),
  prefixed("figma-token", "a Figma token", /(?<![A-Za-z0-9])figd_(?<random>[A-Za-z0-9_-]{40})(?![A-Za-z0-9_-])/g, "base64", "Revoke it under Settings, Security."),
  {
    rule: "1password-token",
    what: "a 1Password service account token",
    strength: "formatted",
    pattern: /(?<![A-Za-z0-9])ops_(?<json>eyJ[A-Za-z0-9_-]{200,1300}={0,2})(?![A-Za-z0-9_-])/g,
    accepts: (match) => /"(?:secretKey|signInAddress)"/.test(Buffer.from(match.groups?.["json"] ?? "", "base64url").toString("utf8")),
    revoke: "Delete the service account at 1password.com.",
  },
];
