import { looksRandom } from "./randomness.ts";

/** The secret half of an AWS key. */
export interface AwsSecret {
  /** Index of its line, and where it stands in that line. */
  readonly at: number;
  readonly column: number;
  readonly secret: string;
}

const KEY_ID = /(?<![A-Za-z0-9/+_-])(?:AKIA|ASIA)(?<random>[A-Z2-7]{16})(?![A-Za-z0-9/+])/g;
const SECRET = /(?<![A-Za-z0-9/+=_-])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=_-])/g;
const NAMED = /secret.{0,3}access.{0,3}key.{0,12}$/i;
const REACH = 5;

/**
 * Finds AWS secret keys: 40 random characters named as such, or within five lines of a key id.
 * A key id alone is no secret: it stands in every presigned address.
 */
export function awsSecrets(lines: readonly string[]): AwsSecret[] {
  const ids = new Set(lines.flatMap((line, at) => ([...line.matchAll(KEY_ID)].some((match) => looksRandom(match.groups?.["random"] ?? "", "base32")) ? [at] : [])));
  return lines.flatMap((line, at) => {
    const near = ids.size > 0 && [...Array(2 * REACH + 1).keys()].some((step) => ids.has(at - REACH + step));
    if (!near && !/access/i.test(line)) return [];
    return [...line.matchAll(SECRET)]
      .filter((match) => isSecretHalf(match[0]) && (near || NAMED.test(line.slice(Math.max(0, match.index - 40), match.index))))
      .map((match) => ({ at, column: match.index, secret: match[0] }));
  });
}

/** Commit ids and other hexadecimal have 40 characters too. */
const isSecretHalf = (text: string): boolean => /[a-z]/.test(text) && /[A-Z]/.test(text) && /\d/.test(text) && !/^[0-9a-f]+$/i.test(text) && looksRandom(text, "base64");
