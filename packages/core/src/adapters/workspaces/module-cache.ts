import { createHash, randomUUID } from "node:crypto";
import { lstat, mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { changedSince } from "./changed-files.ts";
import { copyModules, dropCaches, LEFT_OUT, linkModules, moveModules, repairLinks } from "./module-copy.ts";
import { isAlive, nameOf, ownerNamed, self } from "./process-owner.ts";
import { isFolder, safeFolder } from "./safe-folder.ts";

/** A tree that shall get packages. */
export interface Receiver {
  readonly root: string;
  /** Files may be shared with the cache by hard links: no other tree of this process uses them at the same time. */
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
    restore: async (key, to) => ((await isOwnPlace(folder)) ? restore(at(key), to) : undefined),
    keep: async (key, root, dirs) => ((await isOwnPlace(folder)) ? keep(folder, at(key), { root, dirs }) : undefined),
    mirror: async (key, checkout, dirs, to) => ((await isOwnPlace(folder)) ? mirror(folder, at(`checkout ${key}`), { root: checkout, dirs }, to) : undefined),
  };
}

/** False where the folder, or one of the two it lies in, is a link: `.proofline/cache/…` may have come with the branch that is looked at, and lead anywhere. */
async function isOwnPlace(folder: string): Promise<boolean> {
  const found = await Promise.all([folder, dirname(folder), dirname(dirname(folder))].map((at) => lstat(at).catch(() => undefined)));
  return found.every((one) => one?.isSymbolicLink() !== true);
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

/** Undefined where nothing was kept, or the note of it did not get as far as the disk. */
const keptAt = (entry: string): Promise<Kept | undefined> =>
  readFile(join(entry, STAMP), "utf8").then(readKept).catch(() => undefined);

function readKept(text: string): Kept | undefined {
  const kept = JSON.parse(text) as Partial<Kept> | null;
  return typeof kept?.root === "string" && Array.isArray(kept.dirs) && kept.dirs.every((dir) => typeof dir === "string") ? (kept as Kept) : undefined;
}

/** Packages that a test wrote into are worthless, also for whom they share files with. */
const isWhole = async (entry: string, { dirs }: Kept): Promise<boolean> =>
  !(await changedSince(
    join(entry, STAMP),
    dirs.map((_, index) => packagesOf(entry, index)),
  ));

async function restore(entry: string, to: Receiver): Promise<GiveBack | undefined> {
  const kept = await keptAt(entry);
  if (!kept) return undefined;
  const mayLink = to.mayLink && (await claim(entry));
  // What may not be shared was used by code that could hide what it wrote, or beside another tree: it is nobody else's.
  const giveBack = (): Promise<void> => (mayLink ? putAside(entry, { root: to.root, dirs: kept.dirs }) : Promise.resolve());
  if (mayLink && (await takeSpare(entry, to.root))) return giveBack;
  // Looked at again when all is there: another process may have taken the entry away meanwhile, or written into what is shared.
  if ((await isWhole(entry, kept)) && (await layOut(entry, kept, { root: to.root, mayLink })) && (await isWhole(entry, kept))) return giveBack;
  await drop(entry);
  return undefined;
}

/** False where the entry went away in the middle of it. */
async function layOut(entry: string, kept: Kept, to: Receiver): Promise<boolean> {
  try {
    for (const [index, dir] of kept.dirs.entries()) {
      const target = join(await safeFolder(to.root, dir), "node_modules");
      const linked = to.mayLink && (await linkModules(packagesOf(entry, index), target));
      if (!linked) await copyModules(packagesOf(entry, index), target);
      await repairLinks({ from: kept.root, to: to.root }, dir);
    }
    const now = new Date();
    await utimes(entry, now, now);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw error;
  }
}

/** Files shared by links are the same file: what a test of one process writes into them, a test of the other reads. One process links, others copy. */
async function claim(entry: string): Promise<boolean> {
  const own = `used-${nameOf(self())}`;
  // First said, then looked: of two that come at once at least one sees the other.
  if (!(await writeFile(join(entry, own), "").then(() => true, () => false))) return false;
  const others = (await readdir(entry).catch(() => [])).filter((name) => name.startsWith("used-") && name !== own);
  for (const name of others) {
    const owner = ownerNamed(name.slice("used-".length));
    if (owner !== undefined && isAlive(owner)) return rm(join(entry, own), { force: true }).then(() => false);
    await rm(join(entry, name), { force: true });
  }
  return true;
}

/** Gone at once for whoever looks for it, however long it takes to remove, and whatever ends us meanwhile. */
async function drop(entry: string): Promise<void> {
  const aside = join(dirname(entry), `new-${randomUUID()}`);
  await rm((await renamed(entry, aside)) ? aside : entry, { recursive: true, force: true });
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
  await mkdir(aside); // fails where another process took the entry away meanwhile: it must not come back without its note
  for (const [index, dir] of from.dirs.entries()) {
    await mkdir(join(aside, String(index)));
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
  await drop(entry);
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
  // Another run kept it first, or left a piece of one that nobody can use.
  if (!(await renamed(aside, entry)) && (await keptAt(entry)) === undefined) await drop(entry).then(() => renamed(aside, entry));
  await rm(aside, { recursive: true, force: true });
  await trim(folder);
}

async function trim(folder: string): Promise<void> {
  const names = await readdir(folder);
  const aged = await Promise.all(names.map(async (name) => ({ name, at: (await stat(join(folder, name)).catch(() => undefined))?.mtimeMs ?? 0 })));
  const hourAgo = Date.now() - HOUR_MS;
  const halves = aged.filter((one) => HALF.test(one.name) && one.at < hourAgo);
  const old = aged
    .filter((one) => ENTRY.test(one.name))
    .sort((a, b) => b.at - a.at)
    .slice(KEPT);
  for (const { name } of halves) await rm(join(folder, name), { recursive: true, force: true });
  for (const { name } of old) await drop(join(folder, name));
}

/** Names we give, whole: nothing else there is ours to take away. */
const HALF = /^new-[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const ENTRY = /^m-[0-9a-f]{32}$/;
