import { configurationsFor, PYTHON_CONFIGS, settingsIn, settingsInLines, sightsOf, type Change, type ChangedFile, type SettingsAt, type TestEdit, type TestFilePair } from "#change";
import type { Facts, FileRequest } from "../../check.ts";

/** Renamed test files: few changes have any, and only they need to know where their runner looks. */
const renamed = ({ files }: Pick<Change, "files">): readonly (ChangedFile & { readonly basePath: string })[] =>
  files.flatMap((file) => (file.basePath !== undefined && file.basePath !== file.path && /\.(?:[cm]?[jt]sx?|py)$/.test(file.path) && nameOf(file.basePath) + folderOf(file.basePath) !== nameOf(file.path) + folderOf(file.path) ? [{ ...file, basePath: file.basePath }] : [])).slice(0, MOST);

const MOST = 20;
const nameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);
const folderOf = (path: string): string => path.slice(0, path.lastIndexOf("/") + 1);

/** Configuration files without a parser of their own, for renamed Python tests. */
export const sightTextRequests = (change: Pick<Change, "files">): readonly FileRequest[] => (renamed(change).some(({ path }) => path.endsWith(".py")) ? PYTHON_CONFIGS.map((path) => ({ side: "head" as const, path })) : []);

/** Configuration files and manifests round renamed tests. */
export const sightTreeRequests = (change: Pick<Change, "files">): readonly FileRequest[] =>
  [...new Set(renamed(change).filter(({ path }) => !path.endsWith(".py")).flatMap(({ path, basePath }) => [...configurationsFor(path), ...configurationsFor(basePath)]))].map((path) => ({ side: "head" as const, path }));

/** Tests that are called so now that the runner which found them does not find them any more. */
export function renamedAway({ change, text, tree }: Pick<Facts, "change" | "text" | "tree">, pairs: readonly TestFilePair[]): readonly TestEdit[] {
  const settings: SettingsAt = (path) => {
    const lines = PYTHON_CONFIGS.includes(path) ? text("head", path) : undefined;
    if (lines !== undefined) return settingsInLines(lines);
    const found = tree?.("head", path);
    return found === undefined ? undefined : settingsIn(found);
  };
  return renamed(change).flatMap(({ path, basePath }): TestEdit[] => {
    const head = pairs.find((pair) => pair.head?.path === path)?.head;
    if (head === undefined || !head.parts.some(({ kind }) => kind === "test")) return [];
    const before = sightsOf(basePath, head, settings).filter(({ seen }) => seen === true);
    const after = sightsOf(path, head, settings);
    const [sight] = before;
    if (sight === undefined || after.some(({ seen }) => seen !== false)) return [];
    return [{ kind: "tests-excluded", effect: "ask", test: basePath, because: `is called ${path} now, where ${sight.runner} does not find it: it looks for ${sight.looksFor.slice(0, 120)}`, places: [{ file: path, line: 1, side: "head" }], subject: `out of sight ${basePath}` }];
  });
}
