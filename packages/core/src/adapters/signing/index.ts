export { generateKeyPair, openSigner, verifySignature, type KeyPair, type LocalSigner } from "./ed25519.ts";
export { openKeyFile, writeKeyPair, type NewKey, type WrittenKey } from "./key-files.ts";
