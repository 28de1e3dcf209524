import { readFile } from "node:fs/promises";
import { join, posix } from "node:path";
import type { WorkspaceDependencies } from "#evidence";
import { whyStale } from "./installed-packages.ts";
import type { GiveBack, ModuleCache } from "./module-cache.ts";
import { copyModules, repairLinks } from "./module-copy.ts";
import type { InstallLimits, Launch } from "./install-launch.ts";
import { installModules } from "./module-install.ts";
import { linkOwnPackages } from "./own-copies.ts";
import { findInstallRoots, type InstallRoot } from "./package-folders.ts";
import { isFolder, safeFolder } from "./safe-folder.ts";

/** Where packages can come from. */
export interface PackageSources {
  /** The user's checkout: read, never written. */
  readonly checkout?: string;
  readonly cache: ModuleCache;
  readonly launch: Launch;
}

export interface Wanted extends InstallLimits {
  /** The tree's folder. */
  readonly root: string;
  /** All files of the tree. */
  readonly paths: readonly string[];
  readonly roots: readonly InstallRoot[];
  /** No other tree with the same packages is in use, so that files may be shared with our own copy of them. */
  readonly mayLink: boolean;
  onInstall?(says: string): void;
}

export interface Provided {
  readonly dependencies: WorkspaceDependencies;
  /** Hands packages that nothing was written into since to the next one; absent where they are the tree's alone. */
  readonly giveBack?: GiveBack;
}

/** Brings the packages a tree needs into its folder: copied, from the cache, or installed. A failure is said, never thrown. */
export async function provideDependencies(wanted: Wanted, sources: PackageSources): Promise<Provided> {
  const main = wanted.roots.find((root) => root.dir === ".") ?? wanted.roots[0];
  if (!main) return { dependencies: { how: "none-needed", says: "no package manifest in the tree" } };
  const [first, ...others] = [main, ...wanted.roots.filter((root) => root !== main)];
  const lent: Lent[] = [];
  for (const other of others) lent.push(await copyIfSame(wanted, other, sources)); // a folder with its own lock file is a project of its own
  const { dependencies, ...mains } = await provideOne(wanted, first ?? main, sources);
  if (dependencies.how === "failed") return { dependencies };
  // What was put in the place of copies belongs to this tree.
  if (await linkOwnPackages(wanted.root, wanted.roots, wanted.paths)) return { dependencies };
  const back = [...lent, mains].flatMap(({ giveBack }) => giveBack ?? []);
  return { dependencies, ...(back.length > 0 && { giveBack: async () => void (await Promise.all(back.map((one) => one()))) }) };
}

interface Lent {
  readonly giveBack?: GiveBack;
}

async function provideOne(wanted: Wanted, root: InstallRoot, sources: PackageSources): Promise<Provided> {
  if (root.packages.every((one) => one.wants.size === 0)) return { dependencies: { how: "none-needed", says: "no dependencies declared" } };
  const { why, ...lent } = await copyIfSame(wanted, root, sources);
  if (why === undefined) return { dependencies: { how: "copied", says: "packages copied from your checkout" }, ...lent };
  const giveBack = await sources.cache.restore(root.key, wanted);
  if (giveBack) return { dependencies: { how: "cached", says: `packages from the cache (${why})` }, giveBack };
  wanted.onInstall?.(`installing packages: ${why}`);
  const checkoutLock = root.lock && sources.checkout ? await textAt(sources.checkout, posix.join(root.dir, root.lock.file)) : undefined;
  const folder = await safeFolder(wanted.root, root.dir);
  const about = { ...wanted, launch: sources.launch, ...(checkoutLock === undefined ? {} : { checkoutLock }) };
  const failed = await installModules(folder, root, about);
  if (failed !== undefined) {
    const message = `The packages this tree needs could not be installed. ${failed}`;
    const cutBy = wanted.signal.aborted ? "interrupted" : Date.now() >= wanted.deadline ? "budget" : "setup";
    return { dependencies: { how: "failed", says: message, failure: { kind: "environment", message }, cutBy } };
  }
  await sources.cache.keep(
    root.key,
    wanted.root,
    root.packages.map((one) => one.dir),
  );
  return { dependencies: { how: "installed", says: `packages installed (${why})` } };
}

/** Packages of the checkout, or why they will not do. */
interface Copied extends Lent {
  readonly why?: string;
}

async function copyIfSame(wanted: Wanted, root: InstallRoot, sources: PackageSources): Promise<Copied> {
  const { checkout } = sources;
  if (checkout === undefined) return { why: "there is no checkout to copy them from" };
  if (!(await isFolder(join(checkout, root.dir, "node_modules")))) return { why: "your checkout has no node_modules" };
  const theirs = (await findInstallRoots(wanted.paths, (path) => textAt(checkout, path))).find((one) => one.dir === root.dir);
  if (root.lock && theirs?.key !== root.key) return { why: `${root.lock.file} differs from your checkout's` };
  const stale = await whyStale(checkout, root);
  if (stale !== undefined) return { why: `your checkout's node_modules does not fit: ${stale}` };
  const dirs: string[] = [];
  for (const { dir } of root.packages) if (await isFolder(join(checkout, dir, "node_modules"))) dirs.push(dir);
  const giveBack = await sources.cache.mirror(root.key, checkout, dirs, wanted);
  if (giveBack) return { giveBack };
  for (const dir of dirs) {
    const to = join(await safeFolder(wanted.root, dir), "node_modules");
    await copyModules(join(checkout, dir, "node_modules"), to);
    await repairLinks({ from: checkout, to: wanted.root }, dir);
  }
  return {};
}

function textAt(folder: string, path: string): Promise<string | undefined> {
  return readFile(join(folder, path), "utf8").catch(() => undefined);
}
