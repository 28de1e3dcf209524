import { expect, test } from "vitest";
import type { ChangeType, FileKind } from "../change.ts";
import type { CommitFacts } from "../ports.ts";
import { changeTypeOf, type TypeInput } from "./change-type.ts";
import { saidBy } from "./message-type.ts";
import { cpuMs } from "../../../../../tests/support/cpu-time.ts";

const nobody = { name: "x", email: "x@example.org" };
const commit = (message: string, more: Partial<CommitFacts> = {}): CommitFacts => ({
  id: "1",
  parents: ["0"],
  author: nobody,
  committer: nobody,
  authoredAt: 0,
  committedAt: 0,
  message,
  trailers: [],
  ...more,
});
const file = (kind: FileKind, more: Partial<TypeInput["files"][number]> = {}): TypeInput["files"][number] => ({
  kind,
  behaviour: kind !== "docs",
  added: 3,
  deleted: 1,
  status: "modified",
  ...more,
});
const typed = (messages: readonly string[], kinds: readonly FileKind[] = ["source"]) =>
  changeTypeOf({ commits: messages.map((message) => commit(message)), files: kinds.map((kind) => file(kind)) });

/** Subjects as real histories have them. */
const TITLES: Readonly<Record<ChangeType, readonly string[]>> = {
  fix: [
    "fix(compiler-core): avoid leaking slot branch keys (#15051)", "fix: add `db0` and `std-env` to `runtimeDependencies`", "Fix: Handle abort signals added by handlers", "[Fix] `foo`: handle null",
    "Fix false `ReadError` on responses without `Content-Length`", "Fixed: hard-coded payment state (#12)", "hotfix: crash on start", "Fixes unexpected max acquire-timeout (#5377)", "🐛 fix: null pointer", ":bug: fix(api): 500 on empty body",
    "fix!: drop the header", "fixup! fix: race in the pool", "Avoid a crash, fix a memory leak in the pool", "fix(ssr, hydration): mismatch", "bugfix: wrong total", "fix error on postgres when setting query_timeout (#5673)", "fix has_app_context and has_request_context", "Avoid potential nil dereference (#1008)", "Harden against prototype pollution (#1223)", "Prevent a crash on empty input", "fix: export to CSV drops the last row", "fix: exports map for require",
  ],
  feature: ["feat: add --clear-screen option for watch mode (#6133)", "feat(core)!: new resolver", "[New] `bar`: support x", "✨ feat: dark mode", "dx(runtime-core): warn when innerHTML overrides children", "fix: export `resolveWebSocketUrl` function (#764)", "fix: export tree utils (#349)", "Fix: expose missing helper types"],
  refactor: ["refactor: extract stripLeadingDashes helper", "perf(cockroachdb): batch DROP statements (#12159)", "style: use const", "fix(types): preserve defineModel inference (#15097)", "fix: types", "fix typing", "Fix TypeScript type inference for `got.extend()`", "fix ts issue", "fix: use correct types for email hooks", "Simplify byte counting", "Rename foo to bar", "fix: remove unused depd", "Fix `extensions` type annotation. (#3380)", "Fix the type hints of Session.get", "fix: properly type `extensions` in GraphQLFormattedError (#4286)"],
  docs: ["docs: clarify supported mocha version", "fix(docs): restore homepage logo (#6183)", "fix: typo", "fix: broken link in README", "fix: correct a typo in the help message for the powershell autocompletion", "Fix docstring of test_request_context (#4821)", "Update README.md", "fix(docs-next): backer's logo is consistent", "Document how to get better upload progress", "[Docs] `x`: fix example"],
  chore: [
    "chore(deps): update compiler to ^7.29.8", "fix(deps): update dependency postcss to ^8.5.19", "build: drop node 12", "ci: pin actions", "test: add expect warn", "release: v3.5.41", "15.0.5", "v1.2.0-beta.1", "Update dependencies", "Fix CI", "fix: lint",
    "fix failing tests", "Fix flaky 'timeouts are emitted ASAP' test", 'Revert "fix(runtime-core): pause tracking" (#15094)', "revert: feat: x", "Bump the github-actions group with 3 updates (#5539)", "fix mypy findings", "fix pyright type errors (#5620)", "fix(ci): cache key", "fix(release): publish order", "Add regression test for response headers", "[Dev Deps] update `tape`", "[pre-commit.ci] pre-commit autoupdate", "Require Node.js 22", "fix(tests): wait for port",
  ],
}; // prettier-ignore

for (const [type, titles] of Object.entries(TITLES)) {
  test.each(titles)(`%s says ${type}`, (title) => {
    expect(saidBy(title)?.type).toBe(type);
  });
}

test.each([
  "merge app and request context (#5812)",
  "Use Uint8Array for user-facing binary responses",
  "net/http: close idle connections",
  "Do not auto-follow 300 and 304 responses",
  "Closes #12",
  "Fixed #33333 -- Added support for x.",
  "prefix: handle empty",
  "Suffix trees",
  "fixture loader reads YAML",
  "avoid quadratic tree traversal in pre_order",
  "Prevent users from renaming a list",
])("%s says nothing certain", (title) => {
  expect(saidBy(title)?.type === "fix").toBe(false);
});

test("a flag beats a trailer, a trailer beats prefixes, and both are declared", () => {
  const commits = [commit("fix: a", { trailers: [{ key: "change-type", value: "Refactor" }] })];
  expect(changeTypeOf({ commits, files: [file("source")] })).toEqual({ type: "refactor", typeFrom: "declared" });
  expect(changeTypeOf({ declared: "docs", commits, files: [file("source")] })).toEqual({ type: "docs", typeFrom: "declared" });
  expect(changeTypeOf({ commits: [commit("fix: a", { trailers: [{ key: "Change-Type", value: "nonsense" }] })], files: [file("source")] })).toEqual({
    type: "fix",
    typeFrom: "prefix",
  });
});

