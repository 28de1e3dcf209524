import { isProoflineError } from "#kernel";
import { parseWaiver, WAIVER_FOLDER } from "./waiver-file.ts";
import { KEY_FOLDER, parsePublicKey, type ListedKeys, type PublicKey } from "./public-key.ts";
import { vetWaiver, type RefusedWaiver, type WaiverContext } from "./vet-waiver.ts";
import type { Waiver } from "./waiver.ts";

/** A file as the repository holds it. */
export interface TextFile {
  readonly path: string;
  readonly text: string;
}

/** What the waiver files come to. */
export interface VettedWaivers {
  readonly inForce: readonly Waiver[];
  readonly refused: readonly RefusedWaiver[];
}

/** True for a file that can be a waiver. */
export const isWaiverFile = (path: string): boolean => path.startsWith(WAIVER_FOLDER) && /\.(?:ya?ml|json)$/.test(path);

/** True for a file that lists a public key. */
export const isKeyFile = (path: string): boolean => path.startsWith(KEY_FOLDER) && path.endsWith(".pem");

/** Reads and vets waivers, from the target branch and from the change alike: what counts is the signature. */
export async function readWaivers(files: readonly TextFile[], context: WaiverContext): Promise<VettedWaivers> {
  const inForce: Waiver[] = [];
  const refused: RefusedWaiver[] = [];
  for (const { path, text } of files) {
    try {
      const vetted = vetWaiver(await parseWaiver(text, path), path, context);
      if ("status" in vetted) refused.push(vetted);
      else inForce.push(vetted);
    } catch (error) {
      if (!isProoflineError(error)) throw error;
      refused.push({ file: path, status: "unreadable", because: error.message });
    }
  }
  return { inForce, refused };
}

/** Reads the keys of the target branch. A key that cannot be read is left out and named. */
export function readKeys(files: readonly TextFile[]): ListedKeys {
  const keys: PublicKey[] = [];
  const unreadable: { file: string; because: string }[] = [];
  for (const { path, text } of files) {
    try {
      keys.push(parsePublicKey(text, path));
    } catch (error) {
      if (!isProoflineError(error)) throw error;
      unreadable.push({ file: path, because: error.message });
    }
  }
  return { keys, unreadable };
}
