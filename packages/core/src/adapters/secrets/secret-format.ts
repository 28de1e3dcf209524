import type { SecretStrength } from "#evidence";

/** How the random part of a secret is written; decides how much disorder a real one must show. */
export type Alphabet = "base62" | "base64" | "base32" | "hex" | "letters";

/** One kind of secret with a published or well-attested format. */
export interface SecretFormat {
  /** Permanent name: it is part of what a finding says. */
  readonly rule: string;
  /** As its owner would call it, with its article: `a GitHub token`. */
  readonly what: string;
  readonly strength: SecretStrength;
  /**
   * Global, starts at a literal or a bounded class, no nested repetition: linear on any input.
   * Group `secret` names the secret when it is not the whole match, `random` the part that must look random.
   */
  readonly pattern: RegExp;
  /** Absent when `accepts` says all there is to say. */
  readonly alphabet?: Alphabet;
  /** Checksums and structure: false means no vendor ever issued this value. */
  accepts?(match: RegExpExecArray): boolean;
  /** A stronger or weaker word for one match, e.g. a database that is reachable from the internet. */
  strengthOf?(match: RegExpExecArray): SecretStrength;
  /** What its owner does to make it worthless. */
  readonly revoke: string;
}
