import { existsSync } from "node:fs";
import { mkdir, realpath, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { OpenRequest, Workspace, WorkspaceDependencies, Workspaces } from "#evidence";
import { openBuiltOutputs, type Before, type BuiltOutputs } from "./built-outputs.ts";
import { changedSince, namesIn } from "./changed-files.ts";
import { provideDependencies, type PackageSources } from "./dependencies.ts";
import { openModuleCache, type GiveBack } from "./module-cache.ts";
import type { Launch } from "./install-launch.ts";
import { openObjectStore, type ListedFile, type ObjectStore } from "./object-store.ts";
import { findInstallRoots, type InstallRoot } from "./package-folders.ts";
import { once } from "./once.ts";
import { openSessionFolder, removeTree, type SessionFolder } from "./session-folder.ts";
import { makeWorkingCopy, type WorkingCopy } from "./working-copy.ts";

export interface WorkspacesOptions {
  /** A folder inside the user's repository (or the bare repository itself). Read, never written. */
  readonly repository: string;
  /** Top of the user's checkout, whose installed packages may be copied; absent for a bare repository. */
  readonly checkout?: string;
  /** Folders with objects that are in no repository yet, e.g. of a working tree written down as a tree. */
  readonly objectDirectories?: readonly string[];
  /** Where installed packages are kept between runs, usually `.proofline/cache`. */
  readonly cacheFolder?: string;
  /** Defaults to the system's temporary folder. */
  readonly temporaryFolder?: string;
  readonly launch: Launch;
}

interface Slot {
  readonly folder: string;
  readonly copy: WorkingCopy;
  /** What its packages were provided for. */
  key?: string;
  /** What it is being used for. */
  wants: string;
  dependencies?: WorkspaceDependencies;
  /** Folders its packages are in, and what they were given. */
  modules?: readonly string[];
  names?: string;
  /** Hands its packages to the next tree that needs them. */
  giveBack?: GiveBack | undefined;
  busy: boolean;
}

/** Idle trees kept for the next run; more would only hold disk space. */
const IDLE_KEPT = 3;

/**
 * Trees checked out side by side in folders of our own. Opening is lazy: nothing is made before the first tree is asked for.
 * A released tree is used again for the next one that needs the same packages, so only differing files are written.
 */
export function openWorkspaces(options: WorkspacesOptions): Workspaces {
  let home: Promise<Home> | undefined;
  const start = (): Promise<Home> => (home ??= makeHome(options));
  return {
    open: async (tree, request) => open(await start(), tree, request),
    combine: async (base, overlay) => (await start()).store.combine(base, overlay.from, overlay.paths),
    close: async () => {
      const made = await home?.catch(() => undefined);
      home = undefined;
      await Promise.all((made?.slots ?? []).map(giveBack));
      await made?.session.remove();
    },
  };
}

/** What a tree holds. */
interface Project {
  readonly files: readonly string[];
  readonly roots: readonly InstallRoot[];
}

interface Home {
  readonly session: SessionFolder;
  readonly store: ObjectStore;
  readonly sources: PackageSources;
  readonly slots: Slot[];
  readonly built: BuiltOutputs;
  projectOf(tree: string): Promise<Project>;
  /** Packages that could not be installed: asking again would cost the same time for the same answer. */
  readonly failures: Map<string, WorkspaceDependencies>;
  made: number;
}

async function makeHome(options: WorkspacesOptions): Promise<Home> {
  const session = await openSessionFolder(options.temporaryFolder);
  try {
    const store = await openObjectStore(options.repository, session.path, options.objectDirectories ?? []);
    const cache = openModuleCache(options.cacheFolder === undefined ? undefined : join(options.cacheFolder, "modules"));
    const checkout = options.checkout === undefined ? {} : { checkout: await realpath(options.checkout) };
    return { session, store, sources: { ...checkout, cache, launch: options.launch }, slots: [], built: openBuiltOutputs(join(session.path, "built")), projectOf: once((tree) => readProject(store, tree)), failures: new Map(), made: 0 };
  } catch (error) {
    await session.remove();
    throw error;
  }
}

async function readProject(store: ObjectStore, tree: string): Promise<Project> {
  const listed = await store.list(tree);
  const files = listed.map((file) => file.path);
  return { files, roots: await findInstallRoots(files, readFrom(store, listed)) };
}

async function open(home: Home, tree: string, request: OpenRequest): Promise<Workspace> {
  request.onProgress?.({ phase: "checkout", says: `laying out ${tree.slice(0, 10)}` });
  const { files, roots } = await home.projectOf(tree);
  const slot = await takeSlot(home, keyFor(request, roots));
  try {
    await slot.copy.show(tree, { alone: request.isolation === "strict" });
    const dependencies = await dependenciesOf(home, slot, { files, roots, request });
    return { ...(await describe(home, slot, `${request.isolation ?? "ordinary"} ${tree}`)), tree, files, dependencies, ownPackages: namesOf(roots) };
  } catch (error) {
    slot.busy = false;
    throw error;
  }
}

async function dependenciesOf(
  home: Home,
  slot: Slot,
  about: Project & { readonly request: OpenRequest },
): Promise<WorkspaceDependencies> {
  const { request, roots } = about;
  const key = keyFor(request, roots);
  const isStrict = request.isolation === "strict";
  if (slot.dependencies && slot.key === key && (await isUntouched(slot, moduleFolders(slot.copy.root, roots), isStrict))) return slot.dependencies;
  const failedBefore = home.failures.get(key);
  if (failedBefore) return failedBefore;
  const { signal, deadline } = request;
  const onInstall = (says: string): void => request.onProgress?.({ phase: "install", says });
  // A file shared with our own copy could be written by strictly isolated code, and its time set back.
  const mayLink = !isStrict && home.slots.every((other) => other === slot || !other.busy || other.wants !== key);
  const strict = isStrict ? { confine: { root: slot.copy.root, scratch: join(slot.folder, "install") } } : {};
  const wanted = { root: slot.copy.root, paths: about.files, roots, deadline, signal, mark: home.session.mark, mayLink, onInstall, ...strict };
  const { dependencies: provided, ...lent } = await provideDependencies(wanted, home.sources);
  slot.giveBack = lent.giveBack;
  slot.modules = moduleFolders(slot.copy.root, roots);
  if (provided.how !== "failed") {
    slot.key = key;
    slot.dependencies = provided;
    slot.names = await namesIn(slot.modules);
    await writeFile(stampOf(slot), "");
  } else if (!signal.aborted && Date.now() < deadline) home.failures.set(key, provided);
  return provided;
}

const stampOf = ({ folder }: Slot): string => join(folder, "packages-provided");

/** Only packages that nothing was written into, and nothing taken away from. A slot that never got its packages has no stamp, and keeps what is there. */
async function giveBack(slot: Slot): Promise<void> {
  const give = slot.giveBack;
  slot.giveBack = undefined;
  if (give !== undefined && (await isUntouched(slot))) await give().catch(() => undefined);
}

/** Its packages are as they were given to it. `more`: folders for packages that are there by now. */
async function isUntouched(slot: Slot, more: readonly string[] = [], forged = false): Promise<boolean> {
  const given = slot.modules ?? [];
  return (await namesIn(given)) === (slot.names ?? "[]") && !(await changedSince(stampOf(slot), [...new Set([...given, ...more])], forged));
}

/** Only folders that are there: a package without packages of its own has none. */
function moduleFolders(root: string, roots: readonly InstallRoot[]): readonly string[] {
  const dirs = roots.flatMap((one) => one.packages.map((single) => join(root, single.dir, "node_modules")));
  return [...new Set(dirs)].filter((dir) => existsSync(dir));
}

/** Folders that strictly isolated code wrote to are never used for other code. */
function keyFor(request: OpenRequest, roots: readonly InstallRoot[]): string {
  return [request.isolation ?? "ordinary", ...roots.map((root) => `${root.dir}=${root.key}`)].join("\n");
}

function namesOf(roots: readonly InstallRoot[]): readonly string[] {
  return roots.flatMap((root) => root.packages.flatMap((one) => (one.name === undefined ? [] : [one.name])));
}

function readFrom(store: ObjectStore, files: readonly ListedFile[]): (path: string) => Promise<string | undefined> {
  const blobs = new Map(files.filter((file) => file.mode.startsWith("100")).map((file) => [file.path, file.blob]));
  return async (path) => {
    const blob = blobs.get(path);
    return blob === undefined ? undefined : (await store.read([blob]))[0];
  };
}

/** An idle slot that already holds the right packages, else a fresh one; idle slots beyond the limit go. */
async function takeSlot(home: Home, key: string): Promise<Slot> {
  const same = home.slots.find((slot) => !slot.busy && slot.key === key);
  if (same) {
    same.busy = true;
    same.wants = key;
    return same;
  }
  const idle = home.slots.filter((slot) => !slot.busy);
  for (const slot of idle.slice(0, Math.max(0, idle.length - IDLE_KEPT + 1))) await dropSlot(home, slot);
  const folder = join(home.session.path, `w${++home.made}`);
  await mkdir(folder, { recursive: true });
  const slot: Slot = { folder, copy: await makeWorkingCopy(home.store, folder), wants: key, busy: true };
  home.slots.push(slot);
  return slot;
}

async function dropSlot(home: Home, slot: Slot): Promise<void> {
  slot.busy = true;
  home.slots.splice(home.slots.indexOf(slot), 1);
  await giveBack(slot);
  await removeTree(slot.folder);
}

async function describe(home: Home, slot: Slot, tree: string): Promise<Pick<Workspace, "root" | "scratch" | "mark" | "notes" | "restoreBuilt" | "keepBuilt" | "release">> {
  const scratch = join(slot.folder, "scratch");
  await rm(scratch, { recursive: true, force: true });
  await mkdir(scratch, { recursive: true });
  let before: Before = new Map();
  return {
    root: slot.copy.root,
    scratch,
    mark: home.session.mark,
    notes: await slot.copy.notes(),
    restoreBuilt: async (name) => {
      if (await home.built.restore(tree, name, slot.copy)) return true;
      before = await home.built.before(slot.copy);
      return false;
    },
    keepBuilt: (name) => home.built.keep(tree, name, slot.copy, { before, untouched: () => isUntouched(slot) }),
    release: () => {
      slot.busy = false;
      return Promise.resolve();
    },
  };
}
