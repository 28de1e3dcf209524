import type { SecretStrength } from "#evidence";
import { isIllustrative } from "#change";
import { allFormats } from "./formats/all-formats.ts";
import { looksRandom } from "./randomness.ts";
import type { SecretFormat } from "./secret-format.ts";

/** A secret in one line. `secret` stays inside this folder. */
export interface LineMatch {
  readonly rule: string;
  readonly what: string;
  readonly strength: SecretStrength;
  readonly secret: string;
  readonly column: number;
  readonly revoke: string;
  /** What stands around a short secret; part of its identity. */
  readonly around: string;
}

/** Words with which authors of tests and documentation mark a stand-in. */
const SAID_TO_BE_FAKE = /example|sample|placeholder|dummy|fake|mock|redacted|not.?(?:a.)?real|invalid|revoked|expired|bogus|nonsense/i;

/** Every secret of a single-line format in a line, the most telling format first where several overlap. */
export function matchesInLine(file: string, line: string): LineMatch[] {
  const found: LineMatch[] = [];
  const taken: { readonly from: number; readonly to: number }[] = [];
  for (const format of allFormats) {
    for (const match of line.matchAll(format.pattern)) {
      const range = { from: match.index, to: match.index + match[0].length };
      if (taken.some((other) => range.from < other.to && other.from < range.to) || !isIssued(format, match)) continue;
      const one = toMatch(format, match);
      if (one.strength !== "checked" && isIllustrative(file) && SAID_TO_BE_FAKE.test(surroundings(line, range))) continue;
      taken.push(range);
      found.push(one);
    }
  }
  return found;
}

function isIssued(format: SecretFormat, match: RegExpExecArray): boolean {
  const random = match.groups?.["random"] ?? match.groups?.["secret"] ?? match[0];
  return (format.alphabet === undefined || looksRandom(random, format.alphabet)) && (format.accepts?.(match) ?? true);
}

function toMatch(format: SecretFormat, match: RegExpExecArray): LineMatch {
  const { secret, password, user, host } = match.groups ?? {};
  return {
    rule: format.rule,
    what: format.what,
    strength: format.strengthOf?.(match) ?? format.strength,
    secret: secret ?? password ?? match[0],
    column: match.index,
    revoke: format.revoke,
    around: host === undefined ? "" : `${user ?? ""}@${host}`,
  };
}

const surroundings = (line: string, { from, to }: { readonly from: number; readonly to: number }): string => `${line.slice(Math.max(0, from - 120), from)} ${line.slice(to, to + 120)}`;
