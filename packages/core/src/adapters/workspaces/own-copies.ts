import { lstat, mkdir, readdir, readFile, rename, rm, symlink } from "node:fs/promises";
import { dirname, join, posix, relative } from "node:path";
import type { InstallRoot, PackageManifest } from "./package-folders.ts";
import { isFolder, safeFolder } from "./safe-folder.ts";

/**
 * Puts links where a package manager put copies of the tree's own packages (Yarn's and pnpm's `file:`, pnpm's injected packages, a package that was
 * packed and installed into itself). A copy is of the side that was installed: the other side's tests would run it and not the code beside them.
 * A released version of an own package that was asked for by its number stays. True when a copy was replaced.
 */
export async function linkOwnPackages(root: string, roots: readonly InstallRoot[], paths: readonly string[]): Promise<boolean> {
  let replaced = false;
  const folders = new Set(paths.filter((path) => posix.basename(path) === "package.json").map((path) => posix.dirname(path)));
  for (const one of roots) {
    const own = new Map(one.packages.flatMap(({ name, dir }) => (name === undefined ? [] : [[name, dir] as const])));
    const copied = await namedByNpm(root, one, own);
    for (const { dir, name, target } of [...one.packages.flatMap((single) => wantedCopies(single, own)), ...copied]) {
      if (folders.has(target) && NAME.test(name)) for (const at of new Set([dir, one.dir])) replaced = (await replace(root, join(at, "node_modules"), name, target)) || replaced;
    }
    replaced = (await injected(root, one, own)) || replaced;
  }
  return replaced;
}

interface Copy {
  /** The package that wants it. */
  readonly dir: string;
  readonly name: string;
  /** Folder of the tree it is a copy of. */
  readonly target: string;
}

/** A name a registry takes; a tree may write anything. */
const NAME = /^(?:@[a-z\d~-][\w.~-]{0,200}\/)?[a-z\d~-][\w.~-]{0,200}$/i;

/** What a manifest asks for by a place in the tree. */
function wantedCopies({ dir, wants }: PackageManifest, own: ReadonlyMap<string, string>): readonly Copy[] {
  return [...wants].flatMap(([name, range]) => {
    const [, protocol, place = ""] = /^(file|link|portal|workspace):(.{0,500})$/.exec(range) ?? [];
    if (protocol === undefined) return [];
    const packed = protocol === "workspace" || /\.t(?:ar\.)?gz$/.test(place);
    const target = packed ? own.get(name) : posix.normalize(posix.join(dir, place)).replace(/(.)\/$/, "$1");
    return target === undefined || target.startsWith("..") || posix.isAbsolute(target) ? [] : [{ dir, name, target }];
  });
}

/** Own packages that npm noted to have come from a file: packed and installed by hand. */
async function namedByNpm(root: string, { dir }: InstallRoot, own: ReadonlyMap<string, string>): Promise<readonly Copy[]> {
  const note = await readFile(join(root, dir, "node_modules", ".package-lock.json"), "utf8").catch(() => "");
  if (note === "" || note.length > LARGEST_NOTE) return [];
  const packages = packagesIn(note);
  return [...own].flatMap(([name, target]) => {
    const resolved = packages[`node_modules/${name}`]?.resolved;
    return typeof resolved === "string" && resolved.startsWith("file:") ? [{ dir, name, target }] : [];
  });
}

const LARGEST_NOTE = 32 * 1024 * 1024;

function packagesIn(note: string): Readonly<Record<string, { readonly resolved?: unknown } | undefined>> {
  try {
    const { packages } = JSON.parse(note) as { readonly packages?: unknown };
    return typeof packages === "object" && packages !== null ? (packages as ReturnType<typeof packagesIn>) : {};
  } catch {
    return {};
  }
}

/** pnpm keeps what it copied from a folder in its store, under a name that says so; links lead there. */
async function injected(root: string, { dir }: InstallRoot, own: ReadonlyMap<string, string>): Promise<boolean> {
  let replaced = false;
  const store = join(dir, "node_modules", ".pnpm");
  const entries = (await readdir(join(root, store)).catch(() => [])).filter((entry) => entry.includes("@file+"));
  for (const [name, target] of own) {
    const begins = `${name.replace("/", "+")}@file+`;
    if (!NAME.test(name)) continue;
    for (const entry of entries.filter((one) => one.startsWith(begins))) replaced = (await replace(root, join(store, entry, "node_modules"), name, target)) || replaced;
  }
  return replaced;
}

/** A real folder becomes a link to the tree's own; what only the copy had installed goes with it. */
async function replace(root: string, modules: string, name: string, target: string): Promise<boolean> {
  const path = join(root, modules, name);
  if (!(await isFolder(join(root, modules))) || !(await isFolder(dirname(path))) || !(await isFolder(path))) return false;
  const [, own] = await Promise.all([safeFolder(root, modules), safeFolder(root, target)]);
  const [inner, theirs] = [join(path, "node_modules"), join(own, "node_modules")];
  if ((await isFolder(inner)) && !(await exists(theirs))) await rename(inner, theirs).catch(() => undefined);
  await rm(path, { recursive: true, force: true });
  await mkdir(dirname(path), { recursive: true });
  await symlink(relative(dirname(path), own), path, "junction");
  return true;
}

const exists = (path: string): Promise<boolean> => lstat(path).then(() => true, () => false);
