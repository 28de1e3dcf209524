import { isUtf8 } from "node:buffer";

/** UTF-8 where the bytes are UTF-8, else Latin-1: every byte sequence has a text, and no line is lost. */
export const textOfBytes = (bytes: Buffer): string => bytes.toString(isUtf8(bytes) ? "utf8" : "latin1");

/** Git's own rule: a NUL among the first 8,000 bytes. */
export const looksBinary = (bytes: Buffer): boolean => bytes.subarray(0, 8_000).includes(0);
