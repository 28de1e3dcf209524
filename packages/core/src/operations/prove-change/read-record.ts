import { IN_TOTO, payloadText, PROOF_EXTENSION } from "#verdict";
import { recordTampered, recordUnreadable } from "./errors.ts";
import { proofDigest } from "./proof-digest.ts";
import { addressOf, type ProofRecord } from "./proof-record.ts";

/** A record that was read from a text. */
export interface ReadRecord {
  readonly record: ProofRecord;
  /** What its bytes are called: `sha256:<hex>`. */
  readonly address: string;
}

/** More text than this is no record of anybody's tests. */
const LARGEST = 16 * 1024 * 1024;

/**
 * Reads a record: plain, or the first one in signed evidence. The signature is not looked at here. Its shape, and that it says what its own digest
 * says, are; so is the name it is kept under, where `expected` gives that.
 */
export async function readRecord(text: string, where: string, expected?: string): Promise<ReadRecord> {
  if (text.length > LARGEST) throw recordUnreadable({ where, because: `it is longer than ${LARGEST} characters` });
  const value = recordIn(parsed(text, where), where);
  const { z } = await import("zod");
  const { proofRecordSchema } = await import("./proof-record-schema.ts");
  const read = proofRecordSchema(z).safeParse(value);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw recordUnreadable({ where, because: `${issue?.path.join(".") || "it"}: ${issue?.message ?? "has another shape"}` });
  }
  // zod writes `undefined` for what is absent; the text itself does not.
  const record = value as ProofRecord;
  const address = addressOf(record);
  if (expected !== undefined && address !== expected) throw recordTampered({ where, because: `its content is ${address}` });
  if (record.inputs !== undefined && digestIn(record) !== record.digest) throw recordTampered({ where, because: "its tests are not those its digest was made over" });
  return { record, address };
}

const digestIn = (record: ProofRecord): string => proofDigest({ ...record, changeType: record.type, subject: record.fixed, tests: record.tests.map(({ id, head, base, red }) => ({ id, head, base, ...(red && { why: red }) })) });

/** One document, or the first line of several. */
function parsed(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // perhaps one document a line
  }
  for (const line of text.split("\n")) {
    if (line.trim() === "") continue;
    const value = jsonOf(line);
    if (value === undefined) break;
    if (signedRecord(value) !== undefined) return value;
  }
  throw recordUnreadable({ where, because: "it is neither JSON nor signed evidence with a proof in it" });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The record itself, out of an envelope where it lies in one. */
function recordIn(value: unknown, where: string): unknown {
  const fields = fieldsOf(value);
  if (fields["schema"] === "proofline/proof/1") return value;
  const inside = signedRecord(value);
  if (inside === undefined) throw recordUnreadable({ where, because: "no proof record is in it" });
  return inside;
}

function signedRecord(value: unknown): unknown {
  const { payload, payloadType } = fieldsOf(value);
  if (typeof payload !== "string" || payloadType !== IN_TOTO) return undefined;
  const body = jsonOf(payloadText(payload) ?? "");
  return fieldsOf(fieldsOf(fieldsOf(body)["predicate"])[PROOF_EXTENSION])["record"];
}

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> => (typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {});
