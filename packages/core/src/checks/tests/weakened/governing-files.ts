import { filesLeftOut, governs, readTests, settingsIn, settingsInLines, TELLING_LINE, type Change, type ChangedFile, type HoldsTests, type Setting, type SettingsPair, type SnapshotPair } from "#change";
import type { Facts, FileRequest, TreeOf } from "../../check.ts";

/** `"vitest": "^4.1.0"`: another version of a package is no setting. */
const VERSION_LINE = /^\s*"[^"]+"\s*:\s*"(?:[~^<>=v]*\d|workspace:|npm:|catalog:|file:|link:|latest|\*)/;

type Governed = Pick<Change, "files">;

/** Changed files that govern tests, where a changed line could be about that. */
const governing = ({ files }: Governed): readonly ChangedFile[] =>
  files.filter((file) => governs(file.path) !== undefined && file.status !== "added" && (file.status === "deleted" || governs(file.path) === "pipeline" || file.hunks.some(({ lines }) => lines.some(({ text }) => TELLING_LINE.test(text.slice(0, 500)) && !VERSION_LINE.test(text.slice(0, 200))))));

const isLines = (file: ChangedFile): boolean => governs(file.path) === "lines";

const snapshots = ({ files }: Governed): readonly ChangedFile[] => files.filter(({ path, status, deleted }) => path.endsWith(".snap") && status === "modified" && deleted > 0);

function* bothSides({ path, basePath, status }: ChangedFile): Generator<FileRequest> {
  yield { side: "base", path: basePath ?? path };
  if (status !== "deleted") yield { side: "head", path };
}

/** What is read as text: formats without a parser here, and snapshots. */
export const textRequests = (change: Governed): FileRequest[] => [...governing(change).filter(isLines), ...snapshots(change)].flatMap((file) => [...bothSides(file)]);

/** What is read as a tree. A configuration file the change adds may take over what another one leaves, and so may a pipeline that was there all along. */
export function settingTreeRequests(change: Governed, tree?: TreeOf): FileRequest[] {
  const changed = governing(change).filter((file) => !isLines(file));
  const fresh = changed.length === 0 ? [] : change.files.filter((file) => file.status === "added" && ["runner", "pipeline"].includes(governs(file.path) ?? ""));
  const standing = changed.some((file) => governs(file.path) === "pipeline" && file.deleted > 0) ? PIPELINES.filter((path) => !change.files.some((file) => file.path === path || file.basePath === path)) : [];
  const head = [...fresh.map(({ path }) => path), ...standing].map((path) => ({ side: "head" as const, path }));
  return [...changed.flatMap((file) => [...bothSides(file)]), ...head, ...(tree === undefined ? [] : leftOut(change, tree))];
}

/** Files that settings leave out by their path: whether there are tests in them is worth a look. */
function leftOut(change: Governed, tree: TreeOf): FileRequest[] {
  const pairs = governing(change).filter((file) => !isLines(file) && governs(file.path) !== "pipeline").flatMap((file): SettingsPair[] => {
    const [base, head] = [tree("base", file.basePath ?? file.path), tree("head", file.path)];
    return base === undefined || head === undefined ? [] : [{ path: file.path, base: settingsIn(base), head: settingsIn(head) }];
  });
  return [...new Set(pairs.flatMap(filesLeftOut))].slice(0, MOST_LEFT_OUT).map((path) => ({ side: "head" as const, path }));
}

const MOST_LEFT_OUT = 20;

/** Where other pipelines usually stand: the tests of one that goes may run there. */
const PIPELINES = [
  ..."ci CI test tests main build node node.js nodejs nodejs-ci node-ci unit unit-tests check checks pr pull-request push lint-and-test test-and-lint continuous-integration workflow python-package pytest tox run-tests quality verify validate".split(" ").flatMap((name) => [`.github/workflows/${name}.yml`, `.github/workflows/${name}.yaml`]),
  ".gitlab-ci.yml",
  ".circleci/config.yml",
  "azure-pipelines.yml",
  ".travis.yml",
];

/** True for a file with tests in it, where its tree was read. */
export function holdsTestsIn(tree: Facts["tree"]): HoldsTests {
  return (path) => {
    const found = tree?.("head", path);
    return found === undefined ? undefined : readTests(path, found).parts.some(({ kind }) => kind === "test");
  };
}

/** Settings on both sides. A side that can't be read leaves nothing to compare. */
export function settingPairs({ change, text, tree }: Pick<Facts, "change" | "text" | "tree">): readonly SettingsPair[] {
  const read = ({ side, path }: FileRequest): readonly Setting[] | undefined => {
    if (governs(path) === "lines") {
      const lines = text(side, path);
      return lines === undefined ? undefined : settingsInLines(lines);
    }
    const found = tree?.(side, path);
    return found === undefined ? undefined : settingsIn(found);
  };
  const changed = governing(change).flatMap((file): SettingsPair[] => {
    const [base, head] = [...bothSides(file)].map(read);
    if (base === undefined || (file.status !== "deleted" && head === undefined)) return [];
    return [{ path: file.path, base, ...(head && { head }) }];
  });
  const fresh = settingTreeRequests(change).filter(({ side, path }) => side === "head" && governs(path) !== undefined && !changed.some((pair) => pair.path === path));
  return [...changed, ...fresh.flatMap((request): SettingsPair[] => {
    const head = read(request);
    if (head === undefined) return [];
    // What stood there all along stands on both sides.
    return [change.files.some(({ path }) => path === request.path) ? { path: request.path, head } : { path: request.path, base: head, head }];
  })];
}

/** Snapshot files with their test file's fate. */
export const snapshotPairs = ({ change, text }: Pick<Facts, "change" | "text">): readonly SnapshotPair[] =>
  snapshots(change).flatMap((file): SnapshotPair[] => {
    const [base, head] = [text("base", file.basePath ?? file.path), text("head", file.path)];
    const owner = file.path.replace(/(?:^|\/)__snapshots__\/([^/]+)\.snap$/, "/$1").replace(/^\//, "");
    return base === undefined || head === undefined ? [] : [{ path: file.path, base, head, testChanged: change.files.some(({ path }) => path === owner || path === owner.replace(/\.snap$/, "")) }];
  });
