import { generateKeyPairSync, type KeyObject } from "node:crypto";
import type { PublicKey } from "../../packages/core/src/verdict/index.ts";

/** A listed key with its secret half. */
export interface Signer {
  readonly key: PublicKey;
  readonly secret: KeyObject;
}

/** A person with a new ed25519 key, as `proofline/keys/` of the target branch would list them. */
export function signer(principal: string, over: Partial<PublicKey> = {}): Signer {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const pem = publicKey.export({ type: "spki", format: "pem" }).toString();
  return { key: { file: `proofline/keys/${principal.replace("@", "")}.pem`, principal, kind: "person", teams: [], emails: [], pem, ...over }, secret: privateKey };
}
