import type { ProofLink } from "../proof-link.ts";
import { verifiedBy } from "./comment-refs.ts";

/** Where a comment begins, in the languages that are not parsed here. */
const COMMENT = /(?:\/\/|\/\*|^\s*\*|#|--|;|%)/;

/** How tests are declared in them; the first group is the name. */
const DECLARATIONS: readonly RegExp[] = [
  /\bfunc\s+(?:\([^)]{0,100}\)\s*)?(Test\w{0,200})\s*\(/,
  /\bfn\s+(\w{1,200})\s*\(/,
  /\bfun\s+`([^`]{1,300})`/,
  /\b(?:fun|def|function)\s+(\w{1,200})/,
  /\b(?:it|test|specify|scenario|describe|context)[\s(]{1,3}["']([^"'\n]{1,300})["']/,
  /\b(?:void|Task|Unit)\s+(\w{1,200})\s*\(/,
];

/** Lines a declaration may stand below the comment that speaks of it. */
const BELOW = 12;

/** `@verifies` comments of any language, each at the next test that is declared below it, or the file where there is none. */
export function linksByLine(path: string, text: string): readonly ProofLink[] {
  const lines = text.split("\n");
  return lines.flatMap((raw, index) => {
    const line = raw.slice(0, 2_000);
    const comment = COMMENT.exec(line);
    const refs = comment === null ? [] : verifiedBy(line.slice(comment.index));
    if (refs.length === 0) return [];
    const test = testBelow(lines, index);
    const place = test === undefined ? { scope: "file" as const, titles: [], line: 1 } : { scope: "test" as const, titles: [test.name], line: test.line };
    return refs.map((ref): ProofLink => ({ ref, by: "comment", at: index + 1, file: path, ...place }));
  });
}

function testBelow(lines: readonly string[], from: number): { readonly name: string; readonly line: number } | undefined {
  for (let at = from; at <= from + BELOW && at < lines.length; at += 1) {
    const line = (lines[at] ?? "").slice(0, 1_000);
    for (const declaration of DECLARATIONS) {
      const name = declaration.exec(line)?.[1];
      if (name !== undefined) return { name, line: at + 1 };
    }
  }
  return undefined;
}
