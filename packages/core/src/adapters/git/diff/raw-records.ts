import type { DiffFile, FileStatus } from "#change";
import { pathText } from "../objects/path-text.ts";

/** A changed file as the raw part of the diff tells it, before its lines are known. */
export type RawFile = Omit<DiffFile, "binary" | "hunks" | "added" | "deleted">;

const STATUS: Readonly<Record<string, FileStatus>> = { A: "added", M: "modified", D: "deleted", R: "renamed", C: "copied", T: "type-changed" };
const HEADER = /^:(\d{6}) (\d{6}) ([0-9a-f]+) ([0-9a-f]+) ([A-Z])(\d*)$/;

/**
 * Reads `git diff-tree --raw -z`: records first, then an empty one, then the patch. `write` gives back what belongs to the patch once the records have
 * ended, undefined before.
 */
export function rawRecords(found: (file: RawFile) => void): (chunk: Buffer) => Buffer | undefined {
  let rest: Buffer = Buffer.alloc(0);
  let ended = false;
  return (chunk) => {
    if (ended) return chunk;
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let at = 0;
    for (;;) {
      if (bytes[at] === 0) {
        ended = true;
        return bytes.subarray(at + 1);
      }
      const next = readRecord(bytes, at, found);
      if (next === undefined) break;
      at = next;
    }
    rest = bytes.subarray(at);
    return undefined;
  };
}

/** Answers the offset after the record; undefined when it is not here as a whole. */
function readRecord(bytes: Buffer, at: number, found: (file: RawFile) => void): number | undefined {
  const headerEnd = bytes.indexOf(0, at);
  if (headerEnd < 0) return undefined;
  const header = HEADER.exec(bytes.toString("latin1", at, headerEnd));
  const twoPaths = header?.[5] === "R" || header?.[5] === "C";
  const firstEnd = bytes.indexOf(0, headerEnd + 1);
  const lastEnd = twoPaths && firstEnd >= 0 ? bytes.indexOf(0, firstEnd + 1) : firstEnd;
  if (firstEnd < 0 || lastEnd < 0) return undefined;
  if (header) {
    const first = pathText(bytes.subarray(headerEnd + 1, firstEnd));
    found({
      ...sides(header),
      ...(twoPaths ? { path: pathText(bytes.subarray(firstEnd + 1, lastEnd)), basePath: first, similarity: Number(header[6] ?? 0) } : { path: first }),
    });
  }
  return lastEnd + 1;
}

function sides([, baseMode = "", headMode = "", baseBlob = "", headBlob = "", status = ""]: RegExpExecArray): Omit<RawFile, "path"> {
  return {
    status: STATUS[status] ?? "modified",
    ...(baseMode !== "000000" && { baseMode, baseBlob }),
    ...(headMode !== "000000" && { headMode, headBlob }),
  };
}
