import { IN_TOTO, proofStatement, seal } from "#verdict";
import { headIsNoCommit } from "../attest-verdict/errors.ts";
import type { Signer } from "../waive-finding/waive-finding.ts";
import type { Proved } from "./prove-change.ts";

export interface AttestProofPorts {
  openKey(file: string): Promise<Signer & { readonly keyId: string }>;
}

/** Signs one proof: an in-toto test result of the fixed commit in DSSE, with both sides of every test in it. One line of text. */
export const attestProof =
  ({ openKey }: AttestProofPorts) =>
  async ({ proof, record, headKind }: Proved, keyFile: string): Promise<string> => {
    if (headKind !== "commit") throw headIsNoCommit({ kind: headKind });
    const statement = proofStatement(proof, { commit: record.fixed, tree: record.fixedTree, configuration: [{ name: "replay", annotations: { command: record.replay } }] });
    return `${JSON.stringify(await seal(statement, IN_TOTO, await openKey(keyFile)))}\n`;
  };
