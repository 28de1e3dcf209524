import { createHash, randomUUID } from "node:crypto";
import { mkdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import type { LoadedState, StateFiles, StateSealer, TravellingState } from "#operations";
import { stateBusy, stateTooLarge, stateUnreadable } from "./errors.ts";
import { MAX_STATE_BYTES, openFiles, sealFiles, type StateIdentity } from "./manifest.ts";

const MAX_PACKED_BYTES = 64 * 1024 * 1024;
/** Base64 and the list around the files. */
const MAX_UNPACKED_BYTES = Math.ceil(MAX_STATE_BYTES * 1.4);
const MAX_TRIES = 5;
const pack = promisify(gzip);
const unpack = promisify(gunzip);

export interface ArtifactOptions {
  /** The one file that CI keeps as an artifact or in a cache. */
  readonly file: string;
  readonly identity: StateIdentity;
  readonly sealer: StateSealer;
  /** Where unpacking stops; lower only in tests. */
  readonly maxUnpackedBytes?: number;
}

/** State in one compressed file: a sealed list, then each file on a line of its own. */
export function artifactState({ file, identity, sealer, maxUnpackedBytes = MAX_UNPACKED_BYTES }: ArtifactOptions): TravellingState {
  const load = async (): Promise<LoadedState | undefined> => {
    const packed = await readPacked(file);
    if (packed === undefined) return undefined;
    const { sealed, files } = parse(await unpacked(packed, file, maxUnpackedBytes), file);
    const signedBy = await openFiles(files, sealed, identity, file, sealer);
    return { files, version: versionOf(packed), ...(signedBy === undefined ? {} : { signedBy }) };
  };
  return {
    load,
    async save(merge) {
      for (let tries = 1; tries <= MAX_TRIES; tries += 1) {
        const before = await load();
        const files = await merge(before?.files ?? new Map(), before?.signedBy);
        const packed = await render(files, await sealFiles(files, identity, file, sealer));
        if (packed.length > MAX_PACKED_BYTES) throw stateTooLarge({ where: file, bytes: packed.length, limit: MAX_PACKED_BYTES });
        if (await replace(file, packed, before?.version)) return { files, version: versionOf(packed) };
      }
      throw stateBusy({ where: file, tries: MAX_TRIES });
    },
  };
}

async function readPacked(file: string): Promise<Uint8Array | undefined> {
  try {
    const { size } = await stat(file);
    if (size > MAX_PACKED_BYTES) throw stateTooLarge({ where: file, bytes: size, limit: MAX_PACKED_BYTES });
    return await readFile(file);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

async function unpacked(packed: Uint8Array, file: string, maxOutputLength: number): Promise<string> {
  try {
    // The limit stops a bomb before it fills memory.
    return (await unpack(packed, { maxOutputLength })).toString("utf8");
  } catch (cause) {
    throw stateUnreadable({ where: file, because: "it is cut short, damaged or unpacks to too much" }, cause);
  }
}

async function render(files: StateFiles, sealed: string): Promise<Uint8Array> {
  const head = JSON.stringify({ schema: "proofline/state/1", sealed });
  const lines = [...files].map(([name, bytes]) => JSON.stringify({ name, content: Buffer.from(bytes).toString("base64") }));
  return pack(`${[head, ...lines].join("\n")}\n`);
}

function parse(text: string, file: string): { readonly sealed: string; readonly files: StateFiles } {
  const [first = "", ...lines] = text.split("\n").filter((line) => line !== "");
  const { sealed } = fields(first, file);
  if (typeof sealed !== "string") throw stateUnreadable({ where: file, because: "its first line is not the sealed list" });
  const files = new Map<string, Uint8Array>();
  for (const line of lines) {
    const { name, content } = fields(line, file);
    if (typeof name !== "string" || typeof content !== "string" || files.has(name)) throw stateUnreadable({ where: file, because: "a line is no file" });
    files.set(name, new Uint8Array(Buffer.from(content, "base64")));
  }
  return { sealed, files };
}

function fields(line: string, file: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch (cause) {
    throw stateUnreadable({ where: file, because: "a line is not JSON" }, cause);
  }
}

/** Replaces the file whole, and only if it still is the version that was read. */
async function replace(file: string, packed: Uint8Array, before: string | undefined): Promise<boolean> {
  const now = await readPacked(file);
  if ((now === undefined ? undefined : versionOf(now)) !== before) return false;
  await mkdir(dirname(file), { recursive: true });
  const part = `${file}.${randomUUID()}.part`;
  try {
    await writeFile(part, packed);
    await rename(part, file);
  } finally {
    await rm(part, { force: true });
  }
  return true;
}

const versionOf = (packed: Uint8Array): string => `sha256:${createHash("sha256").update(packed).digest("hex")}`;
const isMissing = (error: unknown): boolean => error instanceof Error && "code" in error && error.code === "ENOENT";
