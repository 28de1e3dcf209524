import { canonicalJson, digestOf } from "#kernel";
import { fromBase64, toBase64 } from "./base64.ts";
import { signatureCount, unknownType, unreadable } from "./errors.ts";

/** A DSSE envelope (v1.0.2) in its recommended JSON form. */
export interface Envelope {
  readonly payload: string;
  readonly payloadType: string;
  readonly signatures: readonly { readonly keyid?: string; readonly sig: string }[];
}

/** What signs bytes: a key file, or a KMS behind the same three fields. */
export interface Signer {
  readonly keyId: string;
  sign(bytes: Uint8Array): Promise<Uint8Array> | Uint8Array;
}

/** Payload type of in-toto statements. */
export const IN_TOTO = "application/vnd.in-toto+json";

const MAX_BYTES = 16 * 1024 * 1024;
const encoder = new TextEncoder();

/** The bytes a DSSE signature is over: type and body with their lengths, so that neither can pass for the other. */
export function preAuthenticationEncoding(payloadType: string, body: Uint8Array): Uint8Array {
  const type = encoder.encode(payloadType);
  const head = encoder.encode(`DSSEv1 ${type.length} ${payloadType} ${body.length} `);
  const bytes = new Uint8Array(head.length + body.length);
  bytes.set(head);
  bytes.set(body, head.length);
  return bytes;
}

/** Signs a value as canonical JSON. Same value, same payload. */
export async function seal(value: unknown, payloadType: string, signer: Signer): Promise<Envelope> {
  const body = encoder.encode(canonicalJson(value));
  const signature = await signer.sign(preAuthenticationEncoding(payloadType, body));
  return { payload: toBase64(body), payloadType, signatures: [{ keyid: signer.keyId, sig: toBase64(signature) }] };
}

/** `sha256:<hex>` of an envelope: how a summary names the statements it rests on. */
export const envelopeDigest = (envelope: Envelope): string => digestOf(envelope);

/** An envelope whose parts are decoded and whose shape is right. Nothing is verified yet. */
export interface OpenEnvelope {
  readonly payloadType: string;
  readonly body: Uint8Array;
  readonly keyId: string;
  readonly signature: Uint8Array;
  readonly envelope: Envelope;
}

/** Reads one envelope of a known payload type with exactly one signature. */
export function openEnvelope(text: string, where: string, payloadType: string): OpenEnvelope {
  if (text.length > MAX_BYTES) throw unreadable({ where, because: `it is longer than ${MAX_BYTES} characters` });
  const { payload, payloadType: found, signatures } = readFields(parseJson(text, where), where);
  if (found !== payloadType) throw unknownType({ where, found: `payload type ${JSON.stringify(found.slice(0, 200))}`, known: payloadType });
  const [signature] = signatures;
  if (signature === undefined || signatures.length !== 1) throw signatureCount({ where, count: signatures.length });
  const body = fromBase64(payload);
  const bytes = fromBase64(signature.sig);
  if (body === undefined || bytes === undefined) throw unreadable({ where, because: "payload or signature is not base64" });
  const keyId = signature.keyid ?? "";
  const envelope = { payload, payloadType, signatures: [{ ...(keyId === "" ? {} : { keyid: keyId }), sig: signature.sig }] };
  return { payloadType, body, keyId, signature: bytes, envelope };
}

/** Fields that DSSE does not name are ignored, as it demands. */
function readFields(value: unknown, where: string): Envelope {
  const { payload, payloadType, signatures } = fieldsOf(value);
  const signed = Array.isArray(signatures) && signatures.every((item) => isText(fieldsOf(item)["sig"]) && isTextOrNone(fieldsOf(item)["keyid"]));
  if (!isText(payload) || !isText(payloadType) || !signed) {
    throw unreadable({ where, because: "it is no DSSE envelope: payload, payloadType and signatures with sig are needed" });
  }
  return { payload, payloadType, signatures: signatures as Envelope["signatures"] };
}

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
const isText = (value: unknown): value is string => typeof value === "string";
const isTextOrNone = (value: unknown): boolean => value === undefined || value === null || isText(value);

/** JSON or `statement/unreadable`. */
export function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw unreadable({ where, because: "it is not JSON" }, cause);
  }
}
