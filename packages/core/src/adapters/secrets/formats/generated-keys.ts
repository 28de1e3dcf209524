import { isNkey } from "../checksums.ts";
import type { SecretFormat } from "../secret-format.ts";

/** Keys that anyone makes on their own machine: no vendor, so a test may well have its own. PEM blocks span lines: see `../private-key.ts`. */
export const generatedKeys: readonly SecretFormat[] = [
  {
    rule: "nats-seed",
    what: "a NATS key seed",
    strength: "generated",
    pattern: /(?<![A-Z0-9])S[ACNOUX][A-Z2-7]{56}(?![A-Z0-9])/g,
    accepts: (match) => isNkey(match[0]),
    revoke: "Replace the key pair, then revoke the old public key.",
  },
  {
    rule: "age-key",
    what: "an age secret key",
    strength: "generated",
    pattern: /AGE-SECRET-KEY-1(?<random>[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58})(?![A-Z0-9])/g,
    alphabet: "base32",
    revoke: "Make a new key and encrypt everything again with it.",
  },
];
