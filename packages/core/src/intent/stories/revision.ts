import { sha256Hex } from "#kernel";
import { withoutComments } from "./lines.ts";

/**
 * The text of a criterion as far as it can mean something: without comments, test links, emphasis, list marks and the spacing of its lines. Two texts that
 * differ only in those are the same promise.
 */
export const normalisedText = (body: string): string =>
  withoutComments(body)
    .replace(TEST_LINK, "")
    .split("\n")
    .map((line) => withoutEmphasis(line.replace(/^[ \t]*(?:[-*+]|\d{1,4}[.)])[ \t]+/, "")))
    .join(" ")
    .replace(/\s+/g, " ")
    .trim()
    .normalize("NFC");

/** Marks round words go; in code, and between what they do not enclose, they are what they are: `2**8` is not 28. */
const withoutEmphasis = (line: string): string =>
  line
    .split(/(`[^`]*`)/)
    .map((part, at) => (at % 2 === 1 ? part : part.replace(/\*\*(?=\S)([^*]*)\*\*/g, "$1").replace(/(?<!\w)__(?=\S)([^_]*)__(?!\w)/g, "$1")))
    .join("");

/** Hex SHA-256 of the normalised text. */
export const revisionOf = (body: string): string => sha256Hex(normalisedText(body));

/** `[@test](path)`, the pointer from a criterion to its proof. */
export const TEST_LINK = /\[@test\]\(([^()\s]{1,500})\)/g;
