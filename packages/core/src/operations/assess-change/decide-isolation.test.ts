import { describe, expect, test } from "vitest";
import type { Change, CommitFacts, ResolvedChange } from "#change";
import { decideIsolation, type OriginSources } from "./decide-isolation.ts";

const author = (email: string): CommitFacts => ({
  id: "1234567890",
  parents: ["0"],
  author: { name: email, email },
  committer: { name: email, email },
  authoredAt: 0,
  committedAt: 0,
  message: "x",
  trailers: [],
});
const sources = (commits: readonly CommitFacts[], more: Partial<OriginSources> = {}): OriginSources => ({
  change: { headKind: "commit", base: "b", head: "h", commits, gaps: [] } as unknown as Change,
  people: [],
  agents: [],
  ci: false,
  vouched: false,
  whoAmI: () => Promise.resolve("ada@example.com"),
  ...more,
});

/** A history of `commits` by one person, all within 90 days where `recent` says so, and a machine that can or can't isolate. */
const ports = (achieved: boolean, { commits = 60, recent = 5, landed = false } = {}) => ({
  repository: {
    contributors: () => Promise.resolve([{ name: "Grace", email: "grace@example.com", commits: recent }]),
    pastChanges: () => Promise.resolve(Array.from({ length: commits }, (_, at) => ({ id: String(at), message: "", files: [] }))),
    resolve: () => Promise.resolve({ mergeBase: landed ? "h" : "b" } as ResolvedChange),
  },
  executor: { isolation: () => Promise.resolve({ achieved, says: "no namespaces" }) },
});

describe("a stranger's commit", () => {
  const strange = sources([author("mallory@example.org")]);

  test("runs under strict isolation where that can be had", async () => {
    expect(await decideIsolation(strange, ports(true))).toMatchObject({ isolation: "strict", says: expect.stringContaining("somebody") as string });
  });

  test("is the repository's own code once the default branch holds it", async () => {
    expect(await decideIsolation(strange, ports(false, { landed: true }))).toEqual({ isolation: "ordinary" });
  });

  test("does not run where it can't, and the reason and the way out are said", async () => {
    const { notRun } = await decideIsolation(strange, ports(false));
    expect(notRun).toContain("(no namespaces)");
    expect(notRun).toContain("--trust");
  });

  test("does not run where nobody can tell what isolation there is", async () => {
    const { repository } = ports(true);
    expect((await decideIsolation(strange, { repository, executor: {} })).notRun).toBeDefined();
  });

  test("runs with ordinary isolation, said aloud, where the whole target is younger than 90 days", async () => {
    const found = await decideIsolation(strange, ports(false, { commits: 20, recent: 20 }));
    expect(found).toMatchObject({ isolation: "ordinary", says: expect.stringContaining("not strict") as string });
    expect(found.notRun).toBeUndefined();
  });
});

test("own work asks neither history nor machine", async () => {
  const none = (): never => expect.unreachable();
  const nothing = { repository: { contributors: none, pastChanges: none, resolve: none }, executor: { isolation: none } };
  expect(await decideIsolation(sources([]), nothing)).toEqual({ isolation: "ordinary" });
  expect(await decideIsolation(sources([author("mallory@example.org")], { vouched: true }), nothing)).toEqual({ isolation: "ordinary" });
});

test("a fork's code does not run", async () => {
  expect(await decideIsolation(sources([], { fork: "the head comes from a fork" }), ports(true))).toMatchObject({ notRun: "the head comes from a fork" });
});
