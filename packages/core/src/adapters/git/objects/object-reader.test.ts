import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeFolder, makeRepo } from "../../../../../../tests/support/repo.ts";
import { openObjectReader } from "./object-reader.ts";

/** A `git` that notes each start and then does as it is told. */
function notingGit(does: string): { readonly path: string; starts(): number } {
  const folder = makeFolder();
  const log = join(folder, "starts");
  writeFileSync(join(folder, "git"), `#!/bin/sh\necho started >> ${log}\n${does}\n`, { mode: 0o755 });
  return { path: folder, starts: () => (existsSync(log) ? readFileSync(log, "utf8").trim().split("\n").length : 0) };
}

const started = async (git: { starts(): number }): Promise<void> => {
  while (git.starts() === 0) await new Promise((done) => setTimeout(done, 5));
};

test("after it was closed it answers `missing` and starts nothing", async () => {
  const repo = makeRepo();
  repo.commit("One", { "a.txt": "a\n" });
  const git = notingGit(`PATH=${repo.env["PATH"]} exec git "$@"`);
  const reader = openObjectReader(() => ({ cwd: repo.dir, env: { ...repo.env, PATH: `${git.path}:${repo.env["PATH"]}` } }));
  expect(await reader.read("HEAD")).toMatchObject({ type: "commit" });
  await reader.close();
  expect(await reader.read("HEAD")).toBe("missing");
  reader.restart();
  await reader.close();
  expect(git.starts()).toBe(1);
});

test("a Git that can't work is not started over and over once it was closed", async () => {
  const git = notingGit("cat > /dev/null; exit 128");
  const reader = openObjectReader(() => ({ cwd: makeFolder(), env: { PATH: `${git.path}:${process.env["PATH"] ?? ""}` } }));
  await started(git);
  const waiting = Promise.all([reader.read("a"), reader.read("b"), reader.read("c")]);
  await reader.close();
  expect(await waiting).toEqual(["missing", "missing", "missing"]);
  expect(git.starts()).toBe(1);
});
