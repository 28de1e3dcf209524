import { entropyOf } from "../randomness.ts";
import type { SecretFormat } from "../secret-format.ts";

/** Names and words people type where a password goes in an example. */
const STAND_IN =
  /pass(?:word|wd|phrase)?|secret|change|example|sample|dummy|fake|test|admin|root|user|guest|postgres|mysql|mongo|redis|rabbit|minio|docker|local|demo|token|your|some|foo|bar|baz|hunter2|letmein|qwerty|1234|abcd|xxx|\*\*|\.\.\./i;
const TEMPLATE = /[<>{}$%#()[\]|\\`"'*]|\s/;
const UNREACHABLE =
  /^(?:localhost|[^.]*|.*(?:localhost|\.local|\.test|\.invalid|\.example|\.lan|\.localdomain|\.svc)|(?:.*\.)?(?:example|test|domain|host|hostname|server|mysite|company|acme|foo|bar)\.[a-z.]{2,9}|127\..*|10\..*|0\.0\.0\.0|192\.168\..*|172\.(?:1[6-9]|2\d|3[01])\..*|169\.254\..*|192\.0\.2\..*|198\.51\.100\..*|203\.0\.113\..*)$/i;
const MANAGED =
  /\.(?:rds\.amazonaws\.com|redshift\.amazonaws\.com|mongodb\.net|supabase\.co(?:m)?|neon\.tech|azure\.com|windows\.net|redis-?cloud\.com|redislabs\.com|upstash\.io|elephantsql\.com|ondigitalocean\.com|aivencloud\.com|render\.com|rlwy\.net|psdb\.cloud|cloudamqp\.com|compute(?:-\d)?\.amazonaws\.com|mlab\.com|ingest\.sentry\.io)$/i;

/** True when a password in an address is neither a stand-in nor a template, and its host is one that others could reach. */
function isRealCredential({ user = "", password = "", host = "" }: Readonly<Record<string, string>>): boolean {
  if (password.length < 8 || TEMPLATE.test(password) || TEMPLATE.test(user) || TEMPLATE.test(host)) return false;
  if (STAND_IN.test(password) || password.toLowerCase().includes(user.toLowerCase() || "\u0000")) return false;
  if (UNREACHABLE.test(host)) return false;
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((kind) => kind.test(password)).length;
  return kinds >= 2 && /[^a-z]/i.test(password) && entropyOf(password) >= 2.75;
}

/** Passwords written into addresses. Their format is everybody's, so only a managed host makes one more than likely. */
export const addresses: readonly SecretFormat[] = [
  {
    rule: "database-password",
    what: "a database password",
    strength: "likely",
    pattern:
      /(?<![A-Za-z0-9])(?:postgres(?:ql)?|mysql|mariadb|mongodb(?:\+srv)?|rediss?|amqps?|mssql|sqlserver|clickhouse|couchdb|ldaps?|smtps?|neo4j(?:\+s)?):\/\/(?<user>[^\s/:@]{0,128}):(?<password>[^\s/@]{1,256})@(?<host>[A-Za-z0-9.-]{1,253})/g,
    accepts: (match) => isRealCredential(match.groups ?? {}),
    strengthOf: (match) => (MANAGED.test(match.groups?.["host"] ?? "") ? "formatted" : "likely"),
    revoke: "Change the password in the database.",
  },
  {
    rule: "address-password",
    what: "a password in a web address",
    strength: "likely",
    pattern: /(?<![A-Za-z0-9])(?:https?|ftps?|sftp|ssh|git\+https):\/\/(?<user>[^\s/:@]{0,128}):(?<password>[^\s/@]{1,256})@(?<host>[A-Za-z0-9.-]{1,253})/g,
    accepts: (match) => isRealCredential(match.groups ?? {}),
    revoke: "Change the password at that host.",
  },
  {
    rule: "supabase-service-key",
    what: "a Supabase service role key",
    strength: "formatted",
    pattern: /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{10,200}\.(?<claims>eyJ[A-Za-z0-9_-]{20,600})\.[A-Za-z0-9_-]{20,90}(?![A-Za-z0-9_-])/g,
    // The only JSON Web Tokens that are secrets by their own word: other tokens expire, and most in code are examples.
    accepts: (match) => {
      const claims = Buffer.from(match.groups?.["claims"] ?? "", "base64url").toString("utf8");
      return /"iss":"supabase"/.test(claims) && /"role":"service_role"/.test(claims) && !/"ref":"(?:abcdef|xxxx)/.test(claims);
    },
    revoke: "Rotate the JWT secret under Project settings, API.",
  },
];
