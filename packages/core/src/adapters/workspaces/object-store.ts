import { randomUUID } from "node:crypto";
import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { git } from "./git-command.ts";
import { once } from "./once.ts";

/** Our own bare repository that borrows every object of the user's and never writes there. */
export interface ObjectStore {
  readonly gitDir: string;
  /** Turns a commit or tree id into both: the tree to lay out, and the commit when there is one. */
  resolve(id: string): Promise<{ readonly tree: string; readonly commit?: string }>;
  /** A new tree: `base` with these paths taken from `from` (a path `from` does not have is removed). */
  combine(base: string, from: string, paths: readonly string[]): Promise<string>;
  /** Files of a tree with mode and blob. */
  list(tree: string): Promise<readonly ListedFile[]>;
  /** Text of blobs, in the order asked for. */
  read(blobs: readonly string[]): Promise<readonly string[]>;
  /** A new working copy's repository that borrows from this one. */
  clone(gitDir: string, alsoFrom?: readonly string[]): Promise<void>;
}

export interface ListedFile {
  readonly path: string;
  readonly mode: string;
  readonly blob: string;
}

/** Opens the store below a session's folder. `objectDirectories` hold objects that no repository has yet, e.g. of a working tree. */
export async function openObjectStore(repository: string, folder: string, objectDirectories: readonly string[]): Promise<ObjectStore> {
  const facts = await git(["rev-parse", "--show-object-format", "--path-format=absolute", "--git-path", "objects", "--git-path", "shallow"], {
    cwd: repository,
  });
  const [format = "sha1", objects = "", shallow = ""] = facts.trim().split("\n");
  const alternates = [objects, ...objectDirectories];
  const gitDir = join(folder, "store.git");
  const prepare = (target: string, from: readonly string[]): Promise<void> => initialise(target, { format, shallow, alternates: from });
  await prepare(gitDir, alternates);
  return {
    gitDir,
    resolve: once((id) => resolve(gitDir, id)),
    combine: (base, from, paths) => combine(gitDir, folder, { base, from, paths }),
    list: once((tree) => list(gitDir, tree)),
    read: (blobs) => read(gitDir, blobs),
    clone: (target, alsoFrom = []) => prepare(target, [...alsoFrom, join(gitDir, "objects"), ...alternates]),
  };
}

/** By hand instead of `git init`: one process less for every tree, and no template with hooks. */
async function initialise(gitDir: string, about: { readonly format: string; readonly shallow: string; readonly alternates: readonly string[] }): Promise<void> {
  await mkdir(join(gitDir, "objects", "info"), { recursive: true });
  await mkdir(join(gitDir, "refs", "heads"), { recursive: true });
  const sha256 = about.format === "sha256";
  const extension = sha256 ? "[extensions]\n\tobjectFormat = sha256\n" : "";
  const config = `[core]\n\trepositoryformatversion = ${sha256 ? 1 : 0}\n\tfilemode = ${process.platform !== "win32"}\n`;
  await writeFile(join(gitDir, "config"), config + extension);
  await writeFile(join(gitDir, "HEAD"), "ref: refs/heads/main\n");
  await writeFile(join(gitDir, "objects", "info", "alternates"), about.alternates.map((path) => `${path}\n`).join(""));
  await copyFile(about.shallow, join(gitDir, "shallow")).catch(() => undefined); // only shallow clones have one
}

async function resolve(gitDir: string, id: string): Promise<{ tree: string; commit?: string }> {
  const type = (await git(["cat-file", "-t", id], { cwd: gitDir })).trim();
  const tree = (await git(["rev-parse", "--verify", "--quiet", "--end-of-options", `${id}^{tree}`], { cwd: gitDir })).trim();
  return type === "commit" ? { tree, commit: (await git(["rev-parse", `${id}^{commit}`], { cwd: gitDir })).trim() } : { tree };
}

async function combine(
  gitDir: string,
  folder: string,
  wanted: { readonly base: string; readonly from: string; readonly paths: readonly string[] },
): Promise<string> {
  const index = join(folder, `index-${randomUUID()}`);
  const call = { cwd: gitDir, env: { GIT_INDEX_FILE: index } };
  const theirs = new Map((await list(gitDir, wanted.from)).map((file) => [file.path, file]));
  const zero = "0".repeat(wanted.base.length);
  const lines = wanted.paths.map((path) => {
    const file = theirs.get(path);
    return file ? `${file.mode} ${file.blob}\t${path}` : `0 ${zero}\t${path}`;
  });
  await git(["read-tree", `${wanted.base}^{tree}`], call);
  await git(["update-index", "-z", "--index-info"], { ...call, input: lines.map((line) => `${line}\0`).join("") });
  return (await git(["write-tree"], call)).trim();
}

async function list(gitDir: string, tree: string): Promise<readonly ListedFile[]> {
  const out = await git(["ls-tree", "-r", "-z", "--full-tree", `${tree}^{tree}`], { cwd: gitDir });
  const files: ListedFile[] = [];
  for (const line of out.split("\0")) {
    const tab = line.indexOf("\t");
    if (tab < 0) continue;
    const [mode = "", , blob = ""] = line.slice(0, tab).split(" ");
    files.push({ path: line.slice(tab + 1), mode, blob });
  }
  return files;
}

async function read(gitDir: string, blobs: readonly string[]): Promise<readonly string[]> {
  return Promise.all(blobs.map((blob) => git(["cat-file", "blob", blob], { cwd: gitDir })));
}
