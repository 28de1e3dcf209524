import { gunzipSync } from "node:zlib";
import { tooLargeReport, truncatedReport, unreadableReport } from "../errors.ts";

/** Bytes of a report, unpacked. The largest ones seen in the field (merged coverage of big monorepos) have a quarter of it. */
export const LARGEST = 256 * 1024 * 1024;

/** The bytes, gunzipped when they are gzip. A bomb is stopped at the limit, not after it. */
export function inflate(bytes: Uint8Array, path: string, largest: number = LARGEST): Uint8Array {
  const packed = bytes[0] === 0x1f && bytes[1] === 0x8b;
  if (bytes.byteLength > largest) throw tooLargeReport({ path, says: `has ${megabytes(bytes.byteLength)} MB, the limit is ${megabytes(largest)} MB` });
  if (!packed) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: largest });
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ERR_BUFFER_TOO_LARGE") throw tooLargeReport({ path, says: `unpacks to more than ${megabytes(largest)} MB` }, error);
    if (code === "Z_BUF_ERROR") throw truncatedReport({ path, says: "its gzip stream ends in the middle" }, error);
    throw unreadableReport({ path, says: "its gzip stream is damaged" }, error);
  }
}

const megabytes = (bytes: number): number => Math.round(bytes / 1024 / 1024);
