import { copyFile, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { git, type GitCall } from "./git-command.ts";
import { once } from "./once.ts";
import type { ObjectStore } from "./object-store.ts";

/** A folder that holds one tree at a time; going to another tree writes only the files that differ. */
export interface WorkingCopy {
  readonly root: string;
  /**
   * Lays out a tree: what an earlier run wrote is gone, package folders stay. `alone`: its repository holds this one commit and
   * borrows nothing, for code that must not see the user's other objects.
   */
  show(id: string, how?: { readonly alone: boolean }): Promise<void>;
  /** What a test should know about this tree: submodules are empty, LFS files are pointers. */
  notes(): Promise<readonly string[]>;
  /** What was made in the tree since it was laid out, packages left out. */
  made(): Promise<Made>;
}

export interface Made {
  /** Files and folders that are not tracked, from the tree's top. */
  readonly paths: readonly string[];
  /** The files among them and in them. */
  readonly files: readonly string[];
  /** A tracked file is not as it was. */
  readonly changed: boolean;
}

/**
 * Makes an empty working copy below `slot`. Its own repository lies outside the tree; the tree gets a second, disposable
 * one, so that a test that asks Git sees a real repository and a test that breaks it (`rm -rf .git`) breaks nothing of ours.
 */
export async function makeWorkingCopy(store: ObjectStore, slot: string): Promise<WorkingCopy> {
  const root = join(slot, "tree");
  const gitDir = join(slot, "git");
  await mkdir(root, { recursive: true });
  await store.clone(gitDir);
  const call = { cwd: root, env: { GIT_DIR: gitDir, GIT_WORK_TREE: root } };
  const commitOf = once(async (tree) => (await git(["commit-tree", tree, "-m", "tree under test"], call)).trim());
  const notesOn = once(() => notes(call));
  let shown = "";
  return {
    root,
    show: async (id, how) => {
      shown = id;
      const { tree, commit } = await store.resolve(id);
      await show(store, call, { tree, head: commit ?? (await commitOf(tree)), alone: how?.alone ?? false });
    },
    notes: () => notesOn(shown),
    made: () => made(call),
  };
}

interface OwnCall extends GitCall {
  readonly env: { readonly GIT_DIR: string; readonly GIT_WORK_TREE: string };
}

async function show(store: ObjectStore, call: OwnCall, { tree, head, alone }: { readonly tree: string; readonly head: string; readonly alone: boolean }): Promise<void> {
  await git(["read-tree", "--reset", "-u", tree], call);
  await git(["clean", "-ffdxq", "-e", "node_modules"], call);
  await giveRepository(store, call, head);
  if (alone) await cutOff(join(call.env.GIT_WORK_TREE, ".git"), head);
}

/** The disposable repository of the tree, made anew each time. */
async function giveRepository(store: ObjectStore, call: OwnCall, head: string): Promise<void> {
  const shown = join(call.env.GIT_WORK_TREE, ".git");
  await rm(shown, { recursive: true, force: true });
  await store.clone(shown, [join(call.env.GIT_DIR, "objects")]);
  await copyFile(join(call.env.GIT_DIR, "index"), join(shown, "index"));
  await writeFile(join(shown, "HEAD"), `${head}\n`);
}

/** Packs the commit and its tree into the repository itself and forgets where it borrowed from. */
async function cutOff(gitDir: string, head: string): Promise<void> {
  const call = { cwd: gitDir, env: { GIT_DIR: gitDir } };
  const objects = await git(["rev-list", "--objects", "--no-object-names", `${head}^{tree}`], call);
  await mkdir(join(gitDir, "objects", "pack"), { recursive: true });
  await git(["pack-objects", "-q", join(gitDir, "objects", "pack", "pack")], { ...call, input: `${head}\n${objects}` });
  await writeFile(join(gitDir, "shallow"), `${head}\n`);
  await rm(join(gitDir, "objects", "info", "alternates"));
}

async function made(call: OwnCall): Promise<Made> {
  const untracked = ["ls-files", "-z", "--others", "-x", "node_modules"];
  const [files, paths, changed] = await Promise.all([git(untracked, call), git([...untracked, "--directory", "--no-empty-directory"], call), git(["diff-files", "--name-only", "-z"], call)]);
  const listed = (text: string): readonly string[] => text.split("\0").filter((path) => path !== "");
  return { paths: listed(paths).map((path) => path.replace(/\/$/, "")), files: listed(files), changed: changed !== "" };
}

async function notes(call: OwnCall): Promise<readonly string[]> {
  const said: string[] = [];
  const staged = await git(["ls-files", "-s", "-z"], call);
  const submodules = staged.split("\0").filter((line) => line.startsWith("160000 "));
  if (submodules.length > 0) {
    said.push(`${count(submodules.length, "submodule")} left empty: ${names(submodules.map((line) => line.split("\t")[1] ?? ""))}`);
  }
  if (await usesLfs(call)) {
    const lfs = (await git(["ls-files", "-z", "--", ":(attr:filter=lfs)"], call)).split("\0").filter(Boolean);
    if (lfs.length > 0) said.push(`${count(lfs.length, "Git LFS file")} left as pointers: ${names(lfs)}`);
  }
  return said;
}

async function usesLfs(call: OwnCall): Promise<boolean> {
  const found = await git(["grep", "-l", "--cached", "-e", "filter=lfs", "--", "*.gitattributes", ".gitattributes"], call).catch(() => "");
  return found.trim() !== "";
}

function names(paths: readonly string[]): string {
  return paths.length > 3 ? `${paths.slice(0, 3).join(", ")} and ${paths.length - 3} more` : paths.join(", ");
}

function count(amount: number, what: string): string {
  return `${amount} ${what}${amount === 1 ? "" : "s"}`;
}
