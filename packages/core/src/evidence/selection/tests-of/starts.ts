import { isTestSide, type FileKind } from "#change";
import type { CodeMap } from "../graph/import-graph.ts";
import type { Start } from "../graph/spread.ts";
import { dirname, foldersAbove, isBelow, join } from "../resolve/paths.ts";
import { isFollowed } from "../scan/scan-module.ts";
import type { TestFiles } from "./test-files.ts";

/** A changed file, as far as a selection needs it. */
export interface ChangedPath {
  readonly path: string;
  /** Where it stood before, if elsewhere. */
  readonly basePath?: string;
  readonly status: "added" | "modified" | "deleted" | "renamed" | "copied" | "type-changed";
  readonly kind: FileKind;
  /** True when what runs may differ. */
  readonly behaviour: boolean;
}

/** Settings that decide how every test below them runs. */
const RUNNER_SETTINGS =
  /(?:^|\/)(?:(?:vite|vitest|jest|ava|karma|babel|playwright|cypress|swc)[\w-]*\.(?:[\w-]+\.)*(?:[cm]?[jt]s|json)|vitest\.workspace\.\w+|\.mocharc[\w.]*|\.babelrc[\w.]*|\.swcrc|tsconfig[\w.-]*\.json|jsconfig\.json|pytest\.ini|\.?pytest\.toml|conftest\.py|tox\.ini|setup\.cfg|pyproject\.toml|jasmine\.json|\.taprc|\.nycrc[\w.]*|mocha\.opts|karma\.conf\.\w+|\.env(?:\.test)?)$/;

export const isRunnerSetting = (path: string): boolean => RUNNER_SETTINGS.test(path);

/** Folder whose tests a setting is about: Jasmine's stands two below its package. */
export const folderOfSetting = (path: string): string => dirname(path).replace(/(?:^|\/)spec\/support$/, "").replace(/(?:^|\/)test$/, (end) => (path.endsWith("mocha.opts") ? "" : end));

/** What each changed file is to the files that stayed, before any import is followed. */
export function startsOf(changed: readonly ChangedPath[], map: CodeMap, tests: TestFiles): readonly Start[] {
  return [...changed.flatMap((file) => startsOfOne(file, map, tests)), ...changed.flatMap((file) => namesakes(file, map, tests))];
}

/** Tests of the same name, in the same package or above it. */
function namesakes({ path, kind }: ChangedPath, map: CodeMap, tests: TestFiles): readonly Start[] {
  if (!isFollowed(path) && kind !== "test") return [];
  const twins = tests.namesakesOf(path).filter((test) => test !== path && isBelow(path, map.manifests.above(dirname(test))?.folder ?? ""));
  return twins.map((test) => ({ path: test, tie: "namesake", from: path }));
}

function startsOfOne(file: ChangedPath, map: CodeMap, tests: TestFiles): readonly Start[] {
  const { path, status, basePath } = file;
  const gone = status === "deleted" ? path : basePath === path ? undefined : basePath;
  const lost = gone === undefined ? [] : usersOfLost(gone, map).map((user): Start => ({ path: user, tie: "imports", from: path }));
  if (status === "deleted") return [...lost, ...(isRunnerSetting(path) ? settings(path, tests) : [])];
  const own: Start = { path, tie: "changed" };
  if (file.kind === "snapshot") return [own, ...ofSnapshot(path, map)];
  if (isRunnerSetting(path)) return [own, ...settings(path, tests)];
  return [own, ...lost, ...(isFollowed(path) ? [] : readersOf(path, map))];
}

/** Who imported a file that is not there any more: their import leads nowhere now. */
function usersOfLost(gone: string, { graph }: CodeMap): readonly string[] {
  const wanted = withoutEnding(gone);
  return [...graph.missing].flatMap(([user, specifiers]) => (specifiers.some((one) => one.startsWith(".") && leadsTo(join(dirname(user), one), wanted)) ? [user] : []));
}

