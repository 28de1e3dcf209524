import { isProoflineError } from "#kernel";
import type { Proof } from "#evidence";
import { PROOF_EXTENSION, verifyBundle, type TrustedKey, type VerifySignature } from "#verdict";
import { recordOfAnother } from "./errors.ts";
import { addressOf, proofOfRecord, type ProofRecord } from "./proof-record.ts";
import { readRecord } from "./read-record.ts";
import { whyNotTaken, type WantedProof } from "./take-over.ts";

/** A proof somebody handed in. */
export interface HandedProof {
  readonly where: string;
  readonly record: ProofRecord;
  /** Who signed it with a key the target branch lists. */
  readonly signedBy?: string;
  /** Why nobody did. */
  readonly unsigned?: string;
}

/** What signatures are judged by. */
export interface Trusting {
  readonly keys: readonly TrustedKey[];
  readonly verify: VerifySignature;
  /** ISO 8601. */
  readonly now: string;
}

/** A larger file is some other report. */
const LARGEST = 16 * 1024 * 1024;

/** True for a file that holds proofs: a record, or signed statements. */
export function isProofFile(bytes: Uint8Array): boolean {
  const start = new TextDecoder().decode(bytes.subarray(0, 200));
  if (/^\s*\{\s*"(?:payload|payloadType|signatures)"/.test(start)) return true;
  return /^\s*\{/.test(start) && bytes.length < LARGEST && new TextDecoder().decode(bytes).includes('"proofline/proof/1"');
}

/**
 * Reads what was handed in about one commit. A record that was changed, and one about another commit, are errors; a key the target branch does not
 * trust only lowers its rank. Signed evidence without a record in it gives nothing.
 */
export async function readHanded(text: string, where: string, commit: string, { keys, verify, now }: Trusting): Promise<readonly HandedProof[]> {
  const isSigned = /^\s*\{\s*"(?:payload|payloadType|signatures)"/.test(text);
  if (!isSigned) return [sameCommit({ where, record: (await readRecord(text, where)).record, unsigned: "nobody signed it" }, commit)];
  try {
    const { statements } = await verifyBundle({ text, where, keysFromTargetBranch: keys, verifySignature: verify, expected: { commit, now } });
    const found = statements.flatMap(({ key, ...statement }) => (statement.kind === "test-result" && statement.predicate[PROOF_EXTENSION]?.record !== undefined ? [{ signedBy: key.principal, value: statement.predicate[PROOF_EXTENSION].record }] : []));
    return await Promise.all(found.map(async ({ signedBy, value }) => sameCommit({ where, record: (await readRecord(JSON.stringify(value), where)).record, signedBy }, commit)));
  } catch (error) {
    if (!isProoflineError(error) || !UNTRUSTED.has(error.code)) throw error;
    return [sameCommit({ where, record: (await readRecord(text, where)).record, unsigned: error.message.replace(`${where}: `, "") }, commit)];
  }
}

/** Genuine as far as anybody can tell, only by nobody we know. */
const UNTRUSTED: ReadonlySet<string> = new Set(["statement/unknown-key", "statement/agent-key", "statement/expired-key"]);

function sameCommit(handed: HandedProof, commit: string): HandedProof {
  if (handed.record.fixed !== commit) throw recordOfAnother({ where: handed.where, found: handed.record.fixed, expected: commit });
  return handed;
}

/**
 * The first proof that takes the place of runs here, as evidence of full rank; the others as `reported`, each with the reason. Only a signature
 * of a key the target branch lists makes one count: whoever can write a file could write a record.
 */
export function takeOver(handed: readonly HandedProof[], wanted: WantedProof): { readonly taken?: Proof; readonly reported: readonly Proof[] } {
  const reported: Proof[] = [];
  for (const { where, record, signedBy, unsigned } of handed) {
    const why = unsigned === undefined ? whyNotTaken(record, wanted) : unsigned.replace(/\.$/, "");
    const address = addressOf(record);
    if (why === undefined) return { taken: proofOfRecord(record, { source: "ran", origin: `${address}, made elsewhere and signed by ${signedBy ?? "nobody"} (${where})` }), reported };
    reported.push(proofOfRecord(record, { source: "reported", origin: where, notes: [`not taken over: ${why}`] }));
  }
  return { reported };
}
