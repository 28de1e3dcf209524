import { fileKind, importCandidates, importsIn, placeMutants, type Repository, type SyntaxReader, type TreeEntry, type Unit } from "#change";
import { buildImportGraph, type ImportGraph, type SourceText } from "#evidence";

/** What the tests of a tree import, ready to be asked. */
export interface CodeMap {
  readonly entries: ReadonlyMap<string, TreeEntry>;
  readonly graph: ImportGraph;
  /** What a file imports, in this repository. */
  importsOf(path: string): Promise<readonly string[]>;
  textOf(path: string): string | undefined;
}

/** Above this many script files imports are not followed, and nothing is confirmed. */
const GRAPH_LIMIT = 5_000;
const SCRIPT = /\.(?:[cm]?[jt]sx?|py)$/;
const MANIFEST = /(?:^|\/)package\.json$/;

/** Reads who imports whom in a tree; undefined for one that is too large to be read for a suspicion. */
export async function mapCode(tree: string, packages: ReadonlyMap<string, string>, { repository, syntax }: { readonly repository: Pick<Repository, "listFiles" | "readBlobs">; readonly syntax: SyntaxReader }): Promise<CodeMap | undefined> {
  const entries = (await repository.listFiles(tree)).filter((entry) => !entry.path.includes("node_modules/") && entry.mode.startsWith("100"));
  const scripts = entries.filter(({ path }) => SCRIPT.test(path));
  if (scripts.length > GRAPH_LIMIT) return undefined;
  const manifests = entries.filter(({ path }) => MANIFEST.test(path));
  const texts = await repository.readBlobs([...scripts, ...manifests].map(({ blob }) => blob));
  const byPath = new Map(entries.map((entry) => [entry.path, entry]));
  const textOf = (path: string): string | undefined => texts.get(byPath.get(path)?.blob ?? "")?.text;
  const read = (some: readonly TreeEntry[]): SourceText[] => some.flatMap(({ path }) => (textOf(path) === undefined ? [] : [{ path, text: textOf(path) ?? "" }]));
  const graph = buildImportGraph(read([...scripts, ...manifests]), entries.map(({ path }) => path));
  const imports = new Map<string, string[]>();
  for (const [target, importers] of graph.importers) for (const from of importers) imports.set(from, [...(imports.get(from) ?? []), target]);
  // Python is parsed where it is followed: the graph above is made of JavaScript's words.
  const importsOf = (path: string): Promise<readonly string[]> => (path.endsWith(".py") ? pythonImports(path, textOf(path) ?? "", byPath, syntax) : Promise.resolve(imports.get(path) ?? []));
  return { entries: byPath, graph, importsOf, textOf };
}

async function pythonImports(path: string, text: string, known: ReadonlyMap<string, unknown>, syntax: SyntaxReader): Promise<string[]> {
  const tree = await syntax.read(path, text);
  const paths = (tree === undefined ? [] : importsIn(tree)).flatMap(({ from, names }) => [from, ...names.map(({ imported }) => `${from}${from.endsWith(".") ? "" : "."}${imported}`)].flatMap((one) => importCandidates(path, one)));
  return [...new Set(paths.flatMap((one) => [one, one.replace(/\.py$/, "/__init__.py")]).flatMap((one) => [one, `src/${one}`, `lib/${one}`]).filter((one) => known.has(one)))];
}

/** Import steps from a test that are followed. */
const DEEPEST = 3;
/** Source files of one test that faults are put into. */
const MOST_SOURCES = 60;

/** The product's files a test reaches by imports, with the steps to each; data and test helpers are stepped through. */
export async function reachOf(test: string, code: CodeMap): Promise<ReadonlyMap<string, number>> {
  const { importsOf, entries } = code;
  const steps = new Map<string, number>([[test, 0]]);
  let frontier = [test];
  for (let step = 1; step <= DEEPEST && frontier.length > 0; step += 1) {
    const imported = await Promise.all(frontier.map((path) => importsOf(path)));
    const next = [...new Set(imported.flat())].filter((path) => !steps.has(path));
    for (const path of next) steps.set(path, step);
    frontier = next;
  }
  // Tests of what is built may reach any source of that package.
  for (const folder of builtFor([...steps.keys()], code)) for (const path of entries.keys()) if (!steps.has(path) && (folder === "" || path.startsWith(`${folder}/`))) steps.set(path, DEEPEST);
  steps.delete(test);
  return new Map([...steps].filter(([path]) => isCode(path)).slice(0, MOST_SOURCES));
}

const isCode = (path: string): boolean => SCRIPT.test(path) && fileKind(path) === "source" && !/\.d\.[cm]?ts$|(?:^|\/)[\w.-]+\.config\.\w+$/.test(path);

const builtFor = (files: readonly string[], { graph }: CodeMap): readonly string[] => [...graph.importersOfBuilt].flatMap(([folder, importers]) => (importers.some((path) => files.includes(path)) ? [folder] : []));

/** The functions of these files with the faults that can be put into them. */
export async function unitsOf(files: Iterable<string>, { textOf }: CodeMap, syntax: SyntaxReader): Promise<readonly Unit[]> {
  const units: Unit[] = [];
  for (const file of files) {
    const text = textOf(file);
    const tree = text === undefined ? undefined : await syntax.read(file, text);
    if (tree === undefined) continue;
    const from = units.length;
    // Indexes of surrounding functions are the file's own.
    units.push(...placeMutants(file, tree).map((unit) => (unit.inside === undefined ? unit : { ...unit, inside: unit.inside + from })));
  }
  return units;
}

/** Test files other than these that reach a source file, nearest first. */
export function otherTests(source: string, taken: ReadonlySet<string>, { graph }: CodeMap, most: number): readonly string[] {
  const found: string[] = [];
  const seen = new Set([source]);
  let frontier: readonly string[] = [source];
  for (let step = 0; step < DEEPEST && frontier.length > 0; step += 1) {
    frontier = [...new Set(frontier.flatMap((path) => graph.importers.get(path) ?? []))].filter((path) => !seen.has(path));
    for (const path of frontier) {
      seen.add(path);
      if (fileKind(path) === "test" && !taken.has(path)) found.push(path);
    }
  }
  return found.slice(0, most);
}
