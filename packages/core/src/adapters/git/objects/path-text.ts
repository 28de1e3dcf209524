import { isUtf8 } from "node:buffer";

/**
 * A path as text: UTF-8 as it is, any other byte as `\ooo`. A literal backslash that three octal digits follow is written `\134`, so that no two paths
 * look alike and `bytesOfPath` gives back exactly the bytes.
 */
export function pathText(bytes: Buffer): string {
  if (isUtf8(bytes)) {
    const text = bytes.toString("utf8");
    return text.includes("\\") ? text.replace(LOOKS_ESCAPED, "\\134") : text;
  }
  let text = "";
  for (let at = 0; at < bytes.length;) {
    const length = sequenceLength(bytes, at);
    text += length === 0 ? octal(bytes[at] ?? 0) : bytes.toString("utf8", at, at + length).replace("\\", looksEscaped(bytes, at) ? "\\134" : "\\");
    at += length || 1;
  }
  return text;
}

/** The bytes of a path that `pathText` wrote. */
export function bytesOfPath(text: string): Buffer {
  if (!text.includes("\\")) return Buffer.from(text, "utf8");
  const parts = text.split(/(\\[0-3][0-7]{2})/);
  return Buffer.concat(parts.map((part, index) => (index % 2 === 1 ? Buffer.from([Number.parseInt(part.slice(1), 8)]) : Buffer.from(part, "utf8"))));
}

const LOOKS_ESCAPED = /\\(?=[0-3][0-7]{2})/g;

const looksEscaped = (bytes: Buffer, at: number): boolean => /^\\[0-3][0-7]{2}$/.test(bytes.toString("latin1", at, at + 4));

const octal = (byte: number): string => `\\${byte.toString(8).padStart(3, "0")}`;

/** Length of the UTF-8 sequence that starts here; 0 when there is none. */
function sequenceLength(bytes: Buffer, at: number): number {
  for (let length = 1; length <= 4 && at + length <= bytes.length; length += 1) {
    if (isUtf8(bytes.subarray(at, at + length))) return length;
  }
  return 0;
}
