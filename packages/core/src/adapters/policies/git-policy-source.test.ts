import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeFolder, makeRepo } from "../../../../../tests/support/repo.ts";
import { foreignGit } from "../git/index.ts";
import { gitPolicySource } from "./git-policy-source.ts";

function policyRepository() {
  const repo = makeRepo();
  const commit = repo.commit("Policy", { "proofline.yaml": "checks:\n  change/size: off\n" });
  return { repo, commit };
}

test("reads a policy by path, at exactly the pinned commit", async () => {
  const { repo, commit } = policyRepository();
  repo.commit("Later", { "proofline.yaml": "checks: {}\n" });
  const source = gitPolicySource({ root: repo.dir, cacheFolder: makeFolder(), git: foreignGit(repo.env) });
  expect(await source.read({ text: "", repository: "../repo", commit })).toMatchObject({ text: "checks:\n  change/size: off\n", digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) });
});

test("fetches a policy once; the second time needs no repository to answer", async () => {
  const { repo, commit } = policyRepository();
  const source = gitPolicySource({ root: makeFolder(), cacheFolder: makeFolder(), git: foreignGit(repo.env) });
  const ref = { text: "", repository: `file://${repo.dir}`, commit };
  const first = await source.read(ref);
  rmSync(join(repo.dir, ".git"), { recursive: true });
  expect(await source.read(ref)).toEqual(first);
});

test("says why a policy can't be had, without the credentials of its URL", async () => {
  const { repo, commit } = policyRepository();
  const source = gitPolicySource({ root: repo.dir, cacheFolder: makeFolder(), git: foreignGit(repo.env) });
  await expect(source.read({ text: "", repository: "file://user:secret@/nowhere", commit })).rejects.toMatchObject({ code: "policies/not-reachable", message: expect.not.stringContaining("secret") });
  await expect(source.read({ text: "", repository: "../repo", commit: "0".repeat(40) })).rejects.toMatchObject({ code: "policies/not-reachable" });
  const without = repo.commit("Without", { "proofline.yaml": null, "x.md": "x\n" });
  await expect(source.read({ text: "", repository: "../repo", commit: without })).rejects.toMatchObject({ code: "policies/file-missing" });
});

test("a URL can't run a command of its own choosing", async () => {
  const { repo, commit } = policyRepository();
  const marker = join(makeFolder(), "ran");
  const source = gitPolicySource({ root: repo.dir, cacheFolder: makeFolder(), git: foreignGit(repo.env) });
  await expect(source.read({ text: "", repository: `ext::sh -c touch% ${marker}`, commit })).rejects.toMatchObject({ code: "policies/not-reachable" });
  const { existsSync } = await import("node:fs");
  expect(existsSync(marker)).toBe(false);
});

test("inside a hook, what is fetched lands in the cache and not in the repository the hook runs in", async () => {
  const { repo: policies, commit } = policyRepository();
  const hooked = makeRepo();
  hooked.commit("Start", { "a.txt": "1\n" });
  const env = { ...hooked.env, GIT_DIR: join(hooked.dir, ".git"), GIT_WORK_TREE: hooked.dir, GIT_INDEX_FILE: join(hooked.dir, ".git/index") };
  const source = gitPolicySource({ root: hooked.dir, cacheFolder: makeFolder(), git: foreignGit(env) });
  await source.read({ text: "", repository: `file://${policies.dir}`, commit });
  expect(() => hooked.git("cat-file", "-e", commit)).toThrow();
  expect(hooked.git("rev-parse", "--is-bare-repository")).toBe("false");
});
