import type { ImportKind, ModuleFacts } from "../scan/module-facts.ts";
import { scanModule, isFollowed } from "../scan/scan-module.ts";
import { namesAliases, readAliases } from "../resolve/aliases.ts";
import { knownFiles, type KnownFiles } from "../resolve/known-files.ts";
import { readManifests, type Manifests, type SourceText } from "../resolve/manifests.ts";
import { dirname, foldersAbove, join } from "../resolve/paths.ts";
import { javascriptResolver, type Resolved } from "../resolve/resolve-javascript.ts";
import { pythonResolver } from "../resolve/resolve-python.ts";

/** Who uses whom, by repository path. All lists are keyed by what is used. */
export interface ImportGraph {
  /** File -> files that import it when they run. */
  readonly importers: ReadonlyMap<string, readonly string[]>;
  /** File -> files that name it for its types alone. */
  readonly typeImporters: ReadonlyMap<string, readonly string[]>;
  /** File -> files that name its path in a text: they read or start it. */
  readonly namedBy: ReadonlyMap<string, readonly string[]>;
  /** Folder -> files that load from it by names only known at run time. */
  readonly loadersOf: ReadonlyMap<string, readonly string[]>;
  /** Folder -> files that name it in a text. */
  readonly folderNamedBy: ReadonlyMap<string, readonly string[]>;
  /** File -> folders whose tests all start with it: setup files of runners, and pytest's conftest.py. */
  readonly setupOf: ReadonlyMap<string, readonly string[]>;
  /** Package folder -> files that import what is built from it and in no tree: `../dist/x.js`, or the `main` its manifest names. */
  readonly importersOfBuilt: ReadonlyMap<string, readonly string[]>;
  /** Package from outside -> files that import it. */
  readonly importersOfPackage: ReadonlyMap<string, readonly string[]>;
  /** Files that load something whose name is only known at run time. */
  readonly opaque: readonly string[];
  /** File -> what it imports from this repository and is not in it. */
  readonly missing: ReadonlyMap<string, readonly string[]>;
}

/** A tree as far as the graph is made of it. */
export interface CodeTree {
  /** Every path, code or not. */
  readonly paths: readonly string[];
  /** Every `package.json`. */
  readonly manifests: readonly SourceText[];
  /** Texts of the files that `isSettings` names. */
  readonly settings: readonly SourceText[];
  readonly facts: ReadonlyMap<string, ModuleFacts>;
}

/** The graph with what it was resolved by. */
export interface CodeMap {
  readonly graph: ImportGraph;
  readonly files: KnownFiles;
  readonly manifests: Manifests;
  readonly facts: ReadonlyMap<string, ModuleFacts>;
  readonly paths: readonly string[];
}

/** True for settings that say what names stand for; their texts are needed to resolve. */
export const isSettings = namesAliases;

/** Builds the graph of a tree, in time linear in its files and what they name. */
export function mapCode(tree: CodeTree): CodeMap {
  const files = knownFiles(tree.paths);
  const manifests = readManifests(tree.manifests);
  const aliases = readAliases(tree.settings, manifests, files);
  const javascript = javascriptResolver({ files, manifests, aliases });
  const python = pythonResolver(files, tree.paths);
  const build = new Building(files, manifests);
  for (const [path, facts] of tree.facts) {
    const resolve = path.endsWith(".py") ? python : javascript;
    for (const [specifier, kind] of facts.imports) build.edge(path, kind, specifier, resolve(path, specifier));
    build.loose(path, facts);
    if (path.endsWith("/conftest.py") || path === "conftest.py") build.setup(path, dirname(path));
  }
  for (const { path, text } of [...tree.settings, ...tree.manifests]) build.setupsNamed(path, text);
  return { graph: build.graph, files, manifests, facts: tree.facts, paths: tree.paths };
}

/** The graph of a few texts: what `mapCode` gives where every file is at hand. */
export function buildImportGraph(texts: readonly SourceText[], others: readonly string[] = []): ImportGraph {
  return mapCode({
    paths: [...texts.map(({ path }) => path), ...others],
    manifests: texts.filter(({ path }) => /(?:^|\/)package\.json$/.test(path)),
    settings: texts.filter(({ path }) => isSettings(path)),
    facts: new Map(texts.filter(({ path }) => isFollowed(path)).map(({ path, text }) => [path, scanModule(path, text)])),
  }).graph;
}

class Building {
  readonly graph = {
    importers: new Map<string, string[]>(),
    typeImporters: new Map<string, string[]>(),
    namedBy: new Map<string, string[]>(),
    loadersOf: new Map<string, string[]>(),
    folderNamedBy: new Map<string, string[]>(),
    setupOf: new Map<string, string[]>(),
    importersOfBuilt: new Map<string, string[]>(),
    importersOfPackage: new Map<string, string[]>(),
    opaque: [] as string[],
    missing: new Map<string, string[]>(),
  };

