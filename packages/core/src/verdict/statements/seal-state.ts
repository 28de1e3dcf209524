import type { VerifySignature } from "../waivers/waiver.ts";
import { openEnvelope, parseJson, seal, type Signer } from "./dsse.ts";
import { trustedSignature } from "./trusted-signature.ts";
import type { TrustedKey } from "./verification-key.ts";

/** Payload type of state that travels between runs, so that no other signed thing passes for it. */
export const STATE_PAYLOAD = "application/vnd.proofline.state+json";

export interface StateKeys {
  /** Absent where no key is at hand: then state travels unsigned and is only `reported`. */
  readonly signer?: Signer | undefined;
  readonly keysFromTargetBranch: readonly TrustedKey[];
  readonly verifySignature: VerifySignature;
  /** ISO 8601. */
  readonly now: string;
}

/** Seals the manifest of travelling state with the run's key and opens it with the keys of the target branch. */
export function stateSealer(keys: StateKeys) {
  return {
    async seal(manifest: object): Promise<string> {
      return JSON.stringify(keys.signer === undefined ? manifest : await seal(manifest, STATE_PAYLOAD, keys.signer));
    },
    async open(sealed: string): Promise<{ readonly manifest: unknown; readonly signedBy?: string }> {
      const where = "travelling state";
      const value = parseJson(sealed, where);
      if (typeof value !== "object" || value === null || !("payloadType" in value)) return { manifest: value };
      const open = openEnvelope(sealed, where, STATE_PAYLOAD);
      const key = trustedSignature(open, { ...keys, where });
      return { manifest: parseJson(new TextDecoder().decode(open.body), where), signedBy: key.principal };
    },
  };
}
