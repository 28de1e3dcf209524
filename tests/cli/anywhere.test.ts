import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { proofline } from "../support/cli.ts";
import { makeFolder, makeRepo, type TestRepository } from "../support/repo.ts";

/** A folder that is in no repository, to run in. */
const nowhere = (): TestRepository => {
  const repo = makeRepo();
  return { ...repo, dir: makeFolder() };
};

describe("explain works anywhere", () => {
  test.each([
    ["outside of a repository", nowhere, /not inside a Git repository/],
    ["before the first commit", () => makeRepo(), /Nothing is committed yet/],
    ["in a bare repository", () => makeRepo("--bare"), /Nothing is committed yet/],
    [
      "where the configuration can't be used",
      () => {
        const repo = makeRepo();
        repo.commit("Start", { "proofline.yaml": "area: []\n" });
        return repo;
      },
      /proofline\.yaml:1:1/,
    ],
  ])("%s: by the defaults, and says why", (_, make, why) => {
    const run = proofline(make(), ["explain", "security/secret"]);
    expect([run.status, run.stderr]).toEqual([0, ""]);
    expect(run.stdout).toMatch(/effect here +block \(the default\)/);
    expect(run.stdout.replace(/\s+/g, " ")).toMatch(/note shown by the defaults/);
    expect(run.stdout.replace(/\s+/g, " ")).toMatch(why);
    expect(run.stdout).toContain("Motivation");
  });

  test("in a repository: by its policy, without a note", () => {
    const repo = makeRepo();
    repo.commit("Start", { "proofline.yaml": "checks:\n  change/size: { effect: ask }\n" });
    const { stdout } = proofline(repo, ["explain", "change/size"]);
    expect(stdout).toMatch(/effect here +ask \(set by proofline\.yaml/);
    expect(stdout).not.toContain("by the defaults:");
  });

  test("what it costs is said: what is run for it, and how often it spoke here", () => {
    const repo = makeRepo();
    repo.commit("Start", { "a.js": "export const a = 1;\n" });
    repo.write("a.js", `export const a = "${["sk", "live", "4eC39HqLyjW7arjtT1zd8Qb2"].join("_")}";\n`);
    const words = (check: string): string => proofline(repo, ["explain", check]).stdout.replace(/\s+/g, " ");
    expect(words("security/secret")).toContain("costs reading the diff: no test is run for it effect");
    expect(words("security/secret")).not.toContain("so far");
    proofline(repo, ["check", "--no-run"]);
    expect(words("security/secret")).toContain("so far 1 finding that asked or held, none of them overruled, in 1 verdict recorded here");
    expect(words("tests/weakened")).toContain("so far silent: nothing asked or held by it in 1 verdict recorded here");
    expect(words("tests/failing")).toContain("costs runs of the affected tests; all runs together keep to the gate's budget");
  });

  test("a check nobody knows is an error everywhere", () => {
    const run = proofline(nowhere(), ["explain", "security/secrets"]);
    expect([run.status, run.stdout]).toEqual([2, ""]);
    expect(run.stderr).toContain("Did you mean security/secret?");
  });
});

describe("where nothing can be judged, the message says what to do next", () => {
  test.each([
    ["doctor", ["doctor"]],
    ["init", ["init"]],
    ["check", ["check"]],
  ])("%s outside of a repository", (_, args) => {
    const run = proofline(nowhere(), args);
    expect([run.status, run.stdout]).toEqual([2, ""]);
    expect(run.stderr).toMatch(/fix {3}[\s\S]*git init/);
  });

  test.each([[[]], [["--bare"]]])("init before the first commit (%j) writes nothing and asks for a commit", (flags) => {
    const repo = makeRepo(...flags);
    for (const args of [["init", "--dry-run"], ["policy", "show"]]) {
      const run = proofline(repo, args);
      expect([run.status, run.stdout]).toEqual([2, ""]);
      expect(run.stderr).toMatch(/git\/no-commits[\s\S]*git commit/);
    }
    expect(readdirSync(repo.dir)).not.toContain("proofline.yaml");
  });

  test("doctor before the first commit still looks at the machine, and fails with the way out", () => {
    const run = proofline(makeRepo(), ["doctor", "--format", "json"]);
    expect(run.status).toBe(1);
    const found = JSON.parse(run.stdout) as { about: string; state: string; fix?: string }[];
    expect(found.find((item) => item.about === "target branch")).toMatchObject({ state: "fail", fix: expect.stringContaining("git commit") });
    expect(found.find((item) => item.about === "the gate itself")).toMatchObject({ state: "ok" });
  });

  test("init in a bare repository shows, and writes nothing into Git's own folder", () => {
    const source = makeRepo();
    source.commit("Start", { "a.js": "export const a = 1;\n" });
    const bare = source.clone("--bare");
    expect(proofline(bare, ["init", "--dry-run"]).status).toBe(0);
    const run = proofline(bare, ["init"]);
    expect([run.status, run.stdout]).toEqual([2, ""]);
    expect(run.stderr).toMatch(/init\/nowhere-to-write[\s\S]*clone/);
    expect(readdirSync(bare.dir)).not.toContain("proofline.yaml");
  });
});
