import { sha256Hex } from "#kernel";

/** Enough to recognise a secret, too little to use it: four characters and two of a long one, the first of a short one. */
export function maskSecret(secret: string): string {
  const flat = secret.replace(/\s+/g, " ");
  return flat.length < 20 ? `${flat.slice(0, 1)}…` : `${flat.slice(0, 4)}…${flat.slice(-2)}`;
}

/**
 * Identity without disclosure. A long secret can't be guessed from its hash. A password can, so of a password
 * only its surroundings and eight bits of its hash go in: enough to tell a rotated one from a moved one.
 */
export function secretIdentity(rule: string, secret: string, around: string): string {
  return secret.length >= 24 ? sha256Hex(secret) : sha256Hex(`${rule}\n${around}\n${sha256Hex(secret).slice(0, 2)}`);
}