test.each([
  [["fix: a", "feat: b"], "feature"],
  [["fix: a", "chore: b", "docs: c"], "fix"],
  [["refactor: a", "fix: b"], "fix"],
  [["docs: a", "chore: b"], "chore"],
  [["fix: lint", "feat: b", "fix: review"], "feature"],
])("of several commits %j the strongest decides: %s", (messages, type) => {
  expect(typed(messages)).toEqual({ type, typeFrom: "prefix" });
});

test("a squashed pull request whose commits are all upkeep is upkeep, whatever its title's wording", () => {
  const squashed = (title: string, ...bullets: string[]) => typed([`${title}\n\n${bullets.map((bullet) => `* ${bullet}\n`).join("\n")}`]).type;
  expect(squashed("Fix trusted provenance (#2194)", "chore: add items to trust policy", "chore: upgrade the compiler", "ci: apply automated fixes")).toBe("chore");
  expect(squashed("Fix trusted provenance (#2194)", "chore: add items to trust policy", "Look at the signature first")).toBe("fix");
  expect(squashed("Fix trusted provenance (#2194)", "chore: add items to trust policy", "fix: look at the signature first")).toBe("fix");
  expect(squashed("Fix trusted provenance (#2194)", "chore: add items to trust policy")).toBe("fix");
  expect(squashed("fix: trusted provenance (#2194)", "chore: lint", "chore: format")).toBe("fix");
});

test("a light commit among silent ones does not speak for the whole", () => {
  expect(typed(["chore: lint", "Rework the pool so that waiting is fair"]).type).toBe("feature");
});

test("a merge is looked through: the pull request's title, then its commits", () => {
  const merge = (message: string) => commit(message, { parents: ["0", "9"] });
  const inner = commit("fix: b");
  expect(changeTypeOf({ commits: [merge("Merge pull request #12 from x/fix-foo\n\nfeat: c"), inner], files: [file("source")] }).type).toBe("feature");
  expect(changeTypeOf({ commits: [merge("Merge pull request #12 from x/fix-foo\n\nImprove it"), inner], files: [file("source")] }).type).toBe("fix");
  expect(changeTypeOf({ commits: [merge("Merge branch 'topic' into 'main'\n\nfix: d\n\nSee merge request a/b!1")], files: [file("source")] }).type).toBe("fix");
  const tidied = [merge("Merge pull request #4 from x/flow\n\nSupport flow() as decorator"), commit("Refactor tests")];
  expect(changeTypeOf({ commits: tidied, files: [file("source")] }).type).toBe("feature");
  expect(changeTypeOf({ commits: [merge("Merge branch '3.0.x'"), inner], files: [file("source")] }).type).toBe("chore");
  expect(changeTypeOf({ commits: [merge("Merge branch 'fix-foo'"), inner], files: [file("source")] }).type).toBe("fix");
});

test.each([
  [["docs"], "docs"],
  [["docs", "asset"], "docs"],
  [["lock", "ci", "config"], "chore"],
  [["test", "snapshot"], "chore"],
  [["test", "docs"], "chore"],
] as const)("a change of %j alone is %s whatever its wording", (kinds, type) => {
  expect(typed(["Fix the bug that eats files"], kinds)).toEqual({ type, typeFrom: "inferred" });
});

test("a fix by prefix that touches only tests is upkeep; one that touches a manifest stays a fix", () => {
  expect(typed(["fix: wait longer"], ["test"]).type).toBe("chore");
  expect(typed(["fix: use main instead of exports"], ["config", "test"]).type).toBe("fix");
});

test("a prefix whose scopes disagree is a fix that nobody is held to; scopes that agree say what kind of upkeep it is", () => {
  expect(typed(["fix(core, docs): wrong total"])).toEqual({ type: "fix", typeFrom: "inferred" });
  expect(typed(["fix(ssr, hydration): wrong total"])).toEqual({ type: "fix", typeFrom: "prefix" });
  expect(typed(["fix(ci, docs): badge"])).toEqual({ type: "chore", typeFrom: "prefix" });
});

test("without words the files decide", () => {
  const type = (files: TypeInput["files"]): ChangeType => changeTypeOf({ commits: [], files }).type;
  expect(type([file("source", { added: 30 })])).toBe("feature");
  expect(type([file("source", { added: 1, deleted: 30 })])).toBe("refactor");
  expect(type([file("source", { added: 1, deleted: 30 }), file("test")])).toBe("feature");
  expect(type([file("source", { behaviour: false })])).toBe("refactor");
  expect(type([])).toBe("chore");
});

test("a hostile title is read in no time", () => {
  const started = cpuMs();
  for (const title of [`fix ${"a ".repeat(1e5)}`, `${"the ".repeat(1e5)}x`, `fix(${"(".repeat(1e6)}`, `fix: ${"some more ".repeat(1e5)}`, "[".repeat(1e6)])
    saidBy(title);
  expect(cpuMs() - started).toBeLessThan(500);
});

test("a title that calls changed code documentation is not believed; of comments and prose it is", () => {
  expect(typed(["docs: wording"])).toEqual({ type: "feature", typeFrom: "inferred" });
  expect(changeTypeOf({ commits: [commit("docs: wording")], files: [file("source", { behaviour: false }), file("docs")] })).toEqual({ type: "docs", typeFrom: "prefix" });
  expect(changeTypeOf({ declared: "docs", commits: [commit("docs: wording")], files: [file("source")] }).type).toBe("docs");
});
