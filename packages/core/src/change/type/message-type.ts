import type { ChangeType } from "../change.ts";

/** What a message says of its change. */
export interface SaidType {
  readonly type: ChangeType;
  /** `prefix`: a conventional prefix. `words`: wording that leaves no doubt. */
  readonly by: "prefix" | "words";
  /** A prefix whose scopes disagree (`fix(core, docs)`): its type is likely, and nothing to hold anybody to. */
  readonly loosely?: true;
}

const PREFIXES: Readonly<Record<string, ChangeType>> = {
  feat: "feature", feature: "feature", features: "feature", new: "feature", enhancement: "feature", breaking: "feature", minor: "feature", dx: "feature",
  fix: "fix", fixes: "fix", fixed: "fix", hotfix: "fix", bugfix: "fix", bug: "fix", patch: "fix", security: "fix",
  perf: "refactor", performance: "refactor", refactor: "refactor", refactoring: "refactor", style: "refactor", cleanup: "refactor", robustness: "refactor", types: "refactor", type: "refactor", typings: "refactor", polish: "refactor", simplify: "refactor",
  docs: "docs", doc: "docs", readme: "docs", documentation: "docs", comment: "docs", comments: "docs", example: "docs", examples: "docs",
  test: "chore", tests: "chore", testing: "chore", ci: "chore", build: "chore", chore: "chore", chores: "chore", deps: "chore", dep: "chore", "dev deps": "chore", "dev-deps": "chore", release: "chore", revert: "chore", reverts: "chore", wip: "chore", lint: "chore", infra: "chore", meta: "chore", actions: "chore", bench: "chore", benchmark: "chore", tooling: "chore", internal: "chore", upgrade: "chore", bump: "chore", i18n: "chore", workflow: "chore", format: "chore", "eslint": "chore", license: "chore", repo: "chore", config: "chore", scripts: "chore", tools: "chore", merge: "chore", typo: "docs",
}; // prettier-ignore

