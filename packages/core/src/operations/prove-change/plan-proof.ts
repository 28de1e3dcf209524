import { fileKind, isTestSide, type Change, type ChangedFile, type Repository } from "#change";
import { changedHelpers, usersOf, type TakenTest } from "./helper-users.ts";
import { versionMarks } from "./version-marks.ts";

/** What a proof runs and how its broken side is put together. */
export interface ProofPlan {
  /** Test files by repository path, sorted. Empty where the change brings none. */
  readonly files: readonly string[];
  /** The head's test side: laid over the base. */
  readonly overlay: readonly string[];
  /** Manifests, lock files and settings the change touches: laid over too where nothing runs without them. */
  readonly surroundings: readonly string[];
  /** Test files the change touches as well, and that are too many to run. */
  readonly beyond?: readonly string[];
  /** Tests the change does not touch, over data it does: where the touched ones show nothing, these may. */
  readonly further?: readonly string[];
  /** Tests among `files` that the change does not touch, with why each is asked. */
  readonly taken?: readonly TakenTest[];
}

/** Types of change whose tests have something to show. */
const SHOWING: ReadonlySet<Change["type"]> = new Set(["fix", "feature", "refactor"]);

/** True when this change owes a proof: it changes behaviour, and its tests could show it. Without tests other checks speak. */
export const owesProof = (change: Change): boolean =>
  SHOWING.has(change.type) && change.files.some((file) => file.kind === "source" && file.behaviour) && change.files.some((file) => isTestSide(file) && file.status !== "deleted" && file.added > 0);

/** Above this many test files a proof is no longer a look at the change's own tests; the first ones by name are run. */
const MOST_FILES = 60;

/**
 * The test files of a change, and what its broken side takes from the head. Where the change touches only what tests use (helpers, snapshots, data), the
 * tests that use it are taken.
 */
export async function planProof(change: Change, repository: Pick<Repository, "listFiles" | "readFiles">): Promise<ProofPlan> {
  const tests = change.files.filter((file) => file.kind === "test" && file.status !== "deleted").map((file) => file.path);
  const helpers = tests.length === 0 ? [] : await changedHelpers(change, repository);
  const named = tests.filter((path) => !helpers.includes(path));
  const users = [...(await usersOf(helpers, change.headTree, repository)), ...(await ownersOf(change.files, change.headTree, repository))];
  const others = users.filter(({ file }, index) => !tests.includes(file) && users.findIndex((one) => one.file === file) === index);
  const taken = named.length > 0 ? [] : others;
  // A helper stays in sight: it may turn out to be product, or to hold tests after all.
  const files = [...new Set([...tests, ...taken.map((one) => one.file)])].sort();
  const beyond = files.slice(MOST_FILES);
  const further = named.length > 0 ? others.map((one) => one.file).sort() : [];
  const { overlay, surroundings } = overlaysOf(change);
  return {
    files: files.slice(0, MOST_FILES),
    overlay: [...overlay, ...versionMarks(change)],
    surroundings,
    ...(beyond.length > 0 && { beyond }),
    ...(further.length > 0 && { further }),
    ...(taken.length > 0 && { taken }),
  };
}

/** Which paths of a change are its test side, and which its surroundings. */
export function overlaysOf({ files }: Pick<Change, "files">): Pick<ProofPlan, "overlay" | "surroundings"> {
  const both = (some: readonly ChangedFile[]): string[] => [...new Set(some.flatMap((file) => (file.status === "renamed" && file.basePath !== undefined ? [file.path, file.basePath] : [file.path])))].sort();
  return { overlay: both(files.filter((file) => isTestSide(file) || isInstalledFixture(file))), surroundings: both(files.filter((file) => file.kind === "lock" || file.kind === "config")) };
}

/** Test data may be a package folder, `node_modules` and all. */
function isInstalledFixture({ kind, path }: ChangedFile): boolean {
  const at = path.search(/(?:^|\/)node_modules\//);
  return kind === "vendored" && at > 0 && isTestSide({ kind: fileKind(`${path.slice(0, at)}/index.js`) });
}

/** The tests a changed snapshot or fixture belongs to: the named one, else those of the nearest folder above that holds tests. */
async function ownersOf(files: readonly ChangedFile[], tree: string, repository: Pick<Repository, "listFiles">): Promise<readonly TakenTest[]> {
  const data = files.filter((file) => (isTestSide(file) || isInstalledFixture(file)) && file.kind !== "test" && file.status !== "deleted");
  if (data.length === 0) return [];
  const tests = (await repository.listFiles(tree)).map((entry) => entry.path).filter((path) => !path.includes("node_modules/") && fileKind(path) === "test");
  return data.slice(0, 50).flatMap((file) => ownerOf(file.path, tests));
}

function ownerOf(path: string, tests: readonly string[]): readonly TakenTest[] {
  const named = path.replace(/(?:^|\/)__snapshots__\//, (part) => (part.startsWith("/") ? "/" : "")).replace(/\.(?:snap|md|snap\.md)$/, "");
  const exact = tests.filter((test) => test === named || test === path.replace(/\/snapshots\/([^/]+)\.(?:md|snap)$/, "/$1"));
  if (exact.length > 0) return exact.map((file) => ({ file, because: `is what ${path} belongs to` }));
  for (let folder = parent(path); ; folder = parent(folder)) {
    const inside = tests.filter((test) => parent(test) === folder);
    if (inside.length > 0 || folder === "") return inside.slice(0, 20).map((file) => ({ file, because: `stands nearest to ${path}` }));
  }
}

const parent = (path: string): string => (path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : "");
