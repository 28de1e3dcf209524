import { canonicalJson } from "#kernel";
import type { QaRun, QaRunSeen } from "#evidence";
import { preAuthenticationEncoding } from "../statements/dsse.ts";
import { toBase64 } from "../statements/base64.ts";
import { keyIdOf } from "../statements/verification-key.ts";
import type { PublicKey } from "../waivers/public-key.ts";
import type { WaiverSigner } from "../waivers/sign-waiver.ts";
import { foldName, identities, vetSignatures, type SignatureContext } from "../waivers/vet-signatures.ts";

/** Media type bound into the signature, so that no other signed thing can be passed off as a record of QA. */
export const QA_PAYLOAD_TYPE = "application/vnd.proofline.qa-run+json";

/** A file under `proofline/qa/`. */
export interface QaRunDocument {
  readonly run: QaRun;
  readonly signatures: readonly { readonly key: string; readonly signature: string }[];
}

/** The bytes to sign: DSSE's pre-authentication encoding over the record's RFC 8785 form. */
export const qaRunBytes = (run: QaRun): Uint8Array => preAuthenticationEncoding(QA_PAYLOAD_TYPE, new TextEncoder().encode(canonicalJson(JSON.parse(JSON.stringify(run)) as Parameters<typeof canonicalJson>[0])));

/** The document of a record, signed where there is a signer. */
export function signQaRun(run: QaRun, signer?: WaiverSigner): QaRunDocument {
  return { run, signatures: signer === undefined ? [] : [{ key: keyIdOf(signer.publicKeyPem) ?? "", signature: toBase64(signer.sign(qaRunBytes(run))) }] };
}

/** What a record is vetted against. */
export interface QaRunContext extends SignatureContext {
  /** Digest of the product that is judged. */
  readonly product: string;
  /** Who may do it, by the rules that apply; anybody where nobody is named. */
  readonly by: readonly string[];
  /** True when a single human works here. */
  readonly solo: boolean;
  /** True where an agent wrote, or wrote along, the commits that are judged: a record among them may be its own. */
  readonly byAgent: boolean;
}

type Word = Pick<QaRunSeen, "state" | "because">;

/**
 * Whether a record counts for this product. Signed by a listed person it does. Without a signature it is somebody's word in a file anybody could have written: it counts
 * where no key is listed and no agent wrote the change, and says so.
 */
export function vetQaRun({ run, signatures }: QaRunDocument, file: string, context: QaRunContext): QaRunSeen {
  const word = signatures.length > 0 ? vetSigned(run, signatures, context) : vetUnsigned(run, context);
  if (word.state === "refused") return { file, run, ...word };
  if (run.product !== context.product) return { file, run, state: "lapsed", because: "the code has changed since" };
  return { file, run, ...word };
}

function vetSigned(run: QaRun, signatures: QaRunDocument["signatures"], context: QaRunContext): Word {
  const signer = vetSignatures<{ readonly ok: true }, { readonly status: "agent" | "foreign"; readonly because: string }>({ what: "record", by: run.by, bytes: qaRunBytes(run), signatures }, context, (key) => vetSigner(key, context));
  return "status" in signer ? { state: "refused", because: signer.because } : { state: "signed" };
}

function vetSigner(key: PublicKey, { by }: QaRunContext): { readonly ok: true } | { readonly status: "agent" | "foreign"; readonly because: string } {
  if (key.kind !== "person") return { status: "agent", because: `${key.principal} is ${key.kind === "agent" ? "an agent" : "a service"}; only people try things by hand` };
  const named = by.map(foldName);
  return named.length === 0 || identities(key).some((identity) => named.includes(identity)) ? { ok: true } : { status: "foreign", because: `${key.principal} is none of ${by.join(", ")}` };
}

function vetUnsigned(run: QaRun, { by, solo, byAgent, listed }: QaRunContext): Word {
  if (listed.keys.length > 0 || listed.unreadable.length > 0) return { state: "refused", because: "it is not signed, and this repository lists signing keys" };
  if (byAgent) return { state: "refused", because: "it is not signed, and an agent worked on this change" };
  if (by.length > 0 && !by.map(foldName).includes(foldName(run.by))) return { state: "refused", because: `${run.by} is none of ${by.join(", ")}` };
  return solo ? { state: "self" } : { state: "reported", because: "by its own word: nobody signed it" };
}
