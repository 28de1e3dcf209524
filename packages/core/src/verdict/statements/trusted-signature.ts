import type { VerifySignature } from "../waivers/waiver.ts";
import { preAuthenticationEncoding, type OpenEnvelope } from "./dsse.ts";
import { agentKey, badSignature, expiredKey, unknownKey } from "./errors.ts";
import { keyIdOf, type TrustedKey } from "./verification-key.ts";

export interface Trust {
  readonly where: string;
  /** Keys as the target branch lists them, never as the change does. */
  readonly keysFromTargetBranch: readonly TrustedKey[];
  readonly verifySignature: VerifySignature;
  /** ISO 8601. */
  readonly now: string;
}

/** The key that signed an envelope, or the error that says why none of the trusted ones counts. */
export function trustedSignature(open: OpenEnvelope, { where, keysFromTargetBranch, verifySignature, now }: Trust): TrustedKey {
  // The key id only narrows the choice; the signature decides.
  const candidates = open.keyId === "" ? keysFromTargetBranch : keysFromTargetBranch.filter(({ pem }) => keyIdOf(pem) === open.keyId);
  if (candidates.length === 0) throw unknownKey({ where, keyId: open.keyId || "(none)" });
  const bytes = preAuthenticationEncoding(open.payloadType, open.body);
  const key = candidates.find(({ pem }) => verifySignature(pem, bytes, open.signature));
  if (key === undefined) throw badSignature({ where });
  if (key.kind === "agent") throw agentKey({ where, principal: key.principal });
  if (key.expires !== undefined && isoDay(now) > key.expires.slice(0, 10)) {
    throw expiredKey({ where, principal: key.principal, expires: key.expires });
  }
  return key;
}

const isoDay = (iso: string): string => new Date(iso).toISOString().slice(0, 10);
