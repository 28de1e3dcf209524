import { fileKind } from "#change";
import type { CodeMap } from "../graph/import-graph.ts";
import { dirname } from "../resolve/paths.ts";

/** The test files of a tree. */
export interface TestFiles {
  readonly all: readonly string[];
  has(path: string): boolean;
  /** Those in a folder, however deep. */
  below(folder: string): readonly string[];
  /** Those that stand in a folder itself. */
  in(folder: string): readonly string[];
  /** Those called like a path: `price.test.ts` for `src/price.ts`. */
  namesakesOf(path: string): readonly string[];
}

const CERTAIN = /\.(?:test|tests|spec|specs|test-d|spec-d|e2e|cy|it|itest|unit|integration)\.\w+$|(?:^|\/)test_[^/]*\.py$|_test\.\w+$|^tests?\.[cm]?[jt]s$|\/tests?\.[cm]?[jt]s$/;
const HELPS = /(?:^|\/)_?(?:conftest|setup|global-?setup|teardown|register|bootstrap|helpers?|utils?|common|fixtures?|mocha|jest|vitest|karma)(?:[.\-_][\w.-]*)?\.[cm]?(?:[jt]sx?|py)$|\.d\.[cm]?ts$|(?:^|\/)__init__\.py$/;
const HELPER_FOLDER = /(?:^|\/)_?(?:bench|benchmarks?|helpers?|utils?|support|fixtures?|mocks?|__mocks__|setup)\//;

/**
 * Files of the test side that are tests themselves: named so, or writing tests down, or at least used by no other test. Helpers, setups
 * and data are left out; they are reached through who uses them.
 */
export function testFiles(map: CodeMap): TestFiles {
  const { facts, graph } = map;
  const all = map.paths.filter((path) => fileKind(path) === "test" && isTest(path, facts.get(path)?.tests, () => (graph.importers.get(path) ?? []).some((user) => fileKind(user) === "test")));
  const set = new Set(all);
  const byFolder = new Map<string, string[]>();
  for (const path of all) byFolder.set(dirname(path), [...(byFolder.get(dirname(path)) ?? []), path]);
  const byStem = new Map<string, string[]>();
  for (const path of all) byStem.set(stemOf(path), [...(byStem.get(stemOf(path)) ?? []), path]);
  const namesakesOf = (path: string): readonly string[] => byStem.get(stemOf(path)) ?? [];
  return { all, has: (path) => set.has(path), below: (folder) => (folder === "" ? all : all.filter((path) => path.startsWith(`${folder}/`))), in: (folder) => byFolder.get(folder) ?? [], namesakesOf };
}

function isTest(path: string, declares: boolean | undefined, isUsed: () => boolean): boolean {
  if (CERTAIN.test(path) && !HELPS.test(path)) return true;
  if (declares === true) return !/(?:^|\/)(?:conftest\.py|_?setup\.[cm]?[jt]s|bench(?:marks?)?\/.{1,300})$/.test(path);
  return !HELPS.test(path) && !HELPER_FOLDER.test(path) && !isUsed();
}

/** `src/price.ts` and `test/price.test.ts` have the same stem. Index files have none worth comparing. */
function stemOf(path: string): string {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const stem = name.replace(/\.[^.]+$/, "").replace(/[._-](?:test|tests|spec|specs|e2e|unit)$/, "").replace(/^tests?[._-]/, ""); // prettier-ignore
  return stem === "index" || stem === "main" || stem === "__init__" ? path : stem;
}
