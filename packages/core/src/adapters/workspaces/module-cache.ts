import { createHash, randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { changedSince } from "./changed-files.ts";
import { copyModules, LEFT_OUT, linkModules } from "./module-copy.ts";
import { isFolder, safeFolder } from "./safe-folder.ts";

/** A tree that shall get packages. */
export interface Receiver {
  readonly root: string;
  /** Files may be shared with the cache by hard links: no other tree uses them at the same time. */
  readonly mayLink: boolean;
}

/** Our own copies of installed packages, by what the lock file says. */
export interface ModuleCache {
  /** Puts the packages of a key into a tree; false when they are not there. */
  restore(key: string, to: Receiver): Promise<boolean>;
  /** Keeps the packages installed in these folders of a tree. */
  keep(key: string, root: string, dirs: readonly string[]): Promise<void>;
  /** Puts a checkout's packages into a tree by way of a copy of our own that is made once; false when there is no room for one. */
  mirror(key: string, checkout: string, dirs: readonly string[], to: Receiver): Promise<boolean>;
}

const KEPT = 4;

/** A cache below a folder; without a folder nothing is kept. */
export function openModuleCache(folder: string | undefined): ModuleCache {
  const no = (): Promise<boolean> => Promise.resolve(false);
  if (folder === undefined) return { restore: no, keep: () => Promise.resolve(), mirror: no };
  const at = (key: string): string => join(folder, `m-${createHash("sha256").update(`${process.version} ${key}`).digest("hex").slice(0, 32)}`);
  return {
    restore: (key, to) => restore(at(key), to),
    keep: (key, root, dirs) => keep(folder, at(key), { root, dirs }),
    mirror: (key, checkout, dirs, to) => mirror(folder, at(`checkout ${key}`), { root: checkout, dirs }, to),
  };
}

interface Kept {
  /** Where the packages lay when they were kept: links inside them may name it. */
  readonly root: string;
  readonly dirs: readonly string[];
  /** Names of the installed packages, to see that one was added or taken away. */
  readonly names?: string;
}

const STAMP = "kept.json";

/** Named so that runners, compilers and linters that look through the user's checkout pass it by, as they do any node_modules. */
const packagesOf = (entry: string, index: number): string => join(entry, String(index), "node_modules");

async function restore(entry: string, to: Receiver): Promise<boolean> {
  const kept = await readFile(join(entry, STAMP), "utf8").then(
    (text) => JSON.parse(text) as Kept,
    () => undefined,
  );
  if (!kept) return false;
  // A test that wrote into a hard-linked package wrote here too: such a copy is worthless.
  if (
    await changedSince(
      join(entry, STAMP),
      kept.dirs.map((_, index) => packagesOf(entry, index)),
    )
  ) {
    await rm(entry, { recursive: true, force: true });
    return false;
  }
  for (const [index, dir] of kept.dirs.entries()) {
    const target = join(await safeFolder(to.root, dir), "node_modules");
    const roots = { from: kept.root, to: to.root };
    const linked = to.mayLink && (await linkModules(packagesOf(entry, index), target, roots));
    if (!linked) await copyModules(packagesOf(entry, index), target, roots);
  }
  const now = new Date();
  await utimes(entry, now, now);
  return true;
}

async function mirror(folder: string, entry: string, wanted: Kept, to: Receiver): Promise<boolean> {
  if (!to.mayLink || process.platform !== "linux") return false; // a direct copy costs no more
  const names = await installedNames(wanted);
  const kept = await readFile(join(entry, STAMP), "utf8").then(
    (text) => JSON.parse(text) as Kept,
    () => undefined,
  );
  const modules = wanted.dirs.map((dir) => join(wanted.root, dir, "node_modules"));
  const current = kept?.names === names && !(await changedSince(join(entry, STAMP), modules));
  if (current && (await restore(entry, to))) return true;
  await rm(entry, { recursive: true, force: true });
  try {
    await keep(folder, entry, { ...wanted, names });
  } catch {
    return false; // no room or no right to write there: the caller copies directly
  }
  return restore(entry, to);
}

async function installedNames(wanted: Kept): Promise<string> {
  const hash = createHash("sha256");
  for (const dir of wanted.dirs) {
    const entries = await readdir(join(wanted.root, dir, "node_modules"), { withFileTypes: true });
    for (const entry of entries) if (!LEFT_OUT.has(entry.name)) hash.update(`${dir}/${entry.name} ${entry.isSymbolicLink()}\n`);
  }
  return hash.digest("hex");
}

/** Written aside and renamed, so that an interrupted run leaves no half entry under a valid name. */
async function keep(folder: string, entry: string, wanted: Kept): Promise<void> {
  const aside = join(folder, `new-${randomUUID()}`);
  await mkdir(aside, { recursive: true });
  const dirs: string[] = [];
  for (const dir of wanted.dirs) {
    const from = join(wanted.root, dir, "node_modules");
    if (!(await isFolder(from))) continue;
    await copyModules(from, packagesOf(aside, dirs.length), { from: wanted.root, to: wanted.root });
    dirs.push(dir);
  }
  await writeFile(join(aside, STAMP), JSON.stringify({ ...wanted, dirs }));
  await rename(aside, entry).catch(() => rm(aside, { recursive: true, force: true })); // another run kept it first
  await trim(folder);
}

async function trim(folder: string): Promise<void> {
  const names = await readdir(folder);
  const aged = await Promise.all(names.map(async (name) => ({ name, at: (await stat(join(folder, name)).catch(() => undefined))?.mtimeMs ?? 0 })));
  const hourAgo = Date.now() - 3_600_000;
  const halves = aged.filter((one) => one.name.startsWith("new-") && one.at < hourAgo);
  const old = aged
    .filter((one) => one.name.startsWith("m-"))
    .sort((a, b) => b.at - a.at)
    .slice(KEPT);
  for (const { name } of [...halves, ...old]) await rm(join(folder, name), { recursive: true, force: true });
}
