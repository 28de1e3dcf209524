import { affectedTests, buildImportGraph, packageEntries, type AffectedTest, type SourceText } from "#evidence";
import { fileKind, isTestSide, type Change, type ChangedFile, type Repository } from "#change";

/** Tests worth running for a change, and what a static look cannot see. */
export interface Selection {
  readonly tests: readonly AffectedTest[];
  /** Test files in the tree, selected or not. */
  readonly ofFiles: number;
  readonly blindSpots: readonly string[];
}

/** Above this many script files the graph is not built and only changed tests and their namesakes are selected. */
const GRAPH_LIMIT = 20_000;
const MANIFEST = /(?:^|\/)package\.json$/;
const SCRIPT = /\.(?:[cm]?[jt]sx?|vue|svelte)$/;

/** Selects by imports over the head tree: changed tests first, then by distance. */
export async function selectTests(change: Change, packages: ReadonlyMap<string, string>, repository: Pick<Repository, "listFiles" | "readBlobs">): Promise<Selection> {
  const entries = (await repository.listFiles(change.headTree)).filter((entry) => !entry.path.includes("node_modules/") && entry.mode !== "160000" && entry.mode !== "120000");
  const paths = entries.map((entry) => entry.path);
  const isTest = (path: string): boolean => fileKind(path) === "test";
  const scripts = entries.filter((entry) => SCRIPT.test(entry.path));
  const changed = change.files.filter((file) => file.status !== "deleted").map((file) => file.path);
  const tooMany = scripts.length > GRAPH_LIMIT;

  const manifests = entries.filter((entry) => MANIFEST.test(entry.path));
  const texts = tooMany ? new Map() : await repository.readBlobs([...scripts, ...manifests].map((entry) => entry.blob));
  const textsOf = (some: typeof entries): SourceText[] =>
    some.flatMap((entry) => {
      const text: string | undefined = texts.get(entry.blob)?.text;
      return text === undefined ? [] : [{ path: entry.path, text }];
    });
  const graph = buildImportGraph(textsOf(scripts), packages, packageEntries(textsOf(manifests)));
  const tests = affectedTests(changed, isTest, graph, paths).filter((test) => paths.includes(test.file));
  return { tests, ofFiles: paths.filter(isTest).length, blindSpots: blindSpots(change, graph.opaque, tooMany ? scripts.length : 0) };
}

function blindSpots(change: Change, opaque: readonly string[], tooMany: number): string[] {
  const touched = new Set(change.files.map((file) => file.path));
  const loaders = opaque.filter((path) => touched.has(path));
  const unseen = change.files.filter((file) => file.behaviour && !SCRIPT.test(file.path) && !isTestSide(file) && !readByNoTest(file));
  return [
    ...(tooMany > 0 ? [`${tooMany} script files are too many to follow imports; only changed tests and their namesakes were selected`] : []),
    ...loaders.map((path) => `${path} loads modules by a name known only at run time`),
    ...(unseen.length > 0 ? [`${unseen.slice(0, 3).map((file) => file.path).join(", ")}${unseen.length > 3 ? ` and ${unseen.length - 3} more` : ""}: who reads ${unseen.length === 1 ? "it" : "them"} is not traced`] : []),
  ];
}

/** What no test reads by its nature: lock files, pipelines, settings of Git and of editors. Data, settings of the product and generated code stay: tests do read those. */
const readByNoTest = ({ kind, path }: Pick<ChangedFile, "kind" | "path">): boolean => kind === "docs" || kind === "lock" || kind === "ci" || AROUND_CODE.test(path);

const AROUND_CODE =
  /(?:^|\/)(?:\.git(?:ignore|attributes|modules|keep|-blame-ignore-revs)|\.mailmap|\.(?:npm|docker|prettier|eslint|stylelint)ignore|\.editorconfig|\.(?:prettier|eslint|stylelint|markdownlint|all-contributors)rc[^/]*|\.(?:nvmrc|node-version|tool-versions)|CODEOWNERS)$|(?:^|\/)\.(?:vscode|idea|vs|zed|fleet|husky|devcontainer|changeset|github)\//;
