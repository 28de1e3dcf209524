const CONVENTIONAL = /^(?<type>[a-z]+)(?:\((?<scope>[^)]*)\))?!?:\s/i;
const NOT_CODE_SCOPES = /^(deps|deps-dev|docs?|tests?|ci|build|lint|release|examples?|website|playground)$/i;
const FIX_WORDS = /\b(fix(e[sd]|ing)?|bugs?|bugfix(es)?|regress(ion|ed)|crash(e[sd])?|broken|incorrect(ly)?|wrong(ly)?|leak(s|ed)?|hotfix)\b/i;
const FIX_REFERENCE = /\bfix(e[sd])?:?\s+(#|gh-|https?:\/\/\S+\/issues\/)\d+/i;
const NOT_A_BUG =
  /\b(typos?|spelling|grammar|lint(ing|er)?|eslint|prettier|format(ting)?|readme|changelog|docs?|documentation|comments?|ci|travis|appveyor|flaky|failing tests?|tests?|coverage|whitespace|indent(ation)?|links?|build|release)\b/i;

/**
 * Whether a message says its commit mends a defect of the product. A conventional prefix decides where there is one;
 * otherwise words in the subject or a `fixes #n` reference do, unless the subject speaks of prose, style, tests or CI.
 */
export const saysFix = (message: string): boolean => {
  const subject = message.split("\n", 1)[0] ?? "";
  if (/^revert\b/i.test(subject)) return false;
  const prefix = CONVENTIONAL.exec(subject)?.groups;
  if (prefix !== undefined) return isFixType(prefix["type"] ?? "") && !NOT_CODE_SCOPES.test(prefix["scope"] ?? "");
  return !NOT_A_BUG.test(subject) && (FIX_WORDS.test(subject) || FIX_REFERENCE.test(message));
};

const isFixType = (type: string): boolean => /^(fix|fixes|fixed|bugfix|hotfix|bug)$/i.test(type);
