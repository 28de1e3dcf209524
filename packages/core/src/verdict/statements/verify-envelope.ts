import type { z } from "zod";
import { IN_TOTO, openEnvelope, parseJson, type Envelope } from "./dsse.ts";
import { malformed, notPassed, otherCommit, otherPolicy, otherRepository, tooOld, unknownType, unreadable } from "./errors.ts";
import { STATEMENT_TYPE, SUMMARY, TEST_RESULT } from "./statement.ts";
import { statementSchemas, type ReadStatement, type ReadSummary, type ReadTestResult } from "./statement-schema.ts";
import { VERIFIER } from "./summary.ts";
import { trustedSignature } from "./trusted-signature.ts";
import type { VerifySignature } from "../waivers/waiver.ts";
import type { TrustedKey } from "./verification-key.ts";

/** What the verifier knows by itself; a statement must agree with all of it. */
export interface Expected {
  readonly commit: string;
  /** `sha256:<hex>` of the policy in force on the target branch. */
  readonly policyDigest?: string;
  /** `git+https://host/owner/name`. */
  readonly repository?: string;
  /** Demand a summary that passed and these properties in it. */
  readonly passed?: { readonly properties: readonly string[] };
  /** ISO 8601. With `maxDays` it also limits the age of summaries. */
  readonly now: string;
  readonly maxDays?: number;
}

export interface VerifyRequest {
  /** The envelope as text, and what to call it in errors. */
  readonly envelope: string;
  readonly where: string;
  /** Keys as the target branch lists them, never as the change does. */
  readonly keysFromTargetBranch: readonly TrustedKey[];
  readonly verifySignature: VerifySignature;
  readonly expected: Expected;
}

/** A statement whose signature, subject and policy were all verified. */
export type Verified = {
  readonly key: TrustedKey;
  readonly envelope: Envelope;
} & ({ readonly kind: "test-result"; readonly predicate: ReadTestResult } | { readonly kind: "summary"; readonly predicate: ReadSummary });

/**
 * Verifies one envelope offline, or raises what is wrong with it. The order is fixed: nothing inside the payload is looked at before
 * its signature was verified over the very bytes that are then read.
 */
export async function verifyEnvelope(request: VerifyRequest): Promise<Verified> {
  const { where, expected } = request;
  const open = openEnvelope(request.envelope, where, IN_TOTO);
  const key = trustedSignature(open, { ...request, now: expected.now });
  const schemas = statementSchemas((await import("zod")).z);
  const statement = readStatement(schemas.statement, open.body, where);
  aboutCommit(statement.subject, expected.commit, where);
  const verified = { key, envelope: open.envelope };
  if (statement.predicateType === TEST_RESULT) {
    return { ...verified, kind: "test-result", predicate: fitting(schemas.testResult, statement.predicate, where) };
  }
  if (statement.predicateType !== SUMMARY) {
    throw unknownType({ where, found: `predicate type ${JSON.stringify(statement.predicateType)}`, known: `${TEST_RESULT}, ${SUMMARY}` });
  }
  const predicate = fitting(schemas.summary, statement.predicate, where);
  agrees(predicate, expected, where);
  return { ...verified, kind: "summary", predicate };
}

function readStatement(schema: z.ZodType<ReadStatement>, body: Uint8Array, where: string): ReadStatement {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(body);
  } catch (cause) {
    throw unreadable({ where, because: "its payload is not UTF-8" }, cause);
  }
  const statement = fitting(schema, parseJson(text, where), where);
  if (statement._type !== STATEMENT_TYPE) throw unknownType({ where, found: `statement type ${JSON.stringify(statement._type)}`, known: STATEMENT_TYPE });
  return statement;
}

/** Exactly one subject: a statement about two commits would let one pass for the other. */
function aboutCommit(subject: readonly { readonly digest: Readonly<Record<string, string>> }[], commit: string, where: string): void {
  const found = subject[0]?.digest["gitCommit"];
  if (found === undefined || subject.length !== 1) throw malformed({ where, because: "its subject is not exactly one commit" });
  if (found !== commit) throw otherCommit({ where, found, expected: commit });
}

function agrees(summary: ReadSummary, expected: Expected, where: string): void {
  if (summary.verifier.id !== VERIFIER) throw unknownType({ where, found: `verifier ${JSON.stringify(summary.verifier.id)}`, known: VERIFIER });
  const policy = `sha256:${summary.policy.digest.sha256}`;
  if (expected.policyDigest !== undefined && policy !== expected.policyDigest) throw otherPolicy({ where, found: policy, expected: expected.policyDigest });
  if (expected.repository !== undefined && summary.resourceUri !== expected.repository) {
    throw otherRepository({ where, found: summary.resourceUri, expected: expected.repository });
  }
  recent(summary.timeVerified, expected, where);
  if (expected.passed === undefined) return;
  if (summary.verificationResult !== "PASSED") throw notPassed({ where, result: summary.verificationResult });
  const missing = expected.passed.properties.filter((property) => !summary.verifiedLevels.includes(property));
  if (missing.length > 0) throw notPassed({ where, result: `nothing about ${missing.join(", ")}` });
}

const DAY = 86_400_000;
const CLOCK_SKEW = 300_000;

function recent(at: string | undefined, { now, maxDays }: Expected, where: string): void {
  if (maxDays === undefined) return;
  const age = at === undefined ? Number.NaN : Date.parse(now) - Date.parse(at);
  if (!(age <= maxDays * DAY && age >= -CLOCK_SKEW)) throw tooOld({ where, at: at ?? "(no time)", maxDays });
}

function fitting<T>(schema: z.ZodType<T>, value: unknown, where: string): T {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const issue = read.error.issues[0];
  throw malformed({ where, because: `${issue?.path.join(".") ?? ""}: ${issue?.message ?? "it has another shape"}` });
}
