import { createHash, randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { changedSince } from "./changed-files.ts";
import { copyModules, dropCaches, LEFT_OUT, linkModules, moveModules, repairLinks } from "./module-copy.ts";
import { isFolder, safeFolder } from "./safe-folder.ts";

/** A tree that shall get packages. */
export interface Receiver {
  readonly root: string;
  /** Files may be shared with the cache by hard links: no other tree uses them at the same time. */
  readonly mayLink: boolean;
}

/** Takes packages back from a tree that is not used any more, ready for the next one. They are gone from the tree, or still there when they are no use. */
export type GiveBack = () => Promise<void>;

/** Our own copies of installed packages, by what the lock file says. */
export interface ModuleCache {
  /** Puts the packages of a key into a tree; undefined when they are not there. */
  restore(key: string, to: Receiver): Promise<GiveBack | undefined>;
  /** Keeps the packages installed in these folders of a tree. */
  keep(key: string, root: string, dirs: readonly string[]): Promise<void>;
  /** Puts a checkout's packages into a tree by way of a copy of our own that is made once; undefined when there is no room for one. */
  mirror(key: string, checkout: string, dirs: readonly string[], to: Receiver): Promise<GiveBack | undefined>;
}

const KEPT = 4;
/** Laid-out trees of packages kept beside an entry. Their files are those of the entry; only the folders take room. */
const SPARES = 2;

/** A cache below a folder; without a folder nothing is kept. */
export function openModuleCache(folder: string | undefined): ModuleCache {
  const no = (): Promise<undefined> => Promise.resolve(undefined);
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

const HOUR_MS = 3_600_000;
const STAMP = "kept.json";

/** Named so that runners, compilers and linters that look through the user's checkout pass it by, as they do any node_modules. */
const packagesOf = (entry: string, index: number): string => join(entry, String(index), "node_modules");

const keptAt = (entry: string): Promise<Kept | undefined> =>
  readFile(join(entry, STAMP), "utf8").then(
    (text) => JSON.parse(text) as Kept,
    () => undefined,
  );

/** Packages that a test wrote into are worthless, also for whom they share files with. */
const isWhole = async (entry: string, { dirs }: Kept): Promise<boolean> =>
  !(await changedSince(
    join(entry, STAMP),
    dirs.map((_, index) => packagesOf(entry, index)),
  ));

async function restore(entry: string, to: Receiver): Promise<GiveBack | undefined> {
  const kept = await keptAt(entry);
  if (!kept) return undefined;
  // What may not be shared was used by code that could hide what it wrote, or beside another tree: it is nobody else's.
  const giveBack = (): Promise<void> => (to.mayLink ? putAside(entry, { root: to.root, dirs: kept.dirs }) : Promise.resolve());
  if (to.mayLink && (await takeSpare(entry, to.root))) return giveBack;
  if (!(await isWhole(entry, kept))) {
    await rm(entry, { recursive: true, force: true });
    return undefined;
  }
  for (const [index, dir] of kept.dirs.entries()) {
    const target = join(await safeFolder(to.root, dir), "node_modules");
    const linked = to.mayLink && (await linkModules(packagesOf(entry, index), target));
    if (!linked) await copyModules(packagesOf(entry, index), target);
    await repairLinks({ from: kept.root, to: to.root }, dir);
  }
  const now = new Date();
  await utimes(entry, now, now);
  return giveBack;
}

/**
 * Moves a laid-out tree of packages in: linking 10,000 files and removing them again takes seconds, this no time. Renaming it first makes it
 * ours alone, whoever else is starting.
 */
async function takeSpare(entry: string, root: string): Promise<boolean> {
  for (const name of await sparesOf(entry)) {
    const ours = join(entry, `lent-${randomUUID()}`);
    if (!(await renamed(join(entry, name), ours))) continue;
    const kept = await keptAt(ours);
    const moved = kept !== undefined && (await isWhole(ours, kept)) && (await moveIn(ours, kept, root));
    await rm(ours, { recursive: true, force: true });
    if (moved) return true;
  }
  return false;
}

async function moveIn(spare: string, kept: Kept, root: string): Promise<boolean> {
  for (const [index, dir] of kept.dirs.entries()) {
    if (!(await moveModules(packagesOf(spare, index), join(await safeFolder(root, dir), "node_modules")))) return false;
    await repairLinks({ from: kept.root, to: root }, dir);
  }
  return true;
}

/** Keeps what was laid out in a tree for the next one. Where it can't be moved it stays, and goes with its tree. */
async function putAside(entry: string, from: Kept): Promise<void> {
  await dropForgotten(entry);
  if ((await sparesOf(entry)).length >= SPARES || !(await isFolder(entry))) return;
  const aside = join(entry, `lent-${randomUUID()}`);
  for (const [index, dir] of from.dirs.entries()) {
    await mkdir(join(aside, String(index)), { recursive: true });
    const modules = join(await safeFolder(from.root, dir), "node_modules");
    if (!(await isFolder(modules)) || !(await moveModules(modules, packagesOf(aside, index)))) return rm(aside, { recursive: true, force: true });
    await dropCaches(packagesOf(aside, index));
  }
  await writeFile(join(aside, STAMP), JSON.stringify(from));
  await renamed(aside, join(entry, `spare-${randomUUID()}`));
}

/** What a process left that died while it moved packages. */
async function dropForgotten(entry: string): Promise<void> {
  for (const name of (await readdir(entry).catch(() => [])).filter((one) => one.startsWith("lent-"))) {
    const at = await stat(join(entry, name)).catch(() => undefined);
    if (at !== undefined && at.mtimeMs < Date.now() - HOUR_MS) await rm(join(entry, name), { recursive: true, force: true });
  }
}

const sparesOf = async (entry: string): Promise<readonly string[]> => (await readdir(entry).catch(() => [])).filter((name) => name.startsWith("spare-"));

const renamed = (from: string, to: string): Promise<boolean> =>
  rename(from, to).then(
    () => true,
    () => false,
  );

async function mirror(folder: string, entry: string, wanted: Kept, to: Receiver): Promise<GiveBack | undefined> {
  if (!to.mayLink || process.platform !== "linux") return undefined; // a direct copy costs no more
  const [names, kept] = await Promise.all([installedNames(wanted), keptAt(entry)]);
  const modules = wanted.dirs.map((dir) => join(wanted.root, dir, "node_modules"));
  const current = kept?.names === names && !(await changedSince(join(entry, STAMP), modules));
  const known = current ? await restore(entry, to) : undefined;
  if (known) return known;
  await rm(entry, { recursive: true, force: true });
  try {
    await keep(folder, entry, { ...wanted, names });
  } catch {
    return undefined; // no room or no right to write there: the caller copies directly
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
  // The first thing that is ever kept in a checkout: Git shall not list it, whatever comes or does not come after.
  await writeFile(join(folder, ".gitignore"), "*\n", { flag: "wx" }).catch(() => undefined);
  const dirs: string[] = [];
  for (const dir of wanted.dirs) {
    const from = join(wanted.root, dir, "node_modules");
    if (!(await isFolder(from))) continue;
    await copyModules(from, packagesOf(aside, dirs.length));
    dirs.push(dir);
  }
  await writeFile(join(aside, STAMP), JSON.stringify({ ...wanted, dirs }));
  await rename(aside, entry).catch(() => rm(aside, { recursive: true, force: true })); // another run kept it first
  await trim(folder);
}

async function trim(folder: string): Promise<void> {
  const names = await readdir(folder);
  const aged = await Promise.all(names.map(async (name) => ({ name, at: (await stat(join(folder, name)).catch(() => undefined))?.mtimeMs ?? 0 })));
  const hourAgo = Date.now() - HOUR_MS;
  const halves = aged.filter((one) => one.name.startsWith("new-") && one.at < hourAgo);
  const old = aged
    .filter((one) => one.name.startsWith("m-"))
    .sort((a, b) => b.at - a.at)
    .slice(KEPT);
  for (const { name } of [...halves, ...old]) await rm(join(folder, name), { recursive: true, force: true });
}