const leadsTo = (path: string | undefined, wanted: string): boolean => path !== undefined && (withoutEnding(path) === wanted || `${path}/index` === wanted);

const withoutEnding = (path: string): string => path.replace(/\.(?:d\.)?[cm]?[jt]sx?$|\.\w{1,8}$/, "");

const settings = (path: string, tests: TestFiles): readonly Start[] => tests.below(folderOfSetting(path)).map((test) => ({ path: test, tie: "settings", from: path }));

/** `__snapshots__/a.test.ts.snap` is of `a.test.ts` beside or above its folder. */
function ofSnapshot(path: string, { files }: CodeMap): readonly Start[] {
  const folder = dirname(path);
  const name = path.slice(folder.length === 0 ? 0 : folder.length + 1).replace(/\.(?:snap|snapshot|ambr|md|shot|storyshot)$/, "");
  const places = [join(folder, name), join(dirname(folder), name), join(dirname(dirname(folder)), name)];
  const inOwnFolder = dirname(path).replace(/-snapshots$/, "").replace(/(?:^|\/)__(?:screenshots|image_snapshots|file_snapshots)__\//, "/"); // prettier-ignore
  const test = [...places, inOwnFolder].find((one) => one !== undefined && files.has(one));
  return test === undefined ? [] : [{ path: test, tie: "names", from: path }];
}

/** Who may read a file that is no code: by its folder, or by its name alone. Whoever names its path is found by the graph itself. */
function readersOf(path: string, { graph, facts }: CodeMap): readonly Start[] {
  const folders = [...foldersAbove(dirname(path))].flatMap((folder) => (folder === "" ? [] : (graph.folderNamedBy.get(folder) ?? [])));
  if (graph.importers.has(path) || graph.namedBy.has(path)) return folders.map((user) => ({ path: user, tie: "names", from: path, more: 2 }));
  const name = path.slice(path.lastIndexOf("/") + 1);
  const stem = name.replace(/\.\w{1,10}$/, "");
  const users = [...facts].filter(([, { names }]) => names.some((one) => one === name || one.endsWith(`/${name}`) || (stem.length > 3 && one.endsWith(`/${stem}`)))).map(([user]) => user);
  return [...folders, ...users].map((user) => ({ path: user, tie: "names", from: path, more: 1 }));
}

/** Changed files whose readers nobody can name: what is neither code that is followed nor around it. */
export function isUntraced(file: ChangedPath): boolean {
  if (isFollowed(file.path) || isRunnerSetting(file.path) || readByNoTest(file) || isManifest(file.path)) return false;
  return file.behaviour || isTestSide(file) || file.status === "deleted";
}

export const isManifest = (path: string): boolean => /(?:^|\/)package\.json$/.test(path);

/** What no test reads by its nature: lock files, pipelines, settings of Git, of editors and of Proofline itself. Data, settings of the product and generated code stay: tests do read those. */
export const readByNoTest = ({ kind, path }: Pick<ChangedPath, "kind" | "path">): boolean => kind === "docs" || kind === "lock" || kind === "ci" || kind === "asset" || AROUND_CODE.test(path);

const AROUND_CODE =
  /(?:^|\/)(?:\.git(?:ignore|attributes|modules|keep|-blame-ignore-revs)|\.mailmap|\.(?:npm|docker|prettier|eslint|stylelint)ignore|\.editorconfig|\.(?:prettier|eslint|stylelint|markdownlint|all-contributors)rc[^/]*|\.(?:nvmrc|node-version|tool-versions)|CODEOWNERS)$|(?:^|\/)\.(?:vscode|idea|vs|zed|fleet|husky|devcontainer|changeset|github)\/|^\.proofline\/|^proofline\.ya?ml$|^proofline\/(?:(?:keys|waivers|signoffs|qa|stories|journeys|technical-specs)\/|baseline\.json$|proofs\.lock$)/;
