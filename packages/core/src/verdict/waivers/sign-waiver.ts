import { toBase64 } from "../statements/base64.ts";
import { keyIdOf } from "../statements/verification-key.ts";
import { waiverBytes, type WaiverDocument, type WaiverStatement } from "./waiver.ts";

/** Somebody's key pair; the private half stays outside. */
export interface WaiverSigner {
  readonly publicKeyPem: string;
  sign(bytes: Uint8Array): Uint8Array;
}

/** The document of a waiver, signed where there is a signer. */
export function signWaiver(waiver: WaiverStatement, signer?: WaiverSigner): WaiverDocument {
  if (signer === undefined) return { waiver, signatures: [] };
  return { waiver, signatures: [{ key: keyIdOf(signer.publicKeyPem) ?? "", signature: toBase64(signer.sign(waiverBytes(waiver))) }] };
}
