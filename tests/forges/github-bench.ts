import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect } from "vitest";
import type { Forge, ForgeContext } from "../../packages/core/src/operations/index.ts";
import { createGitHubForge } from "../../packages/core/src/adapters/forges/github/github-forge.ts";
import type { Pace } from "../../packages/core/src/adapters/forges/pace.ts";
import { GitHubHost } from "./github-host.ts";

export const HEAD = "a".repeat(40);
export const OLD = "b".repeat(40);

/** A GitHub on loopback with pull request 7 open, and our forge talking to it, for each test of a file. */
export interface GitHubBench {
  readonly host: GitHubHost;
  readonly folder: string;
  /** Milliseconds the adapter chose to wait, without anybody waiting. */
  readonly slept: readonly number[];
  context(more?: Partial<ForgeContext>): ForgeContext;
  forge(more?: Partial<ForgeContext>, pace?: Partial<Pace>): Forge;
}

/** Registers the hooks; what it returns is filled anew before each test. After each, nothing may have strayed from the description. */
export function useGitHub(): GitHubBench {
  const bench = {} as { -readonly [K in keyof GitHubBench]: GitHubBench[K] };
  beforeEach(async () => {
    const host = new GitHubHost();
    const apiUrl = await host.start();
    const slept: number[] = [];
    host.pulls.set(7, { head: HEAD, author: "mina", branch: "fix-refund", headOwner: "acme", open: true });
    const folder = await mkdtemp(join(tmpdir(), "proofline-forge-"));
    const context = (more: Partial<ForgeContext> = {}): ForgeContext => ({
      kind: "github",
      apiUrl,
      repo: "acme/shop",
      token: "secret-token",
      tokenKind: "bearer",
      event: "pull_request",
      gate: "pull-request",
      fork: false,
      labels: [],
      ...more,
    });
    const forge: GitHubBench["forge"] = (more = {}, pace = {}) =>
      createGitHubForge(context(more), { savePostingTo: join(folder, "posting.json"), pace: jumpingPace(slept, pace) });
    Object.assign(bench, { host, folder, slept, context, forge });
  });
  afterEach(async () => {
    await bench.host.stop();
    await rm(bench.folder, { recursive: true, force: true });
    expect(bench.host.faults).toEqual([]);
  });
  return bench;
}

/** The real pace with a clock that jumps over what it would have slept. */
function jumpingPace(slept: number[], more: Partial<Pace>): Pace {
  let skipped = 0;
  return {
    now: () => Date.now() + skipped,
    sleep: (ms) => {
      slept.push(ms);
      skipped += ms;
      return Promise.resolve();
    },
    betweenWritesMs: 1_000,
    firstPauseMs: 1_000,
    deadlineMs: 120_000,
    attemptMs: 2_000,
    ...more,
  };
}
