import type { OwnerRule } from "./area.ts";

/** A GitLab section: its rules are judged apart from the others. */
export interface Section {
  readonly name: string;
  /** Owners of rules that name none. */
  readonly owners: readonly string[];
  /** `^[Name]`: approval is welcome, not owed. */
  readonly optional: boolean;
}

type Problem = { readonly because: string; readonly fix: string };

const SECTION = /^(\^?)\[([^\][]{1,200})\](?:\[(\d{1,3})\])?(?:\s+(.*))?$/;
const OWNER = /^(?:@@?[\w][\w.-]*(?:\/[\w.-]+)*|[^\s@]{1,200}@[^\s@]{1,200}\.[^\s@]{1,60})$/;

/** Reads `[Name][2] @owner` and `^[Name]`; undefined for every other line. */
export function readSection(line: string): Section | undefined {
  const found = SECTION.exec(line.trim());
  if (!found) return undefined;
  const owners = wordsOf(found[4] ?? "");
  return owners.every((owner) => OWNER.test(owner)) ? { name: (found[2] ?? "").trim(), owners, optional: found[1] === "^" } : undefined;
}

/** Reads one rule; undefined for a blank line or a comment. A rule with a bad pattern is dropped as the host does, and said. */
export function readRule(
  line: string,
  number: number,
  { gitlab, section }: { readonly gitlab: boolean; readonly section: Section | undefined },
): { readonly rule?: OwnerRule; readonly problems: readonly Problem[] } | undefined {
  const [first, ...rest] = wordsOf(line, !gitlab);
  if (first === undefined) return undefined;
  const excluded = gitlab && first.startsWith("!");
  const bad = badPattern(first, gitlab);
  if (bad) return { problems: [bad] };
  const owners = rest.filter((owner) => OWNER.test(owner));
  const strangers = rest.filter((owner) => !OWNER.test(owner));
  const problems = strangers.map((stranger) => ({
    because: `\`${stranger}\` is no owner: an owner is \`@user\`, \`@org/team\` or an e-mail address.`,
    fix: `Write \`@${stranger.replace(/^@+/, "")}\` or the person's e-mail address.`,
  }));
  // GitHub ignores the whole line when one owner is malformed; the rules above it would decide.
  if (strangers.length > 0 && !gitlab) return { problems };
  const inherited = rest.length === 0 && section ? section.owners : owners;
  const rule: OwnerRule = {
    pattern: gitlab ? asGitHubWrites(excluded ? first.slice(1) : first) : first,
    owners: excluded ? [] : inherited,
    line: number,
    ...(section && { section: section.name }),
    ...(section?.optional === true && { optional: true }),
  };
  return { rule, problems };
}

function badPattern(pattern: string, gitlab: boolean): Problem | undefined {
  if (pattern.startsWith("!") && !gitlab)
    return {
      because: `\`${pattern}\` starts with \`!\`, which CODEOWNERS does not know; the line is ignored.`,
      fix: "Write a later rule without owners to take ownership away.",
    };
  if (/(?:^|[^\\])\[/.test(pattern))
    return {
      because: `\`${pattern}\` has a character range \`[…]\`, which CODEOWNERS does not know; the line is ignored.`,
      fix: "Write one rule for each name, or use `*`.",
    };
  return undefined;
}

/** In GitLab only a leading slash ties a pattern to the root. */
const asGitHubWrites = (pattern: string): string =>
  pattern.startsWith("/") || pattern.startsWith("**/") || !pattern.replace(/\/+$/, "").includes("/") ? pattern : `**/${pattern}`;

/** Words of a line up to a comment; GitLab knows comments at the start of a line only. `\ ` is a blank within a word and `\#` no comment; both stay escaped in the pattern. */
function wordsOf(line: string, commentsAnywhere = true): readonly string[] {
  const words: string[] = [];
  let word = "";
  for (let at = 0; at < line.length; at += 1) {
    const char = line.charAt(at);
    if (char === "\\" && at + 1 < line.length) {
      word += char + line.charAt(++at);
    } else if (char === "#" && word === "" && (commentsAnywhere || words.length === 0)) {
      break;
    } else if (/\s/.test(char)) {
      if (word !== "") words.push(word);
      word = "";
    } else word += char;
  }
  return word === "" ? words : [...words, word];
}