  constructor(
    private readonly files: KnownFiles,
    private readonly manifests: Manifests,
  ) {}

  edge(from: string, kind: ImportKind, specifier: string, { files, built, external, missing }: Resolved): void {
    const { graph } = this;
    for (const file of files) if (file !== from) add(kind === "type" ? graph.typeImporters : graph.importers, file, from);
    if (kind === "type") return;
    if (built !== undefined) add(graph.importersOfBuilt, built, from);
    if (external !== undefined) add(graph.importersOfPackage, external, from);
    if (missing && kind !== "mock") add(graph.missing, from, specifier);
  }

  /** What a file names without importing it. */
  loose(from: string, { names, prefixes, opaque }: ModuleFacts): void {
    const { graph } = this;
    const folder = dirname(from);
    if (opaque) graph.opaque.push(from);
    for (const prefix of prefixes) {
      const at = folderOfPrefix(folder, prefix);
      if (at !== undefined && this.files.hasFolder(at)) add(graph.loadersOf, at, from);
    }
    for (const name of names) {
      for (const path of this.placesOf(folder, name)) {
        const file = this.files.has(path) ? path : this.files.file(path);
        if (file !== undefined && file !== from) add(graph.namedBy, file, from);
        else if (file === undefined && path !== "" && path !== folder && !folder.startsWith(`${path}/`) && this.files.hasFolder(path)) this.folder(path, from, opaque);
        else continue;
        break;
      }
    }
  }

  private folder(path: string, from: string, opaque: boolean): void {
    add(this.graph.folderNamedBy, path, from);
    // A folder that is named by who loads what nobody can tell is what it loads from.
    if (opaque) add(this.graph.loadersOf, path, from);
  }

  setup(path: string, folder: string): void {
    add(this.graph.setupOf, path, folder);
  }

  /** What settings of a runner load before any test: `setupFiles`, `require` and the like. */
  setupsNamed(path: string, text: string): void {
    if (!RUNNER_SETTINGS.test(path)) return;
    const folder = dirname(path);
    let keys = 0;
    for (const { index } of text.slice(0, 200_000).matchAll(SETUP_KEYS)) {
      if ((keys += 1) > MOST_KEYS) break;
      const [list = ""] = /^[^\]\n]{0,10}(?:\[[^\]]{0,1500}|[^\n]{0,300}(?:\n\s{0,8}- [^\n]{1,200}){0,20})/.exec(text.slice(index)) ?? [];
      for (const [name] of list.matchAll(/[\w@./<>-]{3,200}/g)) {
        const at = join(folder, name.replace(/^<rootDir>\/?/, "./"));
        const file = at === undefined || !name.includes("/") ? undefined : this.files.file(at);
        if (file !== undefined) this.setup(file, folder);
      }
    }
  }

  /** Where a text that looks like a path may lead: from the file, its package or the root. */
  private placesOf(folder: string, name: string): readonly string[] {
    const package_ = this.manifests.above(folder)?.folder ?? "";
    const bases = name.startsWith(".") ? [folder] : name.includes("/") ? [folder, package_, ""] : [folder, package_];
    return [...new Set([...bases, ...(name.startsWith("./") || name.startsWith("../") ? [package_] : [])])].flatMap((base) => join(base, name) ?? []);
  }
}

const RUNNER_SETTINGS = /(?:^|\/)(?:vite|vitest|jest|ava|karma|mocha)[\w.-]*\.(?:[cm]?[jt]s|json)$|(?:^|\/)(?:\.mocharc[\w.]*|package\.json|jasmine\.json)$/;
const SETUP_KEYS = /\b(?:setupFiles|setupFilesAfterEnv|globalSetup|globalTeardown|setupTestFrameworkScriptFile|testEnvironment|snapshotSerializers|globalSetupFiles|require|file|files|helpers|runner|resolver|transform|import)\b["']?\s{0,5}:/g;

/** Keys looked at in one file of settings. */
const MOST_KEYS = 300;

/** The folder a completed name stands in: `./locale/` and `./locale/de-` both in `locale`. */
function folderOfPrefix(folder: string, prefix: string): string | undefined {
  if (prefix.startsWith("/")) return join("", prefix.slice(0, prefix.lastIndexOf("/")));
  return prefix.startsWith(".") ? join(folder, prefix.slice(0, prefix.lastIndexOf("/"))) : undefined;
}

function add(lists: Map<string, string[]>, key: string, path: string): void {
  const others = lists.get(key);
  if (others === undefined) lists.set(key, [path]);
  else if (others.at(-1) !== path) others.push(path);
}

/** Everything that may run when a file of this folder is asked for by a name only known at run time. */
export const loadersOf = (path: string, { loadersOf: lists }: ImportGraph): readonly string[] => (lists.size === 0 ? [] : [...foldersAbove(dirname(path))].flatMap((folder) => lists.get(folder) ?? []));
