import { envelopeDigest, IN_TOTO, seal, type Envelope, type Signer } from "./dsse.ts";
import type { Statement } from "./statement.ts";
import { summaryStatement, type SummaryFacts } from "./summary.ts";

/** One evidence file: the statements, then the summary that names each by digest. */
export interface EvidenceBundle {
  readonly envelopes: readonly Envelope[];
  /** One envelope per line (in-toto bundle), summary last. */
  readonly text: string;
}

/** Signs statements and the summary that rests on all of them. */
export async function sealEvidence(statements: readonly Statement<unknown>[], facts: Omit<SummaryFacts, "inputs">, signer: Signer): Promise<EvidenceBundle> {
  const envelopes: Envelope[] = [];
  for (const statement of statements) envelopes.push(await seal(statement, IN_TOTO, signer));
  const inputs = envelopes.map((envelope) => ({ digest: envelopeDigest(envelope) }));
  envelopes.push(await seal(summaryStatement({ ...facts, inputs }), IN_TOTO, signer));
  return { envelopes, text: `${envelopes.map((envelope) => JSON.stringify(envelope)).join("\n")}\n` };
}
