import type { HeadKind } from "#change";
import type { RunSurroundings } from "#evidence";
import type { ProofRecord } from "../prove-change/proof-record.ts";

/** Where proofs are kept between commands, and what they depend on beside their trees. */
export interface ProofRecords {
  /** What of this machine decides how tests turn out. */
  surroundings(): RunSurroundings;
  /**
   * Keeps a record under the digest of its bytes, signed too where a key is at hand. Failing to is nobody's error: a proof stands whether or not it
   * could be written down.
   */
  keep(made: { readonly record: ProofRecord; readonly headKind: HeadKind }): Promise<void>;
  /** The kept record of that address, or of the only one that starts with these hexadecimal digits. */
  find(address: string): Promise<{ readonly text: string; readonly address: string } | undefined>;
}
