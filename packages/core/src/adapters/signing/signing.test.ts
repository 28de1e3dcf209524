import { createHash, createPublicKey, generateKeyPairSync } from "node:crypto";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { generateKeyPair, openSigner, verifySignature } from "./ed25519.ts";
import { openKeyFile, writeKeyPair } from "./key-files.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "proofline-keys-"));
  await mkdir(join(folder, "repo"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const root = () => join(folder, "repo");
const request = (privateFile: string) => ({ root: root(), privateFile, publicFile: "ci.pem", renderPublic: (pem: string) => `Principal: ci\n${pem}` });
const bytes = new TextEncoder().encode("what is signed");

describe("ed25519", () => {
  test("what a key signs verifies with its public half and with no other", () => {
    const pair = generateKeyPair();
    const signature = openSigner(pair.privateKeyPem, "test").sign(bytes);
    expect(verifySignature(pair.publicKeyPem, bytes, signature)).toBe(true);
    expect(verifySignature(generateKeyPair().publicKeyPem, bytes, signature)).toBe(false);
    expect(verifySignature(pair.publicKeyPem, new TextEncoder().encode("What is signed"), signature)).toBe(false);
  });

  test("the key id is the SHA-256 of the SPKI bytes", () => {
    const { keyId, publicKeyPem } = generateKeyPair();
    const spki = createPublicKey(publicKeyPem).export({ type: "spki", format: "der" });
    expect(keyId).toBe(createHash("sha256").update(spki).digest("hex"));
  });

  test("signatures of the wrong length, keys of another kind and rubbish are false, never a crash", () => {
    const { publicKeyPem } = generateKeyPair();
    const rsa = generateKeyPairSync("rsa", { modulusLength: 1024 }).publicKey.export({ type: "spki", format: "pem" }) as string;
    expect(verifySignature(publicKeyPem, bytes, new Uint8Array(63))).toBe(false);
    expect(verifySignature(rsa, bytes, new Uint8Array(64))).toBe(false);
    expect(verifySignature("rubbish", bytes, new Uint8Array(64))).toBe(false);
  });

  test("a key pasted with \\n for its line breaks is read", () => {
    const pair = generateKeyPair();
    expect(openSigner(pair.privateKeyPem.replaceAll("\n", "\\n"), "PROOFLINE_SIGNING_KEY").keyId).toBe(pair.keyId);
  });

  test("an unusable key is named by where it came from and never quoted", () => {
    const rsa = generateKeyPairSync("rsa", { modulusLength: 1024 }).privateKey.export({ type: "pkcs8", format: "pem" }) as string;
    for (const text of ["s3cr3t-rubbish", rsa]) {
      const error = catching(() => openSigner(text, "PROOFLINE_SIGNING_KEY"));
      expect(error).toMatchObject({ code: "signing/key-unreadable" });
      expect(String(error)).toContain("PROOFLINE_SIGNING_KEY");
      expect(String(error)).not.toContain(text.slice(0, 12) === "s3cr3t-rubbi" ? "s3cr3t" : "MII");
    }
  });
});

describe("key files", () => {
  test("the private half is readable by its owner alone, the public half stands in the repository", async () => {
    const written = await writeKeyPair(request(join(folder, "home", "keys", "ci.pem")));
    if (process.platform !== "win32") expect(((await stat(written.privateFile)).mode & 0o777).toString(8)).toBe("600");
    expect(await readFile(join(root(), "proofline/keys/ci.pem"), "utf8")).toMatch(/^Principal: ci\n-----BEGIN PUBLIC KEY-----/);
    expect((await openKeyFile(written.privateFile)).keyId).toBe(written.keyId);
  });

  test("a private key never goes inside the repository, not through a link either", async () => {
    await symlink(join(root()), join(folder, "looks-outside"));
    for (const inside of [join(root(), "key.pem"), join(root(), "new", "key.pem"), join(folder, "looks-outside", "key.pem")]) {
      await expect(writeKeyPair(request(inside))).rejects.toMatchObject({ code: "signing/key-inside-repository" });
    }
    expect(await readdir(root())).toEqual([]);
  });

  test("a folder that merely starts with two dots is still inside", async () => {
    await expect(writeKeyPair(request(join(root(), "..keys", "key.pem")))).rejects.toMatchObject({ code: "signing/key-inside-repository" });
  });

  test("no key is overwritten, and a pair is written whole or not at all", async () => {
    await mkdir(join(root(), "proofline/keys"), { recursive: true });
    await writeFile(join(root(), "proofline/keys/ci.pem"), "older");
    await expect(writeKeyPair(request(join(folder, "ci.pem")))).rejects.toMatchObject({ code: "signing/key-exists" });
    expect(await readdir(folder)).toEqual(["repo"]);
    expect(await readFile(join(root(), "proofline/keys/ci.pem"), "utf8")).toBe("older");
  });

  test.skipIf(process.platform === "win32")("a private key others may read is refused", async () => {
    const written = await writeKeyPair(request(join(folder, "ci.pem")));
    await chmod(written.privateFile, 0o644);
    await expect(openKeyFile(written.privateFile)).rejects.toMatchObject({ code: "signing/key-too-open" });
  });

  test("a missing key is said to be missing", async () => {
    await expect(openKeyFile(join(folder, "nowhere.pem"))).rejects.toThrow("does not exist");
  });
});

function catching(act: () => unknown): unknown {
  try {
    act();
    return undefined;
  } catch (error) {
    return error;
  }
}
