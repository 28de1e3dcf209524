/**
 * Specifiers a JavaScript or TypeScript file names in `import`, `export … from`, `require()` and `import()`, in order, without duplicates.
 * A linear scan, not a parser: a specifier inside a comment or string is found too, which can only widen a selection.
 */
export function importSpecifiers(text: string): string[] {
  const found = new Set<string>();
  for (const match of text.matchAll(SPECIFIER)) {
    const specifier = match[1] ?? match[2];
    if (specifier) found.add(specifier);
  }
  return [...found];
}

/** True when a file loads something whose name is only known at run time: a blind spot of any static selection. */
export const loadsAtRunTime = (text: string): boolean => /\b(?:import|require)\(\s*(?!["'`)\s])[\w$.[\]]/.test(text) || /\b(?:import|require)\(\s*`[^`]*\$\{/.test(text);

// `from "x"`, `import "x"`, `require("x")`, `import("x")`, `vi.mock("x")`, `jest.mock("x")`: bounded, no nested repetition.
const SPECIFIER = /\b(?:from|import|require|mock|requireActual|importActual)\s{0,8}\(?\s{0,8}(?:"([^"\n]{1,300})"|'([^'\n]{1,300})')/g;
