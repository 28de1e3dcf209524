import { canonicalJson, type CheckId } from "#kernel";

/** What an owner signs: this one finding, for this reason, until this day. */
export interface WaiverStatement {
  readonly schema: "proofline/waiver/1";
  /** Fingerprint of the finding, 64 hex digits. */
  readonly finding: string;
  readonly check: CheckId;
  /** File the finding points at; its area's owners may waive it. Absent for a finding about the whole change. */
  readonly path?: string;
  readonly reason: string;
  /** Principal who waives: the one the signing key is listed for. */
  readonly by: string;
  /** First and last day it is in force, `YYYY-MM-DD` (UTC). */
  readonly issued: string;
  readonly expires: string;
}

/** One signature: the key's id (SHA-256 of its public bytes, hex) and the raw ed25519 signature in base64. */
export interface WaiverSignature {
  readonly key: string;
  readonly signature: string;
}

/** A file under `proofline/waivers/`. */
export interface WaiverDocument {
  readonly waiver: WaiverStatement;
  readonly signatures: readonly WaiverSignature[];
}

/** Media type bound into the signature, so that no other signed thing can be passed off as a waiver. */
export const WAIVER_PAYLOAD_TYPE = "application/vnd.proofline.waiver+json";

const utf8 = new TextEncoder();

/** The bytes to sign: DSSE's pre-authentication encoding over the statement's RFC 8785 form. */
export function waiverBytes(statement: WaiverStatement): Uint8Array {
  const payload = canonicalJson(statement);
  return utf8.encode(`DSSEv1 ${WAIVER_PAYLOAD_TYPE.length} ${WAIVER_PAYLOAD_TYPE} ${utf8.encode(payload).length} ${payload}`);
}

/** A waiver that was vetted and is in force. */
export interface Waiver {
  readonly fingerprint: string;
  /** What the signer said it is about: the finding has to agree, since ownership was vetted against this path. */
  readonly check: CheckId;
  readonly path?: string;
  readonly by: string;
  readonly reason: string;
  /** Last day it is in force. */
  readonly until: string;
  /** `self`: a solo repository waived for itself. */
  readonly kind: "waiver" | "self";
  readonly file: string;
}

/** Checks a signature; node:crypto stays outside. */
export type VerifySignature = (publicKeyPem: string, bytes: Uint8Array, signature: Uint8Array) => boolean;
