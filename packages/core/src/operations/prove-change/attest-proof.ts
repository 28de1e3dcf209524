import { IN_TOTO, proofStatement, seal } from "#verdict";
import { headIsNoCommit } from "../attest-verdict/errors.ts";
import type { Signer } from "../waive-finding/waive-finding.ts";
import { proofOfRecord } from "./proof-record.ts";
import type { Proved } from "./prove-change.ts";

export interface AttestProofPorts {
  openKey(file: string): Promise<Signer & { readonly keyId: string }>;
}

/**
 * Signs one proof: an in-toto test result of the fixed commit in DSSE, with both sides of every test and the whole record in it. One line of text.
 */
export const attestProof =
  (ports: AttestProofPorts) =>
  async (proved: Proved, keyFile: string): Promise<string> => {
    if (proved.headKind !== "commit") throw headIsNoCommit({ kind: proved.headKind });
    return attestRecord(ports)(proved, keyFile);
  };

/** The same for a record alone, which has to be of a commit. */
export const attestRecord =
  ({ openKey }: AttestProofPorts) =>
  async ({ record }: Pick<Proved, "record">, keyFile: string): Promise<string> => {
    const configuration = [{ name: "replay", annotations: { command: record.replay } }];
    const statement = proofStatement(proofOfRecord(record, { source: "ran", origin: "a proof record" }), { commit: record.fixed, tree: record.fixedTree, configuration, record });
    return `${JSON.stringify(await seal(statement, IN_TOTO, await openKey(keyFile)))}\n`;
  };