/** `type(scope)!: subject`, `[type] subject`, `Type: subject`, with an emoji before it. */
const PREFIX = /^(?:[^\p{L}\p{N}[(:]{1,8} ?|:\w{1,30}: ?)?(?:\[([\w -]{2,20})\] ?:? ?|([A-Za-z][\w -]{1,19}?) ?(?:\(([^)\n]{0,80})\))? ?!?: ?)(.*)$/u;

/** What a fix is a fix *of*, when it is no behaviour of the product. */
const SCOPES: readonly (readonly [RegExp, ChangeType])[] = [
  [
    /^(?:dev-?)?deps?(?:-dev)?$|^dependenc(?:y|ies)$|^ci$|^actions?$|^workflows?$|^build$|^lint(?:er|ing)?$|^eslint$|^tests?$|^testing$|^e2e$|^bench(?:marks?)?$|^release$|^scripts?$|^tooling$|^dev$|^repo$|^infra$|^chore$|^tsconfig$|^package(?:\.json)?$|^pkg$|^renovate$|^internal$|^vitest$|^jest$/i,
    "chore",
  ],
  [
    /^docs?(?:[-:/.].*)?$|^documentation$|^readme$|^website$|^site$|^examples?$|^playgrounds?$|^changelog$|^comments?$|^jsdoc$|^typos?$|^demo$|^blog$|^sponsors?$/i,
    "docs",
  ],
  [/^types?$|^typings?$|^dts$|^d\.ts$|^tsd$|^typescript$/i, "refactor"],
];

const LIGHT_SUBJECTS: readonly (readonly [RegExp, ChangeType])[] = [
  // What was there keeps its behaviour; a name becomes reachable.
  [
    /^(?:re-?export|export|expose) (?:the |missing |all |some )*(?:`|.{0,60}\b(?:types?|interfaces?|functions?|utils|utilit(?:y|ies)|helpers?|class(?:es)?|constants?|hooks?|components?|enums?|symbols?)\W*$)/i,
    "feature",
  ],
  [
    /^(?:an? |the |some |few |minor |small |more |various |another |correct |resolve )*(?:docstrings?\b|typos?\b|spelling|grammar|wording|(?:broken |dead )?links?\b|readme\b|docs?\b|documentation\b|changelog|comments?\b|jsdoc|license\b)|\b(?:typos?|spelling)\b.{0,40}$|\b(?:typos?|links?|examples?) in (?:the )?(?:docs?|documentation|readme|comments?|changelog)\b|\bin (?:the )?(?:readme|docs|documentation|changelog|comments?|jsdoc)\b/i,
    "docs",
  ],
  [
    /^(?:the )?ci\b|^(?:an? |the |some |few |minor |all |more |flaky |failing |broken |unstable )*(?:lint\w*|eslint|prettier|formatting|format|code style|styling|indentation|white ?space|tests?|specs?|test suite|unit tests?|e2e|ci|build|builds?|github actions?|workflows?|travis|appveyor|codecov|coverage|benchmarks?|renovate|dependabot|package-lock|lock ?files?|merge conflicts?|conflicts?|snapshots?|release\b.*|publish\w*|deps|dependenc(?:y|ies)|dev ?dependencies|node version|typecheck|type-check)(?: (?:errors?|issues?|warnings?|script|config|setup|failures?|badge|again|runs?|on .{1,40}))?\W*$|^(?:an? |the |some |all |more |remaining |various )*(?:mypy|pyright|ruff|flake8|pylint|codespell|clippy|golangci-lint|golint|vet|rubocop|phpstan|psalm|codeql|sonar\w*|biome|oxlint|knip)\b(?: \w+)?(?: (?:findings|errors?|issues?|warnings?|complaints?))?\W*$|\bflaky\b|\bflake[sy]?\b.*\btests?\b|\b(?:lint|eslint|prettier|ci|build|compile|compilation|typecheck|tsc) (?:errors?|issues?|warnings?|failures?)\W*$/i,
    "chore",
  ],
  [
    /^(?:remove|drop|delete) (?:the |some |an? )?(?:unused|dead|unnecessary|redundant|obsolete|unneeded)\b|^(?:use |provide |add |export )?(?:correct|wrong|incorrect|missing|better|proper|strict(?:er)?) (?:return |parameter |option |generic )?types?\b|^(?:the |an? |some )*(?:types?|typings?|typing|ts|tsc|pyright|mypy|flow|typescript)\b(?: type)?(?: (?:errors?|issues?|warnings?|findings?|definitions?|checks?|checking))?(?:$|\W*$| (?:to|for|in|of|on)\b)|^(?:an? |the |some |few |minor |more |wrong |incorrect |missing |broken )*(?:type (?:errors?|definitions?|declarations?|inference|exports?|annotations?)|typescript (?:types?|type \w+|errors?|definitions?)|ts (?:types?|errors?)|d\.ts)\b|\b(?:type definitions?|typings?|type declarations?|type inference|type annotations?|type hints?|typescript types?)\b|^(?:properly|correctly|better|strictly) types? \S|^(?:properly|correctly) typed?\b/i,
    "refactor",
  ],
];

/** What a commit's or pull request's title says; undefined when it says nothing certain. Bounded: 300 characters are looked at. */
export function saidBy(title: string): SaidType | undefined {
  const subject = strip(title.slice(0, 300));
  if (/^(?:revert|reverts|reapply)\b/i.test(subject)) return { type: "chore", by: "prefix" };
  const [, bracketed, word, scope, rest] = PREFIX.exec(subject) ?? [];
  const type = PREFIXES[(bracketed ?? word ?? "").toLowerCase().trim()];
  if (type !== undefined) return { ...(type === "fix" ? fixOf(scope ?? "", rest ?? "") : { type }), by: "prefix" };
  return byWords(subject);
}

const strip = (title: string): string =>
  title
    .trim()
    .replace(/^(?:(?:fixup|squash|amend)! )+/, "")
    .replace(/\s+\(#\d+\)$/, "");

/** `fix(deps)`, `fix: typo`, `fix(types)` mend something that no test of behaviour could show. Beside a scope of the product such a one is a fix after all. */
function fixOf(scope: string, subject: string): Pick<SaidType, "type" | "loosely"> {
  const light = scope.split(/[,/]/).map((part) => SCOPES.find(([pattern]) => pattern.test(part.trim()))?.[1]);
  const [first] = light.filter((type) => type !== undefined);
  if (first !== undefined) return light.includes(undefined) ? { type: "fix", loosely: true } : { type: first };
  return { type: lightSubject(subject) ?? "fix" };
}

const lightSubject = (subject: string): ChangeType | undefined => LIGHT_SUBJECTS.find(([pattern]) => pattern.test(subject.trim()))?.[1];

const WORDS: readonly (readonly [RegExp, ChangeType])[] = [
  [
    /^v?\d+\.\d+(?:\.\d+)?(?:[-\w.+]*)?$|^(?:bump|upgrade|downgrade|pin|unpin|release|prepare(?:s|d)? (?:for )?(?:release|v?\d)|version(?: packages| bump)?|publish|(?:start|set up|prepare) (?:version|pre-?commit|workflow|ci)\b|drop end of life|update (?:lock|dependenc|deps|dev|snapshots?|package|node|yarn|pnpm|npm|submodule|github|workflow|ci\b|sponsors|copyright|license|year|renovate)|merge (?:branch|pull|remote|tag|main|master|upstream|changes from)\b|\[pre-commit|lint\b|prettier|reformat|run (?:prettier|eslint|format)|format(?:ting)?\b|auto ?format|update \S+ to v?\d|update dependency|lock file maintenance|add \S+ to (?:the )?ci\b|test(?:s|ing)? on node|drop (?:support for )?node|ci\b|travis\b|gitignore|enable (?:npm|dependabot|renovate)|require node|remove unused dep)/i,
    "chore",
  ],
  [
    /^(?:add |update |improve |tweak |fix |remove |more |minor |clarify |document |correct )?(?:the |a |an |some |few |all )*(?:typos?|spelling|grammar|readme|docs?\b|documentation|changelog|jsdoc|comments?\b|license|contributing|faq|wording|examples?\b)|^document\b|^(?:docs?|readme)\b|\btypos?\b|\bin (?:the )?(?:readme|docs|documentation|changelog)\b|^update \S+\.md$/i,
    "docs",
  ],
  [
    /^(?:add|fix|improve|update|refactor|remove|clean ?up|more|use|move|rename|skip|split|rewrite|simplify|make|expand|unskip|un-skip|stabili[sz]e|tweak|speed up)(?:ing|s|ed)? (?:.{0,40} )?(?:tests?|specs?|test suite|test cases?|test coverage|fixtures?|benchmarks?)\b|^tests? |\bflaky\b/i,
    "chore",
  ],
  [
    /^(?:refactor|rename|simplif|clean ?up|cleanup|tidy|reorgani[sz]e|restructure|extract|inline|dedupe|deduplicate|moderni[sz]e|move|rewrite|convert|code style|minor (?:code|tweak|clean|refactor)|remove (?:unused|unneeded|unnecessary|dead|redundant|obsolete)|drop (?:unused|dead)|use (?:const|let|arrow|spread|optional|template|strict|destructuring|for.?of|esm|node:)|meta tweaks|tweaks?$|nitpick|switch (?:from|to)|migrate|port\b|remove .{1,40} dependenc(?:y|ies)\b|replace .{1,40} dependenc(?:y|ies)\b|improve (?:perf|types?|typings?|code)|optimi[sz]e|speed up|types?:? )/i,
    "refactor",
  ],
];

const FIX_START = /^(?:hot)?fix(?:e[sd]|ing)?\b[:\s]|^(?:bug ?fix|hotfix)\b/i;
const FIX_INSIDE =
  /\bfix(?:e[sd])? (?:an? |the |some |critical |nasty |potential |possible )*(?:\w+ )?(?:bugs?|crash(?:es)?|regressions?|(?:memory )?leaks?|race(?: condition)?s?|deadlocks?|infinite loops?|vulnerabilit(?:y|ies))\b/i;
/** Ways to say "fix" without the word, where what is avoided is a bug by itself. */
const AVERTS =
  /^(?:avoid|prevent|(?:guard|harden|protect) against)(?:s|ed|ing)? (?:an? |the |some |critical |nasty |potential |possible )*(?:(?:nil|null|undefined)(?: pointer)? (?:de)?ref\w*|crash(?:es|ing)?|panics?|segfaults?|infinite (?:loops?|recursion)|deadlocks?|memory leaks?|data races?|race conditions?|prototype pollution|xss|redos)\b/i;
/** `Fixed #123 -- Added x`: the ticket is no bug by its number alone. */
const TICKET_ONLY = /^fix(?:e[sd])?:? (?:#\d+|gh-\d+|issue #?\d+)(?: |--|:|,|-)*(?:add|allow|support|implement|doc|remov|deprecat|refactor|mov)/i;

function byWords(subject: string): SaidType | undefined {
  const fixes = (FIX_START.test(subject) && !TICKET_ONLY.test(subject)) || FIX_INSIDE.test(subject) || AVERTS.test(subject);
  if (fixes) {
    const rest = subject.replace(FIX_START, "").trim();
    return { type: lightSubject(rest) ?? "fix", by: "words" };
  }
  const found = WORDS.find(([pattern]) => pattern.test(subject));
  return found ? { type: found[1], by: "words" } : undefined;
}

/** Wording of an addition: weaker than the above, asked last. */
export const saysAddition = (title: string): boolean =>
  /^(?:add|support|implement|introduce|allow|enable|expose|export|provide|accept|new|create|make it possible|initial)(?:s|ed|ing)?\b/i.test(
    strip(title.slice(0, 300)),
  );
