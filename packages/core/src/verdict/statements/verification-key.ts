import { sha256Hex } from "#kernel";
import { fromBase64 } from "./base64.ts";

/** A public key as the target branch lists it in `proofline/keys/`. */
export interface TrustedKey {
  readonly principal: string;
  /** Evidence is signed by people and services; an agent's word about its own work is none. */
  readonly kind: "person" | "agent" | "service";
  readonly pem: string;
  /** Day after which its signatures no longer count. */
  readonly expires?: string;
}

const PEM = /-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\s]{1,4000})-----END PUBLIC KEY-----/;

/** Key id of a PEM public key: SHA-256 of its SPKI bytes, lower-case hex; undefined when the text holds none. */
export function keyIdOf(pem: string): string | undefined {
  const inside = PEM.exec(pem)?.[1];
  const spki = inside === undefined ? undefined : fromBase64(inside.replace(/\s+/g, ""));
  return spki === undefined || spki.length === 0 ? undefined : sha256Hex(spki);
}
