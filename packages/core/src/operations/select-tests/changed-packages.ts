import { diffLocks, readLockFile, type Change, type ChangedFile, type Repository } from "#change";
import { lockDependents, withDependents, type CodeMap, type Start } from "#evidence";

/** What a change of lock files and manifests means for tests. */
export interface PackageImpact {
  /** Files that import a package which changed, or one that depends on it. */
  readonly starts: readonly Start[];
  /** Folders all of whose tests may differ, each with the reason. */
  readonly widen: readonly { readonly folder: string; readonly because: string }[];
}

/** Packages that run or translate tests: where one changes, every test may. */
const RUNS_TESTS = /^(?:vitest|vite|vite-node|jest|jest-.{1,40}|@jest\/.{1,40}|ts-jest|babel-jest|mocha|ava|tape|jasmine|jasmine-core|chai|tap|uvu|karma|typescript|tsx|ts-node|esbuild|@swc\/core|@babel\/core|jsdom|happy-dom|pytest|pytest-.{1,40})$/;
/** Fields of a manifest that say how its code is found or run. */
const TELLING = ["exports", "main", "module", "browser", "imports", "type", "source", "jest", "mocha", "ava", "vitest", "babel", "c8", "nyc", "tap", "workspaces", "overrides", "resolutions", "pnpm"];
const DEPENDENCIES = ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies"];

/** Reads what changed lock files and manifests ask for, package by package: a bump nobody imports selects nothing. */
export async function changedPackages(change: Pick<Change, "files" | "headTree" | "mergeBaseTree">, map: CodeMap, repository: Pick<Repository, "readFiles">): Promise<PackageImpact> {
  const files = change.files.filter((file) => file.kind === "lock" || /(?:^|\/)package\.json$/.test(file.path));
  if (files.length === 0) return { starts: [], widen: [] };
  const paths = files.flatMap(({ path, basePath }) => [path, basePath ?? path]);
  const [before, after] = await Promise.all([repository.readFiles(change.mergeBaseTree, paths), repository.readFiles(change.headTree, paths)]);
  const found = files.map((file) => {
    const texts = { base: before.get(file.basePath ?? file.path)?.text, head: after.get(file.path)?.text };
    return file.kind === "lock" ? ofLock(file, texts, map) : ofManifest(file, texts, map);
  });
  return { starts: found.flatMap((one) => one.starts), widen: found.flatMap((one) => one.widen) };
}

interface Texts {
  readonly base: string | undefined;
  readonly head: string | undefined;
}

function ofLock({ path }: ChangedFile, { base, head }: Texts, map: CodeMap): PackageImpact {
  const folder = folderOf(path);
  const read = [base, head].map((text) => (text === undefined ? undefined : readLockFile(path, text)));
  const unread = read.find((one) => one !== undefined && !one.ok);
  if (unread !== undefined || (base === undefined && head === undefined)) return { starts: [], widen: [{ folder, because: `${path} changed and can't be read package by package` }] };
  const [from, to] = read.map((one) => (one?.ok ? one.lock : undefined));
  const diff = diffLocks(from, to);
  const names = [...[...diff.added, ...diff.removed, ...diff.installScripts].map(({ name }) => name), ...[...diff.upgraded, ...diff.downgraded, ...diff.tampered, ...diff.resourced].map(({ name }) => name)];
  const moved = new Set(names.filter((name) => !name.startsWith("@types/")));
  const dependents = [base, head].flatMap((text) => (text === undefined ? [] : (lockDependents(path, text) ?? [])));
  let all: ReadonlySet<string> = moved;
  for (const lists of dependents) all = withDependents(all, lists);
  return ofNames(all, moved, path, map);
}

/** Tests and sources below the lock file that import one of these packages. */
function ofNames(all: ReadonlySet<string>, moved: ReadonlySet<string>, path: string, map: CodeMap): PackageImpact {
  const folder = folderOf(path);
  const inside = (file: string): boolean => folder === "" || file.startsWith(`${folder}/`);
  const starts = [...all].flatMap((name) => importersOf(name, map).filter(inside).map((user): Start => ({ path: user, tie: "package", from: `${path} (${name})`, more: moved.has(name) ? 0 : 1 }))); // prettier-ignore
  const runners = [...all].filter((name) => RUNS_TESTS.test(name));
  const users = [...map.manifests.byFolder.values()].filter((manifest) => inside(`${manifest.folder}/x`) && runners.some((name) => manifest.dependencies.has(name)));
  const changedRunner = runners.find((name) => moved.has(name)) ?? runners[0];
  return { starts, widen: changedRunner === undefined ? [] : users.map((manifest) => ({ folder: manifest.folder, because: `${path} changes ${changedRunner}, which runs or translates the tests` })) };
}

/** Python's packages are imported by other names than they are installed by: `python-dateutil` as `dateutil`. */
function importersOf(name: string, { graph }: CodeMap): readonly string[] {
  const others = [name, name.replaceAll("-", "_").toLowerCase(), name.replace(/^python[-_]|[-_]python$/gi, "").replaceAll("-", "_").toLowerCase()];
  return [...new Set(others)].flatMap((one) => graph.importersOfPackage.get(one) ?? []);
}

function ofManifest({ path, status }: ChangedFile, { base, head }: Texts, map: CodeMap): PackageImpact {
  const folder = folderOf(path);
  const [before, after] = [fieldsOf(base), fieldsOf(head)];
  if (before === undefined || after === undefined) return { starts: [], widen: status === "added" ? [] : [{ folder, because: `${path} ${status === "deleted" ? "is gone" : "can't be read"}` }] };
  const telling = [...TELLING.filter((field) => differs(before[field], after[field])), ...(differs(testScript(before), testScript(after)) ? ["scripts.test"] : [])];
  const names = new Set(DEPENDENCIES.flatMap((field) => changedKeys(before[field], after[field])).filter((name) => !name.startsWith("@types/")));
  const own = ofNames(names, names, path, map);
  const name = after["name"];
  const entered = telling.some((field) => ["exports", "main", "module", "browser", "type", "source"].includes(field)) && typeof name === "string" ? usersOf(folder, path, map) : [];
  return { starts: [...own.starts, ...entered], widen: [...own.widen, ...(telling.length > 0 ? [{ folder, because: `${path} changes ${telling.join(", ")}` }] : [])] };
}

/** Everything outside of a package that imports something in it. */
function usersOf(folder: string, path: string, { graph }: CodeMap): readonly Start[] {
  const inside = (file: string): boolean => folder === "" || file.startsWith(`${folder}/`);
  const users = [...graph.importers].flatMap(([file, from]) => (inside(file) ? from.filter((user) => !inside(user)) : []));
  return [...new Set([...users, ...(graph.importersOfBuilt.get(folder) ?? [])])].map((user) => ({ path: user, tie: "imports", from: path }));
}

type Fields = Readonly<Record<string, unknown>>;

function fieldsOf(text: string | undefined): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text ?? "");
    return typeof value === "object" && value !== null ? (value as Fields) : undefined;
  } catch {
    return undefined;
  }
}

const testScript = (fields: Fields): unknown => Object.entries(object(fields["scripts"])).filter(([name]) => /^(?:pre|post)?test/.test(name));
const object = (value: unknown): Fields => (typeof value === "object" && value !== null ? (value as Fields) : {});
const differs = (one: unknown, other: unknown): boolean => JSON.stringify(one) !== JSON.stringify(other);

function changedKeys(one: unknown, other: unknown): readonly string[] {
  const [before, after] = [object(one), object(other)];
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((key) => before[key] !== after[key]);
}

const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")));
