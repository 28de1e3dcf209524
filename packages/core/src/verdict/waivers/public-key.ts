import { isDay } from "../day-schema.ts";
import { keyUnreadable } from "../errors.ts";

/** Folder of public keys on the target branch. */
export const KEY_FOLDER = "proofline/keys/";
const LARGEST = 16 * 1024;
const ROLES = ["owner", "architect", "quality-controller", "implementer", "code-owner", "server"] as const;

/** Who a key speaks for. */
export interface PublicKey {
  readonly file: string;
  /** As CODEOWNERS writes it: `@ann`, `ann@example.com`. */
  readonly principal: string;
  readonly kind: "person" | "agent" | "service";
  readonly role?: (typeof ROLES)[number];
  /** Teams the principal signs for: `@acme/payments`. */
  readonly teams: readonly string[];
  /** Addresses the principal commits with, so that an author is recognised. */
  readonly emails: readonly string[];
  readonly pem: string;
  /** Last day its signatures count. */
  readonly expires?: string;
}

/** The keys of the target branch, and the key files nobody can read. */
export interface ListedKeys {
  readonly keys: readonly PublicKey[];
  readonly unreadable: readonly { readonly file: string; readonly because: string }[];
}

const HEADERS = ["principal", "kind", "role", "teams", "emails", "expires"] as const;
type Header = (typeof HEADERS)[number];

/**
 * Reads `proofline/keys/<name>.pem`: lines `Principal:`, `Kind:` and optionally `Role:`, `Teams:`, `Emails:`, `Expires:`, then one PEM public key.
 * RFC 7468 allows text before the key, so every crypto tool reads the same file.
 */
export function parsePublicKey(text: string, file: string): PublicKey {
  if (text.length > LARGEST) throw keyUnreadable({ file, says: `it is larger than ${LARGEST} characters` });
  const begin = text.indexOf("-----BEGIN");
  const pem = begin < 0 ? undefined : /^-----BEGIN PUBLIC KEY-----\r?\n[A-Za-z0-9+/=\r\n]+-----END PUBLIC KEY-----\s*$/.exec(text.slice(begin))?.[0];
  if (pem === undefined) throw keyUnreadable({ file, says: "it does not end with one `-----BEGIN PUBLIC KEY-----` block" });
  const headers = readHeaders(text.slice(0, begin), file);
  const principal = headers.get("principal");
  if (principal === undefined) throw keyUnreadable({ file, says: "the line `Principal:` is missing" });
  const kind = oneOf(headers.get("kind"), ["person", "agent", "service"] as const);
  if (kind === undefined) throw keyUnreadable({ file, says: "`Kind:` must be person, agent or service" });
  const role = oneOf(headers.get("role"), ROLES);
  if (role === undefined && headers.has("role")) throw keyUnreadable({ file, says: `\`Role:\` must be one of ${ROLES.join(", ")}` });
  const expires = headers.get("expires");
  if (expires !== undefined && !isDay(expires)) throw keyUnreadable({ file, says: "`Expires:` must be a day such as 2027-12-31" });
  const ends = expires === undefined ? {} : { expires };
  return {
    file,
    principal,
    kind,
    ...ends,
    ...(role === undefined ? {} : { role }),
    teams: words(headers.get("teams")),
    emails: words(headers.get("emails")),
    pem,
  };
}

function readHeaders(text: string, file: string): ReadonlyMap<Header, string> {
  const headers = new Map<Header, string>();
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === "" || line.startsWith("#")) continue;
    const colon = line.indexOf(":");
    const name = oneOf(line.slice(0, Math.max(colon, 0)).trim().toLowerCase(), HEADERS);
    if (name === undefined) throw keyUnreadable({ file, says: `line ${index + 1} is none of ${HEADERS.join(", ")}` });
    if (headers.has(name)) throw keyUnreadable({ file, says: `line ${index + 1} repeats \`${name}\`` });
    const value = line.slice(colon + 1).trim();
    if (value !== "") headers.set(name, value);
  }
  return headers;
}

const words = (line: string | undefined): readonly string[] => (line === undefined ? [] : line.split(/[\s,]+/).filter((word) => word !== ""));

function oneOf<T extends string>(value: string | undefined, known: readonly T[]): T | undefined {
  return known.find((word) => word === value);
}

/** The file's text, as `proofline waive` and the guides write it. */
export function renderPublicKey({ principal, kind, role, teams, emails, expires, pem }: Omit<PublicKey, "file">): string {
  const lines = [
    `Principal: ${principal}`,
    `Kind: ${kind}`,
    ...(role === undefined ? [] : [`Role: ${role}`]),
    ...(teams.length === 0 ? [] : [`Teams: ${teams.join(" ")}`]),
    ...(emails.length === 0 ? [] : [`Emails: ${emails.join(" ")}`]),
    ...(expires === undefined ? [] : [`Expires: ${expires}`]),
  ];
  return `${lines.join("\n")}\n${pem.trimEnd()}\n`;
}
