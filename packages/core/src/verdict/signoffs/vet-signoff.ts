import { canonicalJson } from "#kernel";
import { ROLE_TITLES, type Role, type SignoffDocument, type SignoffStatement } from "#intent";
import { preAuthenticationEncoding } from "../statements/dsse.ts";
import { toBase64 } from "../statements/base64.ts";
import { keyIdOf } from "../statements/verification-key.ts";
import type { PublicKey } from "../waivers/public-key.ts";
import type { WaiverSigner } from "../waivers/sign-waiver.ts";
import { foldName, identities, vetSignatures, type SignatureContext } from "../waivers/vet-signatures.ts";

/** Media type bound into the signature, so that no other signed thing can be passed off as a sign-off. */
export const SIGNOFF_PAYLOAD_TYPE = "application/vnd.proofline.signoff+json";

/** The bytes to sign: DSSE's pre-authentication encoding over the statement's RFC 8785 form. */
export const signoffBytes = (statement: SignoffStatement): Uint8Array => preAuthenticationEncoding(SIGNOFF_PAYLOAD_TYPE, new TextEncoder().encode(canonicalJson({ ...statement, criteria: { ...statement.criteria } })));

/** The document of a sign-off, signed where there is a signer. */
export function signSignoff(signoff: SignoffStatement, signer?: WaiverSigner): SignoffDocument {
  return { signoff, signatures: signer === undefined ? [] : [{ key: keyIdOf(signer.publicKeyPem) ?? "", signature: toBase64(signer.sign(signoffBytes(signoff))) }] };
}

/** What a sign-off is vetted against. */
export interface SignoffContext extends SignatureContext {
  /** Hash of what stands there now under its stage. */
  readonly digest: string;
  /** Why it lapsed, in words, where the hash is another. */
  lapse(statement: SignoffStatement): string;
  /** Accounts and addresses of whoever wrote what it approves. */
  readonly authors: readonly string[];
  /** Who may sign in this role, as CODEOWNERS writes people; nobody named: a key with that role. */
  readonly entitled: readonly string[];
  /** True where a single human works here and wrote it. */
  readonly solo: boolean;
  /** True where an agent wrote, or wrote along, what it approves. */
  readonly byAgent: boolean;
}

/** A sign-off and whether it counts. `signed` and `self` do. */
export interface VettedSignoff {
  readonly file: string;
  readonly statement: SignoffStatement;
  readonly state: "signed" | "self" | "lapsed" | "unsigned" | "foreign" | "expired" | "bad-signature" | "author" | "agent";
  /** Why it does not count. */
  readonly because?: string;
}

type Verdict = Pick<VettedSignoff, "state" | "because">;

/** Whether a sign-off counts now. Its signature first: of a forged one nobody need know whether it lapsed. */
export function vetSignoff({ signoff, signatures }: SignoffDocument, file: string, context: SignoffContext): VettedSignoff {
  const { state, because } = vet(signoff, signatures, context);
  return { file, statement: signoff, state, ...(because !== undefined && { because }) };
}

function vet(signoff: SignoffStatement, signatures: SignoffDocument["signatures"], context: SignoffContext): Verdict {
  const signed = signatures.length === 0 ? vetUnsigned(context) : vetSignatures<Taken, Refused>({ what: "sign-off", by: signoff.by, bytes: signoffBytes(signoff), signatures }, context, (key) => vetSigner(key, signoff.role, context));
  if ("status" in signed) return { state: signed.status, because: signed.because };
  return signoff.digest === context.digest ? { state: signed.kind } : { state: "lapsed", because: context.lapse(signoff) };
}

interface Taken {
  readonly kind: "signed" | "self";
}
interface Refused {
  readonly status: "unsigned" | "agent" | "author" | "foreign";
  readonly because: string;
}

/** A person who may sign in that role and did not write it; alone in a repository the author may, recorded as `self`. */
function vetSigner(key: PublicKey, role: Role, { entitled, authors, solo }: SignoffContext): Taken | Refused {
  if (key.kind !== "person") return { status: "agent", because: `${key.principal} is ${key.kind === "agent" ? "an agent" : "a service"}; only people sign off` };
  const isAuthor = authors.map(foldName).some((author) => [key.principal, ...key.emails].map(foldName).includes(author));
  if (isAuthor && solo) return { kind: "self" };
  if (isAuthor) return { status: "author", because: `${key.principal} wrote it; somebody else has to sign` };
  const named = entitled.map(foldName);
  if (named.length > 0 ? identities(key).some((identity) => named.includes(identity)) : key.role === role) return { kind: "signed" };
  return { status: "foreign", because: named.length > 0 ? `${key.principal} is not ${ROLE_TITLES[role]} here (${entitled.join(", ")})` : `${key.file} does not list ${key.principal} with \`Role: ${role}\`` };
}

/** Where nobody has set up keys yet, a person working alone signs without one. One listed key ends that, and what an agent wrote never passes this way. */
function vetUnsigned({ solo, byAgent, listed }: SignoffContext): Taken | Refused {
  const keys = listed.keys.length > 0 || listed.unreadable.length > 0;
  if (solo && !byAgent && !keys) return { kind: "self" };
  const why = byAgent ? "an agent wrote what it approves" : keys ? "this repository lists signing keys" : "more than one person works here";
  return { status: "unsigned", because: `it is not signed, and ${why}` };
}
