import fc from "fast-check";
import { expect, test } from "vitest";
import { CODE_OWNERS_FILES, ownersOf, readCodeOwners } from "./code-owners.ts";
import { matchesPattern, readPattern } from "./path-pattern.ts";
import { cpuMs } from "../../../../tests/support/cpu-time.ts";

const ownersIn = (text: string, path: string, file?: string): readonly string[] => ownersOf(path, readCodeOwners(text, file).rules);

const GITHUB = `
# Comment
*       @global-owner1 @global-owner2
*.js    @js-owner #inline comment
*.go docs@example.com
*.txt @octo-org/octocats
/build/logs/ @doctocat
docs/*  docs@example.com
apps/ @octocat
/apps/github
`;

test.each([
  ["README", ["@global-owner1", "@global-owner2"]],
  ["lib/a.js", ["@js-owner"]],
  ["main.go", ["docs@example.com"]],
  ["notes/a.txt", ["@octo-org/octocats"]],
  ["build/logs/today/a.log", ["@doctocat"]],
  ["docs/a.md", ["docs@example.com"]],
  ["docs/deep/a.md", ["@global-owner1", "@global-owner2"]],
  ["x/apps/a.rb", ["@octocat"]],
  ["apps/github/a.rb", []],
])("the last rule that names %s decides", (path, owners) => {
  expect(ownersIn(GITHUB, path)).toEqual(owners);
});

test("GitLab's sections are judged apart, inherit their owners, and same names are one section", () => {
  const text = `
* @default
[Database][2] @dba
db/
db/public/ @anyone
^[Documentation] @docs
*.md
[DATABASE]
db/private/ @dba-lead
`;
  expect(ownersIn(text, "db/schema.rb")).toEqual(["@default", "@dba"]);
  expect(ownersIn(text, "db/public/a.rb")).toEqual(["@default", "@anyone"]);
  expect(ownersIn(text, "db/private/a.md")).toEqual(["@default", "@docs", "@dba-lead"]);
  expect(readCodeOwners(text).rules.find((rule) => rule.pattern === "*.md")).toMatchObject({ section: "Documentation", optional: true, line: 7 });
});

test("in GitLab a slash in the middle does not tie a pattern to the root, in GitHub it does", () => {
  expect(ownersIn("internal/README.md @a", "any/internal/README.md", ".gitlab/CODEOWNERS")).toEqual(["@a"]);
  expect(ownersIn("internal/README.md @a", "any/internal/README.md", ".github/CODEOWNERS")).toEqual([]);
});

test("GitLab's exclusions take ownership away and roles are owners", () => {
  const text = "[Ruby]\n*.rb @ruby\n!/spec/**/*.rb\n/config/ @@maintainer\n";
  expect(ownersIn(text, "app/a.rb")).toEqual(["@ruby"]);
  expect(ownersIn(text, "spec/models/a.rb")).toEqual([]);
  expect(ownersIn(text, "config/a.yml")).toEqual(["@@maintainer"]);
});

test("lines the host ignores are listed with their number, the others count", () => {
  const { rules, problems } = readCodeOwners("* @ok\n!src/ @no\n[a-z]x/ @no\nlib/ alice\nbin/ @ok alice\n\\#odd @ok\n");
  expect(rules.map((rule) => rule.pattern)).toEqual(["*", "\\#odd"]);
  expect(problems.map((problem) => problem.line)).toEqual([2, 3, 4, 5]);
  expect(problems.every((problem) => problem.fix.length > 0 && problem.because.includes("`"))).toBe(true);
});

test("Windows line ends, a byte order mark and tabs change nothing", () => {
  expect(ownersIn("\uFEFF* @a\r\nsrc/\t@b\r\n", "src/x")).toEqual(["@b"]);
  expect(ownersIn("\uFEFF* @a\r\nsrc/\t@b\r\n", "x")).toEqual(["@a"]);
});

test("a file past the host's limit owns nothing and says so", () => {
  const { rules, problems } = readCodeOwners(`* @a\n${"#".repeat(3_000_001)}`);
  expect(rules).toEqual([]);
  expect(problems[0]?.because).toContain("ignore");
});

test("GitHub's folder is looked in first", () => {
  expect(CODE_OWNERS_FILES[0]).toBe(".github/CODEOWNERS");
});

const segment = fc.constantFrom("a", "b", "src", "*", "x.js", "*.js");
const pattern = fc
  .tuple(fc.constantFrom("", "/"), fc.array(segment, { minLength: 1, maxLength: 3 }), fc.constantFrom("", "/", "/**"))
  .map(([start, names, end]) => start + names.join("/") + end);
const path = fc.array(fc.constantFrom("a", "b", "src", "x.js", "y.js"), { minLength: 1, maxLength: 4 }).map((names) => names.join("/"));

test("a rule appended later decides exactly the paths it names and leaves the others alone", () => {
  fc.assert(
    fc.property(fc.array(pattern, { maxLength: 6 }), pattern, path, (before, last, asked) => {
      const text = before.map((one, index) => `${one} @o${index}`).join("\n");
      const named = matchesPattern(readPattern(last, { foldersDescend: true, middleSlashAnchors: true }), asked);
      expect(ownersIn(`${text}\n${last} @last`, asked)).toEqual(named ? ["@last"] : ownersIn(text, asked));
    }),
  );
});

test("any text is read without throwing, and each problem points at a line of it", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 300, unit: "grapheme" }), (text) => {
      const { problems } = readCodeOwners(text);
      expect(problems.every(({ line }) => line >= 1 && line <= text.split("\n").length)).toBe(true);
    }),
  );
});

test("a thousand paths against two thousand rules stay quick", () => {
  const { rules } = readCodeOwners(Array.from({ length: 2_000 }, (_, index) => `/packages/p${index}/**/*.ts @team-${index}`).join("\n"));
  const started = cpuMs();
  for (let index = 0; index < 1_000; index += 1) expect(ownersOf(`packages/p${index}/src/deep/a.ts`, rules)).toEqual([`@team-${index}`]);
  expect(cpuMs() - started).toBeLessThan(2_000);
});
