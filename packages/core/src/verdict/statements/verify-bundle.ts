import { envelopeDigest } from "./dsse.ts";
import { brokenBundle, unreadable } from "./errors.ts";
import { verifyEnvelope, type Verified, type VerifyRequest } from "./verify-envelope.ts";

export type BundleRequest = Omit<VerifyRequest, "envelope"> & {
  /** The file's text: one envelope, or one per line (in-toto bundle). */
  readonly text: string;
};

/** A whole evidence file: the summary of the verdict and every statement it rests on. */
export interface VerifiedBundle {
  readonly summary?: Extract<Verified, { kind: "summary" }>;
  readonly statements: readonly Verified[];
}

const MAX_STATEMENTS = 1_000;

/**
 * Verifies every envelope of a file and that a summary and its statements belong together: none that it names may be missing, none
 * that it does not name may be slipped in.
 */
export async function verifyBundle({ text, where, ...request }: BundleRequest): Promise<VerifiedBundle> {
  const lines = envelopesIn(text);
  if (lines.length === 0) throw unreadable({ where, because: "it is empty" });
  if (lines.length > MAX_STATEMENTS) throw unreadable({ where, because: `it holds more than ${MAX_STATEMENTS} statements` });
  const statements: Verified[] = [];
  for (const [index, envelope] of lines.entries()) {
    statements.push(await verifyEnvelope({ ...request, envelope, where: lines.length === 1 ? where : `${where}:${index + 1}` }));
  }
  const summaries = statements.filter((statement) => statement.kind === "summary");
  const [summary] = summaries;
  if (summaries.length > 1) throw brokenBundle({ where, because: `it holds ${summaries.length} summaries, which may contradict each other` });
  if (summary === undefined) {
    if (request.expected.passed !== undefined) throw brokenBundle({ where, because: "it holds no summary" });
    return { statements };
  }
  restsOn(summary, statements, where);
  return { summary, statements };
}

/** One pretty-printed envelope is accepted as well as one per line. */
function envelopesIn(text: string): readonly string[] {
  const lines = text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  return lines.length > 1 && !lines[0]?.endsWith("}") ? [text] : lines;
}

function restsOn(summary: Extract<Verified, { kind: "summary" }>, statements: readonly Verified[], where: string): void {
  const named = new Set((summary.predicate.inputAttestations ?? []).map(({ digest }) => `sha256:${digest.sha256}`));
  const present = new Set(statements.filter((statement) => statement !== summary).map(({ envelope }) => envelopeDigest(envelope)));
  const missing = [...named].find((digest) => !present.has(digest));
  if (missing !== undefined) throw brokenBundle({ where, because: `the summary rests on a statement that is not here (${missing})` });
  const extra = [...present].find((digest) => !named.has(digest));
  if (extra !== undefined) throw brokenBundle({ where, because: `a statement is here that the summary does not rest on (${extra})` });
}
