import { statSync } from "node:fs";
import { isAbsolute, relative, resolve } from "node:path";
import { damagedRepository, gitTooOld, noSuchFolder } from "../errors.ts";
import type { Environment } from "./environment.ts";
import { failureOf } from "./failure.ts";
import { runGit } from "./git-process.ts";

/** Where a repository keeps what. All paths are absolute. */
export interface RepositoryPlace {
  /** Top of the working tree; of a bare repository, its folder. */
  readonly root: string;
  readonly gitDir: string;
  readonly objects: string;
  readonly index: string;
  /** True where there is no working tree to judge. */
  readonly bare: boolean;
  readonly shallow: boolean;
  readonly format: string;
}

const FLAGS = [
  "--path-format=absolute",
  "--git-dir",
  "--is-shallow-repository",
  "--show-object-format",
  "--git-path",
  "objects",
  "--git-path",
  "index",
  "--is-inside-work-tree",
  "--show-toplevel",
];

/** The absolute path of a folder that is there. */
export function existingFolder(dir: string): string {
  const path = resolve(dir);
  if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw noSuchFolder({ dir: path });
  return path;
}

/** Finds the repository an existing folder lies in, in one process. */
export async function discover(cwd: string, env: Readonly<Record<string, string>>, caller: Environment): Promise<RepositoryPlace> {
  const { code, out, err } = await runGit(["rev-parse", ...FLAGS], { cwd, env });
  const lines = out.toString("utf8").split("\n");
  // An old Git prints a flag it does not know, as if it were a revision.
  if (lines.some((line) => line.startsWith("--"))) throw gitTooOld({ says: await versionOf(cwd, env) });
  const [gitDir, shallow, format, objects, index, inside, top] = lines;
  const bare = inside === "false";
  // In a bare repository only the last question fails.
  if (code !== 0 && !(bare && index)) throw failureOf("rev-parse", err, cwd);
  if (!gitDir || !objects || !index || !format) throw damagedRepository({ path: cwd, says: "git rev-parse tells no folders" });
  return {
    root: bare || !top ? gitDir : top,
    gitDir,
    objects,
    index: indexOf(index, { root: top ?? "", gitDir }, caller),
    bare,
    shallow: shallow === "true",
    format,
  };
}

/** A commit hook may run with an index of its own (`git commit FILE`): that is the one being committed. Anything else a caller names is not ours. */
function indexOf(index: string, { root, gitDir }: { readonly root: string; readonly gitDir: string }, caller: Environment): string {
  const named = caller["GIT_INDEX_FILE"];
  if (named === undefined || named === "" || root === "") return index;
  const path = resolve(root, named);
  const inside = relative(gitDir, path);
  return inside !== "" && !inside.startsWith("..") && !isAbsolute(inside) ? path : index;
}

async function versionOf(cwd: string, env: Readonly<Record<string, string>>): Promise<string> {
  return (await runGit(["version"], { cwd, env })).out.toString("utf8").trim();
}
