import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach } from "vitest";
import { openWorkspaces, type WorkspacesOptions } from "../../packages/core/src/adapters/workspaces/git-workspaces.ts";
import type { Workspaces } from "../../packages/core/src/evidence/index.ts";

/** Folders of one test, new for each. */
export interface BenchPlaces {
  readonly folder: string;
  /** A real Git repository, empty at first. */
  readonly repo: string;
  /** Where workspaces keep theirs. */
  readonly temporary: string;
}

/** A repository and the workspaces opened on it; registered once for a test file, made and closed round each of its tests. */
export interface WorkspaceBench {
  places(): BenchPlaces;
  sh(command: string, ...args: string[]): string;
  put(files: Readonly<Record<string, string>>): void;
  /** Writes files, commits everything and gives the commit's id. */
  commit(files: Readonly<Record<string, string>>): string;
  /** Workspaces without a network: an install fails unless `launch` is given. */
  workspaces(more?: Partial<WorkspacesOptions>): Workspaces;
}

/** Nobody in particular. */
export const IDENTITY = ["-c", "user.name=T", "-c", "user.email=t@example.org"];

export function workspaceBench(): WorkspaceBench {
  let places: BenchPlaces = { folder: "", repo: "", temporary: "" };
  let open: Workspaces[] = [];
  const sh = (command: string, ...args: string[]): string => execFileSync(command, args, { cwd: places.repo, encoding: "utf8" }).trim();
  const put = (files: Readonly<Record<string, string>>): void => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(places.repo, path)), { recursive: true });
      writeFileSync(join(places.repo, path), text);
    }
  };
  beforeEach(() => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), "workspaces-test-")));
    places = { folder, repo: join(folder, "repo"), temporary: join(folder, "tmp") };
    mkdirSync(places.repo);
    mkdirSync(places.temporary);
    sh("git", "init", "-q", "-b", "main");
  });
  afterEach(async () => {
    await Promise.all(open.map((one) => one.close()));
    open = [];
    rmSync(places.folder, { recursive: true, force: true });
  });
  return {
    places: () => places,
    sh,
    put,
    commit: (files) => {
      put(files);
      sh("git", "add", "-A");
      sh("git", ...IDENTITY, "commit", "-q", "--allow-empty", "-m", "change");
      return sh("git", "rev-parse", "HEAD");
    },
    workspaces: (more = {}) => {
      const launch: WorkspacesOptions["launch"] = () => Promise.resolve({ code: 1, ended: "exit", output: "npm error network is off" });
      const made = openWorkspaces({ repository: places.repo, checkout: places.repo, temporaryFolder: places.temporary, launch, ...more });
      open.push(made);
      return made;
    },
  };
}
