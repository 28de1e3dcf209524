import type { OwnerRule } from "./area.ts";
import { matchesPattern, readPattern, type PathPattern } from "./path-pattern.ts";
import { readRule, readSection, type Section } from "./code-owners-line.ts";

/** Where CODEOWNERS may be, the first found counts. GitHub looks in the first three, GitLab in the root, `docs/` and `.gitlab/`. */
export const CODE_OWNERS_FILES = [".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"] as const;

/** GitHub reads no larger file; a rule past that limit would own nothing. */
const LIMIT = 3_000_000;

/** A line the host ignores, or one that says something else than it seems to. */
export interface CodeOwnersProblem {
  readonly line: number;
  readonly because: string;
  readonly fix: string;
}

export interface CodeOwners {
  readonly rules: readonly OwnerRule[];
  readonly problems: readonly CodeOwnersProblem[];
}

/** Reads a CODEOWNERS file as GitHub does, or as GitLab does where it stands in `.gitlab/` or has sections. Never throws: bad lines are listed. */
export function readCodeOwners(text: string, file = "CODEOWNERS"): CodeOwners {
  if (text.length > LIMIT) {
    return {
      rules: [],
      problems: [{ line: 1, because: `The file has ${text.length} characters; hosts ignore one above ${LIMIT}.`, fix: "Shorten it with folder patterns." }],
    };
  }
  const lines = text.split(/\r?\n/);
  const gitlab = file.startsWith(".gitlab/") || lines.some((line) => readSection(line) !== undefined);
  const rules: OwnerRule[] = [];
  const problems: CodeOwnersProblem[] = [];
  let section: Section | undefined;
  lines.forEach((raw, index) => {
    const line = index === 0 ? raw.replace(/^\uFEFF/, "") : raw;
    const heading = gitlab ? readSection(line) : undefined;
    if (heading) {
      section = heading;
      return;
    }
    const read = readRule(line, index + 1, { gitlab, section });
    if (read?.rule) rules.push(read.rule);
    problems.push(...(read?.problems ?? []).map((problem) => ({ line: index + 1, ...problem })));
  });
  return { rules, problems };
}

/**
 * Who owns a path: the last rule that names it, none when that rule names nobody. Where there are GitLab sections, the last rule
 * of each section counts and their owners add up.
 */
export function ownersOf(path: string, rules: readonly OwnerRule[]): readonly string[] {
  const decided = new Map<string, readonly string[]>();
  const { patterns, sections } = compiled(rules);
  for (let at = rules.length - 1; at >= 0 && decided.size < sections; at -= 1) {
    const rule = rules[at];
    const pattern = patterns[at];
    const section = rule?.section?.toLowerCase() ?? "";
    if (rule && pattern && !decided.has(section) && matchesPattern(pattern, path)) decided.set(section, rule.owners);
  }
  return [...new Set([...decided.values()].reverse().flat())];
}

interface Compiled {
  readonly patterns: readonly PathPattern[];
  /** How many sections there are; rules outside of any are one. */
  readonly sections: number;
}

/** Patterns are read once per list of rules, not once per path. */
const COMPILED = new WeakMap<readonly OwnerRule[], Compiled>();

function compiled(rules: readonly OwnerRule[]): Compiled {
  const known = COMPILED.get(rules);
  if (known) return known;
  const patterns = rules.map((rule) => readPattern(rule.pattern, { foldersDescend: true, middleSlashAnchors: true }));
  const made = { patterns, sections: new Set(rules.map((rule) => rule.section?.toLowerCase() ?? "")).size };
  COMPILED.set(rules, made);
  return made;
}
