import { posix } from "node:path";
import { compileGlobs, yamlTooDeep } from "#kernel";
import { parse } from "yaml";
import { LOCK_KINDS, lockKey, type LockKind } from "./lock-file.ts";

/** Reads one file of a tree or a checkout; undefined when it is not there. */
export type ReadText = (path: string) => Promise<string | undefined>;

export interface PackageManifest {
  readonly dir: string;
  readonly name?: string;
  readonly version?: string;
  /** Everything that must be installed for the tests: name -> range. */
  readonly wants: ReadonlyMap<string, string>;
}

/** One installation: a lock file's folder (or the root without one) with the workspace packages below it. */
export interface InstallRoot {
  readonly dir: string;
  readonly lock?: LockKind;
  readonly lockText?: string;
  /** What the manifest's `packageManager` field says. */
  readonly manager?: string;
  /** Equal keys mean equal packages. */
  readonly key: string;
  readonly packages: readonly PackageManifest[];
}

/** Finds what must be installed where. `paths` are all files of the tree. */
export async function findInstallRoots(paths: readonly string[], read: ReadText): Promise<readonly InstallRoot[]> {
  const folders = packageFolders(paths);
  if (folders.length === 0) return [];
  const known = new Set(paths);
  const locked = folders.filter((dir) => dir !== "." && LOCK_KINDS.some((kind) => known.has(posix.join(dir, kind.file))));
  const root = folders.includes(".") ? ["."] : [];
  return Promise.all([...root, ...locked].map((dir) => describe(dir, folders, locked, read)));
}

/** Folders with a manifest, outside of installed packages and of test data. */
export function packageFolders(paths: readonly string[]): readonly string[] {
  const data = /(^|\/)(node_modules|__fixtures__|fixtures?|testdata|__testfixtures__|templates?)\//;
  return paths.filter((path) => posix.basename(path) === "package.json" && !data.test(path)).map((path) => posix.dirname(path));
}

async function describe(dir: string, folders: readonly string[], locked: readonly string[], read: ReadText): Promise<InstallRoot> {
  const members = (await memberFolders(dir, folders, read)).filter((member) => !locked.includes(member));
  const packages = await Promise.all([dir, ...members].map((folder) => readManifest(folder, read)));
  for (const kind of LOCK_KINDS) {
    const text = await read(posix.join(dir, kind.file));
    if (text === undefined) continue;
    const manager = parseJson(await read(posix.join(dir, "package.json")))["packageManager"];
    return { dir, lock: kind, lockText: text, key: lockKey(kind, text), packages, ...(typeof manager === "string" && { manager }) };
  }
  const wants = packages.map((one) => [one.dir, [...one.wants].sort()]);
  return { dir, key: `unlocked-${JSON.stringify(wants)}`, packages };
}

async function memberFolders(dir: string, folders: readonly string[], read: ReadText): Promise<readonly string[]> {
  const globs = [...npmGlobs(parseJson(await read(posix.join(dir, "package.json")))), ...pnpmGlobs(await read(posix.join(dir, "pnpm-workspace.yaml")))];
  if (globs.length === 0) return [];
  const matches = compileGlobs(globs.map((glob) => glob.replace(/^(!?)\.\//, "$1").replace(/\/+$/, "")));
  return folders.filter((folder) => folder !== dir && matches(posix.relative(dir, folder)));
}

function npmGlobs(manifest: Fields): readonly string[] {
  const declared = manifest["workspaces"];
  if (Array.isArray(declared)) return declared.filter((glob): glob is string => typeof glob === "string");
  const nested = isFields(declared) ? declared["packages"] : undefined;
  return Array.isArray(nested) ? nested.filter((glob): glob is string => typeof glob === "string") : [];
}

function pnpmGlobs(text: string | undefined): readonly string[] {
  if (text === undefined || yamlTooDeep(text)) return [];
  try {
    const value: unknown = parse(text, { maxAliasCount: 10 });
    const globs = isFields(value) ? value["packages"] : undefined;
    return Array.isArray(globs) ? globs.filter((glob): glob is string => typeof glob === "string") : [];
  } catch {
    return []; // a broken workspace file is the package manager's to complain about
  }
}

async function readManifest(dir: string, read: ReadText): Promise<PackageManifest> {
  const manifest = parseJson(await read(posix.join(dir, "package.json")));
  const wants = new Map<string, string>();
  for (const section of ["devDependencies", "dependencies"]) {
    const declared = manifest[section];
    if (!isFields(declared)) continue;
    for (const [name, range] of Object.entries(declared)) if (typeof range === "string") wants.set(name, range);
  }
  const name = manifest["name"];
  const version = manifest["version"];
  return { dir, wants, ...(typeof name === "string" ? { name } : {}), ...(typeof version === "string" ? { version } : {}) };
}

type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function parseJson(text: string | undefined): Fields {
  try {
    const value: unknown = JSON.parse(text ?? "{}");
    return isFields(value) ? value : {};
  } catch {
    return {};
  }
}
