import { createHash } from "node:crypto";
import { isProoflineError } from "#kernel";
import type { StateFiles, StateSealer } from "#operations";
import { stateTampered, stateTooLarge, stateUnreadable } from "./errors.ts";

/** What state may weigh altogether, unpacked. */
export const MAX_STATE_BYTES = 128 * 1024 * 1024;
const MAX_FILES = 5_000;
const NAME = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,99}(\/[A-Za-z0-9_][A-Za-z0-9._-]{0,99}){0,5}$/;

/** Which state: bound into what is signed, so that another repository's or another name's state does not pass for it. */
export interface StateIdentity {
  readonly repository: string;
  readonly name: string;
}

interface Manifest extends StateIdentity {
  readonly schema: "proofline/state/1";
  readonly files: readonly { readonly name: string; readonly bytes: number; readonly sha256: string }[];
}

/** Lists and seals what is to be stored; refuses names and sizes that could not be read back. */
export async function sealFiles(files: StateFiles, identity: StateIdentity, where: string, sealer: StateSealer): Promise<string> {
  let total = 0;
  for (const [name, bytes] of files) {
    if (!NAME.test(name)) throw stateUnreadable({ where, because: `${JSON.stringify(name)} is no name for state` });
    total += bytes.length;
  }
  if (files.size > MAX_FILES) throw stateUnreadable({ where, because: `${files.size} files are too many` });
  if (total > MAX_STATE_BYTES) throw stateTooLarge({ where, bytes: total, limit: MAX_STATE_BYTES });
  const listed = [...files].map(([name, bytes]) => ({ name, bytes: bytes.length, sha256: sha256(bytes) }));
  const manifest: Manifest = {
    schema: "proofline/state/1",
    repository: identity.repository,
    name: identity.name,
    files: listed.sort((a, b) => (a.name < b.name ? -1 : 1)),
  };
  return sealer.seal(manifest);
}

/** Checks what was stored against its sealed list: nothing added, nothing missing, nothing changed. Returns who signed it. */
export async function openFiles(files: StateFiles, sealed: string, identity: StateIdentity, where: string, sealer: StateSealer): Promise<string | undefined> {
  const { manifest, signedBy } = await openSealed(sealed, where, sealer);
  if (!isManifest(manifest)) throw stateUnreadable({ where, because: "its list of files has another shape" });
  if (manifest.repository !== identity.repository || manifest.name !== identity.name) {
    throw stateTampered({ where, because: `it belongs to ${manifest.repository} (${manifest.name})` });
  }
  const wrong = manifest.files.find(({ name, bytes, sha256: digest }) => {
    const found = files.get(name);
    return found === undefined || found.length !== bytes || sha256(found) !== digest;
  });
  if (wrong !== undefined) throw stateTampered({ where, because: `${wrong.name} is missing or is not what was stored` });
  if (manifest.files.length !== files.size) throw stateTampered({ where, because: "files were added" });
  return signedBy;
}

async function openSealed(sealed: string, where: string, sealer: StateSealer): ReturnType<StateSealer["open"]> {
  try {
    return await sealer.open(sealed);
  } catch (error) {
    if (!isProoflineError(error)) throw error;
    throw stateTampered({ where, because: error.message }, error);
  }
}

function isManifest(value: unknown): value is Manifest {
  const { schema, repository, name, files } = (typeof value === "object" && value !== null ? value : {}) as Partial<Record<keyof Manifest, unknown>>;
  return (
    schema === "proofline/state/1" &&
    typeof repository === "string" &&
    typeof name === "string" &&
    Array.isArray(files) &&
    files.length <= MAX_FILES &&
    files.every((file: unknown) => {
      const entry = (typeof file === "object" && file !== null ? file : {}) as Record<string, unknown>;
      return typeof entry["name"] === "string" && NAME.test(entry["name"]) && typeof entry["bytes"] === "number" && typeof entry["sha256"] === "string";
    })
  );
}

const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");
