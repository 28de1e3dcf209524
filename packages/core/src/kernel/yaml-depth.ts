/** Brackets, dashes or keys that may stand open at once. */
export const DEEPEST_YAML = 50;

/**
 * True for YAML whose nesting only serves to exhaust a parser: the `yaml` library can abort the whole process on it, and nothing can
 * catch that. A cheap linear look, to be taken before every parse of text that somebody else wrote.
 */
export function yamlTooDeep(text: string): boolean {
  let open = 0;
  for (const char of text) {
    if (char === "[" || char === "{") open += 1;
    else if (char === "]" || char === "}") open = Math.max(0, open - 1);
    if (open > DEEPEST_YAML) return true;
  }
  return /^ {400}/m.test(text) || /(?:^|\n)[ \t]*(?:- ){50}/.test(text) || /(?:\? ){50}/.test(text);
}
