import { fileKind, helperFunction, importCandidates, importsIn, readTests, type Change, type ChangedFile, type HelperFinder, type SyntaxTree, type TestFile, type TestFilePair } from "#change";
import type { FileRequest, TreeOf } from "./check.ts";

/** Languages whose tests are read as trees. */
const READABLE = /\.(?:[cm]?[jt]sx?|py)$/i;
/** Files compared at once; most changes with more are a move or a formatting, and what is left out is said. */
const MOST_FILES = 400;
/** Helper files looked into for one change. */
const MOST_HELPERS = 60;

/** Added lines that can take something from a test without deleting a line. */
const SUSPICIOUS = /skip|only|todo|fixme|\bx(?:it|test|describe|fail|specify|context)|\bf(?:it|describe|test)\b|fail|pending|return|catch|except|suppress|mock|stub|spyon|retr|flaky|timeout|exit|false|__test__|\/\*|"""|\bif\b|runif|patch|extend|global|proxyquire|esmock|quibble|setattr|fake|prototype|\.fn\(|\.\w+\s*=[^=]|defineProperty|collect_|outcome|continue|break|\.clear\(|assert\w*\(self|atexit/i;

/** Test files of a change, when anything in them could take something away. */
export function changedTests(change: Pick<Change, "files">): readonly ChangedFile[] {
  const tests = change.files.filter((file) => isTestCode(file) && !file.binary && file.tooLarge !== true);
  return tests.some(mayWeaken) ? tests.slice(0, MOST_FILES) : [];
}

const isTestCode = (file: ChangedFile): boolean => (file.kind === "test" || (file.basePath !== undefined && fileKind(file.basePath) === "test")) && (READABLE.test(file.path) || (file.basePath !== undefined && READABLE.test(file.basePath)));

/** Deleted, or called something that nobody runs: `cart.test.js.off`. */
const isGone = ({ status, path }: ChangedFile): boolean => status === "deleted" || !READABLE.test(path);

const mayWeaken = (file: ChangedFile): boolean => isGone(file) || losesLines(file);

const losesLines = ({ status, deleted, hunks, basePath }: ChangedFile): boolean => basePath !== undefined || deleted > 0 || (status !== "added" && hunks.some(({ lines }) => lines.some(({ text }) => SUSPICIOUS.test(text.slice(0, 500)))));

/** Test files a change adds to. */
export const growingTests = (change: Pick<Change, "files">): readonly ChangedFile[] =>
  change.files.filter((file) => isTestCode(file) && !isGone(file) && file.added > 0 && !file.binary && file.tooLarge !== true).slice(0, MOST_FILES);

/** Where tests may have come from: growing files as they were, and those that lost something. */
const sources = (change: Pick<Change, "files">): readonly ChangedFile[] => change.files.filter((file) => isTestCode(file) && file.status !== "added" && file.deleted > 0);

/** Both sides of what a change adds tests to, and of where they may have come from. Nothing where no test file grew. */
export function* growingRequests(change: Pick<Change, "files">, tree: TreeOf): Generator<FileRequest> {
  const growing = growingTests(change);
  if (growing.length > 0) yield* requestsFor([...new Set([...growing, ...sources(change)])], tree);
}

/** The test files a change adds to, and all that were there before, as data. */
export function readGrowing(change: Pick<Change, "files">, tree: TreeOf): { readonly head: readonly TestFile[]; readonly base: readonly TestFile[] } {
  const growing = growingTests(change);
  const before = [...new Set([...growing.filter((file) => file.status !== "added"), ...sources(change)])];
  const present = (file: TestFile | undefined): readonly TestFile[] => (file === undefined ? [] : [file]);
  return { head: growing.flatMap((file) => present(read("head", file.path, tree))), base: before.flatMap((file) => present(read("base", file.basePath ?? file.path, tree))) };
}

/** Both sides of the changed test files, and then the helpers they import. */
export const treeRequests = (change: Pick<Change, "files">, tree: TreeOf): Generator<FileRequest> => requestsFor(changedTests(change), tree);

function* requestsFor(files: readonly ChangedFile[], tree: TreeOf): Generator<FileRequest> {
  for (const file of files) yield* sidesOf(file);
  let helpers = 0;
  for (const { side, path } of files.flatMap((file) => [...sidesOf(file)])) {
    const found = tree(side, path);
    if (found === undefined || side === "target") continue;
    for (const candidate of helperPaths(path, found)) {
      if (helpers >= MOST_HELPERS) return;
      helpers += 1;
      yield { side, path: candidate };
    }
  }
}

function* sidesOf(file: ChangedFile): Generator<FileRequest> {
  const { path, basePath, status } = file;
  if (status !== "added") yield { side: "base", path: basePath ?? path };
  if (!isGone(file)) yield { side: "head", path };
}

/** Asked in every round, by several checks. */
const helpersOf = new WeakMap<SyntaxTree, { readonly from: string; readonly paths: readonly string[] }>();

function helperPaths(from: string, tree: SyntaxTree): readonly string[] {
  const before = helpersOf.get(tree);
  if (before?.from === from) return before.paths;
  const paths = importedHelpers(from, tree);
  helpersOf.set(tree, { from, paths });
  return paths;
}

/** Imports that look like test helpers: what a test imports from the product has no assertions for it. */
function importedHelpers(from: string, tree: SyntaxTree): readonly string[] {
  const specifiers = new Set(importsIn(tree).map((one) => one.from));
  return [...specifiers].flatMap((specifier) => importCandidates(from, specifier)).filter((path) => {
    const kind = READABLE.test(path) ? fileKind(path) : undefined;
    return kind === "test" || kind === "fixture";
  });
}

/** Odd syntax in a test folder is often material for tests, and no test. */
const speaksOfTests = ({ path, hunks }: ChangedFile): boolean => /test|spec/i.test(path.split("/").at(-1) ?? "") || hunks.some(({ lines }) => lines.some(({ text }) => /\b(?:it|test|describe|expect|assert)\s*[.(]|\.should\b|def test_/.test(text.slice(0, 500))));

/** Changed test files that were not compared, each with the reason. New ones are left out: they had nothing to lose. */
export function uncomparedTests(change: Pick<Change, "files">, tree: TreeOf): readonly { readonly file: string; readonly why: string }[] {
  const tests = change.files.filter((file) => isTestCode(file) && file.status !== "added" && (file.tooLarge === true || !file.binary));
  const large = tests.filter(({ tooLarge }) => tooLarge === true).map(({ path }) => ({ file: path, why: "is too large to be read" }));
  const compared = new Set(changedTests(change));
  const over = compared.size < MOST_FILES ? [] : tests.filter((file) => file.tooLarge !== true && !compared.has(file)).map(({ path }) => ({ file: path, why: `is beyond the ${MOST_FILES} test files that are compared at once` }));
  const unread = [...compared].filter((file) => file.status !== "added" && speaksOfTests(file) && [...sidesOf(file)].some(({ side, path }) => tree(side, path) === undefined)).map(({ path }) => ({ file: path, why: "could not be read as code, or is larger than 1.5 MB" }));
  return [...large, ...over, ...unread];
}

/** Reads both sides of every changed test file as data. */
export function readPairs(change: Pick<Change, "files">, tree: TreeOf): readonly TestFilePair[] {
  return changedTests(change).flatMap((file) => {
    const base = file.status === "added" ? undefined : read("base", file.basePath ?? file.path, tree);
    const head = isGone(file) ? undefined : read("head", file.path, tree);
    // A side that can't be read leaves nothing to compare.
    if (file.status !== "added" && base === undefined) return [];
    if (!isGone(file) && head === undefined) return [];
    return [{ ...(base && { base }), ...(head && { head }) }];
  });
}

/** Several checks read the same files, and some are asked twice. */
const known = new WeakMap<SyntaxTree, Map<string, TestFile>>();

function read(side: "base" | "head", path: string, tree: TreeOf): TestFile | undefined {
  const found = tree(side, path);
  if (found === undefined) return undefined;
  const files = known.get(found) ?? new Map<string, TestFile>();
  known.set(found, files);
  const before = files.get(`${side}:${path}`);
  if (before) return before;
  const helpers: HelperFinder = (specifier, imported) => {
    for (const candidate of importCandidates(path, specifier)) {
      const other = tree(side, candidate);
      const helper = other === undefined ? undefined : helperFunction(other, imported);
      if (other !== undefined && helper !== undefined) return { file: candidate, text: other.text, function: helper };
    }
    return undefined;
  };
  const file = readTests(path, found, helpers);
  files.set(`${side}:${path}`, file);
  return file;
}
