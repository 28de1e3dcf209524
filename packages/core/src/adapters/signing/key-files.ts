import { lstat, mkdir, open, readFile, realpath, rm } from "node:fs/promises";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { isProoflineError } from "#kernel";
import { generateKeyPair, openSigner, type LocalSigner } from "./ed25519.ts";
import { keyExists, keyInsideRepository, keyTooOpen, keyUnreadable } from "./errors.ts";

export interface NewKey {
  /** Root of the repository whose `proofline/keys/` gets the public half. */
  readonly root: string;
  /** Where the private half goes: outside the repository. */
  readonly privateFile: string;
  /** Name of the public file, without folder. */
  readonly publicFile: string;
  /** Turns the public half into the text of its file: who it speaks for stands there too. */
  renderPublic(publicKeyPem: string): string;
}

export interface WrittenKey {
  readonly keyId: string;
  readonly privateFile: string;
  readonly publicFile: string;
}

/** Makes a pair and writes both halves, or neither. Never overwrites, never puts the private half inside the repository. */
export async function writeKeyPair(request: NewKey): Promise<WrittenKey> {
  const privateFile = resolve(request.privateFile);
  const publicFile = join(resolve(request.root), "proofline", "keys", request.publicFile);
  await refuseInside(privateFile, request.root);
  const pair = generateKeyPair();
  await writeNew(privateFile, pair.privateKeyPem, 0o600);
  try {
    await writeNew(publicFile, request.renderPublic(pair.publicKeyPem), 0o644);
  } catch (error) {
    await rm(privateFile, { force: true });
    throw error;
  }
  return { keyId: pair.keyId, privateFile, publicFile };
}

/** Opens a private key file; one that others may read is refused (where the system knows modes). */
export async function openKeyFile(file: string): Promise<LocalSigner> {
  let pem: string;
  try {
    const { mode } = await lstat(await realpath(file));
    if (process.platform !== "win32" && (mode & 0o077) !== 0) throw keyTooOpen({ file, mode: (mode & 0o777).toString(8) });
    pem = await readFile(file, "utf8");
  } catch (error) {
    if (isProoflineError(error)) throw error;
    throw keyUnreadable({ origin: file, because: isMissing(error) ? "the file does not exist" : "the file can't be read" }, error);
  }
  return openSigner(pem, file);
}

/** Links are followed first: a folder outside may well be a link into the repository. */
async function refuseInside(file: string, root: string): Promise<void> {
  const realRoot = await realpath(root);
  const inside = relative(realRoot, join(await realFolder(dirname(file)), "key"));
  if (inside !== ".." && !inside.startsWith(`..${sep}`) && !isAbsolute(inside)) throw keyInsideRepository({ file, root });
}

/** Real path of the nearest existing folder, with the rest appended. */
async function realFolder(folder: string): Promise<string> {
  try {
    return await realpath(folder);
  } catch (error) {
    if (!isMissing(error) || dirname(folder) === folder) throw error;
    return join(await realFolder(dirname(folder)), relative(dirname(folder), folder));
  }
}

async function writeNew(file: string, text: string, mode: number): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: mode === 0o600 ? 0o700 : 0o755 });
  const handle = await open(file, "wx", mode).catch((error: unknown) => {
    throw isExisting(error) ? keyExists({ file }, error) : error;
  });
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const codeOf = (error: unknown): unknown => (error instanceof Error && "code" in error ? error.code : undefined);
const isMissing = (error: unknown): boolean => codeOf(error) === "ENOENT";
const isExisting = (error: unknown): boolean => codeOf(error) === "EEXIST";
