import { buildImportGraph, spread } from "#evidence";
import { fileKind, isTestSide, type Change, type Repository } from "#change";
import { declaresTests } from "./red-context.ts";

/** A test file the change does not touch, and why it is asked all the same. */
export interface TakenTest {
  readonly file: string;
  /** As the rest of a sentence about the file: `uses test/helpers/load.js`. */
  readonly because: string;
}

/** More helpers than this, or more test files around them, and no imports are followed: the nearest folder's tests have to do. */
const MOST_HELPERS = 50;
const MOST_AROUND = 3000;
const MOST_TAKEN = 20;

/** Changed files of the test side that write down no test: what others use. */
export async function changedHelpers({ files, headTree }: Pick<Change, "files" | "headTree">, repository: Pick<Repository, "readFiles">): Promise<readonly string[]> {
  const candidates = files.filter((file) => file.kind === "test" && file.status !== "deleted").map((file) => file.path);
  const texts = await repository.readFiles(headTree, candidates);
  return candidates.filter((path) => texts.get(path)?.text !== undefined && !declaresTests(texts.get(path)?.text ?? ""));
}

/** Tests that import these helpers, directly or through others, nearest first. */
export async function usersOf(helpers: readonly string[], tree: string, repository: Pick<Repository, "listFiles" | "readFiles">): Promise<readonly TakenTest[]> {
  if (helpers.length === 0 || helpers.length > MOST_HELPERS) return [];
  const around = (await repository.listFiles(tree)).filter((entry) => entry.mode.startsWith("100") && /\.[cm]?[jt]sx?$/.test(entry.path) && isTestSide({ kind: fileKind(entry.path) })).map((entry) => entry.path);
  if (around.length > MOST_AROUND) return [];
  const texts = await repository.readFiles(tree, around);
  const graph = buildImportGraph(around.flatMap((path) => (texts.get(path)?.text === undefined ? [] : [{ path, text: texts.get(path)?.text ?? "" }])));
  const isTest = (path: string): boolean => !helpers.includes(path) && declaresTests(texts.get(path)?.text ?? "");
  return helpers
    .flatMap((helper) => [...spread([{ path: helper, tie: "changed" }], graph)].flatMap(([file, { distance }]) => (isTest(file) ? [{ file, distance, because: `uses ${helper}` }] : [])))
    .toSorted((a, b) => a.distance - b.distance || (a.file < b.file ? -1 : 1))
    .filter((test, index, all) => all.findIndex((one) => one.file === test.file) === index)
    .slice(0, MOST_TAKEN)
    .map(({ file, because }) => ({ file, because }));
}
