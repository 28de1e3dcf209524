import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify, type KeyObject } from "node:crypto";
import { keyUnreadable } from "./errors.ts";

/** A fresh pair. The private half is PKCS#8 PEM and must not be printed. */
export interface KeyPair {
  readonly keyId: string;
  readonly privateKeyPem: string;
  readonly publicKeyPem: string;
}

/** A private key ready to sign with. Its PEM can't be read back from here. */
export interface LocalSigner {
  readonly keyId: string;
  readonly publicKeyPem: string;
  sign(bytes: Uint8Array): Uint8Array;
}

/** Makes an ed25519 pair. */
export function generateKeyPair(): KeyPair {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  return {
    keyId: keyIdOf(publicKey),
    privateKeyPem: privateKey.export({ type: "pkcs8", format: "pem" }) as string,
    publicKeyPem: publicPem(publicKey),
  };
}

/** Opens a PKCS#8 PEM; `origin` names it in errors, the key itself never appears in one. */
export function openSigner(privateKeyPem: string, origin: string): LocalSigner {
  const key = readPrivateKey(privateKeyPem, origin);
  if (key.asymmetricKeyType !== "ed25519") throw keyUnreadable({ origin, because: `it is a key of type ${key.asymmetricKeyType ?? "unknown"}, not ed25519` });
  const publicKey = createPublicKey(key);
  return { keyId: keyIdOf(publicKey), publicKeyPem: publicPem(publicKey), sign: (bytes) => new Uint8Array(sign(null, bytes, key)) };
}

/** True when the signature over the bytes was made with the private half of this ed25519 key; never throws. */
export function verifySignature(publicKeyPem: string, bytes: Uint8Array, signature: Uint8Array): boolean {
  try {
    const key = createPublicKey(publicKeyPem);
    return key.asymmetricKeyType === "ed25519" && signature.length === 64 && verify(null, bytes, key, signature);
  } catch {
    return false;
  }
}

function readPrivateKey(pem: string, origin: string): KeyObject {
  try {
    // Secrets pasted into CI often carry their line breaks as \n.
    return createPrivateKey(pem.includes("\\n") ? pem.replaceAll("\\n", "\n") : pem);
  } catch {
    // The cause is dropped on purpose: OpenSSL's message may quote the input.
    throw keyUnreadable({ origin, because: "it is not an unencrypted private key in PEM" });
  }
}

const publicPem = (key: KeyObject): string => key.export({ type: "spki", format: "pem" }) as string;

const keyIdOf = (publicKey: KeyObject): string =>
  createHash("sha256")
    .update(publicKey.export({ type: "spki", format: "der" }))
    .digest("hex");
