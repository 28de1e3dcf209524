import { expect, test } from "vitest";
import { effectiveAreas, readAttributes } from "#intent";
import { diffOf } from "../../../../tests/support/diff-of.ts";
import { describeChange, type ChangeInput } from "./describe-change.ts";
import type { CommitFacts, ResolvedChange } from "./ports.ts";

const resolved: ResolvedChange = {
  base: "b1",
  baseName: "main",
  head: "h1",
  headName: "topic",
  headKind: "commit",
  headTree: "ht",
  mergeBase: "m1",
  mergeBaseTree: "mt",
  shallow: false,
  gaps: [{ part: "history", because: "shallow", fix: "deepen" }],
};
const ada = { name: "Ada", email: "ada@example.org" };
const commit = (message: string, more: Partial<CommitFacts> = {}): CommitFacts => ({
  id: "h1",
  parents: ["m1"],
  author: ada,
  committer: ada,
  authoredAt: 5,
  committedAt: 7,
  message,
  trailers: [],
  ...more,
});
const LOGIN = "export function login(user) {\n  return check(user);\n}\n";

const input = (more: Partial<ChangeInput> = {}): ChangeInput => ({
  resolved,
  diff: {
    files: [
      diffOf("packages/web/src/auth/login.ts", LOGIN, LOGIN.replace("check(user)", "check(user, now)")),
      diffOf("packages/web/src/auth/login.test.ts", "", "test()\n"),
      diffOf("README.md", "a\n", "b\n"),
    ],
    gaps: [{ part: "diff", because: "a blob is missing", fix: "fetch it" }],
  },
  commits: [commit("fix(web): sign-in at midnight")],
  intent: { areas: effectiveAreas([]) },
  packageDirs: ["packages/web"],
  risk: { score: 0.1, level: "low", reasons: [] },
  ...more,
});

test("a change is put in people's terms", () => {
  const change = describeChange(input());
  expect(change).toMatchObject({
    base: "b1",
    head: "h1",
    headTime: 7,
    added: 3,
    deleted: 2,
    type: "fix",
    typeFrom: "prefix",
    areas: ["authentication"],
    byAgent: false,
  });
  expect(change.gaps.map((gap) => gap.part)).toEqual(["history", "diff"]);
  expect(change.files.map(({ kind, behaviour, packageDir, areas, newLines }) => ({ kind, behaviour, packageDir, areas, newLines }))).toEqual([
    { kind: "source", behaviour: true, packageDir: "packages/web", areas: ["authentication"], newLines: [2] },
    { kind: "test", behaviour: true, packageDir: "packages/web", areas: [], newLines: [1] },
    { kind: "docs", behaviour: false, packageDir: ".", areas: [], newLines: [] },
  ]);
});

test("texts sharpen what the diff alone can't tell", () => {
  const head = LOGIN.replace("check(user)", "check(user, now)");
  expect(describeChange(input({ textOf: (side) => (side === "head" ? head : LOGIN) })).files[0]?.symbols).toEqual([{ name: "login", line: 2 }]);
});

test("the risk may be a value or be scored from the described files", () => {
  const seen: string[] = [];
  const change = describeChange(
    input({
      risk: (files, type) => {
        seen.push(type, ...files.map((file) => file.kind));
        return { score: 1, level: "high", reasons: ["x"] };
      },
    }),
  );
  expect(change.risk.level).toBe("high");
  expect(seen).toEqual(["fix", "source", "test", "docs"]);
});

test("attributes mark files, an agent's commit marks the change, a flag declares its type", () => {
  const change = describeChange(
    input({
      attributes: readAttributes("packages/web/src/auth/** linguist-generated"),
      commits: [commit("x", { trailers: [{ key: "Co-authored-by", value: "Claude <noreply@anthropic.com>" }] })],
      declaredType: "refactor",
    }),
  );
  expect(change.files[0]).toMatchObject({ kind: "generated", areas: [], newLines: [] });
  expect(change).toMatchObject({ byAgent: true, type: "refactor", typeFrom: "declared" });
});

test("a working tree has no commits and no time; an empty change is described all the same", () => {
  const change = describeChange(input({ resolved: { ...resolved, headKind: "worktree" }, commits: [], diff: { files: [], gaps: [] } }));
  expect(change).toMatchObject({ files: [], areas: [], added: 0, type: "chore", typeFrom: "inferred" });
  expect(change).not.toHaveProperty("headTime");
});

test("the same input gives the same change", () => {
  expect(describeChange(input())).toEqual(describeChange(input()));
});

test("lock files and generated code of any size are neither moved nor new", () => {
  const big = Array.from({ length: 20_000 }, (_, index) => `line ${index}`).join("\n");
  const lines = big.split("\n").map((text, index) => ({ op: "+" as const, text, line: index + 1 }));
  const lock = {
    ...diffOf("package-lock.json", "", ""),
    hunks: [{ baseStart: 0, baseCount: 0, headStart: 1, headCount: lines.length, heading: "", lines }],
    added: lines.length,
  };
  const [file] = describeChange(input({ diff: { files: [lock], gaps: [] } })).files;
  expect(file).toMatchObject({ kind: "lock", behaviour: true, newLines: [], symbols: [] });
});
