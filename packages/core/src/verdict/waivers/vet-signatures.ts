import { dayOf } from "../mode.ts";
import { fromBase64 } from "../statements/base64.ts";
import { keyIdOf } from "../statements/verification-key.ts";
import type { ListedKeys, PublicKey } from "./public-key.ts";
import type { VerifySignature } from "./waiver.ts";

/** Something people sign, with who it says signed. */
export interface Signed {
  /** What it is called in reasons: `waiver`, `sign-off`. */
  readonly what: string;
  readonly by: string;
  readonly bytes: Uint8Array;
  readonly signatures: readonly { readonly key: string; readonly signature: string }[];
}

export interface SignatureContext {
  /** Keys of the target branch. A key the change itself brings is not among them. */
  readonly listed: ListedKeys;
  readonly verify: VerifySignature;
  /** ISO date or timestamp. */
  readonly now: string;
}

/** Why a signature does not count. */
export interface BadSignature {
  readonly status: "unsigned" | "foreign" | "expired" | "bad-signature";
  readonly because: string;
}

/**
 * What the first signature comes to that a listed key made, over these very bytes, in the name they carry, and whose signer `accept` takes; else the first reason
 * against one.
 */
export function vetSignatures<S extends object, R extends { readonly status: string; readonly because: string }>(signed: Signed, context: SignatureContext, accept: (key: PublicKey) => S | R): S | R | BadSignature {
  const refusals: (R | BadSignature)[] = [];
  for (const { key: id, signature } of signed.signatures) {
    const key = context.listed.keys.find((candidate) => keyIdOf(candidate.pem) === id);
    const bad = key === undefined ? ({ status: "foreign", because: `its key ${id.slice(0, 16)} is not listed on the target branch` } as const) : badness(key, signature, signed, context);
    if (bad !== undefined) refusals.push(bad);
    else if (key !== undefined) {
      const signer = accept(key);
      if (!("status" in signer)) return signer;
      refusals.push(signer as R);
    }
  }
  return refusals[0] ?? { status: "unsigned", because: "it is not signed" };
}

function badness(key: PublicKey, signature: string, { what, by, bytes }: Signed, { verify, now }: SignatureContext): BadSignature | undefined {
  if (key.expires !== undefined && key.expires < dayOf(now)) return { status: "expired", because: `${key.file} expired on ${key.expires}` };
  if (!verifies(verify, key, bytes, signature)) return { status: "bad-signature", because: `the signature by ${key.principal} does not fit what the ${what} says` };
  return key.principal === by ? undefined : { status: "foreign", because: `it says ${by}, but ${key.file} is the key of ${key.principal}` };
}

function verifies(verify: VerifySignature, key: PublicKey, bytes: Uint8Array, signature: string): boolean {
  try {
    return verify(key.pem, bytes, fromBase64(signature) ?? new Uint8Array());
  } catch {
    // A key file whose PEM holds no usable key signs nothing.
    return false;
  }
}

/** Names a key's signer goes by, folded. */
export const identities = (key: PublicKey): readonly string[] => [key.principal, ...key.teams, ...key.emails].map(foldName);

/** Forge names and addresses do not tell upper from lower case; `ann` and `@ann` are one account. */
export const foldName = (name: string): string => (name.includes("@") ? name : `@${name}`).toLowerCase();
